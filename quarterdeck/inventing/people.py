"""Who is on the invented teams, which modules do they hold, and what are their quotas?"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from quarterdeck.inventing.places import modules

LINES = ("Cloud", "Hosting", "Managed services", "Data", "IP")
LINE_SHARES = (30, 20, 25, 15, 10)
OVER_ASSIGNED = Decimal("1.2")
AREA_SHARE = Decimal("0.872")
GROWTH = Decimal("0.07")
RAY, DANA, COLIN, NOOR = "Ray Calloway", "Dana Whitlock", "Colin Brandt", "Noor Haddad"
DIRECTORS = {"dana": DANA, "colin": COLIN, "noor": NOOR}
REGIONS = {"dana": "Inland Northwest", "colin": "Willamette Valley", "noor": "Puget Sound"}
JUNE, MATEO, ALMA, CARYS = "June Park", "Mateo Silva", "Alma Reyes", "Carys Dunn"


@dataclass(frozen=True)
class Executive:
    """Somebody who sells: a full quarter's quota today, and how this quarter goes so far.

    `lead` is what is booked beyond the usual path by now, as a share of that path.
    """

    name: str
    team: str
    quota_usd: int
    lead: float
    win_rate: float
    base_zip: str
    modules: tuple[str, ...]


EXECUTIVES = (
    Executive(ALMA, "dana", 1_260_000, 0.21, 0.42, "99201", ("Spokane Core", "Spokane Valley")),
    Executive("Ben Holloway", "dana", 1_180_000, 0.13, 0.38, "83814", ("Panhandle", "Palouse")),
    Executive(CARYS, "dana", 1_120_000, -0.03, 0.36, "98901", ("Yakima Valley", "Missoula")),
    Executive(
        "Idris Okafor", "dana", 1_180_000, 0.02, 0.34, "99336", ("Tri-Cities", "Walla Walla")
    ),
    Executive(JUNE, "dana", 620_000, -0.46, 0.25, "83501", ("Lewis and Snake", "Northeast")),
    Executive(MATEO, "dana", 1_100_000, -0.04, 0.33, "59801", ("Flathead", "Butte and Helena")),
    Executive(
        "Wren Tanaka", "dana", 1_100_000, -0.52, 0.27, "98801", ("Wenatchee", "Columbia Basin")
    ),
    Executive("Freya Olander", "colin", 2_100_000, -0.22, 0.32, "97204", ("Portland",)),
    Executive("Hollis Ames", "colin", 1_420_000, -0.31, 0.29, "97123", ("Tualatin",)),
    Executive("Imani Bassett", "colin", 1_560_000, 0.06, 0.35, "97301", ("Salem",)),
    Executive(
        "Tobias Wray",
        "colin",
        1_400_000,
        -0.18,
        0.31,
        "97401",
        ("South Willamette", "Southern Oregon"),
    ),
    Executive("Leif Arnesen", "noor", 2_400_000, 0.12, 0.39, "98101", ("Seattle",)),
    Executive("Nadia Osei", "noor", 2_240_000, 0.08, 0.37, "98004", ("Eastside",)),
    Executive("Rosa Quiroga", "noor", 1_760_000, 0.17, 0.41, "98402", ("South Sound",)),
    Executive("Sam Verhoeven", "noor", 1_560_000, -0.12, 0.33, "98201", ("North Sound",)),
    Executive("Vera Kostova", "noor", 1_400_000, 0.04, 0.35, "98337", ("Peninsula",)),
)
BY_NAME = {person.name: person for person in EXECUTIVES}
MODULE_TEAM = {module.name: module.team for module in modules()}
_NOW = {module: person.name for person in EXECUTIVES for module in person.modules}
# Before June was hired and Mateo came over, others held what is theirs now.
_BEFORE = {
    "Lewis and Snake": (ALMA, JUNE),
    "Northeast": ("Ben Holloway", JUNE),
    "Flathead": (CARYS, MATEO),
    "Butte and Helena": (CARYS, MATEO),
    "Southern Oregon": (MATEO, "Tobias Wray"),
}
# What those before them carried for it, of a full quota each.
_CARRIED = {
    ALMA: (JUNE, Decimal("0.5")),
    "Ben Holloway": (JUNE, Decimal("0.5")),
    CARYS: (MATEO, Decimal(1)),
}
_CARRIED_BY_TOBIAS = Decimal("0.55")


@dataclass(frozen=True)
class Story:
    """The days on which something happens, told from the day the story ends."""

    day: date
    weeks: tuple[date, ...]
    hired_on: date
    transferred_on: date

    def owner(self, module: str, on: date) -> str:
        """Whose module it is on a day."""
        if module not in _BEFORE:
            return _NOW[module]
        before, after = _BEFORE[module]
        since = self.hired_on if after == JUNE else self.transferred_on
        return after if on >= since else before

    def team(self, name: str, on: date) -> str:
        is_away = name == MATEO and on < self.transferred_on
        return "colin" if is_away else BY_NAME[name].team

    def held(self, name: str, on: date) -> tuple[str, ...]:
        return tuple(module for module in MODULE_TEAM if self.owner(module, on) == name)


def story(day: date, months: int) -> Story:
    """The last so many months in weeks that end on the day."""
    count = round(months * 365.25 / 12 / 7)
    weeks = tuple(day - timedelta(days=7 * (count - n)) for n in range(count + 1))
    middle = date(day.year, 7, 1)
    if day < middle + timedelta(days=75):
        middle = date(day.year - 1, 7, 1)
    return Story(day, weeks, months_before(day, 4), middle)


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(start: date) -> date:
    return quarter_start(start + timedelta(days=95))


def quarters(tale: Story) -> list[date]:
    """The first days of all quarters that the story touches, and of two after it."""
    found = [quarter_start(tale.weeks[0])]
    while found[-1] <= tale.day + timedelta(days=100):
        found.append(next_quarter(found[-1]))
    return found


def quota(tale: Story, name: str, start: date) -> int:
    """An executive's quota for the quarter that begins on a day; nothing before being hired."""
    person, end = BY_NAME[name], next_quarter(start) - timedelta(days=1)
    if name == JUNE and end < tale.hired_on:
        return 0
    full = Decimal(person.quota_usd)
    if name in _CARRIED:
        whose, share = _CARRIED[name]
        since = tale.hired_on if whose == JUNE else tale.transferred_on
        full += share * BY_NAME[whose].quota_usd if end < since else 0
    if name == "Tobias Wray" and end < tale.transferred_on:
        full *= _CARRIED_BY_TOBIAS
    if name == JUNE and start < tale.hired_on:
        full *= Decimal("0.4")
    years = start.year - tale.day.year
    return int(full * (1 + GROWTH * years) / 10_000) * 10_000


def directors_quotas(tale: Story, start: date) -> dict[str, int]:
    """What each team carries is a fifth more than its director's own; Ray's lies lower again."""
    end = next_quarter(start) - timedelta(days=1)
    found = {}
    for team, director in DIRECTORS.items():
        carried = sum(
            quota(tale, person.name, start)
            for person in EXECUTIVES
            if tale.team(person.name, end) == team
        )
        found[director] = int(carried / OVER_ASSIGNED / 10_000) * 10_000
    return {RAY: int(sum(found.values()) * AREA_SHARE / 10_000) * 10_000, **found}


def by_line(amount: int) -> list[int]:
    """An amount over the product lines, in whole dollars that add up."""
    parts = [amount * share // 100 for share in LINE_SHARES]
    return [parts[0] + amount - sum(parts), *parts[1:]]
