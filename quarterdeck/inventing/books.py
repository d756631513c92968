"""The files that say who and where: people, quotas, products, accounts, modules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from quarterdeck.importing.fields import ENTITIES
from quarterdeck.inventing.accounts import Account
from quarterdeck.inventing.files import File, money, typed
from quarterdeck.inventing.people import (
    DIRECTORS,
    EXECUTIVES,
    JUNE,
    LINES,
    MODULE_TEAM,
    RAY,
    REGIONS,
    Story,
    by_line,
    directors_quotas,
    quarter_start,
    quarters,
    quota,
)
from quarterdeck.inventing.words import PRODUCTS, STREETS

BASES = {"dana": "99201", "colin": "97301", "noor": "98101"}


def file(entity: str, name: str, on: date, rows: Sequence[Mapping[str, Any]]) -> File:
    """A file whose headers are the labels of a template."""
    labels = {field.name: field.label for field in ENTITIES[entity].fields}
    headers = {field: labels[field] for field in rows[0]}
    values = {field: [row[field] for row in rows] for field in headers}
    return File(entity, name, on, headers, typed(entity, headers, values))


def people(tale: Story) -> list[File]:
    """Everyone at the beginning, and the one who was hired since."""
    first = tale.weeks[0]
    rows = [_person(RAY, "Area Director", None, "Pacific Northwest", "98101")]
    rows += [
        _person(name, "Director", RAY, REGIONS[team], BASES[team])
        for team, name in DIRECTORS.items()
    ]
    for person in EXECUTIVES:
        team = tale.team(person.name, first)
        row = _person(
            person.name, "Sales Executive", DIRECTORS[team], REGIONS[team], person.base_zip
        )
        rows.append(row)
    hired = [row | {"hired_on": tale.hired_on} for row in rows if row["name"] == JUNE]
    known = [row for row in rows if row["name"] != JUNE]
    return [
        file("person", "people.csv", first, known),
        file("person", "people_hired.csv", tale.hired_on, hired),
    ]


def _person(name: str, role: str, manager: str | None, region: str, base: str) -> dict[str, Any]:
    given = name.lower().replace(" ", ".")
    return {
        "name": name,
        "email": f"{given}@quarterdeck.example",
        "role": role,
        "manager": manager,
        "region": region,
        "base_zip": base,
        "hired_on": None,
    }


def products(on: date) -> File:
    rows = [
        {
            "product": name,
            "product_line": line,
            "is_recurring": is_recurring,
            "list_price": money(price),
        }
        for name, line, is_recurring, price in PRODUCTS
    ]
    return file("product", "products.csv", on, rows)


def quotas(tale: Story) -> list[File]:
    """By quarter and line, a file each year and one for a hire.

    The directors' of this quarter are in none: they are set by hand.
    """
    found: dict[date, list[dict[str, Any]]] = {}
    for start in quarters(tale):
        if start > tale.day:
            continue
        amounts = {person.name: quota(tale, person.name, start) for person in EXECUTIVES}
        if start < quarter_start(tale.day):
            amounts |= directors_quotas(tale, start)
        for name, amount in amounts.items():
            on = max(tale.weeks[0], tale.hired_on if name == JUNE else date(start.year, 1, 2))
            if amount:
                found.setdefault(min(on, tale.day), []).extend(_lines(name, start, amount))
    return [file("quota", f"quotas_{on:%Y-%m}.csv", on, found[on]) for on in sorted(found)]


def _lines(name: str, start: date, amount: int) -> list[dict[str, Any]]:
    period = f"{start.year}-Q{(start.month + 2) // 3}"
    return [
        {"person": name, "period": period, "product_line": line, "quota": money(part)}
        for line, part in zip(LINES, by_line(amount), strict=True)
    ]


def accounts(rng: Random, on: date, known: tuple[Account, ...]) -> File:
    rows = [
        {
            "account_id": one.account_id,
            "account": one.name,
            "industry": one.industry,
            "segment": "Enterprise" if one.employees >= 250 else "Mid-market",
            "is_strategic": one.is_strategic,
            "street": f"{rng.randint(100, 4900)} {rng.choice(STREETS)} Street",
            "city": one.place.city,
            "state": one.place.state,
            "zip": one.place.zip,
            "employees": one.employees,
            "potential": money(one.potential_usd),
        }
        for one in known
    ]
    return file("account", "accounts.csv", on, rows)


def modules(tale: Story, known: tuple[Account, ...]) -> list[File]:
    """Whose each module was and which accounts it held at first, then every change on its day."""
    first = tale.weeks[0]
    start = [
        _module(one.module_on(first), one.name, tale.owner(one.module_on(first), first))
        for one in known
    ]
    changes: dict[date, list[dict[str, Any]]] = {}
    for one in known:
        for move in one.moves:
            if move.on > first:
                changes.setdefault(move.on, []).append(_module(move.to, one.name, None))
    for day in (tale.transferred_on, tale.hired_on):
        for name in MODULE_TEAM:
            if (owner := tale.owner(name, day)) != tale.owner(name, first):
                changes.setdefault(day, []).append(_module(name, None, owner))
    return [
        file("module", "modules.csv", first, start),
        *(file("module", f"modules_{on:%Y-%m-%d}.csv", on, changes[on]) for on in sorted(changes)),
    ]


def _module(name: str, account: str | None, owner: str | None) -> dict[str, Any]:
    return {"module": name, "account": account, "owner": owner}
