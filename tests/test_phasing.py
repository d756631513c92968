"""How is the quota of a quarter or a year spread over its months, typed or imported?"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck import reads
from quarterdeck.commands.calendars import SetFiscalYear, set_fiscal_year
from quarterdeck.commands.quotas import PHASING, SetQuota, set_quota
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.domain.quotas import PHASINGS, phasing_in, split_by
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import SHARED, TODAY, asked, faults, needs, rows_of

VECTORS = SHARED / "vectors" / "quota_split.json"
PULL = (6, 7, 10, 7, 8, 10, 7, 7, 10, 8, 9, 11)
CENTS = (
    *(7407407, 8641976, 12345678, 8641976, 9876543, 12345679),
    *(8641975, 8641975, 12345679, 9876543, 11111111, 13580247),
)
PEOPLE = "name,manager\nAna,Dana\nBen,Dana\n"


def settle(engine, text):
    change_setting(engine, ChangeSetting(PHASING, text), scope=OWNER)


def months(engine, person="ana"):
    with engine.looking() as cursor:
        return dict(
            cursor.execute(
                "select month_on, quota_usd from quota where superseded_at is null "
                "and person_id = $person order by 1",
                {"person": person},
            ).fetchall()
        )


def months_of(engine, word):
    known = reads.calendar(engine)
    return tuple(month.from_on for month in known.months_of(known.parse(word)))


def test_running_sums_are_rounded_half_up_to_the_cent():
    split = split_by(Decimal("1234567.89"), PULL)
    assert [int(part * 100) for part in split] == list(CENTS)


@needs("vectors/quota_split.json")
def test_the_example_of_a_year_by_weights_holds_to_the_cent():
    (told,) = (one for one in json.loads(VECTORS.read_text()) if "monthly_weights" in one["inputs"])
    assert (told["inputs"]["monthly_weights"], told["expected"]) == (list(PULL), list(CENTS))


@given(
    st.integers(0, 10**15).map(lambda cents: Decimal(cents) / 100),
    st.lists(st.integers(0, 1000), min_size=1, max_size=24).filter(sum),
)
def test_parts_add_up_and_none_is_a_cent_off(total, weights):
    parts = split_by(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < Decimal("0.0101")
        for part, weight in zip(parts, weights, strict=True)
    )


def test_typed_or_imported_a_year_is_spread_alike_and_quarters_follow(engine, drop):
    drop(PEOPLE, "people.csv")
    settle(engine, ",".join(map(str, PULL)))
    year = months_of(engine, "2026")
    set_quota(engine, SetQuota("ana", year, Decimal("1234567.89"), TODAY), scope=OWNER)
    drop("person,period,quota\nBen,2026,1234567.89\n", "quotas.csv")
    assert months(engine) == months(engine, "ben")
    assert [int(part * 100) for part in months(engine).values()] == list(CENTS)
    for quarter in range(4):
        rows = rows_of(engine, "attainment", asked(engine, f"2026-Q{quarter + 1}"))
        (ana,) = (row for row in rows if row["person_id"] == "ana")
        assert int(ana["quota_usd"] * 100) == sum(CENTS[3 * quarter : 3 * quarter + 3])
    assert not faults(engine)


def test_a_quarter_alone_is_spread_by_the_weights_of_its_months(engine, drop):
    drop(PEOPLE, "people.csv")
    settle(engine, "quarter_end")
    drop("person,period,quota\nAna,2026-Q3,1200\nBen,2026-07,500\n", "quotas.csv")
    assert list(months(engine).values()) == [300, 400, 500]
    assert list(months(engine, "ben").values()) == [500]


def test_until_somebody_says_otherwise_months_are_alike(engine, drop):
    drop(PEOPLE, "people.csv")
    drop("person,period,quota\nAna,2026-Q4,100\n", "quotas.csv")
    assert list(map(str, months(engine).values())) == ["33.33", "33.34", "33.33"]
    settle(engine, "even")
    set_quota(
        engine, SetQuota("ben", months_of(engine, "2026-Q4"), Decimal(100), TODAY), scope=OWNER
    )
    assert months(engine) == months(engine, "ben")


def test_weights_follow_the_fiscal_year_and_known_quotas_stay(engine, drop):
    drop(PEOPLE, "people.csv")
    set_fiscal_year(engine, SetFiscalYear(7), scope=OWNER)
    drop("person,period,quota\nBen,2027,1200\n", "quotas.csv")
    before = months(engine, "ben")
    settle(engine, "10,0,0,0,0,0,0,0,0,0,0,2")
    drop("person,period,quota\nAna,FY27,1200\n", "more.csv", exported_on=date(2026, 11, 21))
    spread = months(engine)
    assert (spread[date(2026, 7, 1)], spread[date(2027, 6, 1)]) == (1000, 200)
    assert sum(spread.values()) == 1200
    assert months(engine, "ben") == before


def test_months_that_weigh_nothing_share_a_period_of_theirs_evenly(engine, drop):
    drop(PEOPLE, "people.csv")
    settle(engine, "0,0,0,1,1,1,1,1,1,1,1,1")
    drop("person,period,quota\nAna,2026-Q1,90\n", "quotas.csv")
    assert list(months(engine).values()) == [30, 30, 30]


@pytest.mark.parametrize(
    "text", ["", "soon", "1,2,3", "0,0,0,0,0,0,0,0,0,0,0,0", "1,1,1,1,1,1,1,1,1,1,1,-1", "9" * 40]
)
def test_what_are_not_twelve_weights_is_refused_in_three_parts(engine, text):
    with pytest.raises(Refused) as refusal:
        settle(engine, text)
    assert all(refusal.value.parts().values())
    assert phasing_in(text) is None


def test_every_named_phasing_has_twelve_weights():
    assert all(len(weights) == 12 for _, weights in PHASINGS.values())
    assert phasing_in(None) == phasing_in("even")


def test_rows_of_a_team_and_of_its_people_are_noticed_and_never_added(engine, drop):
    drop(PEOPLE, "people.csv")
    quotas = "person,period,quota\nAna,2026-Q4,100\nBen,2026-Q4,300\nDana,2026-Q4,400\n"
    report = drop(quotas, "quotas.csv")
    (said,) = (one["say"] for one in report["warnings"])
    assert said.startswith(
        "Dana gets a quota of 400.00, and 2 reports of Dana get 400.00 together."
    )
    rows = rows_of(engine, "attainment", asked(engine, "2026-Q4"))
    assert {row["person_id"]: row["quota_usd"] for row in rows}["all"] == 400


def test_rows_of_people_alone_say_nothing_of_teams(engine, drop):
    drop(PEOPLE, "people.csv")
    assert not drop("person,period,quota\nAna,2026-Q4,100\nBen,2026-Q4,3\n", "q.csv")["warnings"]
