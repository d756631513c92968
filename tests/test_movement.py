"""Do moves, slips, pushes and months of creation tell what the exports show, and no more?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import clock, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, scope_of
from quarterdeck.ui import (
    movement_months,
    movement_moves,
    movement_slipped,
    movement_stuck,
    session,
)
from tests import everything
from tests.conftest import TODAY, asked, commit, looked_at, rows_of
from tests.exam.figures import sized
from tests.test_funnel import CHOSEN, STAGES, TEAM, share
from tests.test_pages import ROOT, opened, told

HEAD = "deal id,deal name,owner,account,stage,amount,created,close date,stage entered date\n"
AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (
    date(2026, 8, 30), date(2026, 9, 27), date(2026, 10, 18), date(2026, 11, 22),
)  # fmt: skip
EVENING = date(2026, 9, 30)
FUNNEL = ROOT / "pages" / "funnel.py"
ONE_OF = ("slipped_deals", "won_deals", "lost_deals", "removed_deals", "still_due_deals")


def row(deal, stage="Propose", closes="2026-11-30", amount="100", owner="Ana", **more):
    cells = {
        "deal": deal, "name": f"Deal {deal}", "owner": owner, "account": "Acme", "stage": stage,
        "amount": amount, "created": "2026-07-01", "closes": closes, "entered": "",
    }  # fmt: skip
    return ",".join(map(str, (cells | more).values())) + "\n"


def fill(engine):
    for text, name in ((TEAM, "people.csv"), (STAGES, "stages.csv")):
        commit(engine, looked_at(engine, text, name, exported_on=date(2026, 7, 1)))


@pytest.fixture
def team(engine, once):
    return once(engine, fill)


@pytest.fixture
def export(team, drop):
    def exported(on, *rows):
        drop(HEAD + "".join(rows), exported_on=on, extent="full")

    return exported


def slipped(engine, *scope, **chosen):
    found = rows_of(engine, "slipped", asked(engine, **chosen), *scope)
    return {one["person_id"]: one for one in found}


def out(engine, **chosen):
    found = rows_of(engine, "slipped_deals", asked(engine, **chosen))
    return {one["deal_id"]: one for one in found}


def moves(engine, **chosen):
    found = rows_of(engine, "stage_moves", asked(engine, **{"compare_on": EVENING} | chosen))
    return {(one["from_stage"], one["to_stage"]): one for one in found}


def ways(engine, **chosen):
    return {key: (one["way"], one["moves"]) for key, one in moves(engine, **chosen).items()}


def stuck(engine, **chosen):
    return {one["stage"]: one for one in rows_of(engine, "stuck", asked(engine, **chosen))}


def months(engine, **chosen):
    found = rows_of(engine, "cohorts", asked(engine, **chosen))
    return {f"{one['month_on']:%Y-%m}": one for one in found}


# What slipped out of the period


def test_a_deal_pushed_twice_tells_both_pushes_and_the_one_before_it_slipped(team, export):
    export(AUGUST, row("1", closes="2026-09-15"))
    export(SEPTEMBER, row("1", closes="2026-10-15"))
    export(OCTOBER, row("1", closes="2027-01-15"))
    every = slipped(team)["all"]
    assert (every["was_due_deals"], every["slipped_deals"], every["slipped_usd"]) == (1, 1, 100)
    assert (every["pushes"], every["pushed_days"]) == (2, 30 + 92)
    one = out(team)["1"]
    assert (one["pushes"], one["pushed_before"], one["pushed_days"]) == (2, 1, 122)
    assert (one["was_due_on"], one["close_on"]) == (date(2026, 10, 15), date(2027, 1, 15))
    assert one["slipped_on"] == OCTOBER


def test_a_deal_that_slipped_and_came_back_is_counted_apart(team, export):
    export(SEPTEMBER, row("1"), row("2"))
    export(OCTOBER, row("1", closes="2027-02-01"), row("2"))
    export(NOVEMBER, row("1", closes="2026-12-20"), row("2"))
    every = slipped(team)["all"]
    assert (every["slipped_deals"], every["ever_slipped_deals"]) == (0, 1)
    assert every["still_due_deals"] == 2
    assert slipped(team, as_of=OCTOBER)["all"]["slipped_deals"] == 1


def test_a_deal_first_due_in_the_period_later_can_slip_too(team, export):
    export(SEPTEMBER, row("1", closes="2027-03-01"), row("2", closes="2027-03-01"))
    export(OCTOBER, row("1", closes="2026-12-01"), row("2", closes="2027-04-01"))
    export(NOVEMBER, row("1", closes="2027-01-02"), row("2", closes="2027-05-01"))
    assert set(out(team)) == {"1"}
    assert slipped(team)["all"]["was_due_deals"] == 1


def test_what_left_the_period_before_the_day_compared_with_was_not_due(team, export):
    export(AUGUST, row("1"), row("2"))
    export(SEPTEMBER, row("1", closes="2027-03-01"), row("2"))
    export(OCTOBER, row("1", closes="2027-03-01"), row("2", closes="2027-03-01"))
    assert set(out(team)) == {"2"}
    assert set(out(team, compare_on=AUGUST)) == {"1", "2"}


def test_overdue_is_not_slipped_nor_is_an_earlier_date(team, export):
    export(SEPTEMBER, row("1", closes="2026-10-05"), row("2", closes="2026-10-05"), row("3"))
    export(NOVEMBER, row("1", closes="2026-10-05"), row("2", closes="2026-09-29"), row("3"))
    every = slipped(team)["all"]
    assert (every["slipped_deals"], every["still_due_deals"]) == (0, 3)


def test_a_deal_without_a_date_any_more_has_slipped(team, export):
    export(SEPTEMBER, row("1"))
    export(NOVEMBER, row("1", closes=""))
    assert (slipped(team)["all"]["slipped_deals"], slipped(team)["all"]["undated_deals"]) == (1, 1)
    assert out(team)["1"]["close_on"] is None
    assert (out(team)["1"]["pushes"], out(team)["1"]["pushed_days"]) == (0, None)


def test_what_was_decided_or_removed_has_not_slipped(team, export):
    export(SEPTEMBER, *(row(str(n), amount=str(10**n)) for n in range(5)))
    export(
        NOVEMBER,
        row("0", "Closed Won", closes="2026-11-02"),
        row("1", "Closed Lost", closes="2027-02-01", amount="10"),
        row("2", amount="100"),
        row("3", closes="2027-02-01", amount="1000"),
    )
    every = slipped(team)["all"]
    assert {name: every[name] for name in ONE_OF} == dict.fromkeys(ONE_OF, 1)
    assert (every["was_due_deals"], every["slipped_share"]) == (5, pytest.approx(1 / 5))
    assert every["slipped_usd"] == 1000


def test_a_deal_shared_by_two_slips_once_and_its_money_by_credit(team, export):
    export(SEPTEMBER, row("1", amount="100.01"))
    export(NOVEMBER, row("1", amount="100.01", closes="2027-02-01"))
    share(team, "1", ("ana", "0.5"), ("ben", "0.5"))
    found = slipped(team)
    assert {name: one["slipped_deals"] for name, one in found.items()} == {
        "all": 1,
        "ana": 1,
        "ben": 1,
    }
    assert found["all"]["slipped_usd"] == Decimal("100.01")
    assert found["ana"]["slipped_usd"] + found["ben"]["slipped_usd"] == Decimal("100.01")


def test_a_deal_of_somebody_who_left_is_of_who_has_it_now(team, export):
    export(SEPTEMBER, row("1"), row("2"))
    export(NOVEMBER, row("1", closes="2027-02-01", owner="Ben"), row("2", closes="2027-02-01"))
    found = slipped(team)
    assert (found["ben"]["slipped_deals"], found["ana"]["slipped_deals"]) == (1, 1)
    assert set(slipped(team, as_of=OCTOBER)) == {"all", "ana"}
    ana, cy = (scope_of(team, name, TODAY) for name in ("Ana", "Cy"))
    assert slipped(team, ana)["all"]["slipped_deals"] == 1
    assert slipped(team, cy) == {}


def test_only_a_later_date_of_an_open_deal_is_a_push(team, export):
    export(AUGUST, row("1", closes="2026-12-10"), row("2"), row("3"), row("4", closes=""))
    export(
        SEPTEMBER,
        row("1", closes="2026-12-01"),
        row("2", closes=""),
        row("3", "Closed Lost", closes="2026-09-20"),
        row("4", closes="2026-12-01"),
    )
    export(OCTOBER, row("1", closes="2026-12-01"), row("2"), row("3"), row("4"))
    export(NOVEMBER, row("1", "Closed Won", closes="2026-12-24"), row("2"), row("3"), row("4"))
    assert stuck(team)["all"]["pushes"] == stuck(team)["all"]["pushed_deals"] == 0
    assert stuck(team)["all"]["usual_pushed_days"] is None


# From stage to stage


def test_forward_skipped_and_back_are_told_apart_by_the_place_of_the_stage(team, export):
    export(SEPTEMBER, row("1", "Qualify"), row("2", "Qualify"), row("3", "Contract"), row("4"))
    export(NOVEMBER, row("1", "Propose"), row("2", "Contract"), row("3", "Qualify"), row("4"))
    assert ways(team) == {
        ("Qualify", "Propose"): ("forward", 1),
        ("Qualify", "Contract"): ("skipped", 1),
        ("Contract", "Qualify"): ("back", 1),
    }


def test_won_reopened_and_won_again_are_three_moves_of_one_deal(team, export):
    export(SEPTEMBER, row("1", "Contract"))
    export(OCTOBER, row("1", "Closed Won", closes="2026-10-05"))
    export(date(2026, 11, 1), row("1", "Contract"))
    export(NOVEMBER, row("1", "Closed Won", closes="2026-11-20"))
    found = moves(team)
    assert ways(team) == {("Contract", "won"): ("won", 2), ("won", "Contract"): ("reopened", 1)}
    assert (found["Contract", "won"]["deals"], found["Contract", "won"]["went_usd"]) == (1, 100)
    assert found["won", "Contract"]["move_days"] == (date(2026, 11, 1) - date(2026, 10, 5)).days


def test_removed_and_seen_again_is_reopened(team, export):
    export(SEPTEMBER, row("1"), row("2"))
    export(OCTOBER, row("2"))
    export(NOVEMBER, row("1", "Qualify"), row("2", "Closed Lost", closes="2026-11-01"))
    assert ways(team) == {
        ("Propose", "removed"): ("removed", 1),
        ("removed", "Qualify"): ("reopened", 1),
        ("Propose", "lost"): ("lost", 1),
    }


def test_a_move_inside_one_export_comes_out_of_a_stage_not_known(team, export):
    export(SEPTEMBER, row("1"))
    export(
        NOVEMBER,
        row("1"),
        row("2", "Closed Won", closes="2026-11-10", created="2026-10-10"),
        row("3", created="2026-10-10", entered="2026-11-05"),
    )
    assert ways(team) == {("", "won"): ("won", 1), ("", "Propose"): ("not known", 1)}
    assert {one["move_days"] for one in moves(team).values()} == {None}


def test_what_is_new_has_not_moved(team, export):
    export(SEPTEMBER, row("1"))
    export(NOVEMBER, row("1"), row("2", created="2026-11-15"))
    assert moves(team) == {}


def test_moves_count_from_the_evening_of_one_day_to_the_evening_of_the_other(team, export):
    export(AUGUST, row("1", "Qualify"))
    export(SEPTEMBER, row("1", "Propose"))
    export(OCTOBER, row("1", "Contract"))
    forward = {"as_of": OCTOBER, "compare_on": SEPTEMBER}
    assert set(moves(team, **forward)) == {("Propose", "Contract")}
    assert moves(team, as_of=OCTOBER - timedelta(days=1), compare_on=SEPTEMBER) == {}
    assert len(moves(team, as_of=OCTOBER, compare_on=SEPTEMBER - timedelta(days=1))) == 2


def test_days_before_a_move_come_from_a_stage_date_or_a_change_that_was_seen(team, export):
    export(AUGUST, row("1", "Qualify", entered="2026-08-20"), row("2", "Qualify"), row("3"))
    export(SEPTEMBER, row("1", "Qualify", entered="2026-08-20"), row("2", "Propose"), row("3"))
    export(
        NOVEMBER,
        row("1", "Propose", entered="2026-10-20"),
        row("2", "Contract"),
        row("3", "Qualify"),
    )
    found = {key: (one["move_days"], one["timed_moves"]) for key, one in moves(team).items()}
    assert found == {
        ("Qualify", "Propose"): ((date(2026, 10, 20) - date(2026, 8, 20)).days, 1),
        ("Propose", "Contract"): ((NOVEMBER - SEPTEMBER).days, 1),
        ("Propose", "Qualify"): (None, 0),
    }


@pytest.mark.parametrize(("deals", "quarters"), [(7, (None, None)), (8, (9.75, 15.25))])
def test_quarters_are_given_from_eight_moves_on(team, export, deals, quarters):
    days = [5, 6, 7, 8, 10, 12, 13, 20][:deals]
    since = [NOVEMBER - timedelta(days=n) for n in days]
    export(SEPTEMBER, row("0"))
    export(OCTOBER, row("0"), *(row(f"d{n}", created=OCTOBER) for n in range(deals)))
    export(NOVEMBER, row("0"), *(row(f"d{n}", entered=on) for n, on in enumerate(since)))
    later = NOVEMBER + timedelta(days=3)
    export(later, row("0"), *(row(f"d{n}", "Contract", entered=NOVEMBER) for n in range(deals)))
    one = moves(team, as_of=later)["Propose", "Contract"]
    assert (one["quarter_move_days"], one["three_quarters_move_days"]) == quarters
    assert one["timed_moves"] == deals


# What is stuck


def test_the_share_that_stalls_is_of_the_deals_whose_days_are_known(team, export):
    since = AUGUST - timedelta(days=20)
    export(AUGUST, *(row(f"w{n}", entered=since) for n in range(8)))
    export(
        SEPTEMBER,
        *(row(f"w{n}", "Closed Won", closes=since + timedelta(days=25)) for n in range(8)),
        row("1", entered="2026-08-02", amount="7"),
        row("2", entered="2026-09-20"),
        row("3"),
        row("4", "Qualify", entered="2026-07-05", amount="9"),
    )
    found = stuck(team, as_of=SEPTEMBER)
    one = found["Propose"]
    assert (one["deals"], one["timed_deals"], one["stalled_deals"]) == (3, 3, 1)
    assert (one["typical_days"], one["stalled_usd"]) == (25, 7)
    assert found["all"]["stalled_share"] == pytest.approx(2 / 4)
    assert (found["all"]["stalled_usd"], found["all"]["typical_days"]) == (16, None)
    listed = rows_of(team, "stuck_deals", asked(team, as_of=SEPTEMBER))
    assert [(each["deal_id"], each["days_in_stage"]) for each in listed] == [("4", 84), ("1", 56)]
    assert [each["over_days"] for each in listed] == [84 - 25, 56 - 25]


def test_pushes_of_open_deals_are_counted_by_deal_and_in_all(team, export):
    closes = ("2026-10-01", "2026-10-11", "2026-10-31", "2026-12-30")
    days = (AUGUST, SEPTEMBER, OCTOBER, NOVEMBER)
    for on, close in zip(days, closes, strict=True):
        export(on, row("1", closes=close), row("2", closes=max(close, "2026-10-31")), row("3"))
    one = stuck(team)["all"]
    assert (one["pushed_deals"], one["thrice_deals"], one["pushes"]) == (2, 1, 4)
    assert (one["most_pushes"], one["most_pushed_days"]) == (3, 90)
    assert one["usual_pushed_days"] == (90 + 60) / 2


# By month of creation


def test_a_month_tells_won_lost_open_and_removed_apart(team, export):
    export(AUGUST, *(row(str(n), created="2026-05-10") for n in range(6)), row("x", created=""))
    export(
        NOVEMBER,
        row("0", "Closed Won", closes="2026-10-01", amount="50", created="2026-05-10"),
        row("1", "Closed Won", closes="2026-10-01", amount="60", created="2026-05-10"),
        row("2", "Closed Lost", closes="2026-10-01", created="2026-05-10"),
        *(row(str(n), created="2026-05-10") for n in (3, 4)),
        row("x", created=""),
    )
    one = months(team)["2026-05"]
    counts = ("created_deals", "won_deals", "lost_deals", "open_deals", "removed_deals")
    assert [one[name] for name in counts] == [6, 2, 1, 2, 1]
    assert (one["won_usd"], one["open_usd"]) == (110, 200)
    assert one["cohort_win_rate"] == pytest.approx(2 / 3)
    assert one["cohort_won_share"] == pytest.approx(2 / 6)
    assert set(months(team)) == {"2026-05"}


def test_won_in_time_waits_until_the_youngest_of_the_month_is_old_enough(team, export):
    made, before, after = date(2026, 7, 31), date(2026, 10, 28), date(2026, 10, 29)
    rest = (row("3", created="2026-07-01"), row("4", created="2026-10-11"))
    export(
        before,
        row("1", "Closed Won", created=made, closes=made + timedelta(days=30)),
        row("2", "Closed Won", created=made, closes=made + timedelta(days=31)),
        *rest,
    )
    export(after, *rest)
    days = {on: months(team, as_of=on)["2026-07"] for on in (before, after)}
    assert [one["won_in_90"] for one in days.values()] == [None, pytest.approx(2 / 3)]
    assert days[before]["won_in_30"] == pytest.approx(1 / 3)
    assert days[before]["won_in_60"] == pytest.approx(2 / 3)
    young = months(team)["2026-10"]
    assert young["won_in_30"] is young["cohort_win_rate"] is young["won_90_deals"] is None


def test_after_the_newest_export_no_month_grows_older(team, export):
    export(NOVEMBER, row("1", created="2026-10-31"))
    assert months(team, as_of=date(2027, 11, 1))["2026-10"]["won_in_30"] is None


def test_the_months_of_a_real_export_add_up_to_all_deals_with_a_day_of_creation(maven):
    filters = asked(maven, period="2017", as_of=date(2017, 12, 31))
    found = rows_of(maven, "cohorts", filters)
    whole = rows_of(maven, "win_rate", filters)[0]
    created = sum(one["created_deals"] for one in found)
    assert created == 8800 - 500
    parts = ("won_deals", "lost_deals", "open_deals", "removed_deals")
    assert sum(one[part] for one in found for part in parts) == created
    assert sum(one["won_deals"] for one in found) == whole["won_deals"]
    assert sum(one["won_usd"] for one in found) == whole["booked_usd"]


def test_one_real_export_invents_no_stage(maven):
    chosen = {"period": "2017-Q2", "as_of": date(2017, 6, 30), "compare_on": date(2017, 3, 31)}
    found = moves(maven, **chosen)
    assert {one["timed_moves"] for one in found.values()} == {0}
    assert {key[0] for key in found} == {""}


# Whatever happened


WEEKS = [date(2026, 9, 6) + timedelta(weeks=n) for n in range(4)]
NAMES = {"Qualify": 1, "Propose": 2, "Contract": 3}
ENDS = {"Closed Won": "won", "Closed Lost": "lost"}
CLOSES = ("2026-11-15", "2026-12-10", "2027-02-01", "")
STATE = st.tuples(st.sampled_from((*NAMES, *ENDS)), st.sampled_from(CLOSES)) | st.none()
LIFE = st.lists(STATE, min_size=len(WEEKS), max_size=len(WEEKS))
LIVES = st.lists(LIFE, min_size=3, max_size=12)
FIRST_DAY, LAST_DAY = WEEKS[0] - timedelta(days=3), WEEKS[-1] + timedelta(days=3)
SLOWLY = settings(
    max_examples=sized(6, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def replayed(life, until):
    """The states of one deal in weekly exports, each as day, where it stands and its close date."""
    states = []
    for on, said in zip(WEEKS, life, strict=True):
        is_gone = said is None and (not states or states[-1][1] not in NAMES)
        if on > until or is_gone:
            continue
        stage, closes = said or ("removed", states[-1][2])
        state = (on, ENDS.get(stage, stage), closes)
        if not states or states[-1][1:] != state[1:]:
            states.append(state)
    return states


def way(old, new):
    if new not in NAMES:
        return new
    if old not in NAMES:
        return "reopened"
    steps = NAMES[new] - NAMES[old]
    return "back" if steps < 0 else "forward" if steps == 1 else "skipped"


def moved(states, since):
    return [
        (old[1], new[1], way(old[1], new[1]))
        for old, new in pairwise(states)
        if new[0] > since and old[1] != new[1]
    ]


def was_due(states, since):
    ends = [state[0] for state in states[1:]] + [date.max]
    return any(
        stage in NAMES and "2026-10-01" <= closes <= "2026-12-31" and end > since
        for (_, stage, closes), end in zip(states, ends, strict=True)
    )


def pushed(states):
    return [
        (date.fromisoformat(new[2]) - date.fromisoformat(old[2])).days
        for old, new in pairwise(states)
        if old[1] in NAMES and new[1] in NAMES and old[2] and new[2] > old[2]
    ]


@SLOWLY
@given(LIVES, st.lists(st.tuples(*2 * [st.dates(FIRST_DAY, LAST_DAY)]), min_size=1, max_size=4))
def test_moves_slips_and_pushes_are_those_of_a_plain_replay(tmp_path_factory, once, lives, days):
    folder = tmp_path_factory.mktemp("replay")
    engine = once(DuckDBEngine(folder / "quarterdeck.duckdb"), fill)
    for week, on in enumerate(WEEKS):
        said = {n: life[week] for n, life in enumerate(lives) if life[week]}
        text = HEAD + row("keep", "Qualify", closes="2030-01-01", created="")
        text += "".join(row(f"d{n}", *state, created="") for n, state in said.items())
        commit(engine, looked_at(engine, text, exported_on=on, extent="full"))
    for since, until in map(sorted, days):
        states = [each for life in lives if (each := replayed(life, until))]
        found = rows_of(engine, "stage_moves", asked(engine, as_of=until, compare_on=since))
        expected = [move for each in states for move in moved(each, since)]
        assert {
            (one["from_stage"], one["to_stage"], one["way"]): one["moves"] for one in found
        } == {move: expected.count(move) for move in expected}
        still_open = [each for each in states if each[-1][1] in NAMES]
        due = [each for each in states if was_due(each, since)]
        gone = [each for each in due if each in still_open and not "" < each[-1][2] < "2027"]
        every = slipped(engine, as_of=until, compare_on=since).get("all", {})
        assert every.get("was_due_deals", 0) == len(due)
        assert every.get("slipped_deals", 0) == len(gone)
        assert every.get("pushes", 0) == sum(len(pushed(each)) for each in gone)
        all_open = stuck(engine, as_of=until).get("all", {"pushes": 0})
        assert all_open["pushes"] == sum(len(pushed(each)) for each in still_open)
    engine.close()


@pytest.fixture(scope="module")
def anything(tmp_path_factory):
    engine = DuckDBEngine(tmp_path_factory.mktemp("everything") / "quarterdeck.duckdb")
    everything.fill(engine)
    return engine


@SLOWLY
@given(CHOSEN)
def test_the_parts_add_up_whatever_is_chosen(anything, chosen):
    filters = asked(anything, **chosen)
    every = slipped(anything, **chosen).get("all")
    listed = rows_of(anything, "slipped_deals", filters)
    assert len(listed) == (every["slipped_deals"] if every else 0)
    if every:
        assert sum(every[name] for name in ONE_OF) == every["was_due_deals"]
        assert sum(one["slipped_usd"] or 0 for one in listed) == every["slipped_usd"]
        assert sum(one["pushes"] for one in listed) == every["pushes"]
    stages = stuck(anything, **chosen)
    stalled = sum(one["stalled_deals"] for one in rows_of(anything, "funnel", filters))
    assert len(rows_of(anything, "stuck_deals", filters)) == stalled
    assert stages.get("all", {"stalled_deals": 0})["stalled_deals"] == stalled


# In words, and on the page


@pytest.fixture
def asks(monkeypatch):
    """The names of the questions that the screen asks."""
    names, ask = [], reads.answer

    def noted(engine, scope, filters, name, **more):
        names.append(name)
        return ask(engine, scope, filters, name, **more)

    monkeypatch.setattr(session.reads, "answer", noted)
    return names


@pytest.fixture
def on_screen(database, monkeypatch):
    """The funnel of these exports, with one of the tabs open."""

    def shown(*exports, tab="Slipped"):
        monkeypatch.setenv(clock.VARIABLE, str(TODAY))
        engine = DuckDBEngine(database)
        fill(engine)
        for on, *rows in exports:
            text = HEAD + "".join(rows)
            commit(engine, looked_at(engine, text, exported_on=on, extent="full"))
        engine.close()
        screen = opened(FUNNEL, period="2026-Q4")
        if tab:
            screen.session_state["movement"] = True
            screen.session_state["movement tabs"] = tab
            screen.run()
        assert not screen.exception, screen.exception[0].stack_trace
        return screen

    return shown


def test_while_it_is_closed_nothing_is_asked(on_screen, asks):
    on_screen((SEPTEMBER, row("1")), (NOVEMBER, row("1", closes="2027-02-01")), tab="")
    assert "funnel" in asks
    assert not {"slipped", "slipped_deals", "stage_moves", "stuck", "cohorts"} & set(asks)


def test_the_first_tab_says_what_slipped_and_the_others_ask_nothing(on_screen, asks):
    screen = on_screen(
        (SEPTEMBER, row("1", amount="5000"), row("2")),
        (NOVEMBER, row("1", amount="5000", closes="2027-02-01"), row("2")),
    )
    said = told(screen)
    assert "$5.00 k in 1 deal slipped out of Q4 2026" in said
    assert "of 2 deals that were due, too few to say" in said
    assert {"slipped", "slipped_deals"} <= set(asks)
    assert not {"stage_moves", "stuck", "stuck_deals", "cohorts"} & set(asks)


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Stage to stage", "After Wed 30 Sep deals moved 2 times: 1 on to the next stage, 1 lost"),
        ("Stuck", "no won deal shows yet how long a stage takes"),
        ("By month created", "of 2 deals created in Jul 2026"),
    ],
)
def test_each_tab_says_its_finding(on_screen, tab, words):
    screen = on_screen(
        (SEPTEMBER, row("1"), row("2", "Qualify")),
        (NOVEMBER, row("1", "Closed Lost", closes="2026-11-02"), row("2", entered="2026-11-01")),
        tab=tab,
    )
    assert words in told(screen).replace("**", "")


def test_one_export_says_that_it_needs_two(on_screen):
    said = told(on_screen((NOVEMBER, row("1"), row("2"))))
    assert "Nobody can say what slipped yet: it needs two exports." in said.replace("**", "")


def frame(engine, name, **chosen):
    return reads.answer(engine, OWNER, asked(engine, **chosen), name)


def test_nothing_due_could_not_slip(team, export):
    export(SEPTEMBER, row("1", closes="2027-02-01"))
    words = movement_slipped.finding(frame(team, "slipped"), asked(team))
    assert words.startswith("**No deal was due in Q4 2026**")


def test_nothing_slipped_says_what_became_of_what_was_due(team, export):
    export(SEPTEMBER, row("1"), row("2"))
    export(NOVEMBER, row("1"), row("2", "Closed Won", closes="2026-11-01"))
    words = movement_slipped.finding(frame(team, "slipped"), asked(team))
    assert words.endswith("of 2 deals due in it 1 won, 1 still open and due.")


def test_moves_out_of_nowhere_are_not_told_as_moves(maven):
    chosen = {"period": "2017-Q2", "as_of": date(2017, 6, 30), "compare_on": date(2017, 3, 31)}
    rows = frame(maven, "stage_moves", **chosen)
    drawn = movement_moves.grid_rows(rows)
    assert set(drawn["from_name"]) == {"Not known"}
    assert drawn["moves"].sum() == rows["moves"].sum()


def test_days_in_stage_that_nobody_knows_leave_nothing_to_say_about_stuck(team, export):
    export(SEPTEMBER, row("1"))
    assert "needs two exports or stage dates" in movement_stuck.finding(frame(team, "stuck"))
    assert "No deal is open" in movement_stuck.finding(frame(team, "stuck", as_of=date(2026, 1, 1)))


def test_a_young_month_is_not_compared(team, export):
    export(NOVEMBER, row("1", created="2026-10-10"), row("2", "Closed Lost", created="2026-10-10"))
    assert movement_months.finding(frame(team, "cohorts")).startswith("**Too young to say:**")


def test_a_month_is_more_than_usual_only_beyond_its_interval(team, export):
    def won(month, won_of, count):
        made = {"created": f"2026-{month:02d}-01", "closes": f"2026-{month + 1:02d}-01"}
        ends = ("Closed Won" if n < won_of else "Closed Lost" for n in range(count))
        return [row(f"{month} {n}", end, **made) for n, end in enumerate(ends)]

    export(NOVEMBER, *won(3, 10, 40), *won(4, 12, 40), *won(5, 30, 40))
    months_told = frame(team, "cohorts")
    assert movement_months.finding(months_told) == (
        "**Of 40 deals created in May 2026, 30 were won within 90 days**: 75\u202f%, likely "
        "60–86\u202f%; more than in the 2 months before, 28\u202f%."
    )
    words = movement_months.finding(months_told.head(2))
    assert words.endswith("; no clear difference from the month before, 25\u202f%.")
