"""How does each person sell, counted plainly; and do the dollars of the gap add up?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from quarterdeck.commands.people import SetRole, set_role
from quarterdeck.domain.calendar import custom
from quarterdeck.domain.coaching import MEASURES, SKILLS
from quarterdeck.domain.plan_effect import course, effect_words, value_of
from quarterdeck.domain.quotas import CENT
from quarterdeck.domain.selling import (
    Seller,
    first_measure,
    gap,
    midway,
    posteriors,
    priors,
    seller_of,
    skills,
    with_potentials,
    worst_skill,
)  # fmt: skip
from quarterdeck.domain.shrinkage import BELOW_PEERS, NOT_ENOUGH, Tally
from quarterdeck.engine import DuckDBEngine
from quarterdeck.exports.meeting import meeting
from quarterdeck.people import OWNER, Scope
from tests.conftest import TODAY, Once, asked, commit, looked_at, rows_of

WRITTEN = datetime.fromisoformat("2026-11-25 12:00")
YEAR = custom("2025-12-01", "2026-11-25")
STAGES = (
    "stage,pipeline,position,outcome\nQualify,,1,open\nPropose,,2,open\nNegotiate,,3,open\n"
    "Closed Won,,4,won\nClosed Lost,,5,lost\n"
)
HEAD = "deal id,owner,account,stage,amount,created,close date,actual close date\n"
FIRST = HEAD + (
    "D1,Ana,Acme,Qualify,1000.10,2026-01-05,2026-03-20,\n"
    "D2,Ana,Acme,Propose,2000,2026-01-10,2026-02-20,\n"
    "D3,Ben,Birch,Negotiate,3000,2026-01-10,2026-03-01,\n"
    "D4,Ben,Birch,Qualify,400,2026-01-10,,\n"
)
THEN = HEAD + (
    "D1,Ana,Acme,Closed Won,1000.10,2026-01-05,2026-03-25,2026-03-25\n"
    "D2,Ana,Acme,Negotiate,2000,2026-01-10,2026-12-20,\n"
    "D3,Ben,Birch,Closed Lost,3000,2026-01-10,2026-05-01,2026-05-01\n"
    "D4,Ben,Birch,Closed Won,400,2026-01-10,2026-06-01,2026-06-01\n"
    "D5,Ana,Acme,Closed Lost,50,2025-06-01,2025-08-01,2025-08-01\n"
)
PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nDana,Ray\n"
ACTIVITIES = (
    "activity id,kind,person,account,happened at\nA1,Meeting,Ana,Acme,2026-11-20\n"
    "A2,Call,Ana,Acme,2026-11-21\nA3,Site visit,Ben,Birch,2026-11-22\n"
    "A4,Meeting,Ben,Birch,2027-01-22\n"
)


def fill(engine: DuckDBEngine) -> None:
    for day, name, text in (
        (date(2026, 1, 1), "people.csv", PEOPLE), (date(2026, 1, 1), "stages.csv", STAGES),
        (date(2026, 2, 1), "deals.csv", FIRST), (date(2026, 11, 20), "deals.csv", THEN),
        (TODAY, "activities.csv", ACTIVITIES),
    ):  # fmt: skip
        commit(engine, looked_at(engine, text, name, exported_on=day))
    set_role(engine, SetRole("ana", "executive", date(2026, 1, 1)), scope=OWNER)


@pytest.fixture
def books(engine: DuckDBEngine, once: Once) -> DuckDBEngine:
    return once(engine, fill)


def facts(engine: DuckDBEngine, scope: Scope = OWNER) -> dict[str, dict]:
    filters = asked(engine)
    about = type(filters)(YEAR, TODAY)
    return {row["person_id"]: row for row in rows_of(engine, "coaching_facts", about, scope)}


def test_facts_are_what_one_counts_by_hand(books):
    ana, ben = facts(books)["ana"], facts(books)["ben"]
    assert (ana["created_deals"], ana["created_usd"]) == (2, Decimal("3000.10"))
    assert (ana["won_deals"], ana["lost_deals"], ana["booked_usd"]) == (1, 0, Decimal("1000.10"))
    # Both of Ana's were first due in the first quarter; one was not decided in it.
    assert (ana["due_deals"], ana["slipped_deals"]) == (2, 1)
    assert (ben["won_deals"], ben["lost_deals"]) == (1, 1)
    # Ben's one without a first close date became due in the second quarter, and was won in it.
    assert (ben["due_deals"], ben["slipped_deals"]) == (2, 1)
    assert (ana["meetings"], ana["activities"], ben["meetings"]) == (1, 2, 1)


def test_a_deal_that_came_to_the_last_stage_counts_there(books):
    ben = facts(books)["ben"]
    assert (ben["late_stage_deals"], ben["late_won_deals"]) == (1, 0)
    assert (ben["proposed_deals"], ben["past_proposal_deals"]) == (1, 1)


def test_the_deals_behind_are_those_of_the_facts(books):
    about = type(asked(books))(YEAR, TODAY)
    rows = rows_of(books, "coaching_deals", about)
    assert {row["deal_id"] for row in rows} == {"D1", "D2", "D3", "D4"}
    (slipped,) = [row for row in rows if row["deal_id"] == "D2"]
    assert (slipped["first_due_on"], slipped["is_slipped"]) == (date(2026, 2, 20), True)
    (lost,) = [row for row in rows if row["deal_id"] == "D3"]
    assert (lost["late_days"], lost["is_decided"], lost["outcome"]) == (61, True, "lost")


def test_an_executive_is_told_the_usual_time_of_everyone(books):
    own = facts(books, Scope("ana", "executive"))
    assert set(own) == {"ana"}
    assert own["ana"]["usual_days"] == facts(books)["ana"]["usual_days"]


def test_of_two_people_nobody_is_told_what_the_other_won(books):
    filters = asked(books)
    own = rows_of(books, "coaching_open", filters, scope=Scope("ana", "executive"))
    # Of two people alone one could tell the other's: so nobody is told. Ana won all of hers.
    assert [(row["stage"], row["open_usd"], row["decided_deals"]) for row in own] == [
        ("Negotiate", Decimal(2000), 0)
    ]
    assert own[0]["expected_usd"] == Decimal(2000)


def test_open_deals_are_expected_by_the_stages_of_the_whole_organisation(books):
    """Four more people: of their three decided deals that came to Negotiate two were won."""
    lines = "".join(
        f"E{at},{who},Acme,{became},100,2026-02-01,2026-06-01,2026-06-0{at + 1}\n"
        for at, (who, became) in enumerate(
            (("Cy", "Closed Won"), ("Dee", "Closed Won"), ("Eve", "Closed Lost"))
        )
    )
    was = lines.replace("Closed Won", "Negotiate").replace("Closed Lost", "Negotiate")
    for day, text in ((date(2026, 3, 1), was), (date(2026, 11, 22), lines)):
        commit(books, looked_at(books, HEAD + text, "deals.csv", exported_on=day, extent="partial"))
    own = rows_of(books, "coaching_open", asked(books), scope=Scope("ana", "executive"))
    everyone = rows_of(books, "coaching_open", asked(books))
    assert own == [row for row in everyone if row["person_id"] == "ana"]
    # Ben's lost one was there too: 2 of 4. Of all six decided 4 were won: 666 of a thousand.
    assert (own[0]["won_deals"], own[0]["decided_deals"]) == (2, 4)
    assert own[0]["expected_usd"] == (2000 * Decimal(2 * 1000 + 5 * 666) / 9000).quantize(CENT)


def seller(person_id: str = "ana", weeks: float = 52, **counts: int) -> Seller:
    usual = {"created_deals": 40, "won_deals": 12, "decided_deals": 36, "timed_deals": 12,
             "in_time_deals": 9, "due_deals": 30, "slipped_deals": 6}  # fmt: skip
    return Seller(
        person_id,
        usual | counts,
        weeks,
        booked_usd=Decimal(600_000),
        logs={"size": (2, 11.0, 121.1)},
    )


MONEY = st.decimals(0, 5_000_000, places=2)
COUNTS = st.integers(0, 60)


@given(MONEY, MONEY, MONEY, COUNTS, COUNTS)
def test_the_parts_add_up_to_the_gap_to_the_cent(target, booked, still_open, created, won):
    ana = seller(created_deals=created, won_deals=min(won, 36))
    found = gap(ana, [ana, seller("ben")], target, (booked, still_open), 13.0)
    assert found is not None
    assert sum(part.usd for part in found.parts) == booked + still_open - target


def test_equal_people_have_equal_gaps_and_no_verdict():
    team = [seller(name) for name in ("ana", "ben", "cy")]
    gaps = [gap(one, team, Decimal(500_000), (Decimal(0), Decimal(0)), 13.0) for one in team]
    assert len({tuple(part.usd for part in one.parts) for one in gaps if one}) == 1
    told = skills(team)
    verdicts = {row.verdict for rows in told.values() for row in rows.values()}
    assert verdicts <= {"no clear difference", NOT_ENOUGH}
    assert worst_skill(told, "ana") == ""


def test_whoever_creates_far_less_is_below_peers_in_prospecting_alone():
    team = [seller(name) for name in ("ben", "cy", "dee", "eve", "fay")]
    team.append(seller("ana", created_deals=15))
    told = skills(team)
    assert told["created"]["ana"].verdict == BELOW_PEERS
    assert worst_skill(told, "ana") == "prospecting"
    assert worst_skill(told, "ben") == ""


def test_of_one_alone_the_own_deals_say_how_sure_it_is():
    """Nobody else can make them surer: 12 of 36 leave 80 of 100 between about 24 and 43 %."""
    one = seller()
    known = priors([one])
    assert known is not None
    low, high = (posteriors(one, known, 13.0).win_rate.quantile(end) for end in (0.1, 0.9))
    assert (low, high) == (pytest.approx(0.24, abs=0.01), pytest.approx(0.43, abs=0.01))


def test_half_a_territory_is_asked_for_half_the_deals():
    team = with_potentials(
        [seller("ana", created_deals=20), seller("ben")], {"ana": 2.0, "ben": 4.0}
    )
    ana, ben = (one.tally("created") for one in team)
    assert ana.mean == pytest.approx(ben.mean)
    assert [one.potential for one in team] == pytest.approx([2 / 3, 4 / 3])


@pytest.mark.parametrize(
    "one",
    [
        Seller("new", {}, 0.0),
        Seller("new", {"decided_deals": 1, "won_deals": 1}, 1 / 7, logs={"size": (1, 2.3, 5.3)}),
        Seller("new", {"decided_deals": 9, "lost_deals": 9, "created_deals": 3}, 20.0),
    ],
)
def test_hired_yesterday_one_deal_or_all_lost_is_no_error(one):
    team = [one, seller("ben")]
    found = gap(one, team, Decimal(1000), (Decimal(0), Decimal(0)), 13.0)
    assert found is not None
    assert sum(part.usd for part in found.parts) == Decimal(-1000)
    told = skills(team)
    assert {told[name]["new"].verdict for name in ("win_rate", "size")} == {NOT_ENOUGH}


def test_where_nobody_sold_anything_there_is_nothing_to_take_apart():
    assert (
        gap(Seller("a", {}, 52), [Seller("a", {}, 52)], Decimal(1), (Decimal(0),) * 2, 13) is None
    )


@pytest.mark.parametrize(
    ("own", "peers", "better", "target"),
    [(2.0, [2, 3, 4, 6], True, 3.25), (30.0, [10, 20, 40], False, 22.5), (9.0, [2, 3], True, 9.0)],
)
def test_the_target_is_midway_to_the_better_quarter_and_never_backwards(own, peers, better, target):
    assert midway(own, peers, is_more_better=better) == target


def test_each_skill_is_judged_by_one_measure():
    assert [first_measure(skill) for skill in SKILLS] == [
        "created",
        "size",
        "proposals",
        "win_rate",
    ]
    assert {MEASURES[name].skill for name in MEASURES} == set(SKILLS)


def test_a_row_of_facts_makes_a_seller(books):
    ben = seller_of(facts(books)["ben"], 52.0)
    assert ben.tally("win_rate") == Tally("ben", 1, 2)
    size, late = ben.tally("size"), ben.tally("late_days")
    assert (size.total, size.of, size.squares) == pytest.approx((log(400), 1, log(400) ** 2))
    # One was decided 61 days past its first close date, the other on it.
    assert (late.total, late.of) == pytest.approx((log(62), 2))


def team_of(ana: int, ben: int) -> Mapping[str, Seller]:
    made = [seller("ana", won_deals=ana), seller("ben", won_deals=ben)]
    return {one.person_id: one for one in made}


def test_a_plan_tells_before_and_since_beside_the_rest():
    found = course("win_rate", "ana", team_of(6, 12), team_of(24, 12), 0.5)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.value, found.after.value) == (6 / 36, 24 / 36)
    assert found.before.low < 6 / 36 < found.before.high
    assert found.effect.words == "worked"
    assert found.effect.estimate is not None
    assert effect_words(MEASURES["win_rate"], found.effect.estimate).endswith("points")


def test_a_plan_without_a_baseline_cannot_be_told():
    nothing = {"ana": Seller("ana", {}, 0.0), "ben": Seller("ben", {}, 0.0)}
    found = course("win_rate", "ana", nothing, team_of(24, 12), 0.5)
    assert (found.before, found.effect.estimate) == (None, None)
    assert found.effect.words == "cannot tell yet"


@given(st.sampled_from(["rate", "count", "days", "amount"]), st.integers(0, 40), COUNTS)
def test_a_value_lies_in_its_range(kind, total, more):
    of = total + more
    logs = kind in ("days", "amount")
    tally = Tally("a", float(total), float(of), 2.0 * total if logs else 0.0)
    found = value_of(kind, tally)
    if found is None:
        assert of == 0
        return
    # At nothing or everything the range lies beside the plain share.
    assert found.low <= found.high
    if 0 < total < of or logs:
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


def test_a_talk_as_a_calendar_entry_replaces_the_one_before():
    title, points, on = "1:1 Ana; “x”", ["Zoë, first", "D1"], date(2026, 12, 3)
    files = [meeting(title, on, points, uid="a@q", written=WRITTEN) for _ in range(2)]
    (event,) = Calendar.from_ical(files[0]).walk("VEVENT")
    assert str(event["summary"]) == title
    assert event.decoded("dtstart") == on
    assert str(event["description"]) == "- Zoë, first\n- D1"
    assert files[0] == files[1]
