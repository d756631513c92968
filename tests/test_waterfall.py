"""Does what moved between two days add up, and is each movement called by its name?"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import catalog
from quarterdeck.charts.house import constant
from quarterdeck.charts.waterfall import deals_waterfall, waterfall
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, scope_of
from quarterdeck.ui import waterfall_words as words
from tests.conftest import asked, commit, looked_at, rows_of
from tests.exam.figures import sized
from tests.test_funnel import HEAD, fill, row, share
from tests.test_pages import ROOT, opened, told

JULY, AUGUST, SEPTEMBER = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)
PERIOD = {"period": "2026-Q3", "as_of": SEPTEMBER, "compare_on": JULY}
ADD_UP = {"residual", "created_and_won"}


@pytest.fixture
def team(engine, once):
    return once(engine, fill)


@pytest.fixture
def export(team, drop):
    def exported(*rows, on, **said):
        drop(HEAD + "".join(rows), exported_on=on, **said)

    return exported


def bars(engine, scope=OWNER, mode="due", **chosen):
    """The amount of each movement that holds a deal, by its name and reason."""
    found = rows_of(
        engine, "waterfall", asked(engine, **PERIOD | chosen), scope, pipeline_mode=mode
    )
    assert not found or residual(found) == (0, Decimal(0))
    return {named(one): one["amount_usd"] for one in found if one["deals_behind"]}


def counts(engine, mode="whole", **chosen):
    found = rows_of(engine, "waterfall", asked(engine, **PERIOD | chosen), pipeline_mode=mode)
    return {named(one): one["deals"] for one in found if one["deals_behind"]}


def named(one):
    return f"{one['movement']} {one['reason']}".strip()


def residual(found):
    (one,) = (each for each in found if each["movement"] == "residual")
    return one["deals"], one["amount_usd"]


def deals(engine, *movements, scope=OWNER, mode="due", **chosen):
    more = {"movements": list(movements), "pipeline_mode": mode}
    return rows_of(engine, "waterfall_deals", asked(engine, **PERIOD | chosen), scope, **more)


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


# On the page


FUNNEL = ROOT / "pages" / "funnel.py"
BEFORE = (
    row("1", "Qualify", "100", closes="2017-12-15"),
    row("2", "Qualify", "300", closes="2017-12-15"),
    row("3", "Qualify", "", closes="2017-12-15"),
)
NOW = (
    row("1", "Closed Won", "150", closes="2017-11-02"),
    row("2", "Qualify", "300", closes="2018-02-15", owner="Ben"),
    row("3", "Qualify", "70", closes="2017-12-15"),
    row("4", "Qualify", "50", closes="2017-12-20", created="2017-10-20", name="![x](http://x) *4*"),
)


@pytest.fixture
def told_of(database):
    """The card on the page of the funnel, with these exports behind it."""

    def shown(*exports, picked="", **asked):
        engine = DuckDBEngine(database)
        for rows, day in exports:
            text = HEAD + "".join(rows).replace("2026-07-01", "")
            commit(engine, looked_at(engine, text, exported_on=day))
        engine.close()
        screen = opened(FUNNEL, **asked)
        if picked:
            screen.session_state["picked by name"] = {"waterfall due": {"bar": picked}}
            screen.run()
        assert not screen.exception, screen.exception[0].stack_trace
        return screen

    return shown


TWO = ((BEFORE, date(2017, 9, 29)), (NOW, date(2017, 11, 17)))


def test_the_page_says_what_moved_and_that_it_adds_up(told_of):
    screen = told_of(*TWO)
    assert "What moved between 30 Sep and today?" in [one.value for one in screen.subheader]
    said = told(screen)
    assert "$400 was open and due in Q4 2017 on 30 Sep, $120 is today." in said
    assert "increase $120, won $150, pushed out $300" in said
    assert "residual 0.00" in said
    assert "1 deal had no known amount on 30 Sep: what they have later is an increase." in said


def test_a_picked_movement_shows_its_deals_before_and_after(told_of):
    screen = told_of(*TWO, picked="pushed_out later")
    assert "Pushed out, later: 1 deal, −$300" in told(screen)
    (shown,) = (one.value for one in screen.table if "Before" in one.value.columns)
    assert "Qualify · $300 · 15 Dec · Ana" in shown["Before"].iloc[0]
    assert "Qualify · $300 · **15 Feb 2018** · **Ben**" in shown["After"].iloc[0]


def test_a_name_from_a_file_stays_text_among_the_deals_of_a_movement(told_of):
    screen = told_of(*TWO, picked="new")
    (shown,) = (one.value for one in screen.table if "Before" in one.value.columns)
    assert "![x](" not in shown["Deal"].iloc[0]
    assert shown["Before"].iloc[0] == "–"


def test_the_whole_pipeline_is_one_choice_away(told_of):
    screen = told_of(*TWO)
    screen.session_state["pipeline, usually due"] = "Whole pipeline"
    screen.run()
    assert "$400 was open on 30 Sep, $420 is today." in told(screen)


def test_before_the_first_export_the_page_says_so(told_of):
    screen = told_of((NOW, date(2017, 11, 17)))
    assert "Nothing is known before 20 Oct: what is open since then came new." in told(screen)


def test_a_period_in_which_nothing_was_due_says_so(told_of):
    screen = told_of(*TWO, period="2019-Q1")
    assert "Nothing open was due in Q1 2019" in told(screen)


def drawn(*moved):
    """The bars of rows in their order: movement, deals, dollars and deals without an amount."""
    columns = ("movement", "deals", "amount_usd", "unknown_deals")
    found = pd.DataFrame([dict(zip(columns, each, strict=True)) for each in moved])
    return words.bars(found.assign(reason="", deals_behind=found["deals"].abs()), "1 Jul", "today")


def test_each_bar_hangs_where_the_last_one_ended():
    found = drawn(
        ("opening", 3, 300.0, 0), ("new", 1, 50.0, 0), ("won", -2, -120.0, 0),
        ("closing", 2, 230.0, 0),
    )  # fmt: skip
    assert found.chart[["start", "end"]].values.tolist() == [
        [300, 300], [300, 350], [350, 230], [230, 230],
    ]  # fmt: skip
    assert found.chart["figure"].tolist() == ["$300", "+$50", "−$120", "$230"]
    assert found.chart["kind"].tolist() == ["level", "in", "won", "level"]


def test_a_movement_without_deals_is_not_drawn_and_a_level_always():
    found = drawn(("opening", 0, 0.0, 0), ("new", 1, 50.0, 0), ("lost", 0, 0.0, 0))
    assert found.chart["name"].tolist() == ["Opening 1 Jul", "New"]


def test_bars_count_deals_where_most_amounts_are_unknown():
    found = drawn(("opening", 3, 0.0, 3), ("won", -1, -90.0, 0), ("closing", 2, 0.0, 2))
    assert found.counts_deals
    assert found.chart["figure"].tolist() == ["3", "−1", "2"]
    assert found.chart["exact_words"].iloc[0] == "Opening 1 Jul: 3 deals, no known amount"


@pytest.mark.parametrize("picture", [waterfall, deals_waterfall])
def test_the_picture_names_only_columns_that_the_bars_have(picture):
    columns = {*drawn(("opening", 1, 10.0, 0), ("closing", 1, 10.0, 0)).chart.columns}
    named = re.findall(r'"field": "(\w+)"', json.dumps(constant(picture, "light")))
    assert {*named} <= columns


# Whatever happens


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


def happened(engine, seed):
    """Eight weekly full exports of deals to which anything may happen, one team that loses Ben, and
    an account that becomes strategic while another ceases to be."""
    chance = random.Random(seed)
    files = [(PEOPLE, "people.csv", date(2026, 6, 1)), (MOVED, "people.csv", MOVED_ON)]
    files += [
        ("account,industry,strategic\nAcme,,yes\nBirch,,no\n", "accounts.csv", date(2026, 6, 1))
    ]
    files += [("account,industry,strategic\nAcme,,no\nBirch,,yes\n", "accounts.csv", STRATEGIC_ON)]
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
        names = (
            "deal_id, valid_from, valid_to, outcome, credited_id, account_id, amount_usd, close_on,"
            " coalesce(closed_on, close_on, valid_from) as decided_on, product_line, channel"
        )
        with engine.looking() as cursor:
            found = cursor.execute(
                f"select {names} from deal_version where superseded_at is null"  # noqa: S608
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
    )


def theirs(state, day, chosen):
    if not state or not chosen.get("person_ids"):
        return True
    judged = state["decided_on"] if state["outcome"] in ("won", "lost") else day
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
    },
)
MODES = st.sampled_from(("due", "whole"))
SLOWLY = settings(
    max_examples=sized(12, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


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
    }


def transferred(moved):
    ways = ("in owner", "in other", "out owner", "out other")
    return sum((moved[f"transfer_{way}"] for way in ways), Decimal(0))


def amounts(engine, question):
    found = rows_of(engine, "waterfall", asked(engine, **question), pipeline_mode="whole")
    return defaultdict(Decimal, {named(one): one["amount_usd"] for one in found})


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


def test_both_questions_promise_the_same_names():
    meant = {column.name: column for column in catalog.load("waterfall_deals").columns}
    for name in catalog.load("waterfall").grain:
        assert name in meant
