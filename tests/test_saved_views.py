"""A page kept under a name is its owner's, and says nothing of what its owner sees."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from quarterdeck import clock
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.persons import MergePeople, merge_people
from quarterdeck.commands.plans import PlanRealignment, plan_realignment
from quarterdeck.commands.undoing import undo_change
from quarterdeck.commands.views import (
    LONGEST_ADDRESS,
    MOST,
    PAGES,
    DropView,
    KeepView,
    drop_view,
    keep_view,
)
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import address, kept
from tests.conftest import TODAY, asked, faults, hashes, rows_of
from tests.screen import ROOT

DANA, NOOR = Scope("dana", "director"), Scope("noor", "director")
RAY, ANA, SOL = (
    Scope("ray", "area_director"), Scope("ana", "executive"), Scope("sol", "operations"),
)  # fmt: skip
EVERYBODY = (OWNER, DANA, NOOR, RAY, ANA, SOL)


def keep(engine, name="My quarter", scope=DANA, page="funnel", said="product_line=Cloud", **more):
    return keep_view(engine, KeepView(name, page, said, **more), scope=scope)


def seen(engine, scope=DANA):
    return rows_of(engine, "saved_views", asked(engine), scope=scope)


def names(engine, scope=DANA):
    return [row["view_name"] for row in seen(engine, scope)]


def test_a_view_holds_a_page_and_words_of_an_address_under_a_name(team):
    view_id = keep(team, "  Noor’s \u200bteam,\n Cloud ", said="person=Noor&product_line=Cloud")
    (row,) = seen(team)
    assert row == {
        "view_id": view_id, "view_name": "Noor’s team, Cloud", "owner_name": "Dana",
        "page": "funnel", "asked": "person=Noor&product_line=Cloud", "is_own": True,
        "is_shared": False, "is_default": False,
    }  # fmt: skip


def test_each_one_s_private_views_are_theirs_alone_whoever_stands_above(team):
    for scope in EVERYBODY:
        keep(team, f"of {scope.viewer_id or 'the owner'}", scope, is_default=True)
    for scope in EVERYBODY:
        assert names(team, scope) == [f"of {scope.viewer_id or 'the owner'}"]
    assert seen(team, NOBODY) == []
    assert seen(team, Scope("", "operations")) == []


def test_a_second_role_finds_the_same_views(team):
    keep(team)
    assert names(team, Scope("dana", "operations")) == ["My quarter"]


def test_a_shared_view_is_found_by_all_and_names_its_owner_where_they_are_in_sight(team):
    keep(team, "Ours", is_shared=True, is_default=True)
    for scope, owner in ((RAY, "Dana"), (SOL, "Dana"), (OWNER, "Dana"), (NOOR, None), (ANA, None)):
        (row,) = seen(team, scope)
        assert (row["view_name"], row["owner_name"]) == ("Ours", owner)
        assert not row["is_own"]
        assert not row["is_default"]
    assert seen(team, NOBODY) == []


def test_what_the_owner_of_everything_shares_names_nobody(team):
    keep(team, "All", OWNER, is_shared=True)
    (row,) = seen(team, ANA)
    assert row["owner_name"] is None
    assert not row["is_own"]


def test_what_somebody_shared_who_is_not_known_any_more_is_not_found(team):
    keep(team, "Left behind", Scope("zoe", "director"), is_shared=True)
    assert seen(team, DANA) == []


def test_only_what_is_said_changes_so_two_tabs_do_not_undo_each_other(team):
    view_id = keep(team)
    keep_view(team, KeepView(view_name="Cloud", view_id=view_id), scope=DANA)
    keep_view(team, KeepView(is_shared=True, view_id=view_id), scope=DANA)
    keep_view(team, KeepView(page="area", asked="", view_id=view_id), scope=DANA)
    (row,) = seen(team)
    assert (row["view_name"], row["page"], row["asked"]) == ("Cloud", "area", "")
    assert row["is_shared"]


def test_one_view_of_a_page_opens_first_and_it_is_the_last_that_was_told_to(team):
    first, second = (keep(team, name, is_default=True) for name in ("A", "B"))
    other = keep(team, "C", page="area", is_default=True)
    theirs = keep(team, "A", NOOR, is_default=True)
    assert [row["view_id"] for row in seen(team) if row["is_default"]] == [second, other]
    keep_view(team, KeepView(page="area", view_id=second), scope=DANA)
    assert [row["view_id"] for row in seen(team) if row["is_default"]] == [second]
    keep_view(team, KeepView(is_default=True, view_id=first), scope=DANA)
    keep_view(team, KeepView(is_default=False, view_id=second), scope=DANA)
    assert [row["view_id"] for row in seen(team) if row["is_default"]] == [first]
    assert [row["view_id"] for row in seen(team, NOOR) if row["is_default"]] == [theirs]
    assert faults(team) == []


def test_a_view_that_is_dropped_frees_its_name_and_stays_in_the_record(team):
    view_id = keep(team)
    drop_view(team, DropView(view_id), scope=DANA)
    assert seen(team) == []
    keep(team)
    with team.looking() as cursor:
        rows = cursor.execute("select view_name, superseded_at is null from saved_view").fetchall()
    assert sorted(rows) == [("My quarter", False), ("My quarter", True)]


REFUSED = {
    "no name": ({"name": " \u200b\n"}, "needs a name"),
    "a name too long": ({"name": "x" * 61}, "too long"),
    "a name that is taken, whatever its case and space": ({"name": "tHE  one"}, "already"),
    "a page unknown": ({"page": "payroll"}, "no filters to keep"),
    "a page without filters": ({"page": "upload"}, "no filters to keep"),
    "no page": ({"page": None}, "no filters to keep"),
    "an address too long": ({"said": "x" * (LONGEST_ADDRESS + 1)}, "So many filters"),
    "a view unknown": ({"view_id": "nothing"}, "no such view"),
}


@pytest.mark.parametrize(("more", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_in_three_parts_and_changes_nothing(team, more, says):
    keep(team, "The one")
    before = hashes(team), team.plan_version()
    with pytest.raises(Refused, match=says) as refused:
        keep(team, **more)
    assert all(refused.value.parts().values())
    assert (hashes(team), team.plan_version()) == before


def test_a_view_keeps_its_own_name_and_another_s_name_is_no_matter(team):
    view_id = keep(team, "Ours", is_shared=True)
    keep(team, "Ours", NOOR)
    keep_view(team, KeepView(view_name="OURS", view_id=view_id), scope=DANA)
    assert names(team) == ["OURS"]


def test_the_longest_that_may_be_kept_is_kept(team):
    keep(team, "x" * 60, said="y" * LONGEST_ADDRESS)
    assert len(seen(team)[0]["asked"]) == LONGEST_ADDRESS


def test_nobody_keeps_more_than_a_hand_can_find(team):
    for number in range(MOST):
        view_id = keep(team, f"View {number}")
    with pytest.raises(Refused, match="already"):
        keep(team, "One more")
    keep(team, "One more", NOOR)
    keep_view(team, KeepView(view_name="Another name", view_id=view_id), scope=DANA)
    drop_view(team, DropView(view_id), scope=DANA)
    keep(team, "One more")
    assert len(seen(team)) == MOST


def test_another_s_view_is_refused_in_the_words_for_none_shared_or_not(team):
    private, shared = keep(team), keep(team, "Ours", is_shared=True)
    before = hashes(team)
    for scope in (OWNER, NOOR, RAY, ANA, SOL):
        said = set()
        for view_id in (private, shared, "nothing"):
            for change, command in (
                (keep_view, KeepView(view_name="Mine now", view_id=view_id)),
                (keep_view, KeepView(is_shared=True, view_id=view_id)),
                (drop_view, DropView(view_id)),
            ):
                with pytest.raises(Refused) as refused:
                    change(team, command, scope=scope)
                said.add(str(refused.value))
        assert len(said) == 1
    assert hashes(team) == before


@pytest.mark.parametrize(
    "scope",
    [NOBODY, Scope("dana", "nobody"), Scope("", "director"), Scope("dana", "king")],
    ids=lambda scope: f"{scope.viewer_id} {scope.role}",
)
def test_who_has_no_role_keeps_and_drops_nothing(team, scope):
    view_id = keep(team)
    before = hashes(team)
    with pytest.raises(Refused, match="role"):
        keep(team, "Another", scope)
    with pytest.raises(Refused, match="role"):
        drop_view(team, DropView(view_id), scope=scope)
    assert hashes(team) == before


def test_no_number_and_no_kept_answer_moves_by_a_view_but_the_record_has_it(team, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    before = team.data_version()
    plan_realignment(team, PlanRealignment("West", TODAY), scope=OWNER)
    view_id = keep(team, "Between us", said="person=Ana")
    drop_view(team, DropView(view_id), scope=DANA)
    assert team.data_version() == before
    (plan,) = rows_of(team, "scenarios", asked(team))
    assert plan["changes_since"] == 0
    told = [row for row in rows_of(team, "audit", asked(team)) if row["command"].endswith("View")]
    assert [(row["actor"], row["command"]) for row in told] == [
        ("dana", "DropView"), ("dana", "KeepView"),
    ]  # fmt: skip
    assert {json.loads(row["payload"])["view_id"] for row in told} == {view_id}
    assert "Between us" not in str(told)
    assert "Ana" not in str(told)


def at_once(*changes):
    """All of them from threads of their own; what was refused."""
    refused, begin = [], threading.Barrier(len(changes))

    def one(change):
        begin.wait(20)
        try:
            change()
        except Refused as why:
            refused.append(str(why))

    threads = [threading.Thread(target=one, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


def test_a_name_kept_twice_at_once_is_kept_once(team):
    refused = at_once(*[lambda: keep(team)] * 6)
    assert len(refused) == 5
    assert names(team) == ["My quarter"]


def test_of_several_that_shall_open_first_at_once_one_does(team):
    views = [keep(team, f"View {number}") for number in range(6)]
    changes = [
        lambda one=one: keep_view(team, KeepView(is_default=True, view_id=one), scope=DANA)
        for one in views
    ]
    assert at_once(*changes) == []
    assert sum(row["is_default"] for row in seen(team)) == 1


def test_what_one_tab_dropped_the_other_cannot_bring_back_by_a_change(team):
    view_id = keep(team)
    drop_view(team, DropView(view_id), scope=DANA)
    with pytest.raises(Refused, match="no such view"):
        keep_view(team, KeepView(is_shared=True, view_id=view_id), scope=DANA)
    assert seen(team) == []


def test_when_two_become_one_their_views_go_along_and_an_undo_brings_them_back(team):
    cy, ben = Scope("cy", "executive"), Scope("ben", "executive")
    keep(team, "Mine", ben, is_default=True)
    keep(team, "mine", cy, is_default=True)
    keep(team, "Cy’s", cy, page="area", is_default=True)
    dropped = keep(team, "Old", cy)
    set_manager(team, SetManager("cy", "dana", TODAY), scope=OWNER)
    before = hashes(team)
    merge_people(team, MergePeople("ben", "cy"), scope=OWNER)
    merged = team.data_version()
    rows = {row["view_name"]: row["is_default"] for row in seen(team, ben)}
    assert rows == {"Mine": True, "mine (2)": False, "Cy’s": True, "Old": False}
    assert seen(team, cy) == []
    assert faults(team) == []
    undo_change(team, merged, scope=OWNER)
    assert hashes(team) == before
    undo_change(team, team.data_version(), scope=OWNER)
    drop_view(team, DropView(dropped), scope=ben)
    undo_change(team, team.data_version(), scope=OWNER)
    assert sorted(names(team, cy)) == ["Cy’s", "mine"]
    assert faults(team) == []


STEPS = some.lists(
    some.tuples(
        some.sampled_from(["keep", "rename", "move", "share", "default", "drop"]),
        some.sampled_from(EVERYBODY),
        some.sampled_from(["A", "B", "a "]),
        some.sampled_from(PAGES[:2]),
        some.booleans(),
        some.integers(0, 5),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_one_opens_first_and_no_private_view_is_shown_to_others(team, steps):
    empty_again(team)
    known, owners = [], {}
    for what, scope, name, page, flag, number in steps:
        view_id = known[number % len(known)] if known else "none"
        command = {
            "keep": KeepView(name, page, "", is_shared=flag, is_default=not flag),
            "rename": KeepView(view_name=name, view_id=view_id),
            "move": KeepView(page=page, asked="basis=mrr", view_id=view_id),
            "share": KeepView(is_shared=flag, view_id=view_id),
            "default": KeepView(is_default=flag, view_id=view_id),
            "drop": DropView(view_id),
        }[what]
        before = team.plan_version()
        try:
            if isinstance(command, DropView):
                drop_view(team, command, scope=scope)
            elif (made := keep_view(team, command, scope=scope)) not in known:
                known.append(made)
                owners[made] = scope
        except Refused:
            assert team.plan_version() == before
            continue
        assert what == "keep" or owners[view_id] == scope
    assert faults(team) == []
    for scope in EVERYBODY:
        rows = seen(team, scope)
        firsts = [row["page"] for row in rows if row["is_default"]]
        assert len(firsts) == len(set(firsts))
        for row in rows:
            assert row["is_own"] == (owners[row["view_id"]] == scope)
            assert row["is_own"] or row["is_shared"]


def empty_again(engine):
    with engine.transaction() as cursor:
        cursor.execute("delete from saved_view")


def test_the_pages_that_can_be_kept_are_those_with_the_sentence():
    with_sentence = {
        path.stem
        for path in (ROOT / "pages").glob("*.py")
        if "filter_sentence()" in path.read_text(encoding="utf-8")
        or "area.show" in path.read_text(encoding="utf-8")
    }
    assert set(PAGES) == with_sentence


@given(
    asked=some.dictionaries(
        some.sampled_from(address.NAMES),
        some.lists(some.text(min_size=1, max_size=12), min_size=1, max_size=3),
    )
)
def test_what_was_kept_reads_back_as_the_same_address(asked):
    assert kept.words(kept.text(asked)) == asked


def test_words_that_no_address_has_are_left_out():
    assert kept.words("view=everyone&period=2026-Q4&x=1") == {"period": ["2026-Q4"]}
    assert kept.text({"view": ["everyone"], "basis": ["mrr"]}) == "basis=mrr"


def test_the_day_decides_whose_name_is_shown(team):
    keep(team, "Cy’s", Scope("cy", "executive"), is_shared=True)
    set_manager(team, SetManager("cy", "dana", date(2026, 11, 20)), scope=OWNER)
    (row,) = seen(team, DANA)
    assert row["owner_name"] == "Cy"
    (row,) = rows_of(team, "saved_views", asked(team, as_of=date(2026, 11, 1)), scope=DANA)
    assert row["owner_name"] is None
