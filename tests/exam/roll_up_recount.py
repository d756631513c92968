"""Random teams, their quotas and deals, and what attainment is by a count by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import chain

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quarterdeck import catalog
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import run
from quarterdeck.people import OWNER
from tests.conftest import asked, faults, rows_of
from tests.exam.figures import sized

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
AT = datetime.fromisoformat("2025-12-01 12:00")
CENT = Decimal("0.01")
MONTHS = tuple(date(2026, number, 1) for number in range(1, 13))
ENDS = tuple(day - timedelta(days=1) for day in (*MONTHS[1:], date(2027, 1, 1)))
QUARTERS = {f"2026-Q{n + 1}": MONTHS[3 * n : 3 * n + 3] for n in range(4)}
PERIODS = {"2026": MONTHS, **QUARTERS, **{f"{day:%Y-%m}": (day,) for day in MONTHS}}
AFTER = date(2027, 3, 1)
EMPTYING = {
    "person": "delete from person",
    "person_role": "delete from person_role",
    "reporting_line": "delete from reporting_line",
    "report_path": "delete from report_path",
    "quota": "delete from quota",
    "deal_version": "delete from deal_version",
    "deal_line": "delete from deal_line",
    "deal_credit": "delete from deal_credit",
    "product": "delete from product",
}


def end_of(quarter):
    return ENDS[MONTHS.index(QUARTERS[quarter][-1])]


# Worlds, and what is true in them, in plain Python


@dataclass(frozen=True)
class Deal:
    """Decided on a day; its lines with their amounts; who shared it from when until when."""

    deal_id: str
    on: date
    outcome: str
    owner: str | None
    lines: dict[str, Decimal | None]
    shared: tuple[tuple[date, date, dict[str, Decimal]], ...]


@dataclass
class World:
    """`spells` say who reported to whom from when until when, `quotas` what each month's quota is
    from which day on: as they stood first, and after the commands as they should stand now."""

    people: list[str]
    spells: dict[str, list[tuple[date, date, str]]]
    quotas: dict[tuple[str, date, str], list[tuple[date, Decimal]]] = field(default_factory=dict)
    deals: list[Deal] = field(default_factory=list)
    moves: list[SetManager] = field(default_factory=list)
    revisions: list[SetQuota] = field(default_factory=list)

    def above(self, who: str, day: date) -> list[str]:
        """The managers of that day, the nearest first, round a circle once."""
        found: list[str] = []
        while up := [up for since, to, up in self.spells[who] if since <= day < to]:
            (who,) = up
            if who in found:
                break
            found.append(who)
        return found

    def copied(self) -> World:
        return World(self.people, dict(self.spells))

    def is_sound(self) -> bool:
        days = {since for spells in self.spells.values() for since, _, _ in spells}
        return all(who not in self.above(who, day) for who in self.people for day in days)

    def move(self, told: SetManager) -> None:
        """From the day on, whatever was known of later ones. A first manager has always been it,
        unless once below."""
        spells, day = self.spells[told.person_id], told.from_on
        if spells[-1:] and spells[-1][0] <= day and spells[-1][1:] == (LAST, told.manager_id):
            return
        before = [(since, min(to, day), up) for since, to, up in spells if since < day]
        starts = {since for each in self.spells.values() for since, _, _ in each}
        was_below = told.manager_id and any(
            told.person_id in self.above(told.manager_id, start) for start in starts
        )
        since = FIRST if not spells and not was_below else day
        new = [(since, LAST, told.manager_id)] if told.manager_id else []
        self.spells[told.person_id] = before + new

    def revise(self, told: SetQuota) -> None:
        """A first quota has always been it; a year's, quarter's or month's goes evenly to its
        months, each running sum rounded half up."""
        said = Decimal(0)
        for place, month in enumerate(told.months, 1):
            until = (told.quota_usd * place / len(told.months)).quantize(CENT, ROUND_HALF_UP)
            amount, said = until - said, until
            known = self.quotas.setdefault((told.person_id, month, told.product_line), [])
            kept = [each for each in known if each[0] < told.from_on]
            if {usd for _, usd in [*kept[-1:], *known[len(kept) :]]} != {amount}:
                known[:] = [*kept, (told.from_on if known else FIRST, amount)]

    def credits(self, months, as_of, only=None):
        """Each credit of what was won: the deal, whose, of which day and line, and how much."""
        for deal in self.deals:
            if deal.outcome != "won" or deal.on > as_of or deal.on.replace(day=1) not in months:
                continue
            held = [who for since, to, who in deal.shared if since <= deal.on < to]
            for line, amount in deal.lines.items():
                if only in (None, line):
                    shares = held[0] if held else {deal.owner: Decimal(1)}
                    for who, part in cut(amount, shares).items():
                        yield deal, who, line, part


def cut(amount, shares):
    """Whole cents, then the cents left over to the largest remainders."""
    exact = {who: abs(amount or 0) * share for who, share in shares.items()}
    whole = {who: each.quantize(CENT, ROUND_DOWN) for who, each in exact.items()}
    left = int((abs(amount or 0) - sum(whole.values())) / CENT)
    for who in sorted(shares, key=lambda who: (whole[who] - exact[who], who))[:left]:
        whole[who] += CENT
    return {who: -each if (amount or 0) < 0 else each for who, each in whole.items()}


# The count by hand


def booked_by_hand(worlds, months, as_of, only=None):
    """Who, and in which line → the deals won and the credit, by the team of each closing day."""
    found = defaultdict(lambda: [set(), Decimal(0)])
    for world in worlds:
        for deal, owner, line, part in world.credits(months, as_of, only):
            up = [owner, *world.above(owner, deal.on)] if owner else []
            for who in ("all", *up):
                found[who, line][0].add(deal.deal_id)
                found[who, line][1] += part
    return found


def quotas_by_hand(worlds, months, as_of, only=None):
    """Who, and in which line → the quota, and that of the reports, by the team of each month's
    end: each quota goes up to the first manager who has one of their own in that month."""
    quota, reports = defaultdict(Decimal), defaultdict(Decimal)
    for world in worlds:
        for month in months:
            held = defaultdict(dict)
            for (who, on, line), said in world.quotas.items():
                if on == month and only in (None, line):
                    held[who][line] = next(usd for since, usd in reversed(said) if since <= as_of)
            day = min(ENDS[MONTHS.index(month)], as_of)
            parts = [(who, *part) for who, lines in held.items() for part in lines.items()]
            for who, line, usd in parts:
                quota[who, line] += usd
                for up in (*world.above(who, day), "all"):
                    reports[up, line] += usd
                    if sum(held.get(up, {}).values()) > 0:
                        break
                    quota[up, line] += usd
    return quota, reports


def summed(found):
    """Over the lines; who has none of them is not in it."""
    total = defaultdict(Decimal)
    for (who, _), usd in found.items():
        total[who] += usd
    return total


def by_hand(worlds, months, as_of, only=None):
    """Everybody's deals won, booked, quota and quotas of the reports."""
    booked = booked_by_hand(worlds, months, as_of, only)
    deals = defaultdict(set)
    for (who, _), (ids, _) in booked.items():
        deals[who] |= ids
    usd = summed({key: part for key, (_, part) in booked.items()})
    quota, reports = map(summed, quotas_by_hand(worlds, months, as_of, only))
    everyone = ("all", *chain.from_iterable(world.people for world in worlds))
    return {who: (len(deals[who]), usd[who], quota.get(who), reports.get(who)) for who in everyone}


