"""Does the funnel equal a count by hand from raw rows, whatever is asked?"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from quarterdeck.engine import DuckDBEngine
from tests import everything
from tests.conftest import asked, rows_of
from tests.exam import figures, funnel_recount
from tests.exam.recount import days_of
from tests.kept import kept

pytestmark = pytest.mark.exam
SEED = 20261125
PERIODS = ("2024", "2024-Q1", "2024-02", "2026", "2026-Q3", "2026-Q4", "2026-11", "2027-Q1")


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    """Splits, lines, moves, revisions, deals without owner, amount or date; several exports."""
    engine = DuckDBEngine(tmp_path_factory.mktemp("funnel") / "quarterdeck.duckdb")
    kept(engine, everything.fill)
    return engine


def books(engine: DuckDBEngine) -> funnel_recount.Books:
    tables = {}
    with engine.looking() as cursor:
        for name in funnel_recount.TABLES:
            found = cursor.table(name)
            rows = found.fetchall()
            tables[name] = [dict(zip(found.columns, row, strict=True)) for row in rows]
    return funnel_recount.Books(tables)


def chosen(number: int) -> list[dict]:
    """Random filters: half of the time today, often everyone, sometimes all filters at once."""
    chance = random.Random(SEED)
    found = []
    for _ in range(number):
        start = date(2024, 1, 1) + timedelta(days=chance.randrange(1100))
        custom = f"{start}..{start + timedelta(days=chance.randrange(200))}"
        people = chance.sample(("ana", "ben", "cy", "dana", "noor", "ray", "sol"), 2)
        found.append(
            {
                "period": chance.choice((*PERIODS, custom, custom)),
                "as_of": chance.choice(
                    (date(2026, 11, 25), start, date(2024, 3, 1), date(2026, 10, 15))
                ),
                "person_ids": tuple(people[: chance.choice((0, 0, 0, 1, 2))]),
                "product_lines": chance.choice(((), (), ("Cloud",), ("Data", "Hosting"))),
                "channels": chance.choice(((), (), ("Partner",))),
                "strategic_only": chance.random() < 0.2,
                "basis": chance.choice(("amount", "amount", "amount", "tcv", "mrr", "acv")),
            }
        )
    return found


def test_the_funnel_equals_a_count_by_hand(organisation):
    raw = books(organisation)
    settings = chosen(figures.sized(12, 200))
    open_seen = decided_seen = 0
    for each in settings:
        filters = asked(organisation, **each)
        by_hand = funnel_recount.Asked(
            *days_of(each["period"]),
            each["as_of"],
            each["person_ids"],
            each["product_lines"],
            each["channels"],
            each["strategic_only"],
            each["basis"],
        )
        stages = funnel_recount.funnel(raw, by_hand)
        found = {one["stage"]: one for one in rows_of(organisation, "funnel", filters)}
        assert found.keys() == stages.keys(), each
        for stage, expected in stages.items():
            assert {name: found[stage][name] for name in expected} == expected, (stage, each)
        check_decided(organisation, raw, filters, by_hand)
        open_seen += len(stages)
        decided_seen += any(funnel_recount.decided(raw, by_hand).values())
    assert open_seen > len(settings) / 2
    assert decided_seen > len(settings) / 8
    figures.record(
        "The five questions of the funnel equal a count by hand",
        f"{len(settings)} random settings, 0 differ",
    )


def check_decided(engine, raw, filters, by_hand):
    expected = funnel_recount.win_rate(raw, by_hand)
    rows = rows_of(engine, "win_rate", filters)
    if rows:
        assert {name: rows[0][name] for name in expected} == expected, by_hand
    else:
        assert not any(expected.values()), by_hand
    reasons = rows_of(engine, "loss_reasons", filters)
    found = {one["loss_reason"]: (one["lost_deals"], one["lost_usd"]) for one in reasons}
    assert found == funnel_recount.losses(raw, by_hand), by_hand
    names = ("went_on", "lost_here", "still_open", "open_beyond")
    steps = rows_of(engine, "stage_conversion", filters)
    found = {one["stage"]: tuple(one[name] for name in names) for one in steps}
    assert found == funnel_recount.conversion(raw, by_hand), by_hand
    for split in ("person", "line", "channel"):
        rows = rows_of(engine, "funnel_by", filters, split_by=split)
        names = ("deals", "open_usd", "won_deals", "lost_deals")
        found = {one["part_id"]: tuple(one[name] for name in names) for one in rows}
        assert found == funnel_recount.parts(raw, by_hand, split), (split, by_hand)
