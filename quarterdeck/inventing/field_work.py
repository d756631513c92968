"""The files that say what is installed, who is known there and what was done."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from quarterdeck.domain.holidays import USUAL, days_off
from quarterdeck.inventing.accounts import Account
from quarterdeck.inventing.books import file
from quarterdeck.inventing.files import File, money
from quarterdeck.inventing.lives import TERM_WEIGHTS, TERMS, Life
from quarterdeck.inventing.people import (
    BY_NAME,
    JUNE,
    Story,
    months_before,
    next_quarter,
    quarter_start,
)
from quarterdeck.inventing.words import (
    ACTIVITIES,
    FIRST_NAMES,
    INFLUENCES,
    LAST_NAMES,
    PRODUCTS,
    ROLES,
)

A_WEEK = {"dana": 12, "colin": 3, "noor": 3}
CARE = {"Wren Tanaka": 0.55, JUNE: 1.1, "Alma Reyes": 1.25}
"""Who does more, or less, than the others."""
LEFT_ALONE, CARED_FOR = 6, timedelta(weeks=5)
"""Of so many deals one is worked only so long after it was found."""
FORGOTTEN, FORGOTTEN_FOR = 9, timedelta(weeks=14)
"""Of so many accounts nobody speaks to one for so long before the day of the story."""


def services(rng: Random, tale: Story, known: tuple[Account, ...], lived: list[Life]) -> list[File]:
    """What is installed, told anew each quarter: from before, and from the deals won since."""
    rows = [row for one in known for row in _installed_before(rng, tale, one)]
    rows += [
        _installed(rng, life) for life in lived if life.plan.outcome == "won" and life.term_months
    ]
    for number, row in enumerate(
        sorted(rows, key=lambda row: (row["activated_on"], row["account"])), 1
    ):
        row["service_id"] = f"S-{number:05d}"
    days, start = [tale.weeks[0]], next_quarter(quarter_start(tale.weeks[0]))
    while start < tale.day:
        days.append(start)
        start = next_quarter(start)
    days.append(tale.day)
    return [
        file(
            "service",
            f"services_{day:%Y-%m-%d}.csv",
            day,
            [_as_of(row, day) for row in rows if row["activated_on"] <= day],
        )
        for day in days
    ]


def _installed_before(rng: Random, tale: Story, one: Account) -> list[dict[str, Any]]:
    recurring = [product for product in PRODUCTS if product[2]]
    found = []
    for name, _, _, price in rng.sample(recurring, rng.choices((0, 1, 2), (30, 50, 20))[0]):
        activated = tale.weeks[0] - timedelta(days=rng.randint(20, 1100))
        (term,) = rng.choices(TERMS, TERM_WEIGHTS)
        mrr = round(price * rng.uniform(0.5, 2.2) * (1 + one.employees / 1500) / 5) * 5
        found.append(_service(rng, one.name, name, activated, (term, mrr, 0)))
    return found


def _installed(rng: Random, life: Life) -> dict[str, Any]:
    activated = life.plan.on + timedelta(days=rng.randint(21, 95))
    term = life.term_months or 12
    mrr = int(life.plan.amount_usd * 0.93 / term / 5) * 5
    nrc = life.plan.amount_usd - mrr * term
    return _service(rng, life.plan.account.name, life.plan.product, activated, (term, mrr, nrc))


def _service(
    rng: Random, account: str, product: str, activated: date, worth: tuple[int, int, int]
) -> dict[str, Any]:
    """A service; now and then one is given up when its term ends, or before."""
    term, mrr, nrc = worth
    ends = months_before(activated, -term)
    gone = ends + timedelta(days=rng.randint(-120, 5)) if rng.random() < 0.11 else None
    return {
        "service_id": "",
        "account": account,
        "product": product,
        "mrr": money(mrr),
        "nrc": money(nrc),
        "activated_on": activated,
        "term_months": term,
        "renewal_on": ends,
        "disconnected_on": gone,
    }


def _as_of(row: dict[str, Any], day: date) -> dict[str, Any]:
    """The row as the day knows it: renewed for another year each time its term ran out."""
    renewal, gone = row["renewal_on"], row["disconnected_on"]
    is_gone = gone is not None and gone <= day
    while renewal <= day and not is_gone:
        renewal = months_before(renewal, -12)
    return row | {"renewal_on": renewal, "disconnected_on": gone if is_gone else None}


def contacts(rng: Random, on: date, known: tuple[Account, ...]) -> File:
    rows: list[dict[str, Any]] = []
    for one in known:
        roles = rng.sample(ROLES, 3 if one.is_strategic else rng.randint(1, 3))
        for role in roles:
            first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
            domain = one.name.split()[0].lower()
            rows.append(
                {
                    "contact_id": f"C-{len(rows) + 1:05d}",
                    "account": one.name,
                    "name": f"{first} {last}",
                    "role": role,
                    "email": f"{first}.{last}@{domain}.example".lower(),
                    "influence": rng.choices(INFLUENCES, (30, 35, 30, 5))[0],
                }
            )
    return file("contact", "contacts.csv", on, rows)


def activities(
    rng: Random, tale: Story, known: tuple[Account, ...], lived: list[Life]
) -> list[File]:
    """What each executive did, a file a quarter; most of it about deals open on that day."""
    rows: list[dict[str, Any]] = []
    off, forgotten = days_off(USUAL), {one.name for one in known[4::FORGOTTEN]}
    open_deals = _open_by_week(tale, lived, forgotten)
    for week in tale.weeks[1:]:
        held = defaultdict(list)
        for one in known:
            if one.name not in forgotten or week < tale.day - FORGOTTEN_FOR:
                held[tale.owner(one.module_on(week), week)].append(one)
        ending = [week - timedelta(days=n) for n in range(7)]
        days = [day for day in ending if day.weekday() < 5 and day not in off]
        for name in BY_NAME:
            if name != JUNE or week > tale.hired_on:
                rows += _week(rng, days, name, (held[name], open_deals[week, name]))
    rows = [row for row in rows if row["happened_at"].date() <= tale.day]
    rows.sort(key=lambda row: (row["happened_at"], row["person"], row["account"]))
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for number, row in enumerate(rows, 1):
        ends = next_quarter(quarter_start(row["happened_at"].date())) - timedelta(days=1)
        found[next((week for week in tale.weeks if week >= ends), tale.day)].append(
            {"activity_id": f"T-{number:06d}"} | row
        )
    return [
        file("activity", f"activities_{on:%Y-%m-%d}.csv", on, found[on]) for on in sorted(found)
    ]


def _open_by_week(
    tale: Story, lived: list[Life], forgotten: set[str]
) -> dict[tuple[date, str], list[tuple[str, str]]]:
    """Week and owner → deal id and account of what is open then and not left alone."""
    found: dict[tuple[date, str], list[tuple[str, str]]] = defaultdict(list)
    for number, life in enumerate(lived, 10_001):
        ends = min(life.decided_on, life.until)
        if number % LEFT_ALONE == 0:
            ends = min(ends, life.created_on + CARED_FOR)
        if life.plan.account.name in forgotten:
            ends = min(ends, tale.day - FORGOTTEN_FOR)
        for week in tale.weeks:
            if life.created_on <= week < ends:
                owner = tale.owner(life.plan.account.module_on(week), week)
                found[week, owner].append((f"Q-{number}", life.plan.account.name))
    return found


def _week(
    rng: Random, days: list[date], name: str, about: tuple[list[Account], list[tuple[str, str]]]
) -> list[dict[str, Any]]:
    held, deals = about
    usual = A_WEEK[BY_NAME[name].team] * CARE.get(name, 1.0)
    rows = []
    for _ in range(max(0, round(rng.gauss(usual, usual / 4)))):
        (kind,) = rng.choices(ACTIVITIES, [one[1] for one in ACTIVITIES])
        word, _, outcomes, subjects, is_on_site = kind
        deal, account = rng.choice(deals) if deals and rng.random() < 0.7 else (None, None)
        day = rng.choice(days)
        place = next((one.place.city for one in held if one.name == account), None)
        rows.append(
            {
                "kind": word,
                "person": name,
                "account": account or rng.choice(held).name,
                "deal": deal,
                "happened_at": datetime.combine(
                    day, time(rng.randint(8, 16), rng.choice((0, 15, 30, 45)))
                ),
                "outcome": rng.choice(outcomes),
                "subject": rng.choice(subjects),
                "place": place if is_on_site else None,
                "miles": money(rng.randint(8, 190)) if is_on_site else None,
            }
        )
    return rows
