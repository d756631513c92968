"""Which deals does each executive win, lose, keep open or forget?"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from quarterdeck.inventing.accounts import Account, Books
from quarterdeck.inventing.people import (
    EXECUTIVES,
    LINE_SHARES,
    LINES,
    Executive,
    Story,
    next_quarter,
    quarters,
    quota,
)
from quarterdeck.inventing.words import (
    CHANNEL_WEIGHTS,
    CHANNELS,
    PARTNERS,
    PRODUCTS,
    SOURCE_WEIGHTS,
    SOURCES,
)

USUAL_USD = {"dana": 84_000, "colin": 170_000, "noor": 190_000}
LEAST_USD, MOST_USD = 20_000, 900_000
USUAL_ATTAINMENT, SPREAD = 0.82, 0.17
FORGOTTEN_A_QUARTER = 0.85
BY_DAY = [0.75 * n / 1000 + 0.25 * (n / 1000) ** 5 for n in range(1001)]
"""How much of a quarter is booked by each thousandth of it: the end pulls."""


@dataclass(frozen=True)
class Plan:
    """A deal as its end is known to whoever invents it: outcome, day and worth."""

    account: Account
    owner: str
    outcome: str
    on: date
    amount_usd: int
    product: str
    line: str
    is_recurring: bool
    channel: str
    partner: str | None
    source: str
    deal_type: str


def plans(rng: Random, tale: Story, accounts: tuple[Account, ...]) -> list[Plan]:
    """Every deal of the story, quarter by quarter and executive by executive."""
    found: list[Plan] = []
    books = Books(accounts)
    decks = {person.name: _Deck(rng) for person in EXECUTIVES}
    for start in quarters(tale):
        for person in EXECUTIVES:
            goal = quota(tale, person.name, start)
            seller = _Seller(rng, tale, person, books, decks[person.name])
            found += seller.quarter(start, goal)
    return found


class _Deck:
    """Product lines in turn, so that a dozen deals hold a bit of each."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.cards: list[str] = []

    def draw(self) -> str:
        if not self.cards:
            self.cards = [
                line
                for line, share in zip(LINES, LINE_SHARES, strict=True)
                for _ in range(share // 5)
            ]
            self.rng.shuffle(self.cards)
        return self.cards.pop()


@dataclass(frozen=True)
class _Seller:
    """One executive in one quarter."""

    rng: Random
    tale: Story
    person: Executive
    books: Books
    deck: _Deck

    def quarter(self, start: date, goal: int) -> list[Plan]:
        days = (next_quarter(start) - start).days
        now = min(max((self.tale.day - start).days + 1, 0), days)
        usual = USUAL_ATTAINMENT + (self.person.win_rate - 0.34)
        total = goal * max(0.4, self.rng.gauss(usual, SPREAD))
        by_now = BY_DAY[1000 * now // days]
        if 0 < now < days:
            sold = goal * by_now * (1 + self.person.lead)
            parts = [(sold, 0.0, by_now), (max(total - sold, goal * 0.2), by_now, 1.0)]
        else:
            parts = [(total, 0.0, 1.0)]
        found: list[Plan] = []
        taken = dict.fromkeys(LINES, 0)
        for amount, since, until in parts:
            found += self._won(start, amount, (since, until), taken)
        found += self._lost(start, total)
        found += self._forgotten(start, goal)
        return found

    def _won(
        self, start: date, amount: float, shares: tuple[float, float], taken: dict[str, int]
    ) -> list[Plan]:
        found = []
        for size in sorted(self._sizes(amount), reverse=True):
            on = self._day(start, self.rng.uniform(*shares), shares)
            if self._held(on):
                found.append(self._plan("won", on, size, self._lacking(taken, size)))
        return found

    def _lacking(self, taken: dict[str, int], size: int) -> str:
        """The line furthest below its share of the quarter: quotas pull, but not evenly."""
        total = sum(taken.values()) + size
        wanted = {
            line: total * share / 100 * self.rng.uniform(0.55, 1.45) - taken[line]
            for line, share in zip(LINES, LINE_SHARES, strict=True)
        }
        line = max(LINES, key=lambda each: wanted[each])
        taken[line] += size
        return line

    def _lost(self, start: date, total: float) -> list[Plan]:
        usual = USUAL_USD[self.person.team]
        odds = self.person.win_rate
        count = round(total / usual * (1 - odds) / odds * self.rng.uniform(0.85, 1.15))
        days = (next_quarter(start) - start).days
        found = [_weekday(start + timedelta(days=self.rng.randrange(days))) for _ in range(count)]
        return [
            self._plan("lost", on, self._size(), self.deck.draw()) for on in found if self._held(on)
        ]

    def _forgotten(self, start: date, goal: int) -> list[Plan]:
        if not goal or self.rng.random() > FORGOTTEN_A_QUARTER:
            return []
        on = _weekday(start + timedelta(days=self.rng.randrange(80)))
        return (
            [self._plan("forgotten", on, self._size(), self.deck.draw())] if self._held(on) else []
        )

    def _sizes(self, amount: float) -> list[int]:
        """Amounts of a few large and many small deals that add up to about the amount."""
        if amount < LEAST_USD / 2:
            return []
        count = max(1, round(amount / USUAL_USD[self.person.team]))
        weights = [self.rng.lognormvariate(0, 0.75) for _ in range(count)]
        scale = amount / sum(weights)
        sizes = [round(min(MOST_USD, max(LEAST_USD, weight * scale)), -2) for weight in weights]
        sizes[-1] = round(min(MOST_USD, max(LEAST_USD, sizes[-1] + amount - sum(sizes))), -2)
        return [int(size) for size in sizes]

    def _size(self) -> int:
        raw = USUAL_USD[self.person.team] * self.rng.lognormvariate(-0.2, 0.75)
        return int(round(min(MOST_USD, max(LEAST_USD, raw)), -2))

    def _day(self, start: date, share: float, shares: tuple[float, float]) -> date:
        days = (next_quarter(start) - start).days
        first, last = (bisect(BY_DAY, one) * days // 1000 for one in shares)
        at = min(max(bisect(BY_DAY, share) * days // 1000, first), max(last - 1, first))
        return _weekday(start + timedelta(days=at), later=shares[0] > 0)

    def _held(self, on: date) -> tuple[str, ...]:
        return self.tale.held(self.person.name, on)

    def _plan(self, outcome: str, on: date, amount_usd: int, line: str) -> Plan:
        rng = self.rng
        product, _, is_recurring, _ = rng.choice([one for one in PRODUCTS if one[1] == line])
        (channel,) = rng.choices(CHANNELS, CHANNEL_WEIGHTS)
        (source,) = rng.choices(SOURCES, SOURCE_WEIGHTS)
        mine = self.books.held(self._held(on), on)
        (account,) = rng.choices(mine, [one.potential_usd**0.5 for one in mine])
        return Plan(
            account=account,
            owner=self.person.name,
            outcome=outcome,
            on=on,
            amount_usd=amount_usd,
            product=product,
            line=line,
            is_recurring=is_recurring,
            channel=channel,
            partner=rng.choice(PARTNERS[channel]) if channel in PARTNERS else None,
            source=source,
            deal_type="Expansion" if source == "Existing customer" else "New business",
        )


def _weekday(day: date, *, later: bool = False) -> date:
    """The day, or the nearest working day on the same side of now."""
    if day.weekday() < 5:
        return day
    after = timedelta(days=7 - day.weekday())
    return day + after if later else day - timedelta(days=day.weekday() - 4)