# Random worlds

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CENTS = st.integers(100_00, 900_000_00).map(lambda cents: cents * CENT)
LINES = ("", "Cloud", "Data")


@st.composite
def teams(draw, prefix):
    """Up to twelve people under several heads; some without a manager for a while; then moves,
    and whoever had deals of their own may get reports."""
    people = [f"{prefix}{n:02d}" for n in range(draw(st.integers(1, 12)))]
    world = World(people, {who: [] for who in people})
    for place, who in enumerate(people):
        higher = [up for up in people[:place] if len(world.above(up, FIRST)) < 4]
        up = draw(st.sampled_from([None, *higher, *higher[-1:] * 4]))
        if up and draw(st.integers(0, 5)) == 5:
            gone, back = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
            later = draw(st.sampled_from(higher))
            world.spells[who] = [(FIRST, gone, up), (back, LAST, later)]
        elif up:
            world.spells[who] = [(FIRST, LAST, up)]
    return world


def moves_of(draw, now, days, may_be_first=True):
    """One after another, each making a sound team, some told late."""
    told = []
    for day in days:
        who = draw(st.sampled_from(now.people))
        move = SetManager(who, draw(st.sampled_from([*now.people, None])), day)
        after = now.copied()
        if now.spells[who] or may_be_first:
            after.move(move)
            if after.is_sound():
                told.append(move)
                now.spells = after.spells
    return told


