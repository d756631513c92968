"""Whatever happens to deals: does a count by hand say the same, and does it add up?"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck.engine import DuckDBEngine
from tests.conftest import asked, commit, looked_at, rows_of
from tests.exam.figures import recorded, sized
from tests.teams import HEAD, row
from tests.waterfalls import (
    ADD_UP,
    PERIOD,
    bars,
    named,
    residual,
)

pytestmark = pytest.mark.exam
WEEKS = tuple(date(2026, 7, 3) + timedelta(weeks=n) for n in range(8))
PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
MOVED = "name,manager\nBen,Noor\n"
TEAMS = {
    "dana": {"ana", "dana"},
    "noor": {"cy", "noor"},
    "ana": {"ana"},
    "ben": {"ben"},
    "cy": {"cy"},
}
MOVED_ON = date(2026, 8, 1)
STRATEGIC_ON = date(2026, 7, 25)
TO_SOUTH_ON = date(2026, 8, 5)
MODULES = "module,account,valid from\nNorth,Acme,2026-01-01\nSouth,Birch,2026-01-01\n"


def happened(engine, seed):
    """Eight weekly full exports of deals to which anything may happen, one team that loses Ben,
    an account that becomes strategic while another ceases to be, and one that changes module."""
    chance = random.Random(seed)
    files = [(PEOPLE, "people.csv", date(2026, 6, 1)), (MOVED, "people.csv", MOVED_ON)]
    files += [
        ("account,industry,strategic\nAcme,,yes\nBirch,,no\n", "accounts.csv", date(2026, 6, 1))
    ]
    files += [("account,industry,strategic\nAcme,,no\nBirch,,yes\n", "accounts.csv", STRATEGIC_ON)]
    files += [(MODULES, "modules.csv", date(2026, 6, 2))]
    files += [
        (f"module,account,valid from\nSouth,Acme,{TO_SOUTH_ON}\n", "modules.csv", TO_SOUTH_ON)
    ]
    known = {}
    for week in WEEKS:
        for deal in range(40):
            if deal not in known or chance.random() < 0.5:
                known[deal] = changed(chance, deal, week)
        there = [text for text in known.values() if chance.random() < 0.9]
        files.append((HEAD + "".join(there), "deals.csv", week))
    for text, name, day in sorted(files, key=lambda file: file[2]):
        extent = {"extent": "full"} if name == "deals.csv" else {}
        commit(engine, looked_at(engine, text, name, exported_on=day, **extent))
    return engine


def changed(chance, deal, week):
    stage = chance.choice(("Qualify", "Qualify", "Propose", "Closed Won", "Closed Lost"))
    closing = week + timedelta(days=chance.randrange(-12, 1))
    due = chance.choice(("", *(week + timedelta(days=n) for n in (-20, 10, 40, 90))))
    return row(
        f"d{deal}",
        stage,
        chance.choice(("", "0", f"{chance.randrange(100, 99999) / 100}", "50.5")),
        closes=closing if stage.startswith("Closed") else due,
        owner=chance.choice(("Ana", "Ben", "Cy")),
        account=chance.choice(("Acme", "Birch")),
        line=chance.choice(("Cloud", "Data")),
        channel=chance.choice(("Direct", "Partner", "")),
        created="",
    )


@pytest.fixture(scope="module")
def anything(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("moved") / "quarterdeck.duckdb")
    commit(engine, looked_at(engine, "stage,pipeline,position,outcome\nQualify,,1,open\n", "s.csv"))
    return happened(engine, 7)


class Recount:
    """The waterfall by hand, from the states of the deals and nothing else of ours."""

    def __init__(self, engine):
        with engine.looking() as cursor:
            found = cursor.execute(
                "select deal_id, valid_from, valid_to, outcome, credited_id, account_id,"
                " amount_usd, close_on, coalesce(closed_on, close_on, valid_from) as decided_on,"
                " product_line, channel from deal_version where superseded_at is null"
            )
            titles = [column[0] for column in found.description]
            self.versions = [dict(zip(titles, each, strict=True)) for each in found.fetchall()]
            self.ids = sorted({each["deal_id"] for each in self.versions})

    def state(self, deal, day):
        held = (v for v in self.versions if v["deal_id"] == deal)
        return next((v for v in held if v["valid_from"] <= day < v["valid_to"]), None)

    def was_open_after(self, deal, since, day):
        return any(
            v["outcome"] == "open" and since < v["valid_from"] <= day
            for v in self.versions
            if v["deal_id"] == deal
        )

    def bars(self, since, day, period, mode, chosen):
        found = defaultdict(lambda: [0, Decimal(0)])
        for deal in self.ids:
            for name, amount in self.moves(deal, min(since, day), day, period, mode, chosen):
                found[name][0] += 1
                found[name][1] += amount
        return {name: tuple(each) for name, each in found.items()}

    def moves(self, deal, since, day, period, mode, chosen):
        one, two = self.state(deal, since), self.state(deal, day)
        was_in = one and inside(one, since, chosen)
        is_in = two and inside(two, day, chosen)
        was_there = was_in and one["outcome"] == "open" and due(one["close_on"], period, mode)
        is_there = is_in and two["outcome"] == "open" and due(two["close_on"], period, mode)
        ended = two and two["outcome"] in ("won", "lost")
        if ended and not was_there and (one is None or one["outcome"] != "open"):
            again = one is None or one["outcome"] != two["outcome"]
            again = again or self.was_open_after(deal, since, day)
            ended = again and two["decided_on"] > since
        has_ended = ended and is_in and due(two["decided_on"], period, mode)
        if not (was_there or is_there or has_ended):
            return
        old = (one["amount_usd"] or Decimal(0)) if was_there else Decimal(0)
        new = (two["amount_usd"] or Decimal(0)) if two else old
        if was_there:
            yield "opening", old
            if new != old:
                yield "increase" if new > old else "decrease", new - old
        else:
            yield entered(one, was_in, theirs(one, since, chosen)), new
        if is_there:
            yield "closing", new
        else:
            yield left(two, is_in, theirs(two, day, chosen), has_ended, period), -new


def inside(state, day, chosen):
    lines, channels = chosen.get("product_lines"), chosen.get("channels")
    strategic = {"acme"} if day < STRATEGIC_ON else {"birch"}
    return (
        theirs(state, day, chosen)
        and (not lines or state["product_line"] in lines)
        and (not channels or state["channel"] in channels)
        and (not chosen.get("strategic_only") or state["account_id"] in strategic)
        and (not chosen.get("module_ids") or module(state, day) in chosen["module_ids"])
    )


def module(state, day):
    is_north = state["account_id"] == "acme" and judged_on(state, day) < TO_SOUTH_ON
    return "north" if is_north else "south"


def judged_on(state, day):
    return state["decided_on"] if state["outcome"] in ("won", "lost") else day


def theirs(state, day, chosen):
    if not state or not chosen.get("person_ids"):
        return True
    judged = judged_on(state, day)
    of_ben = "dana" if judged < MOVED_ON else "noor"
    teams = TEAMS | {of_ben: TEAMS[of_ben] | {"ben"}}
    return any(state["credited_id"] in teams[each] for each in chosen["person_ids"])


def due(day, period, mode):
    return mode == "whole" or (day is not None and period[0] <= day <= period[1])


def entered(one, was_in, was_theirs):
    if one is None:
        return "new"
    if one["outcome"] != "open":
        return "reopened"
    if was_in:
        return "pulled_in"
    return "transfer_in other" if was_theirs else "transfer_in owner"


def left(two, is_in, is_theirs, has_ended, period):
    if two is None or two["outcome"] == "removed":
        return "removed"
    if not is_in:
        return "transfer_out other" if is_theirs else "transfer_out owner"
    if has_ended:
        return two["outcome"]
    day = two["close_on"] if two["outcome"] == "open" else two["decided_on"]
    where = "undated" if day is None else "later" if day > period[1] else "earlier"
    return f"pushed_out {where}"


DAYS = st.dates(WEEKS[0], WEEKS[-1] + timedelta(days=9))
QUESTIONS = st.fixed_dictionaries(
    {
        "as_of": DAYS,
        "compare_on": DAYS,
        "period": st.sampled_from(("2026-Q3", "2026-08", "2026-07-20..2026-08-10", "2026-Q4")),
    },
    optional={
        "person_ids": st.lists(
            st.sampled_from(sorted(TEAMS)), min_size=1, max_size=2, unique=True
        ).map(tuple),
        "product_lines": st.just(("Cloud",)),
        "channels": st.sampled_from((("Direct",), ("Direct", "Partner"))),
        "strategic_only": st.just(True),
        "module_ids": st.sampled_from((("north",), ("south",), ("north", "south"))),
    },
)
MODES = st.sampled_from(("due", "whole"))
CASES = f"{sized(12, 300)} random pairs of days and slices, 0 differ"
SLOWLY = settings(
    max_examples=sized(12, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@recorded("The waterfall equals a count by hand", CASES)
@SLOWLY
@given(QUESTIONS, MODES)
def test_whatever_is_asked_a_count_by_hand_says_the_same(anything, question, mode):
    filters = asked(anything, **question)
    found = rows_of(anything, "waterfall", filters, pipeline_mode=mode)
    told = {
        named(one): (one["deals_behind"], one["amount_usd"])
        for one in found
        if one["deals_behind"] and one["movement"] not in ADD_UP
    }
    period = (filters.period.from_on, filters.period.to_on)
    recount = Recount(anything)
    by_hand = recount.bars(question["compare_on"], question["as_of"], period, mode, question)
    assert told == by_hand
    assert not found or residual(found) == (0, Decimal(0))


@recorded("The deals of each bar of the waterfall add up to it", CASES)
@SLOWLY
@given(QUESTIONS, MODES)
def test_the_deals_of_each_bar_add_up_to_it(anything, question, mode):
    filters = asked(anything, **question)
    for one in rows_of(anything, "waterfall", filters, pipeline_mode=mode):
        if one["movement"] == "residual" or not one["deals_behind"]:
            continue
        more = {"movements": [named(one)], "pipeline_mode": mode}
        behind = rows_of(anything, "waterfall_deals", filters, **more)
        assert len(behind) == one["deals_behind"]
        assert sum(each["amount_usd"] or 0 for each in behind) == one["amount_usd"]


@recorded("The waterfall's slices of all owners add up and transfers cancel", CASES)
@SLOWLY
@given(QUESTIONS)
def test_the_slices_of_all_owners_add_up_and_their_transfers_cancel(anything, question):
    question = question | {"person_ids": ()}
    whole = amounts(anything, question)
    parts = [amounts(anything, question | {"person_ids": (one,)}) for one in ("ana", "ben", "cy")]
    for name in whole.keys() | {key for part in parts for key in part}:
        total = sum((part[name] for part in parts), Decimal(0))
        if not name.startswith("transfer"):
            assert total == whole[name], name
    assert sum(map(transferred, parts)) == transferred(whole)
    assert transferred(whole) == 0 or question.keys() & {
        "product_lines",
        "channels",
        "strategic_only",
        "module_ids",
    }


def transferred(moved):
    ways = ("in owner", "in other", "out owner", "out other")
    return sum((moved[f"transfer_{way}"] for way in ways), Decimal(0))


def amounts(engine, question):
    found = rows_of(engine, "waterfall", asked(engine, **question), pipeline_mode="whole")
    return defaultdict(Decimal, {named(one): one["amount_usd"] for one in found})


@recorded("The waterfall of the whole pipeline closes at what the funnel holds", CASES)
@SLOWLY
@given(QUESTIONS)
def test_the_whole_pipeline_closes_at_what_the_funnel_holds(anything, question):
    funnel = rows_of(anything, "funnel", asked(anything, **question))
    closing = amounts(anything, question)["closing"]
    assert closing == sum((one["open_usd"] for one in funnel), Decimal(0))


def test_the_random_histories_hold_every_movement(anything):
    """Else the counts by hand above would prove little."""
    found = set()
    for seed in range(30):
        chance = random.Random(seed)
        days = sorted(chance.sample(WEEKS, 2))
        chosen = {"product_lines": ("Cloud",)} if seed % 2 else {"person_ids": ("ana",)}
        period = chance.choice(("2026-Q3", "2026-08"))
        question = {"compare_on": days[0], "as_of": days[1], "period": period} | chosen
        found |= bars(anything, mode=chance.choice(("due", "whole")), **question).keys()
    printed = {named(one) for one in rows_of(anything, "waterfall", asked(anything, **PERIOD))}
    assert found >= printed - {"residual"}
