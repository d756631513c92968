"""Does what moved between two days add up, and is each movement called by its name?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck import catalog
from quarterdeck.people import scope_of
from tests.conftest import asked, rows_of
from tests.teams import HEAD, row, share
from tests.waterfalls import (
    AUGUST,
    JULY,
    PERIOD,
    SEPTEMBER,
    bars,
    counts,
    deals,
    named,
)


@pytest.fixture
def export(team, drop):
    def exported(*rows, on, **said):
        drop(HEAD + "".join(rows), exported_on=on, **said)

    return exported


# The movements


def test_the_movements_are_those_of_the_vector(team, export):
    """The numbers of vectors/pipeline_waterfall.json: amount, status and quarter of nine deals."""
    export(
        row("A", "Qualify", "100", closes="2026-09-15"),
        row("B", "Qualify", "200", closes="2026-09-15"),
        row("C", "Qualify", "300", closes="2026-09-15"),
        row("D", "Qualify", "50", closes="2026-09-15"),
        row("E", "Qualify", "80", closes="2026-11-15"),
        row("F", "Qualify", "120", closes="2026-09-15"),
        row("X", "Closed Lost", "70", closes="2026-07-20"),
        on=JULY,
    )
    export(
        row("A", "Qualify", "130", closes="2026-09-15"),
        row("B", "Closed Won", "200", closes="2026-09-10"),
        row("C", "Qualify", "250", closes="2026-11-15"),
        row("D", "Closed Lost", "50", closes="2026-09-12"),
        row("E", "Qualify", "80", closes="2026-09-15"),
        row("F", "Qualify", "90", closes="2026-09-15"),
        row("G", "Qualify", "60", closes="2026-09-15", created="2026-08-10"),
        row("H", "Closed Won", "40", closes="2026-09-01", created="2026-08-11"),
        row("X", "Qualify", "75", closes="2026-09-15"),
        on=SEPTEMBER,
    )
    assert bars(team) == {
        "opening": 770,
        "new": 100,
        "reopened": 75,
        "pulled_in": 80,
        "increase": 30,
        "decrease": -80,
        "won": -240,
        "lost": -50,
        "pushed_out later": -250,
        "closing": 435,
        "created_and_won": 40,
    }
    assert counts(team, "due") == {
        "opening": 5, "new": 2, "reopened": 1, "pulled_in": 1, "increase": 0, "decrease": 0,
        "won": -2, "lost": -1, "pushed_out later": -1, "closing": 5, "created_and_won": 1,
    }  # fmt: skip


def test_the_rows_come_in_the_printed_order_and_all_of_them(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    found = rows_of(team, "waterfall", asked(team, **PERIOD))
    assert [named(one) for one in found] == [
        "opening", "new", "reopened", "transfer_in owner", "transfer_in other", "pulled_in",
        "increase", "decrease", "removed", "transfer_out owner", "transfer_out other", "won",
        "lost", "pushed_out later", "pushed_out undated", "pushed_out earlier", "closing",
        "residual", "created_and_won",
    ]  # fmt: skip


def test_nothing_known_says_nothing(team):
    assert rows_of(team, "waterfall", asked(team, **PERIOD)) == []


def test_a_first_day_after_the_second_moves_nothing(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    export(row("1", "Closed Won", closes="2026-09-15"), on=SEPTEMBER)
    assert bars(team, as_of=AUGUST, compare_on=SEPTEMBER) == {"opening": 100, "closing": 100}


def test_an_overdue_deal_whose_date_lies_in_the_period_is_in_it(team, export):
    export(row("1", "Qualify", closes="2026-07-02"), on=JULY)
    assert bars(team) == {"opening": 100, "closing": 100}


def test_where_most_open_deals_have_no_date_the_whole_pipeline_is_told(team, export):
    export(
        row("1", "Qualify", closes=""),
        row("2", "Qualify", closes=""),
        row("3", "Qualify", closes="2026-09-15"),
        on=JULY,
    )
    assert bars(team, mode="usual") == {"opening": 300, "closing": 300}
    assert bars(team, mode="due") == {"opening": 100, "closing": 100}
    (mode,) = {one["pipeline_mode"] for one in rows_of(team, "waterfall", asked(team, **PERIOD))}
    assert mode == "whole"


def test_half_of_them_dated_is_enough_to_tell_what_is_due(team, export):
    export(row("1", "Qualify", closes=""), row("2", "Qualify", closes="2026-09-15"), on=JULY)
    assert bars(team, mode="usual") == {"opening": 100, "closing": 100}


@pytest.mark.parametrize(
    ("closes", "reason"), [("2026-10-01", "later"), ("", "undated"), ("2026-06-30", "earlier")]
)
def test_pushed_out_says_where_to(team, export, closes, reason):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    export(row("1", "Qualify", "70", closes=closes), on=SEPTEMBER)
    assert bars(team) == {"opening": 100, "decrease": -30, f"pushed_out {reason}": -70}


def test_closed_outside_the_period_is_pushed_out_of_it_not_won(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    export(row("1", "Closed Won", closes="2026-10-05"), on=date(2026, 10, 6))
    late = {"as_of": date(2026, 10, 6)}
    assert bars(team, **late) == {"opening": 100, "pushed_out later": -100}
    assert bars(team, mode="whole", **late) == {"opening": 100, "won": -100}


def test_a_deal_gone_from_a_full_export_is_removed_at_its_last_amount(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), row("2", "Qualify", closes=""), on=JULY)
    export(
        row("1", "Qualify", "120", closes="2026-12-15"), row("2", "Qualify", closes=""), on=AUGUST
    )
    export(row("2", "Qualify", closes=""), on=SEPTEMBER, extent="full")
    assert bars(team) == {"opening": 100, "increase": 20, "removed": -120}


def test_what_came_and_went_between_the_days_is_not_told(team, export):
    export(row("1", "Qualify", closes=""), on=JULY)
    export(row("1", "Qualify", closes=""), row("2", "Qualify"), on=AUGUST)
    export(row("1", "Qualify", closes=""), on=SEPTEMBER, extent="full")
    assert counts(team) == {"opening": 1, "closing": 1}


def test_a_removed_deal_that_comes_back_is_reopened(team, export):
    export(row("1", "Qualify", closes=""), row("2", "Qualify"), on=date(2026, 7, 1))
    export(row("1", "Qualify", closes=""), on=JULY, extent="full")
    export(row("1", "Qualify", closes=""), row("2", "Qualify"), on=SEPTEMBER)
    assert counts(team) == {"opening": 1, "reopened": 1, "closing": 2}


def test_reopened_and_decided_again_is_both(team, export):
    export(row("1", "Closed Lost", "70", closes="2026-07-20"), on=JULY)
    export(row("1", "Qualify", "90", closes="2026-09-20"), on=AUGUST)
    export(row("1", "Closed Lost", "95", closes="2026-09-25"), on=SEPTEMBER)
    assert bars(team) == {"reopened": 95, "lost": -95}


def test_a_later_change_of_a_decided_deal_moves_nothing(team, export):
    export(row("1", "Closed Won", "70", closes="2026-07-20"), on=JULY)
    export(row("1", "Closed Won", "90", closes="2026-09-25", owner="Ben"), on=SEPTEMBER)
    assert bars(team) == {}


# Transfers


def test_a_deal_handed_over_leaves_one_owner_and_comes_to_the_other(team, export):
    export(row("1", "Qualify", "100", closes="2026-09-15"), on=JULY)
    export(row("1", "Qualify", "130", closes="2026-09-15", owner="Ben"), on=SEPTEMBER)
    assert bars(team, person_ids=("ana",)) == {
        "opening": 100,
        "increase": 30,
        "transfer_out owner": -130,
    }
    assert bars(team, person_ids=("ben",)) == {"transfer_in owner": 130, "closing": 130}
    assert bars(team) == {"opening": 100, "increase": 30, "closing": 130}


def test_handed_over_and_then_won_is_won_by_the_new_owner(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    export(row("1", "Qualify", closes="2026-09-15", owner="Ben"), on=AUGUST)
    export(row("1", "Closed Won", closes="2026-09-12", owner="Ben"), on=SEPTEMBER)
    assert bars(team, person_ids=("ana",)) == {"opening": 100, "transfer_out owner": -100}
    assert bars(team, person_ids=("ben",)) == {"transfer_in owner": 100, "won": -100}
    assert bars(team) == {"opening": 100, "won": -100}


def test_won_and_then_handed_over_stays_won_by_the_old_owner(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    export(row("1", "Closed Won", closes="2026-08-12"), on=AUGUST)
    export(row("1", "Closed Won", closes="2026-08-12", owner="Ben"), on=SEPTEMBER)
    assert bars(team, person_ids=("ana",)) == {"opening": 100, "won": -100}
    assert bars(team, person_ids=("ben",)) == {}


@pytest.mark.parametrize(
    ("changed", "chosen"),
    [
        ({"line": "Data"}, {"product_lines": ("Cloud",)}),
        ({"channel": "Partner"}, {"channels": ("Direct",)}),
    ],
)
def test_another_line_or_channel_is_a_transfer_of_its_own(team, export, changed, chosen):
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    export(row("1", "Qualify", closes="2026-09-15", **changed), on=SEPTEMBER)
    assert bars(team, **chosen) == {"opening": 100, "transfer_out other": -100}
    other = {name: (changed[key],) for name, key in zip(chosen, changed, strict=True)}
    assert bars(team, **other) == {"transfer_in other": 100, "closing": 100}


def test_an_account_that_becomes_strategic_brings_its_deals(team, export, drop):
    drop("account,industry,strategic\nAcme,,no\n", "accounts.csv", exported_on=date(2026, 7, 1))
    drop("account,industry,strategic\nAcme,,yes\n", "accounts.csv", exported_on=AUGUST)
    export(row("1", "Qualify", closes="2026-09-15"), on=JULY)
    assert bars(team, strategic_only=True) == {"transfer_in other": 100, "closing": 100}


def test_removed_comes_before_a_transfer(team, export, drop):
    """The account of the removed deal is strategic no more either."""
    drop("account,industry,strategic\nAcme,,yes\n", "accounts.csv", exported_on=date(2026, 7, 1))
    drop("account,industry,strategic\nAcme,,no\n", "accounts.csv", exported_on=AUGUST)
    export(row("1", "Qualify", closes="2026-09-15"), row("2", "Qualify"), on=JULY)
    export(row("2", "Qualify"), on=SEPTEMBER, extent="full")
    assert bars(team, strategic_only=True) == {"opening": 100, "removed": -100}


def test_a_deal_out_of_sight_leaves_at_what_was_last_seen_of_it(team, export):
    export(row("1", "Qualify", "100", closes="2026-09-15"), on=JULY)
    export(row("1", "Qualify", "900", closes="2026-09-15", owner="Cy"), on=SEPTEMBER)
    dana = scope_of(team, "Dana", SEPTEMBER)
    assert bars(team, dana) == {"opening": 100, "transfer_out owner": -100}
    (one,) = deals(team, "transfer_out owner", scope=dana)
    assert (one["before_person"], one["before_usd"]) == ("Ana", 100)
    assert one["after_person"] is one["after_usd"] is one["after_stage"] is None


def test_a_shared_deal_moves_by_its_credit(team, export):
    export(row("1", "Qualify", "100.01", closes="2026-09-15"), on=JULY)
    share(team, "1", ("ana", "0.5"), ("ben", "0.5"))
    export(row("1", "Closed Won", "200.01", closes="2026-09-12"), on=SEPTEMBER)
    ana, ben = (bars(team, person_ids=(name,)) for name in ("ana", "ben"))
    assert ana["won"] + ben["won"] == Decimal("-200.01")
    assert ana["opening"] + ben["opening"] == Decimal("100.01")
    assert counts(team, "due")["won"] == -1


def test_the_share_of_a_split_deal_leaves_with_its_half_of_what_it_became(team, export):
    export(row("1", "Qualify", "300", closes="2026-09-15"), on=JULY)
    with team.transaction() as cursor:
        cursor.executemany(
            "insert into deal_credit values"
            " ('1', ?, ?, '0001-01-01', '2026-08-15', 'command', null, '2026-08-01', null)",
            [("ana", Decimal("0.333333")), ("ben", Decimal("0.666667"))],
        )
    export(row("1", "Qualify", "600", closes="2026-09-15", owner="Cy"), on=SEPTEMBER)
    ana, ben = (bars(team, person_ids=(name,)) for name in ("ana", "ben"))
    assert ana["transfer_out owner"] == Decimal("-200.00")
    assert ben["transfer_out owner"] == Decimal("-400.00")
    assert bars(team, person_ids=("cy",))["transfer_in owner"] == 600


# What is not known


def test_a_former_amount_nobody_knows_is_counted_and_comes_as_an_increase(team, export):
    export(row("1", "Qualify", "", closes="2026-09-15"), row("2", "Qualify", closes=""), on=JULY)
    export(row("1", "Qualify", "80", closes="2026-09-15"), on=SEPTEMBER)
    found = rows_of(team, "waterfall", asked(team, **PERIOD), pipeline_mode="due")
    by_name = {named(one): one for one in found}
    assert (by_name["opening"]["amount_usd"], by_name["opening"]["unknown_deals"]) == (0, 1)
    assert (by_name["increase"]["amount_usd"], by_name["increase"]["unknown_deals"]) == (80, 1)
    assert by_name["closing"]["unknown_deals"] == 0


def test_a_deal_created_before_the_first_day_was_there_without_an_amount(team, export):
    dated = {"created": "2026-07-01", "entered": "2026-08-15"}
    export(row("1", "Propose", "80", closes="2026-09-15", **dated), on=AUGUST)
    assert bars(team, mode="whole") == {"opening": 0, "increase": 80, "closing": 80}
    assert bars(team, mode="due") == {"pulled_in": 80, "closing": 80}


def test_a_real_export_is_told_by_count(maven):
    """All is from one export: before it nothing but the days of creation and closing is known."""
    quarter = {"period": "2017-Q2", "as_of": date(2017, 6, 30), "compare_on": date(2017, 3, 31)}
    moved = {k: n for k, n in counts(maven, "usual", **quarter).items() if n}
    assert moved == {
        "opening": 1330,
        "new": 2388,
        "won": -1254,
        "lost": -778,
        "closing": 1686,
        "created_and_won": 637,
    }
    assert bars(maven, mode="usual", **quarter)["won"] == Decimal("-3086111.00")


# The deals behind the bars


def test_the_deals_behind_a_bar_say_what_they_were_and_became(team, export):
    export(row("1", "Qualify", "100", closes="2026-09-15"), on=JULY)
    export(row("1", "Propose", "70", closes="2026-12-01", owner="Ben"), on=SEPTEMBER)
    (one,) = deals(team, "pushed_out later")
    assert one["deal_name"] == "Deal 1"
    assert one["account_name"] == "Acme"
    assert one["amount_usd"] == -70
    assert [one[f"before_{name}"] for name in ("person", "stage", "usd", "close_on")] == [
        "Ana", "Qualify", 100, date(2026, 9, 15),
    ]  # fmt: skip
    assert [one[f"after_{name}"] for name in ("person", "stage", "usd", "close_on")] == [
        "Ben", "Propose", 70, date(2026, 12, 1),
    ]  # fmt: skip


def test_without_a_bar_all_that_moved_is_listed_and_nothing_that_stayed(team, export):
    export(row("1", "Qualify", closes="2026-09-15"), row("2", "Qualify"), on=JULY)
    export(row("1", "Closed Won", "150", closes="2026-09-12"), row("2", "Qualify"), on=SEPTEMBER)
    assert [(one["deal_id"], named(one)) for one in deals(team, mode="whole")] == [
        ("1", "won"),
        ("1", "increase"),
    ]


def test_the_database_cuts_the_deals_into_pages(team, export):
    export(*(row(str(n), "Qualify", str(100 + n)) for n in range(9)), on=JULY)
    page = deals_page(team, rows_shown=4, rows_before=4)
    assert [one["deal_id"] for one in page] == ["4", "3", "2", "1"]
    assert {one["deals_in_all"] for one in page} == {9}
    assert {one["usd_in_all_usd"] for one in page} == {936}


def deals_page(engine, **more):
    more |= {"movements": ["opening"], "pipeline_mode": "whole"}
    return rows_of(engine, "waterfall_deals", asked(engine, **PERIOD), **more)


def test_both_questions_promise_the_same_names():
    meant = {column.name: column for column in catalog.load("waterfall_deals").columns}
    for name in catalog.load("waterfall").grain:
        assert name in meant