def quotas_of(draw, world):
    """For some months of the year or all; revisions, some told late. 0 is no quota."""
    for who in world.people:
        for line in draw(st.lists(st.sampled_from(LINES), max_size=2, unique=True)):
            base = draw(CENTS)
            months = draw(st.sampled_from([MONTHS, MONTHS[5:], MONTHS[:2], MONTHS[4:5]]))
            for place, month in enumerate(months):
                world.quotas[who, month, line] = [(FIRST, base + place * 1001 * CENT)]
    held = sorted({(who, line) for who, _, line in world.quotas})
    for day in draw(st.lists(DAYS, max_size=3 if held else 0)):
        who, line = draw(st.sampled_from(held))
        months = draw(st.sampled_from([*PERIODS.values()]))
        usd = draw(CENTS | st.just(Decimal(0)))
        world.revisions.append(SetQuota(who, months, usd, day, line))


def deals_of(draw, world):
    edges = [move.from_on for move in world.moves] or [MONTHS[3]]
    near = st.sampled_from([each - timedelta(days=n) for each in edges for n in (0, 1)])
    usd = st.integers(-50_000_00, 2_000_000_00).map(lambda cents: cents * CENT)
    for number in range(draw(st.integers(0, 9))):
        day = draw(near | st.dates(date(2025, 12, 20), date(2027, 1, 10)))
        lines = draw(
            st.fixed_dictionaries({"Cloud": usd, "Data": usd})
            | st.tuples(st.sampled_from(LINES), usd | st.none()).map(lambda one: dict([one]))
        )
        owner = draw(st.sampled_from([*world.people, *world.people, None]))
        shared = ()
        if len(world.people) > 1 and draw(st.booleans()):
            turn = day + timedelta(days=draw(st.integers(-1, 1)))
            until = draw(st.sampled_from([LAST, turn]))
            shared = ((FIRST, until, draw(shares(world.people))),)
            if until == turn and draw(st.booleans()):
                shared += ((turn, LAST, draw(shares(world.people))),)
        outcome = draw(st.sampled_from(["won", "won", "won", "lost"]))
        world.deals.append(Deal(f"{world.people[0]}-{number}", day, outcome, owner, lines, shared))


@st.composite
def shares(draw, people):
    """Millionths that add up to one."""
    who = draw(st.lists(st.sampled_from(people), min_size=2, max_size=3, unique=True))
    ends = st.integers(1, 999_999) | st.sampled_from([333_333, 500_000, 666_666])
    cuts = sorted(draw(st.lists(ends, min_size=len(who) - 1, max_size=len(who) - 1, unique=True)))
    parts = zip([0, *cuts], [*cuts, 1_000_000], strict=True)
    return dict(zip(who, (Decimal(b - a) / 1_000_000 for a, b in parts), strict=True))


@st.composite
def several(draw):
    """Four worlds for one database: asking costs more than inventing."""
    worlds = [draw(teams(prefix)) for prefix in "abcd"]
    for world in worlds:
        now = world.copied()
        world.moves = moves_of(draw, now, draw(st.lists(DAYS, max_size=5)))
        quotas_of(draw, world)
        deals_of(draw, world)
    return worlds


WORLDS = several()
CASES = f"{4 * sized(5, 50)} random worlds, 0 differ"
SLOWLY = settings(max_examples=sized(5, 50), deadline=None, suppress_health_check=list(HealthCheck))


