"""Attainment in full counted from raw rows: dice, csv, Decimal, and nothing of the product.

Coverage, win rate, lines and quotas, narrowed by person, module, line, channel, strategic account
and amount basis. The rows are made here and written as the files that are imported.
"""

from __future__ import annotations

import csv
import io
import random
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
EXPORTED = date(2026, 11, 20)
MANAGER_OF = {
    "Ana": "Dana", "Ben": "Dana", "Cy": "Dana", "Eve": "Noor", "Fay": "Noor", "Gus": "Noor",
    "Dana": "Ray", "Noor": "Ray", "Ray": "",
}  # fmt: skip
EXECUTIVES = [name for name in MANAGER_OF if name not in MANAGER_OF.values()]
LINES, CHANNELS = ("Cloud", "Hosting", "Data", ""), ("Direct", "Partner", "")
MODULE_OF = {"Acme": "North", "Birch": "North", "Cedar": "South", "Dogwood": ""}
STRATEGIC = {"Acme": "yes", "Birch": "no", "Cedar": "", "Dogwood": "yes"}

Row = dict[str, str]
Money = Decimal | None


@dataclass(frozen=True)
class Asked:
    """One setting of all filters; an empty tuple means all."""

    from_on: date
    to_on: date
    as_of: date
    people: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    strategic: bool = False
    basis: str = "amount"

    def words(self) -> list[str]:
        """As the command line takes them."""
        several = {
            "person": self.people, "module": self.modules, "product_line": self.lines,
            "channel": self.channels,
        }  # fmt: skip
        found = [f"{name}={value}" for name, values in several.items() for value in values]
        found += [f"period={self.from_on}..{self.to_on}", f"as_of={self.as_of}"]
        return [*found, f"basis={self.basis}", f"strategic={'yes' if self.strategic else 'no'}"]


@dataclass
class Standing:
    """One row of the answer, by name of its columns."""

    won: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    booked: Decimal = Decimal("0.00")
    due: Decimal = Decimal("0.00")
    quota: Money = None

    def told(self, asked: Asked) -> tuple[object, ...]:
        decided = len(self.won) + len(self.lost)
        gap = None if self.quota is None else max(self.quota - self.booked, Decimal("0.00"))
        runs = asked.as_of < asked.to_on
        return (
            len(self.won), len(self.lost), self.booked, self.due, self.quota, gap,
            parts(len(self.won), decided), parts(self.booked, self.quota),
            parts(self.due, gap) if runs else None, parts(self.due, self.quota) if runs else None,
        )  # fmt: skip


def parts(one: Decimal | int, whole: Money | int) -> float | None:
    """A share to nine places; nothing where there is no whole."""
    return round(float(Fraction(one) / Fraction(whole)), 9) if whole else None


def deals(dice: random.Random, number: int) -> list[Row]:
    """Rows as a CRM would export them; some without owner, line, channel, amount or date."""
    found = []
    for each in range(number):
        stage = dice.choice(("Won", "Won", "Lost", "Proposal", "Proposal"))
        day = date(2026, 1, 1) + timedelta(days=dice.randrange(323))
        later = EXPORTED + timedelta(days=dice.randrange(-40, 140))
        is_open, recurs = stage == "Proposal", dice.random() < 0.6
        closing = "" if is_open and each % 9 == 0 else str(later if is_open else day)
        found.append(
            {
                "deal id": f"D{each:04d}", "stage": stage, "created": "2025-12-01",
                "owner": dice.choice((*EXECUTIVES, *EXECUTIVES, "Dana", "")),
                "account": dice.choice(tuple(MODULE_OF)), "close date": closing,
                "amount": dice.choice(("", "0", _cents(dice), _cents(dice), _cents(dice))),
                "mrr": _cents(dice) if recurs else "",
                "nrc": dice.choice(("", "99.99")) if recurs else "",
                "term in months": dice.choice(("", "12", "36")) if recurs else "",
                "product line": dice.choice(LINES), "channel": dice.choice(CHANNELS),
            }
        )  # fmt: skip
    return found


def quotas(dice: random.Random) -> list[Row]:
    """By month and line for some, for all lines together for others, Dana's own among them."""
    found = []
    for name in ("Ana", "Ben", "Cy", "Eve", "Fay", "Dana"):
        lines = ("",) if name in ("Cy", "Dana") else dice.sample(LINES[:3], 2)
        for line in lines:
            for month in range(3 if name == "Eve" else 1, 13):
                worth = dice.choice(("0", _cents(dice), _cents(dice)))
                period = f"2026-{month:02d}"
                found.append(
                    {"person": name, "period": period, "product line": line, "quota": worth}
                )
    return found


def files(raw_deals: list[Row], raw_quotas: list[Row]) -> dict[str, str]:
    """The texts to import, in order."""
    people = [{"name": name, "manager": above} for name, above in MANAGER_OF.items()]
    accounts = [
        {"account": name, "industry": "", "strategic": said} for name, said in STRATEGIC.items()
    ]
    modules = [
        {"module": module, "account": name, "owner": ""}
        for name, module in MODULE_OF.items()
        if module
    ]
    return {
        "people.csv": _text(people), "accounts.csv": _text(accounts), "modules.csv": _text(modules),
        "deals.csv": _text(raw_deals), "quotas.csv": _text(raw_quotas),
    }  # fmt: skip


