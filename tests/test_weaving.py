"""Are versions a function of all exports in order, whichever order they came in?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.commands.backups import verify
from quarterdeck.commands.persons import MergePeople, merge_people
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_arrivals
from quarterdeck.importing.comparing import Arrival
from quarterdeck.importing.folding import slug
from quarterdeck.importing.undoing import undo_import
from quarterdeck.inventing.files import File, typed
from quarterdeck.people import OWNER
from tests.conftest import asked, hashes, rows_of
from tests.exam.figures import record, sized
from tests.replay import FIELDS, Event, Snapshot, Version, replay

FIRST = date(2026, 3, 2)
HEAD = "deal id,deal name,owner,stage,amount,created,close date\n"
OCTOBER = [date(2026, 10, day) for day in (1, 8, 15)]
HEADERS = {
    "deal_id": "Deal ID", "stage": "Stage", "owner_id": "Owner", "amount": "Amount",
    "created_on": "Created", "stage_entered_on": "Stage entered", "close_on": "Close date",
}  # fmt: skip
OUTCOMES = {"Propose": "open", "Contract": "open", "Won": "won", "Lost": "lost"}
KINDS = {"owner_id": "owner"}

_days = st.one_of(st.none(), st.integers(-10, 40).map(lambda n: FIRST + timedelta(n)))
_row = st.fixed_dictionaries({
    "stage": st.sampled_from(list(OUTCOMES)),
    "owner_id": st.sampled_from(["ana", "ben", None]),
    "amount": st.one_of(st.none(), st.integers(1, 3).map(Decimal)),
    "created_on": _days, "stage_entered_on": _days, "close_on": _days,
}).map(lambda row: {**row, "outcome": OUTCOMES[row["stage"]]})  # fmt: skip
_snapshot = st.builds(
    Snapshot,
    st.integers(0, 5).map(lambda week: FIRST + timedelta(weeks=week)),
    st.booleans(),
    st.one_of(st.just(frozenset(FIELDS)), st.frozensets(st.sampled_from(FIELDS))),
    st.dictionaries(st.sampled_from(["D1", "D2", "D3"]), _row, min_size=1, max_size=3),
)


_said = st.fixed_dictionaries({}, optional={
    "stage": st.sampled_from(list(OUTCOMES)),
    "amount": st.integers(1, 3).map(Decimal),
    "close_on": st.integers(-10, 40).map(lambda n: FIRST + timedelta(n)),
    "owner_id": st.sampled_from(["ana", "ben"]),
}).filter(bool).map(
    lambda said: said | ({"outcome": OUTCOMES[said["stage"]]} if "stage" in said else {})
)  # fmt: skip
_event = st.builds(
    Event,
    st.integers(-5, 40).map(lambda n: FIRST + timedelta(n)),
    st.sampled_from(["D1", "D2", "D4"]),
    _said,
)
_log = st.lists(_event, min_size=1, max_size=4)
EVENT_HEADERS = {
    "deal": "Deal", "happened_at": "Happened at", "stage": "Stage", "amount": "Amount",
    "close_on": "Close date", "owner": "Owner",
}  # fmt: skip
Brought = Snapshot | list[Event]


@dataclass
class Books:
    """A database, and beside it what stands in it, in the order it came."""

    engine: DuckDBEngine
    standing: dict[str, Brought] = field(default_factory=dict)
    numbers: Any = field(default_factory=count)

    def bring(self, brought: Brought) -> str:
        """One file comes in; its batch comes back."""
        batch = f"b{next(self.numbers):03d}"
        is_log = isinstance(brought, list)
        arrival = self._log(brought, batch) if is_log else self._export(brought, batch)
        commit_arrivals(self.engine, [(*arrival, batch)], scope=OWNER)
        self.standing[batch] = brought
        return batch

    def _log(self, events: list[Event], batch: str) -> tuple[Arrival, dict[str, Any]]:
        values = {
            "deal": [each.deal for each in events],
            "happened_at": [datetime.combine(each.day, time(9)) for each in events],
            "stage": [each.said.get("stage") for each in events],
            "amount": [each.said.get("amount") for each in events],
            "close_on": [each.said.get("close_on") for each in events],
            "owner": [each.said.get("owner_id") for each in events],
        }
        newest = max(each.day for each in events)
        rows = typed("stage_history", EVENT_HEADERS, values)
        file = File("stage_history", f"{batch}.csv", newest, EVENT_HEADERS, rows)
        return self._arrival(file, "partial")

    def _export(self, snapshot: Snapshot, batch: str) -> tuple[Arrival, dict[str, Any]]:
        told = f"b{next(self.numbers)}"
        told = ("deal_id", "stage", *(name for name in FIELDS if name in snapshot.told))
        values = {
            name: [deal if name == "deal_id" else row[name] for deal, row in snapshot.rows.items()]
            for name in told
        }
        headers = {KINDS.get(name, name): HEADERS[name] for name in told}
        values = {KINDS.get(name, name): column for name, column in values.items()}
        file = File("deal", f"{batch}.csv", snapshot.day, headers, typed("deal", headers, values))
        return self._arrival(file, "full" if snapshot.is_full else "partial")

    def _arrival(self, file: File, extent: str) -> tuple[Arrival, dict[str, Any]]:
        path = self.engine.folder / "staging" / file.name.replace("csv", "parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        report = file.write(path)
        carried, day = tuple(file.headers), file.exported_on
        return Arrival(file.entity, str(path), carried, day, extent, "USD"), report

    def take_back(self, batch: str) -> Brought:
        undo_import(self.engine, batch, scope=OWNER)
        return self.standing.pop(batch)

    def versions(self) -> set[Version]:
        with self.engine.looking() as cursor:
            found = cursor.execute(
                "select deal_id, valid_from, valid_to, outcome, stage_name, owner_id, credited_id, "
                "amount, created_on, stage_entered_on, close_on, origin "
                "from deal_version where superseded_at is null"
            ).fetchall()
        assert len(found) == len(set(found))
        return set(found)

    def expected(self) -> set[Version]:
        stands = self.standing.values()
        events = [each for log in stands if isinstance(log, list) for each in log]
        return replay([each for each in stands if isinstance(each, Snapshot)], events)


def books(tmp_path_factory) -> Books:
    return Books(DuckDBEngine(tmp_path_factory.mktemp("woven") / "q.duckdb"))


@pytest.mark.exam
def test_whatever_comes_in_whatever_order_and_goes_again_a_plain_replay_says_the_same(
    tmp_path_factory,
):
    compared = count()

    @settings(max_examples=sized(8, 100), deadline=None)
    @given(st.lists(st.one_of(_snapshot, _snapshot, _log), min_size=1, max_size=4), st.data())
    def holds(files, data):
        held = books(tmp_path_factory)
        for file in files:
            before = hashes(held.engine)
            held.bring(file)
            assert held.versions() == held.expected()
            if data.draw(st.booleans(), label="try an undo"):
                newest = list(held.standing)[-1]
                held.take_back(newest)
                assert hashes(held.engine) == before
                held.bring(file)
        while held.standing:
            batch = data.draw(st.sampled_from(list(held.standing)), label="goes")
            gone = held.take_back(batch)
            assert held.versions() == held.expected()
            # The simplest draw ends it.
            if data.draw(st.integers(0, 4), label="comes again") == 4:
                held.bring(gone)
                assert held.versions() == held.expected()
        held.engine.close()
        next(compared)

    holds()
    record(
        "Deals derived from exports and logs in any order equal a plain replay",
        f"{next(compared)} random sequences, each file also taken back, 0 differ; undone by hash",
    )


def told(engine: DuckDBEngine, deal: str = "D1") -> list[tuple[Any, ...]]:
    with engine.looking() as cursor:
        return cursor.execute(
            "select valid_from, outcome, amount from deal_version "
            "where superseded_at is null and deal_id = $deal order by 1",
            {"deal": deal},
        ).fetchall()


def test_an_event_that_two_logs_tell_stays_when_one_of_them_goes(tmp_path_factory):
    held = books(tmp_path_factory)
    event = Event(FIRST, "D1", {"stage": "Propose", "outcome": "open", "amount": Decimal(1)})
    first = held.bring([event])
    before = hashes(held.engine)
    second = held.bring([event])
    held.take_back(second)
    assert hashes(held.engine) == before
    held.bring([event])
    held.take_back(first)
    assert len(held.versions()) == 1
    assert held.versions() == held.expected()


def test_an_older_export_is_put_in_its_place(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Open,1,,\n", exported_on=OCTOBER[0])
    drop(HEAD + "D1,Fibre,Ana,Open,3,,\n", exported_on=OCTOBER[2])
    report = drop(HEAD + "D1,Fibre,Ana,Open,2,,\n", exported_on=OCTOBER[1])
    assert report["changes"] == {"new": 0, "changed": 1, "unchanged": 0, "gone": 0, "reopened": 0}
    assert told(engine) == [(day, "open", n) for day, n in zip(OCTOBER, (1, 2, 3), strict=True)]


def test_what_a_later_export_left_unsaid_holds_after_an_older_one_said_otherwise(drop, engine):
    for day in (OCTOBER[0], OCTOBER[2]):
        drop(HEAD + "D1,Fibre,Ana,Open,1,,\n", exported_on=day)
    drop(HEAD + "D1,Fibre,Ana,Open,2,,\n", exported_on=OCTOBER[1])
    assert told(engine) == [(day, "open", n) for day, n in zip(OCTOBER, (1, 2, 1), strict=True)]


def test_a_deal_that_only_an_older_full_export_holds_was_there_until_the_next(drop, engine):
    drop(HEAD + "D2,Port,Ana,Open,1,,\n", exported_on=OCTOBER[2])
    report = drop(HEAD + "D1,Fibre,Ana,Open,2,,\nD2,Port,Ana,Open,1,,\n", exported_on=OCTOBER[1])
    assert report["changes"]["new"] == 1
    assert told(engine) == [(OCTOBER[1], "open", 2), (OCTOBER[2], "removed", 2)]


def test_an_older_file_with_few_of_the_deals_open_then_is_taken_as_partial(drop, engine):
    many = "".join(f"D{n},Fibre,Ana,Open,1,2026-09-01,\n" for n in range(10))
    drop(HEAD + many, exported_on=OCTOBER[2])
    report = drop(HEAD + "D1,Fibre,Ana,Open,2,2026-09-01,\n", exported_on=OCTOBER[1])
    assert (report["extent"], report["changes"]["gone"]) == ("partial", 0)


def test_the_first_of_three_exports_can_be_taken_back_and_the_others_stand(drop, engine):
    first = drop(HEAD + "D1,Fibre,Ana,Open,1,,\n", exported_on=OCTOBER[0])
    drop(HEAD + "D1,Fibre,Ana,Open,1,,\n", exported_on=OCTOBER[1])
    drop(HEAD + "D1,Fibre,Ana,Open,3,,\n", exported_on=OCTOBER[2])
    undo_import(engine, first["batch_id"], scope=OWNER)
    assert told(engine) == [(OCTOBER[1], "open", 1), (OCTOBER[2], "open", 3)]


def test_a_stage_and_an_owner_that_others_still_name_stay_after_an_undo(drop, engine):
    first = drop(HEAD + "D1,Fibre,Ana,Qualify,1,,\n", exported_on=OCTOBER[0])
    drop(HEAD + "D1,Fibre,Ana,Qualify,2,,\n", exported_on=OCTOBER[1])
    undo_import(engine, first["batch_id"], scope=OWNER)
    with engine.looking() as cursor:
        stages = cursor.execute("select stage_name from stage where superseded_at is null")
        assert stages.fetchall() == [("Qualify",)]
        people = cursor.execute("select person_name from person where superseded_at is null")
        assert people.fetchall() == [("Ana",)]


def test_a_deal_closed_in_january_and_exported_in_february_is_booked_in_january(drop, engine):
    """Also where the export of another team came in between, and did not hold the deal."""
    january, deal = date(2026, 1, 26), "D1,Fibre,Ana,{},5,2025-11-03,2026-01-30\n"
    others = HEAD + "D2,Port,Ben,Open,1,,\n"
    drop(HEAD + deal.format("Open") + "D2,Port,Ben,Open,1,,\n", exported_on=january)
    drop(others, exported_on=date(2026, 1, 31), extent="partial")
    drop(HEAD + deal.format("Won"), exported_on=date(2026, 2, 2), extent="partial")
    assert told(engine)[-1] == (date(2026, 1, 30), "won", 5)


def test_people_found_to_be_one_stay_one_when_versions_are_derived_again(drop, engine):
    drop(HEAD + "D1,Fibre,Ana,Open,1,,\n", exported_on=OCTOBER[0])
    third = drop(HEAD + "D1,Fibre,A. Reyes,Open,3,,\n", exported_on=OCTOBER[2])
    merge_people(engine, MergePeople("ana", slug("a. reyes")), scope=OWNER)
    drop(HEAD + "D1,Fibre,A. Reyes,Open,2,,\n", exported_on=OCTOBER[1])
    with engine.looking() as cursor:
        owners = cursor.execute(
            "select distinct owner_id from deal_version where superseded_at is null"
        )
        assert owners.fetchall() == [("ana",)]
    undo_import(engine, third["batch_id"], scope=OWNER)
    assert [row[2] for row in told(engine)] == [1, 2]


def test_the_currency_that_the_first_export_settled_stays_while_others_stand(drop, engine):
    head = "deal id,owner,stage,amount,currency,close date\n"
    first = drop(f"{head}D1,Ana,Won,9,EUR,2026-09-30\n", exported_on=OCTOBER[0])
    second = drop(f"{head}D1,Ana,Won,9,EUR,2026-09-30\n", exported_on=OCTOBER[1])
    settled = [{"name": "reporting_currency", "value": "EUR"}]
    undo_import(engine, first["batch_id"], scope=OWNER)
    assert rows_of(engine, "settings", asked(engine)) == settled
    with engine.looking() as cursor:
        found = cursor.execute("select amount_usd from deal_version where superseded_at is null")
        assert found.fetchall() == [(9,)]
    undo_import(engine, second["batch_id"], scope=OWNER)
    assert rows_of(engine, "settings", asked(engine)) == []


def test_whom_a_hidden_word_of_a_standing_export_names_is_still_known_when_it_counts(drop, engine):
    """Of two exports of one day the second counts; the first still says who and at which stage."""
    first = drop(HEAD + "D1,Fibre,Ana,Qualify,1,,\n", exported_on=OCTOBER[0])
    drop(HEAD + "D1,Fibre,Ana,Qualify,2,,\n", exported_on=OCTOBER[1])
    hiding = drop(HEAD + "D1,Fibre,Ben,Propose,3,,\n", exported_on=OCTOBER[1])
    undo_import(engine, first["batch_id"], scope=OWNER)
    undo_import(engine, hiding["batch_id"], scope=OWNER)
    assert told(engine) == [(OCTOBER[1], "open", 2)]
    with engine.looking() as cursor:
        people = cursor.execute("select person_name from person where superseded_at is null")
        assert people.fetchall() == [("Ana",)]
        stages = cursor.execute("select stage_name from stage where superseded_at is null")
        assert stages.fetchall() == [("Qualify",)]
    assert not verify(engine).faults