# The same in a database


def held(since=FIRST, to=LAST):
    return {"valid_from": since, "valid_to": to, "origin": "file", "recorded_at": AT}


def rows_in(world):
    """What each table holds of a world before the commands, row by row."""
    for who in world.people:
        yield "person", {"person_id": who, "person_name": who, "kind": "person", "recorded_at": AT}
        for since, to, up in world.spells[who]:
            yield "reporting_line", {"person_id": who, "manager_id": up, **held(since, to)}
    for (who, month, line), ((_, usd),) in world.quotas.items():
        row = {"person_id": who, "month_on": month, "product_line": line, "quota_usd": usd}
        yield "quota", {**row, "basis": "amount", **held()}
    for deal in world.deals:
        row, is_one = {"deal_id": deal.deal_id}, len(deal.lines) == 1
        (line, usd), *_ = deal.lines.items()
        row |= {"owner_id": deal.owner, "credited_id": deal.owner, "product_line": None}
        row |= {"stage_name": deal.outcome, "pipeline": "default", "outcome": deal.outcome}
        row |= {"close_on": deal.on, "closed_on": deal.on, "currency": "USD", **held(deal.on)}
        row |= {"amount_usd": usd if is_one else sum(deal.lines.values())}
        yield "deal_version", row | ({"product_line": line} if is_one and line else {})
        for line, usd in {} if is_one else deal.lines.items():
            row = {"deal_id": deal.deal_id, "product_id": line, "amount_usd": usd}
            yield "deal_line", row | held()
        for since, to, parts in deal.shared:
            for who, share in parts.items():
                row = {"deal_id": deal.deal_id, "person_id": who, "share": share}
                yield "deal_credit", row | held(since, to)


def fill(engine, worlds):
    """Instead of what was there; then the moves and revisions, one command each."""
    rows = {table: [] for table in EMPTYING}
    for line in LINES[1:]:
        named = {"product_id": line, "product_name": line, "product_line": line}
        rows["product"].append(named | {"recorded_at": AT})
    for table, row in chain.from_iterable(map(rows_in, worlds)):
        rows[table].append(row)
    with engine.transaction() as cursor:
        for table, held_now in rows.items():
            cursor.execute(EMPTYING[table])
            if held_now:
                cursor.append(table, pd.DataFrame(held_now), by_name=True)
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": AT})
    for world in worlds:
        for move in world.moves:
            set_manager(engine, move, scope=OWNER)
            world.move(move)
        for revision in world.revisions:
            set_quota(engine, revision, scope=OWNER)
            world.revise(revision)
    assert faults(engine) == []


def standing(engine, period, as_of=AFTER, **chosen):
    """The rows of attainment by person: deals won, booked, quota, quotas of the reports."""
    rows = rows_of(engine, "attainment", asked(engine, period, as_of, **chosen))
    keys = ("won_deals", "booked_usd", "quota_usd", "reports_quota_usd")
    return {row["person_id"]: tuple(row[key] for key in keys) for row in rows}


def by_line(engine, period, as_of=AFTER):
    """The same by person and line: deals, booked, quota, quota of the line."""
    rows = rows_of(engine, "attainment_by_line", asked(engine, period, as_of))
    keys = ("won_deals", "booked_usd", "quota_usd", "line_quota_usd")
    return {
        (row["person_id"], row["product_line"]): tuple(row[key] for key in keys) for row in rows
    }


def by_line_by_hand(worlds, months, as_of):
    booked = booked_by_hand(worlds, months, as_of)
    quota, _ = quotas_by_hand(worlds, months, as_of)
    named = {}
    for line in LINES[1:]:
        named |= quotas_by_hand(worlds, months, as_of, only=line)[0]
    return {
        key: (len(booked[key][0]), booked[key][1], quota.get(key), named.get(key))
        for key in booked.keys() | quota.keys() | named.keys()
    }


def total(parts, place):
    """Nothing and nothing is nothing."""
    known = [part[place] for part in parts if part[place] is not None]
    return sum(known, Decimal(0)) if known or place < 2 else None