def _text(rows: list[Row]) -> str:
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return page.getvalue()


def _cents(dice: random.Random) -> str:
    return str(Decimal(dice.randrange(1, 10_000_000)) / 100)


def worth(row: Row, basis: str) -> Money:
    """What a deal counts by this basis; None where it lacks it."""
    amount, mrr, term = (
        Decimal(row[name]) if row[name] else None for name in ("amount", "mrr", "term in months")
    )
    contract = None if mrr is None or term is None else mrr * term + Decimal(row["nrc"] or 0)
    yearly = None if mrr is None else mrr * 12
    filed = contract if amount is None else amount
    return {"amount": filed, "tcv": contract, "mrr": mrr, "acv": yearly}[basis]


def above(name: str) -> list[str]:
    """The person and everyone above."""
    return [name, *above(MANAGER_OF[name])] if name else []


def in_sight(asked: Asked) -> set[str]:
    return {name for name in MANAGER_OF if not asked.people or set(above(name)) & set(asked.people)}


def _is_wanted(row: Row, asked: Asked, seen: set[str]) -> bool:
    return (
        (row["owner"] in seen if row["owner"] else not asked.people)
        and (not asked.modules or MODULE_OF[row["account"]] in asked.modules)
        and (not asked.lines or row["product line"] in asked.lines)
        and (not asked.channels or row["channel"] in asked.channels)
        and (not asked.strategic or STRATEGIC[row["account"]] == "yes")
    )


def _counted(row: Row, asked: Asked) -> str:
    """won, lost, due, or nothing."""
    closing = date.fromisoformat(row["close date"]) if row["close date"] else None
    if closing is None or not asked.from_on <= closing <= asked.to_on:
        return ""
    if row["stage"] == "Proposal":
        return "due" if closing >= asked.as_of else ""
    return row["stage"].lower()


def _goals(raw: list[Row], asked: Asked, seen: set[str]) -> dict[tuple[str, str], Decimal]:
    """Own quotas by person and line; a month that the period cuts counts by its days."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in raw:
        first = date.fromisoformat(f"{row['period']}-01")
        length = monthrange(first.year, first.month)[1]
        last = first.replace(day=length)
        days = (min(last, asked.to_on) - max(first, asked.from_on)).days + 1
        is_line = not asked.lines or row["product line"] in asked.lines
        if days < 1 or row["person"] not in seen or not is_line or asked.basis != "amount":
            continue
        part = (Decimal(row["quota"]) * days / length).quantize(CENT, ROUND_HALF_UP)
        key = row["person"], row["product line"]
        found[key] = found.get(key, Decimal("0.00")) + part
    return found


def _total(found: Iterable[Money]) -> Money:
    known = [each for each in found if each is not None]
    return sum(known, Decimal("0.00")) if known else None


def rolled(name: str, own: dict[str, Decimal], seen: set[str]) -> Money:
    """The own quota, else what those below have, each by the same rule."""
    if name in own:
        return own[name]
    return _total(rolled(each, own, seen) for each in seen if MANAGER_OF[each] == name)


def of_all(own: dict[str, Decimal], seen: set[str]) -> Money:
    tops = [each for each in seen if MANAGER_OF[each] not in seen]
    return _total(rolled(each, own, seen) for each in tops)


def standings(raw_deals: list[Row], raw_quotas: list[Row], asked: Asked) -> dict[str, Standing]:
    """Everyone in sight, and "All"."""
    seen = in_sight(asked)
    rows = {name: Standing() for name in [*seen, "All"]}
    for row in raw_deals:
        kind, usd = _counted(row, asked), worth(row, asked.basis) or Decimal("0.00")
        if not kind or not _is_wanted(row, asked, seen):
            continue
        for name in {"All", *above(row["owner"])} & rows.keys():
            if kind == "due":
                rows[name].due += usd
            else:
                getattr(rows[name], kind).add(row["deal id"])
                rows[name].booked += usd if kind == "won" else Decimal("0.00")
    goals = _goals(raw_quotas, asked, seen)
    own: dict[str, Decimal] = {}
    for (name, _), usd in goals.items():
        own[name] = own.get(name, Decimal("0.00")) + usd
    for name, one in rows.items():
        one.quota = of_all(own, seen) if name == "All" else rolled(name, own, seen)
    return rows


def cells(
    raw_deals: list[Row], raw_quotas: list[Row], asked: Asked
) -> dict[tuple[str, str], tuple[Decimal, Money]]:
    """What each person and "All" booked in each named line, and the quota that names it."""
    seen, found = in_sight(asked), {}
    goals = _goals(raw_quotas, asked, seen)
    for line in LINES[:3]:
        of_line = [row for row in raw_deals if row["product line"] == line]
        rows = standings(of_line, [], asked)
        own = {name: usd for (name, about), usd in goals.items() if about == line}
        for name, one in rows.items():
            goal = of_all(own, seen) if name == "All" else rolled(name, own, seen)
            if one.won or goal is not None:
                found[name, line] = (one.booked, goal)
    return found
