"""Do moves, slips, pushes and months of creation tell what the exports show, and no more?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from quarterdeck.people import scope_of
from tests.conftest import TODAY, asked, rows_of
from tests.movements import (
    AUGUST,
    HEAD,
    NOVEMBER,
    OCTOBER,
    ONE_OF,
    SEPTEMBER,
    months,
    moves,
    out,
    row,
    slipped,
    stuck,
    ways,
)
from tests.teams import share


@pytest.fixture
def export(team, drop):
    def exported(on, *rows):
        drop(HEAD + "".join(rows), exported_on=on, extent="full")

    return exported


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
