"""What is the team doing, and whom has nobody spoken to?"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from quarterdeck import clock
from quarterdeck.commands.activities import LogActivity, log_activity, new_id
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.commands.undoing import undo_change
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import activity as words
from quarterdeck.ui.activity_yield import finding as yielded
from tests.conftest import Once, asked, commit, faults, hashes, looked_at, rows_of

TUESDAY = date(2026, 11, 24)
PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
ACCOUNTS = (
    "account,industry,strategic,owner\nAcme,Health,yes,Ana\nBirch,Health,no,Ana\n"
    "Cedar,Retail,no,Ben\nDogwood,Retail,no,Cy\nElm,Retail,yes,Ben\n"
)
DEALS = (
    "deal id,deal name,owner,account,stage,amount,created,close date,next step\n"
    "D1,Fibre,Ana,Acme,Open,1000.10,2026-06-01,2026-12-20,Call Pat\n"
    "D2,Racks,Ana,Birch,Open,200,2026-06-01,2026-11-01,\n"
    "D3,Lake,Ben,Cedar,Open,300,2026-06-01,,\n"
    "D4,Mast,Cy,Dogwood,Open,4000,2026-06-01,2026-12-01,Visit\n"
    "D5,Dish,Ben,Cedar,Open,50,2026-11-20,2027-01-01,Offer\n"
    "D6,Well,Ana,Birch,Won,70,2026-08-01,2026-10-01,\n"
    "D7,Reef,Ben,Elm,Lost,80,2026-08-01,2026-10-01,\n"
)
CONTACTS = (
    "contact id,account,name,role,influence\nC1,Acme,Pat Quill,CFO,\nC2,Birch,Uma Reed,Buyer,\n"
    "C3,Cedar,Kit,Vice President,\nC4,Elm,Lou Hart,IT director,Executive sponsor\n"
)
SERVICES = (
    "service id,account,product,mrr,activation date\nS1,Acme,Fibre,100,2025-01-01\n"
    "S2,Birch,Fibre,300,2025-01-01\nS3,Cedar,Fibre,20,2025-01-01\n"
)
ACTIVITIES = (
    "activity id,kind,person,account,deal,happened at,outcome,subject\n"
    "A1,Call,Ana,Acme,D1,2026-11-23 09:00,Reached,\n"
    "A2,call,Ana,Birch,,2026-09-25 09:00,No answer,\n"
    "A3,Meeting,Ana,Acme,D1,2026-10-20 09:00,Held,Lunch with PAT QUILL\n"
    "A4,Email,Ben,,D3,2026-09-26 09:00,Sent,\n"
    "A5,Site visit,Ben,Elm,,2026-05-20 09:00,Held,\n"
    "A6,Executive contact,Ben,Elm,,2026-11-24 10:00,Held,\n"
    "A7,Call,Cy,Dogwood,D4,2026-11-24 11:00,Reached,\n"
    "A8,Call,,Birch,,2026-11-02 09:00,,\n"
    "A9,Call,Ana,Birch,D2,2026-11-25 09:00,Planned,\n"
)
FILES = {
    "people": PEOPLE, "accounts": ACCOUNTS, "deals": DEALS, "contacts": CONTACTS,
    "services": SERVICES, "activities": ACTIVITIES,
}  # fmt: skip


def fill(engine: DuckDBEngine, **other: str) -> None:
    for name, text in (FILES | other).items():
        if text:
            commit(engine, looked_at(engine, text, f"{name}.csv", exported_on=TUESDAY))


def fill_all(engine: DuckDBEngine) -> None:
    fill(engine)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TUESDAY))


@pytest.fixture
def team(engine: DuckDBEngine, once: Once) -> DuckDBEngine:
    return once(engine, fill_all)


def aim(engine, kind, every, target, person="ana", from_on=date(2026, 1, 1)):
    command = SetObjective(person, kind, every, Decimal(target), from_on)
    set_objective(engine, command, scope=OWNER)


def done(engine, scope=OWNER, as_of=TUESDAY, period="2026-Q4", **chosen):
    rows = rows_of(engine, "activity", asked(engine, period, as_of, **chosen), scope)
    return {(row["person_id"], row["kind"]): row for row in rows}


def one_of(engine, name, key, scope=OWNER, as_of=TUESDAY, **more):
    rows = rows_of(engine, name, asked(engine, as_of=as_of), scope, **more)
    grain = next(iter(rows[0])) if rows else ""
    return {row[grain]: row for row in rows}[key]


def ids(engine, name, scope=OWNER, as_of=TUESDAY, chosen=None, **more):
    rows = rows_of(engine, name, asked(engine, as_of=as_of, **chosen or {}), scope, **more)
    return [row[next(iter(row))] for row in rows]


# What was done, of which kind and when last


def test_each_person_and_kind_counts_in_the_period_whatever_the_capitals(team):
    found = done(team)
    assert {key: row["done"] for key, row in found.items()} == {
        ("", "Call"): 1, ("ana", "Call"): 1, ("ana", "Meeting"): 1, ("ben", "Email"): 0,
        ("ben", "Site visit"): 0, ("ben", "Executive contact"): 1, ("cy", "Call"): 1,
    }  # fmt: skip
    assert done(team, period="2026-Q3")["ana", "Call"]["done"] == 1
    assert found["ben", "Site visit"]["last_on"] == date(2026, 5, 20)


def test_what_is_dated_in_the_future_does_not_count_until_it_comes(team):
    assert done(team)["ana", "Call"]["last_on"] == date(2026, 11, 23)
    tomorrow = done(team, as_of=TUESDAY + timedelta(days=1))["ana", "Call"]
    assert (tomorrow["done"], tomorrow["last_on"]) == (2, date(2026, 11, 25))


def test_done_stands_beside_the_objective_of_the_day_and_of_the_week(team):
    aim(team, "call", "week", 4)
    aim(team, "Call", "day", 2)
    aim(team, "Proposal", "week", 3)
    aim(team, "new pipeline", "week", 1000)
    found = done(team)
    call = found["ana", "Call"]
    assert (call["week_done"], call["week_target"], call["done_share"]) == (1, 4, 0.25)
    assert (call["day_done"], call["day_target"]) == (0, 2)
    # Two of the four working days of this week are over: Thursday is Thanksgiving.
    assert call["working_share"] == 0.5
    nothing = found["ana", "Proposal"]
    assert (nothing["done"], nothing["last_on"], nothing["week_target"]) == (0, None, 3)
    assert ("ana", "new pipeline") not in found


def test_everyone_sees_what_is_theirs_and_nothing_else(team):
    def people(scope):
        return {person_id for person_id, _ in done(team, scope)}

    assert people(Scope("ana", "executive")) == {"ana"}
    assert people(Scope("dana", "director")) == {"ana", "ben"}
    assert people(Scope("ray", "area_director")) == {"", "ana", "ben", "cy"}
    assert people(NOBODY) == set()
    days = rows_of(team, "activity_days", asked(team, as_of=TUESDAY), Scope("cy", "executive"))
    assert sum(row["activities"] for row in days) == 1


def test_what_was_done_in_the_old_team_stays_with_it_after_a_move(team):
    set_manager(team, SetManager("ana", "noor", date(2026, 11, 1)), scope=OWNER)
    old, new = (done(team, Scope(who, "director")) for who in ("dana", "noor"))
    assert {row["last_on"] for (who, _), row in old.items() if who == "ana"} == {
        date(2026, 9, 25), date(2026, 10, 20),
    }  # fmt: skip
    assert {row["last_on"] for (who, _), row in new.items() if who == "ana"} == {date(2026, 11, 23)}
    now = done(team, Scope("noor", "director"), assignments="as_is", today=TUESDAY)
    assert ("ana", "Meeting") in now


def test_strategic_accounts_alone_leave_out_the_others(team):
    found = done(team, strategic_only=True)
    assert {key for key, row in found.items() if row["done"]} == {
        ("ana", "Call"), ("ana", "Meeting"), ("ben", "Executive contact"),
    }  # fmt: skip


def test_the_calendar_has_thirteen_weeks_until_the_day_with_weekends_and_holidays(team):
    days = rows_of(team, "activity_days", asked(team, as_of=TUESDAY))
    assert (days[0]["day_on"], days[-1]["day_on"]) == (date(2026, 8, 31), TUESDAY)
    assert len(days) == 12 * 7 + 2
    off = {row["day_on"]: row["day_off"] for row in days if row["day_off"]}
    assert off[date(2026, 9, 7)] == "Labor Day"
    assert off[date(2026, 9, 5)] == "Weekend"
    assert {row["day_on"]: row["activities"] for row in days}[TUESDAY] == 2


# What came of it


def test_twelve_months_from_activities_to_deals_won(team):
    every = one_of(team, "activity_yield", "all")
    assert (every["activities"], every["meetings"]) == (8, 3)
    assert (every["created_deals"], every["won_deals"], every["open_deals"]) == (7, 1, 5)
    assert every["won_of_created"] == pytest.approx(1 / 7)
    assert every["wilson_low"] < 1 / 7 < every["wilson_high"]
    ana = one_of(team, "activity_yield", "ana")
    assert (ana["activities"], ana["meetings"], ana["created_deals"]) == (3, 1, 3)
    assert (ana["deals_per_meeting"], ana["won_deals"]) == (3, 1)


def test_a_share_of_few_is_only_counted(team, monkeypatch):
    monkeypatch.setattr(words, "few", lambda: 10)
    assert words.rate(2, 7, 0.1, 0.6) == "2 of 7  \n:gray[too few to say]"
    assert words.rate(6, 14, 0.21, 0.67).replace("\u202f", " ") == (
        "**43 %**  \n:gray[6 of 14, likely 21–67 %]"
    )
    assert words.rate(0, 0, float("nan"), float("nan")) == "–"
    one = pd.Series(one_of(team, "activity_yield", "all"))
    monkeypatch.setattr("quarterdeck.ui.activity_yield.few", lambda: 10)
    assert yielded(one) == (
        "**8 activities, 3 meetings among them**; 7 deals created, 1 of them won, too few to say; "
        "5 still open."
    )


KINDS = {
    "Exec lunch": True, "EXECUTIVE CONTACT": True, "Site Visit": True, "On-site visit": True,
    "Meeting": True, "demo": True, "Proposal": False, "Quote sent": False, "E-Mail": False,
    "Phone call": False, "Task": False,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_people_met_in_meetings_visits_and_executive_contacts(engine, kind):
    fill(engine, activities="", deals="", contacts="", services="")
    text = f"activity id,kind,person,happened at\nX,{kind},Ana,2026-11-20\n"
    commit(engine, looked_at(engine, text, "activities.csv", exported_on=TUESDAY))
    assert one_of(engine, "activity_yield", "ana")["meetings"] == KINDS[kind]


# Whom nobody has spoken to


def test_a_strategic_account_is_quiet_after_thirty_days_any_other_after_sixty(team):
    # Cedar’s deal was mailed about 59 days ago, Birch called 22 days ago; nobody else is quiet.
    assert ids(team, "quiet_accounts") == []
    later = TUESDAY + timedelta(days=1)
    assert ids(team, "quiet_accounts", as_of=later) == ["cedar"]
    assert ids(team, "quiet_accounts", as_of=date(2026, 12, 22)) == ["cedar"]
    assert ids(team, "quiet_accounts", as_of=date(2026, 12, 23)) == ["acme", "cedar"]
    change_setting(team, ChangeSetting("quiet_strategic", "1"), scope=OWNER)
    assert ids(team, "quiet_accounts") == ["acme"]


def test_a_deal_is_quiet_from_the_day_it_was_created_at_the_soonest(team):
    quiet = ids(team, "untended_deals", narrowed_by="quiet", as_of=date(2027, 1, 18))
    assert "D5" not in quiet
    assert ids(team, "untended_deals", narrowed_by="quiet", as_of=date(2027, 1, 19)) == [
        "D1", "D3", "D5",
    ]  # fmt: skip
    # Nothing was ever done on it, and nobody had a reason before it was there.
    (never,) = [
        row
        for row in rows_of(team, "untended_deals", asked(team, as_of=date(2027, 1, 19)))
        if row["deal_id"] == "D5"
    ]
    assert (never["last_on"], never["quiet_days"], never["is_quiet"]) == (None, None, True)


def test_deals_without_a_next_step_and_past_their_close_date_are_counted_to_the_cent(team):
    every = one_of(team, "tending", "all")
    assert (every["open_deals"], every["open_usd"]) == (5, Decimal("5550.10"))
    assert (every["stepless_deals"], every["stepless_usd"]) == (2, 500)
    assert (every["overdue_deals"], every["overdue_usd"]) == (1, 200)
    assert (every["accounts"], every["quiet_accounts"]) == (4, 0)
    assert ids(team, "untended_deals", narrowed_by="stepless") == ["D3", "D2"]
    assert ids(team, "untended_deals", narrowed_by="overdue") == ["D2"]
    assert ids(team, "untended_deals", rows_shown=1, rows_before=1) == ["D2"]


def test_whoever_spoke_counts_though_the_viewer_does_not_see_them(team):
    text = "activity id,kind,person,account,happened at\nX1,Call,Cy,Acme,2026-12-20\n"
    commit(team, looked_at(team, text, "activities.csv", exported_on=TUESDAY))
    ana = Scope("ana", "executive")
    assert "acme" not in ids(team, "quiet_accounts", ana, as_of=date(2026, 12, 23))
    assert ids(team, "quiet_accounts", Scope("cy", "executive"), as_of=date(2026, 12, 23)) == []


def test_executives_are_met_by_kind_or_by_name_in_the_subject(team):
    kept = {
        row["account_id"]: row
        for row in rows_of(team, "customer_contacts", asked(team, as_of=TUESDAY))
    }
    assert {name: row["executive_on"] for name, row in kept.items()} == {
        "acme": date(2026, 10, 20), "elm": TUESDAY, "birch": None, "cedar": None,
    }  # fmt: skip
    assert {name: row["executives"] for name, row in kept.items()} == {
        "acme": 1, "elm": 1, "birch": 0, "cedar": 1,
    }  # fmt: skip
    customers = one_of(team, "executive_coverage", "customers")
    assert (customers["accounts"], customers["covered"], customers["strangers"]) == (3, 1, 1)
    # Acme on 2 of 180 days, Birch on 2 and Cedar on 1: every 90 days in the middle.
    assert customers["cadence_days"] == 90
    strategic = one_of(team, "executive_coverage", "strategic")
    assert (strategic["accounts"], strategic["covered"]) == (2, 2)


# Many, counted again


def test_ten_thousand_activities_count_as_a_plain_recount_says(engine, once):
    fill(engine, activities="")
    dice, people = random.Random(5), ("ana", "ben", "cy", None)
    accounts = ("acme", "birch", "cedar", "dogwood", "elm", None)
    kinds = ("Call", "call", "Email", "Meeting", "Site visit", "Executive contact", "Task")
    first = datetime.fromisoformat("2025-09-01 08:00")
    rows = [
        (
            f"n{number}", dice.choice(kinds), dice.choice(people), dice.choice(accounts),
            first + timedelta(hours=dice.randrange(24 * 500)),
        )
        for number in range(10_000)
    ]  # fmt: skip
    with engine.transaction() as cursor:
        cursor.executemany(
            "insert into activity (activity_id, kind, person_id, account_id, happened_at,"
            " recorded_at) values (?, ?, ?, ?, ?, timestamp '2026-01-01 00:00')",
            rows,
        )
    past = [row for row in rows if row[4].date() <= TUESDAY]
    counts = Counter(
        (person or "", kind.lower())
        for _, kind, person, _, at in past
        if at.date() >= date(2026, 10, 1)
    )
    found = {(who, kind.lower()): row["done"] for (who, kind), row in done(engine).items()}
    assert {key: n for key, n in found.items() if n} == counts
    year = [row for row in past if row[4].date() > date(2025, 11, 24)]
    met = ("Meeting", "Site visit", "Executive contact")
    every = one_of(engine, "activity_yield", "all")
    assert every["activities"] == len(year)
    assert every["meetings"] == sum(kind in met for _, kind, *_ in year)
    touched = defaultdict(lambda: date.min)
    for _, _, _, account, at in past:
        touched[account] = max(touched[account], at.date())
    limits = {"acme": 30, "birch": 60, "cedar": 60, "dogwood": 60}
    later = date(2027, 3, 1)
    last = defaultdict(lambda: date.min)
    for _, _, _, account, at in rows:
        if at.date() <= later:
            last[account] = max(last[account], at.date())
    quiet = {name for name, days in limits.items() if (later - last[name]).days >= days}
    assert set(ids(engine, "quiet_accounts", as_of=later)) == quiet
    assert not faults(engine)


# Logged by hand


def logged(engine, *what, scope=OWNER, **more):
    return log_activity(engine, LogActivity(*what, **more), scope=scope)


def test_an_executive_logs_what_they_did_and_takes_it_back(team):
    ana, before = Scope("ana", "executive"), hashes(team)
    number = logged(team, " Site  visit", "ana", TUESDAY, deal_id="D2", scope=ana, subject="=1+1")
    assert done(team, ana)["ana", "Site visit"]["day_done"] == 1
    assert one_of(team, "quiet_accounts", "cedar", as_of=date(2026, 11, 25))
    rows = rows_of(team, "account_activities", asked(team, as_of=TUESDAY), narrowed_to=["birch"])
    assert (rows[0]["kind"], rows[0]["subject"]) == ("Site visit", "=1+1")
    assert not faults(team)
    undo_change(team, number, scope=ana)
    assert hashes(team) == before
    undo_change(team, team.data_version(), scope=ana)
    assert ("ana", "Site visit") in done(team, ana)


def test_the_audit_says_that_it_was_and_not_what_was_said(team):
    logged(team, "Call", "ana", TUESDAY, subject="About her illness", outcome="Wept")
    (entry, *_) = rows_of(team, "audit", asked(team))
    assert entry["command"] == "LogActivity"
    assert not [word for word in ("illness", "Wept") if word in str(entry)]
    (change, *_) = rows_of(team, "setting_changes", asked(team), Scope("dana", "director"))
    assert change["command"] == "LogActivity"
    assert "illness" not in change["payload"]


def test_the_same_form_sent_twice_logs_it_once(team):
    form = new_id()
    first = logged(team, "Call", "ana", TUESDAY, activity_id=form)
    assert logged(team, "Call", "ana", TUESDAY, activity_id=form) == first
    assert done(team)["ana", "Call"]["day_done"] == 1
    assert not faults(team)


DANA, ANA, BEN = (Scope(*who) for who in (
    ("dana", "director"), ("ana", "executive"), ("ben", "executive"),
))  # fmt: skip
REFUSED = {
    "tomorrow": (DANA, ("Call", "ana", TUESDAY + timedelta(days=1)), {}, "not come yet"),
    "long ago": (DANA, ("Call", "ana", date(1999, 1, 1)), {}, "too long ago"),
    "no kind": (DANA, (" \u200b", "ana", TUESDAY), {}, "needs a kind"),
    "a long subject": (DANA, ("Call", "ana", TUESDAY), {"subject": "x" * 201}, "too long"),
    "for a peer": (ANA, ("Call", "ben", TUESDAY), {}, "no such person"),
    "for another team": (DANA, ("Call", "cy", TUESDAY), {}, "no such person"),
    "another's account": (ANA, ("Call", "ana", TUESDAY, "cedar"), {}, "no such account"),
    "another's deal": (ANA, ("Call", "ana", TUESDAY), {"deal_id": "D3"}, "no such deal"),
    "an account nobody knows": (OWNER, ("Call", "ana", TUESDAY, "x"), {}, "no such account"),
    "a deal of another account": (
        DANA, ("Call", "ana", TUESDAY, "acme", "D3"), {}, "belongs to another account",
    ),
    "nobody": (NOBODY, ("Call", "ana", TUESDAY), {}, "Only who has a role"),
    "a role made up": (Scope("dana", "king"), ("Call", "ana", TUESDAY), {}, "Only who has a role"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_three_parts_and_changes_nothing(team, what):
    scope, said, more, why = REFUSED[what]
    before = hashes(team)
    with pytest.raises(Refused, match=why) as refused:
        logged(team, *said, scope=scope, **more)
    assert all(refused.value.parts().values())
    assert hashes(team) == before


def test_nobody_takes_back_what_another_logged(team):
    number = logged(team, "Call", "ana", TUESDAY, scope=ANA)
    by_lead = logged(team, "Call", "ana", TUESDAY, scope=DANA)
    for scope, entry in ((BEN, number), (ANA, by_lead), (Scope("noor", "director"), number)):
        with pytest.raises(Refused):
            undo_change(team, entry, scope=scope)
    undo_change(team, number, scope=DANA)
    assert done(team)["ana", "Call"]["day_done"] == 1
