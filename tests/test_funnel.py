"""Is the funnel counted as its definitions say?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import prod

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterdeck import reads
from quarterdeck.people import OWNER, scope_of
from tests import everything
from tests.conftest import TODAY, asked, rows_of
from tests.exam.figures import sized
from tests.kept import kept
from tests.teams import HEAD, row, share

AUGUST, OCTOBER, NOVEMBER = date(2026, 8, 3), date(2026, 10, 5), date(2026, 11, 20)
EVERY_DUE = ("overdue_usd", "due_usd", "later_usd", "undated_usd")


@pytest.fixture
def export(team, drop):
    def exported(*rows, on=NOVEMBER):
        drop(HEAD + "".join(rows), exported_on=on)

    return exported


def funnel(engine, scope=OWNER, **chosen):
    filters = asked(engine, **chosen)
    return {one["stage"]: one for one in rows_of(engine, "funnel", filters, scope)}


def steps(engine, **chosen):
    found = rows_of(engine, "stage_conversion", asked(engine, **chosen))
    return {one["stage"]: one for one in found}


def decided(engine, **chosen):
    return rows_of(engine, "win_rate", asked(engine, **chosen))[0]


def deals(engine, scope=OWNER, narrowed=None, **chosen):
    found = rows_of(engine, "open_deals", asked(engine, **chosen), scope, **(narrowed or {}))
    return {one["deal_id"]: one for one in found}


# What is open


def test_the_period_hides_nothing_that_is_open(team, export):
    export(row("1", "Qualify"), row("2", "Qualify", closes="2030-01-01"), row("3", "Propose"))
    for period in ("2026-Q4", "2019", "2031-02"):
        assert {name: one["deals"] for name, one in funnel(team, period=period).items()} == {
            "Qualify": 2,
            "Propose": 1,
        }


def test_every_open_deal_is_overdue_due_later_or_undated(team, export):
    export(
        row("1", "Qualify", "1.01", closes="2026-11-24"),
        row("2", "Qualify", "2.02", closes="2026-11-25"),
        row("3", "Qualify", "4.04", closes="2026-12-31"),
        row("4", "Qualify", "8.08", closes="2027-01-01"),
        row("5", "Qualify", "16.16", closes=""),
    )
    one = funnel(team)["Qualify"]
    assert [one[name] for name in EVERY_DUE] == [
        Decimal("1.01"), Decimal("6.06"), Decimal("8.08"), Decimal("16.16"),
    ]  # fmt: skip
    assert (one["overdue_deals"], one["due_deals"]) == (1, 2)
    assert (one["later_deals"], one["undated_deals"]) == (1, 1)


def test_due_on_the_day_itself_is_not_overdue(team, export):
    export(row("1", "Qualify", closes="2026-11-25"))
    assert deals(team)["1"]["due"] == "in period"
    assert deals(team, as_of=TODAY + timedelta(days=1))["1"]["due"] == "overdue"


def test_a_deal_shared_by_two_counts_once_and_its_money_by_credit(team, export):
    export(row("1", "Qualify", "100.01"), row("2", "Qualify", "10"))
    share(team, "1", ("ana", "0.5"), ("ben", "0.5"))
    assert funnel(team)["Qualify"]["deals"] == 2
    assert funnel(team)["Qualify"]["open_usd"] == Decimal("110.01")
    of_ben = funnel(team, person_ids=("ben",))["Qualify"]
    assert (of_ben["deals"], of_ben["open_usd"]) == (1, Decimal("50.00"))
    assert deals(team)["1"]["person_name"] == "Ana, Ben"


def test_a_deal_without_an_amount_is_counted_and_named_as_such(team, export):
    export(row("1", "Qualify", ""), row("2", "Qualify", "0"))
    one = funnel(team)["Qualify"]
    assert (one["deals"], one["deals_without_amount"], one["open_usd"]) == (2, 1, 0)
    assert deals(team)["1"]["open_usd"] is None


def test_a_day_in_the_past_shows_what_was_open_then(team, export):
    export(row("1", "Qualify"), row("2", "Qualify"), on=AUGUST)
    export(row("1", "Closed Won", closes="2026-10-02"), row("2", "Propose"), on=OCTOBER)
    assert funnel(team, as_of=date(2026, 9, 1))["Qualify"]["deals"] == 2
    assert set(funnel(team)) == {"Propose"}


def test_an_executive_sees_what_is_open_of_the_own_book_only(team, export):
    export(row("1", "Qualify"), row("2", "Qualify", owner="Ben"), row("3", "Propose", owner="Cy"))
    ana, dana = (scope_of(team, name, TODAY) for name in ("Ana", "Dana"))
    assert funnel(team, ana)["Qualify"]["deals"] == 1
    assert set(deals(team, dana)) == {"1", "2"}


# Who goes on


def test_skipped_stages_are_passed_and_what_is_open_is_not_lost(team, export):
    export(*(row(str(n), "Qualify") for n in range(1, 6)), on=AUGUST)
    export(row("1", "Propose"), *(row(str(n), "Qualify") for n in range(2, 6)), on=OCTOBER)
    export(
        row("1", "Closed Lost", closes="2026-11-02"),
        row("2", "Closed Won", closes="2026-11-03"),
        row("3", "Closed Lost", closes="2026-11-04"),
        row("4", "Contract"),
        row("5", "Qualify"),
    )
    found = steps(team)
    assert counts(found["Qualify"]) == (2, 1, 1, 1)
    assert counts(found["Propose"]) == (1, 1, 0, 1)
    assert counts(found["Contract"]) == (1, 0, 1, 0)
    assert found["Qualify"]["entered"] == 5
    assert found["Qualify"]["conversion"] == pytest.approx(2 / 3)


def test_multiplied_the_stages_give_the_win_rate(team, export):
    export(*(row(str(n), ("Qualify", "Propose")[n % 2]) for n in range(20)), on=AUGUST)
    ends = (
        row(str(n), "Closed Won" if n % 3 else "Closed Lost", closes="2026-11-02")
        for n in range(15)
    )
    export(*ends, *(row(str(n), "Contract") for n in range(15, 20)))
    product = prod(one["conversion"] for one in steps(team).values())
    assert product == pytest.approx(decided(team)["win_rate"]) == pytest.approx(10 / 15)


def test_one_export_without_stage_dates_says_nothing_about_the_way(team, export):
    export(row("1", "Qualify"), row("2", "Closed Won"), row("3", "Closed Lost"))
    one = steps(team, period="2026")["Qualify"]
    assert one["conversion"] is None
    assert (one["decided_known"], one["decided_unknown"]) == (0, 2)
    assert funnel(team)["Qualify"]["stage_days"] is None
    assert funnel(team)["Qualify"]["deals_without_days"] == 1


def test_a_removed_deal_is_neither_open_nor_lost(team, export):
    export(*(row(str(n), "Qualify") for n in range(10)), on=AUGUST)
    export(*(row(str(n), "Qualify") for n in range(9)), on=NOVEMBER)
    assert funnel(team)["Qualify"]["deals"] == 9
    assert counts(steps(team)["Qualify"]) == (0, 0, 9, 0)
    assert decided(team)["lost_deals"] == 0


def test_a_reopened_deal_is_open_again_and_its_days_begin_anew(team, export):
    export(row("1", "Propose", entered="2026-07-05"), on=AUGUST)
    export(row("1", "Closed Lost", closes="2026-09-30"), on=OCTOBER)
    export(row("1", "Propose", entered="2026-07-05"), on=NOVEMBER)
    assert decided(team)["lost_deals"] == 0
    assert funnel(team)["Propose"]["stage_days"] == 0
    assert decided(team, period="2026-Q3", as_of=date(2026, 10, 6))["lost_deals"] == 1


# How long it stands


def test_days_in_stage_come_from_a_stage_date_or_a_change_that_was_seen(team, export):
    export(row("1", "Qualify"), row("2", "Qualify", entered="2026-07-20"), on=AUGUST)
    export(row("1", "Propose"), row("2", "Qualify", entered="2026-07-20"), on=OCTOBER)
    export(
        row("1", "Propose"),
        row("2", "Qualify", entered="2026-07-20"),
        row("3", "Qualify", created="2026-11-10"),
    )
    found = {name: one["days_in_stage"] for name, one in deals(team).items()}
    assert found == {
        "1": (NOVEMBER - OCTOBER).days,
        "2": (NOVEMBER - date(2026, 7, 20)).days,
        "3": 10,
    }


def test_ages_end_with_the_newest_export_or_the_day_whichever_is_earlier(team, export):
    export(row("1", "Qualify", entered="2026-11-01"))
    assert deals(team)["1"]["days_in_stage"] == 19
    assert deals(team, as_of=date(2026, 11, 20))["1"]["days_in_stage"] == 19


def won_after(days, count, start=0):
    """Rows of two exports: `count` deals that stood so many days in Propose, then were won."""
    since = AUGUST - timedelta(days=20)
    ids = [f"w{start + n}" for n in range(count)]
    before = [row(each, "Propose", entered=since) for each in ids]
    closed = since + timedelta(days=days)
    return before, [row(each, "Closed Won", closes=closed) for each in ids]


def test_a_deal_stalls_when_it_stands_longer_than_three_of_four_won_deals(team, export):
    before, after = won_after(30, 8)
    export(*before, on=AUGUST)
    export(
        *after,
        row("1", "Propose", entered=NOVEMBER - timedelta(days=30)),
        row("2", "Propose", "7.50", entered=NOVEMBER - timedelta(days=31), closes="2026-11-01"),
    )
    one = funnel(team)["Propose"]
    assert (one["typical_days"], one["won_behind"], one["is_pooled"]) == (30, 8, False)
    assert {name: each["is_stalled"] for name, each in deals(team).items()} == {
        "1": False,
        "2": True,
    }
    assert one["stalled_usd"] == one["stalled_overdue_usd"] == Decimal("7.50")


def test_with_fewer_than_eight_won_deals_at_a_stage_all_stages_are_pooled(team, export):
    before, after = won_after(40, 7)
    export(*before, on=AUGUST)
    export(*after, row("1", "Qualify", entered=NOVEMBER - timedelta(days=41)))
    one = funnel(team)["Qualify"]
    assert (one["typical_days"], one["won_behind"], one["is_pooled"]) == (40, 7, True)
    assert one["stalled_deals"] == 1


def test_what_is_usual_does_not_move_with_the_filters(team, export):
    before, after = won_after(30, 8)
    export(*before, on=AUGUST)
    export(*after, row("1", "Propose", owner="Ben", entered=NOVEMBER - timedelta(days=60)))
    assert funnel(team, person_ids=("ben",))["Propose"]["stalled_deals"] == 1


# What is won


def test_the_win_rate_names_its_rivals(team, export):
    closed = {"closes": "2026-11-02"}
    export(
        *(row(f"w{n}", "Closed Won", "300", **closed) for n in range(6)),
        *(row(f"l{n}", "Closed Lost", "100", **closed) for n in range(8)),
        row("o1", "Qualify", created="2026-10-20"),
        row("o2", "Qualify", created="2026-10-21"),
        row("old", "Closed Won", closes="2026-09-30"),
    )
    one = decided(team)
    assert (one["won_deals"], one["lost_deals"]) == (6, 8)
    assert one["win_rate"] == pytest.approx(6 / 14)
    assert (round(one["wilson_low"], 3), round(one["wilson_high"], 3)) == (0.214, 0.674)
    assert one["win_rate_of_created"] == pytest.approx(6 / 2)
    assert one["win_rate_of_funnel"] == pytest.approx(6 / 16)
    assert one["win_rate_by_amount"] == pytest.approx(1800 / 2600)


@pytest.mark.parametrize(
    ("won", "lost", "low", "high"),
    [(0, 5, 0.0, 0.434), (5, 0, 0.566, 1.0), (1, 1, 0.095, 0.905), (21, 43, 0.226, 0.450)],
)
def test_the_interval_is_the_one_of_wilson(team, export, won, lost, low, high):
    """Known values; 0 and 1 are exact."""
    export(
        *(row(f"w{n}", "Closed Won", closes="2026-11-02") for n in range(won)),
        *(row(f"l{n}", "Closed Lost", closes="2026-11-02") for n in range(lost)),
    )
    one = decided(team)
    assert (round(one["wilson_low"], 3), round(one["wilson_high"], 3)) == (low, high)


def test_nothing_decided_has_no_win_rate(team, export):
    export(row("1", "Qualify"))
    one = decided(team)
    assert one["win_rate"] is one["wilson_low"] is one["sales_cycle_days"] is None


def test_the_sales_cycle_is_the_median_of_the_won_deals(team, export):
    days = (10, 20, 30, 100)
    closed = date(2026, 11, 2)
    export(
        *(
            row(f"w{n}", "Closed Won", closes=closed, created=closed - timedelta(days=n))
            for n in days
        ),
        row("w5", "Closed Won", closes=closed, created=""),
        row("l1", "Closed Lost", closes=closed, created=closed - timedelta(days=500)),
    )
    one = decided(team)
    assert (one["cycle_deals"], one["sales_cycle_days"], one["mean_cycle_days"]) == (4, 25, 40)
    assert (one["quarter_cycle_days"], one["three_quarters_cycle_days"]) == (17.5, 47.5)


def test_loss_reasons_count_what_was_lost_in_the_period(team, export):
    closed = {"closes": "2026-11-02"}
    export(
        row("1", "Closed Lost", "5", reason="Price", **closed),
        row("2", "Closed Lost", "6", reason="Price", **closed),
        row("3", "Closed Lost", "7", **closed),
        row("4", "Closed Lost", "8", reason="Price", closes="2026-09-30"),
        row("5", "Qualify", reason="Price"),
    )
    found = rows_of(team, "loss_reasons", asked(team))
    assert [(one["loss_reason"], one["lost_deals"], one["lost_usd"]) for one in found] == [
        ("Price", 2, 11),
        ("", 1, 7),
    ]


# Clicks, pages and search


def test_the_deals_of_a_bar_add_up_to_it(team, export):
    export(
        row("1", "Qualify", "1.10", line="Cloud"),
        row("2", "Qualify", "2.20", line="", channel="Partner"),
        row("3", "Propose", "4.40", line="Cloud"),
    )
    assert set(deals(team, narrowed={"stages": ["Qualify"]})) == {"1", "2"}
    of_line = {"narrowed_by": "line", "narrowed_to": ["Cloud"]}
    assert set(deals(team, narrowed=of_line)) == {"1", "3"}
    assert set(deals(team, narrowed=of_line | {"narrowed_to": [""]})) == {"2"}
    assert set(deals(team, narrowed=of_line | {"stages": ["Propose"]})) == {"3"}


def test_a_manager_s_bar_holds_the_own_deals_not_the_team_s(team, export):
    export(row("1", "Qualify", owner="Ana"), row("2", "Qualify", owner="Dana"))
    assert set(deals(team, narrowed={"narrowed_by": "person", "narrowed_to": ["dana"]})) == {"2"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("acme", {"1", "2"}),
        ("100%", {"2"}),
        ("a_b", set()),
        ("!", set()),
        ("BEN", {"2"}),
        ("", {"1", "2"}),
    ],
)
def test_the_search_takes_signs_as_they_are(team, export, words, found):
    export(
        row("1", "Qualify", name="Fibre axb"), row("2", "Qualify", owner="Ben", name="Racks 100%")
    )
    assert set(deals(team, narrowed={"search": words})) == found


def test_what_is_past_its_close_date_is_listed_first(team, export):
    export(
        row("1", "Qualify", "900", closes="2026-12-31"),
        row("2", "Qualify", "5", closes="2026-11-24"),
        row("3", "Qualify", "70", closes=""),
        row("4", "Qualify", "6", closes="2026-01-24"),
    )
    listed = rows_of(team, "open_deals", asked(team))
    assert [one["deal_id"] for one in listed] == ["4", "2", "1", "3"]
    second = rows_of(team, "open_deals", asked(team), rows_shown=2, rows_before=2)
    assert [one["deal_id"] for one in second] == ["1", "3"]


def test_the_database_cuts_the_pages(team, export):
    export(*(row(f"{n:03d}", "Qualify", str(1000 - n)) for n in range(60)))
    page = rows_of(team, "open_deals", asked(team), rows_shown=25, rows_before=50)
    assert [one["deal_id"] for one in page] == [f"{n:03d}" for n in range(50, 60)]
    assert {one["deals_in_all"] for one in page} == {60}
    assert {one["usd_in_all_usd"] for one in page} == {sum(1000 - n for n in range(60))}


# Whatever is chosen


@pytest.fixture(scope="module")
def anything(tmp_path_factory):
    from quarterdeck.engine import DuckDBEngine

    engine = DuckDBEngine(tmp_path_factory.mktemp("everything") / "quarterdeck.duckdb")
    kept(engine, everything.fill)
    return engine


CHOSEN = st.fixed_dictionaries(
    {
        "period": st.sampled_from(("2024-Q1", "2026", "2026-Q4", "2026-11", "2027-Q1", "1999")),
        "as_of": st.dates(date(2024, 1, 1), date(2027, 1, 31)),
        "person_ids": st.lists(
            st.sampled_from(("ana", "ben", "dana", "noor", "sol")), max_size=3
        ).map(tuple),
        "product_lines": st.lists(st.sampled_from(("Cloud", "Data", "Hosting")), max_size=2).map(
            tuple
        ),
        "channels": st.lists(st.sampled_from(("Direct", "Partner")), max_size=1).map(tuple),
        "strategic_only": st.booleans(),
        "basis": st.sampled_from(("amount", "tcv", "mrr", "acv")),
    }
)
SLOWLY = settings(
    max_examples=sized(25, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def total(rows, name):
    return sum((one[name] or 0 for one in rows), Decimal(0))


@SLOWLY
@given(CHOSEN)
def test_the_parts_of_what_is_open_add_up_to_the_cent(anything, chosen):
    filters = asked(anything, **chosen)
    stages = rows_of(anything, "funnel", filters)
    for one in stages:
        assert sum(one[name] for name in EVERY_DUE) == one["open_usd"]
        parts = ("overdue_deals", "due_deals", "later_deals", "undated_deals")
        assert sum(one[name] for name in parts) == one["deals"]
        assert one["stalled_overdue_usd"] is not None
    listed = rows_of(anything, "open_deals", filters)
    assert len(listed) == total(stages, "deals")
    assert total(listed, "open_usd") == total(stages, "open_usd")
    assert sum(one["is_stalled"] for one in listed) == total(stages, "stalled_deals")
    result = rows_of(anything, "win_rate", filters)
    for split in ("person", "line", "channel"):
        of_parts = rows_of(anything, "funnel_by", filters, split_by=split)
        for name in ("open_usd", "overdue_usd", "due_usd"):
            assert total(of_parts, name) == total(stages, name)
        assert total(of_parts, "booked_usd") == total(result, "booked_usd")
        assert total(of_parts, "lost_usd") == total(result, "lost_usd")


@SLOWLY
@given(CHOSEN, st.sampled_from(("person", "line", "channel")), st.data())
def test_the_deals_of_any_bars_add_up_to_them(anything, chosen, split, data):
    filters = asked(anything, **chosen)
    parts = rows_of(anything, "funnel_by", filters, split_by=split)
    if not parts:
        return
    one = data.draw(st.sampled_from(parts))
    narrowed = {"narrowed_by": split, "narrowed_to": [one["part_id"]]}
    listed = rows_of(anything, "open_deals", filters, **narrowed)
    assert (len(listed), total(listed, "open_usd")) == (one["deals"], one["open_usd"])


def counts(one):
    return tuple(one[name] for name in ("went_on", "lost_here", "still_open", "open_beyond"))


def test_the_screen_s_frame_holds_what_the_file_holds(team, export):
    export(row("1", "Qualify", "0.10"), row("2", "Qualify", "0.20"))
    frame = reads.answer(team, OWNER, asked(team), "funnel")
    assert frame["open_usd"].tolist() == [0.3]
