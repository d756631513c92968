"""Move accounts on trial: by whole modules, in a table, by county; some stay where they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.plan_checks import PUBLISHED
from quarterdeck.commands.plans import PlanMoves, PlanRule, plan_moves, plan_rule
from quarterdeck.domain.homes import Homes, Site
from quarterdeck.filters import Filters
from quarterdeck.ui import session, trying_effect, trying_locks, trying_which
from quarterdeck.ui.cards import card, note, say
from quarterdeck.ui.planning import act, anew
from quarterdeck.ui.words import counted

NAME, FROM, TO, STAYS = "Account", "Held by", "Would go to", "Stays"


def show(plan: pd.Series, asked: Filters) -> None:
    """Three ways to move, and what it does so far beside them."""
    scenario_id = str(plan["scenario_id"])
    is_open = plan["status"] != PUBLISHED and bool(plan["is_own"])
    if not is_open:
        note("It can be read and copied, not changed.")
    everyone = _people(asked)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with card("Whose modules go to whom?", key="plan modules"):
            _modules(scenario_id, asked, everyone, is_open=is_open)
        with card("Which accounts move?", key="plan accounts"):
            _accounts(scenario_id, asked, everyone, is_open=is_open)
    with right:
        with card("Is it fairer so far?", explains="spread", key="plan spread"):
            trying_effect.measures(scenario_id, asked)
        with card("What must stay?", key="plan locks"):
            trying_locks.show(scenario_id, asked, is_open=is_open)


def homes(scenario_id: str, asked: Filters) -> tuple[Homes, dict[str, Site]]:
    """Where accounts would lie best, by what lies where under the plan; and their places."""
    rows = session.planned("territory_accounts", scenario_id, asked)
    owned = session.planned("module_owners", scenario_id, asked)
    sites = {
        str(account_id): Site(county if isinstance(county, str) else "", float(north), float(east))
        for account_id, county, north, east in zip(
            rows["account_id"],
            rows["county_fips"],
            rows["latitude"],
            rows["longitude"],
            strict=True,
        )
    }
    lying = zip(
        rows["person_id"],
        rows["module_id"],
        map(sites.__getitem__, rows["account_id"]),
        strict=True,
    )
    pairs = owned.loc[owned["next_id"] != "", ["next_id", "module_id"]]
    return Homes(lying, pairs.itertuples(index=False, name=None)), sites


def move(scenario_id: str, asked: Filters, to_person: dict[str, str]) -> list[PlanMoves]:
    """The commands that give each account to a person, in the module where it lies best; '' leaves
    it where it is."""
    known, sites = homes(scenario_id, asked)
    into: dict[str, list[tuple[str, str]]] = {"account": [], "person": []}
    for account_id, person_id in to_person.items():
        module_id = known.best(person_id, sites[account_id]) if person_id else ""
        kind = "person" if person_id and not module_id else "account"
        into[kind].append((account_id, module_id if kind == "account" else person_id))
    return [
        PlanMoves(scenario_id, kind, *(tuple(each) for each in zip(*pairs, strict=True)))
        for kind, pairs in into.items()
        if pairs
    ]


def _people(asked: Filters) -> dict[str, str]:
    """Who may hold accounts, by name."""
    rows = session.answer("territory_balance", asked)
    own = rows[~rows["person_id"].isin(["all", ""])].sort_values("person_name")
    twice = own["person_name"].duplicated(keep=False)
    names = own["person_name"].where(~twice, own["person_name"] + " (" + own["person_id"] + ")")
    return dict(zip(names, own["person_id"], strict=True))


def _modules(scenario_id: str, asked: Filters, everyone: dict[str, str], *, is_open: bool) -> None:
    rows = session.planned("module_owners", scenario_id, asked)
    if rows.empty:
        say("No module is known: an account can be given to a person below all the same.")
        return
    names = {person_id: name for name, person_id in everyone.items()}
    before = pd.DataFrame(
        {
            "Module": [f"{one['module_name']}" for one in rows.to_dict("records")],
            FROM: [names.get(one, one) or "nobody" for one in rows["person_id"]],
            TO: [names.get(one) for one in rows["next_id"]],
            "Accounts": rows["accounts"].to_list(),
            "Potential": rows["potential_usd"].to_list(),
        },
        index=rows["module_id"],
    ).astype({TO: object})
    edited = st.data_editor(
        before,
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        key=f"plan modules {scenario_id} {_turn()}",
        disabled=True if not is_open else ["Module", FROM, "Accounts", "Potential"],
        height=min(35 * (len(before) + 1) + 3, 320),
        column_config={
            TO: st.column_config.SelectboxColumn(options=list(everyone)),
            "Potential": st.column_config.NumberColumn(format="dollar"),
        },
        alt=f"{counted(len(before), 'module')} with their owners",
    )
    changed = {
        str(module_id): everyone[_word(edited.loc[module_id, TO])]
        for module_id in before.index
        if _word(edited.loc[module_id, TO]) not in ("", _word(before.loc[module_id, TO]))
    }
    if changed and is_open:
        do(
            [
                partial(
                    plan_moves,
                    command=PlanMoves(
                        scenario_id, "module", tuple(changed), tuple(changed.values())
                    ),
                )
            ]
        )
    note("A module goes over whole; accounts of it can still be given to somebody else below.")


def _accounts(scenario_id: str, asked: Filters, everyone: dict[str, str], *, is_open: bool) -> None:
    rows = trying_which.chosen(scenario_id, asked, everyone)
    if rows.empty:
        say("Nothing matches: choose somebody else, or search less.")
        return
    names = {person_id: name for name, person_id in everyone.items()}
    before = pd.DataFrame(
        {
            NAME: rows["account_name"].to_list(),
            FROM: [names.get(one, one) or "nobody" for one in rows["was_person_id"]],
            TO: [
                names.get(one) if is_moved else None
                for one, is_moved in zip(rows["person_id"], rows["is_moved"], strict=True)
            ],
            STAYS: (rows["rule"] == "lock").to_list(),
            "Potential": rows["potential_usd"].to_list(),
            "MRR": rows["mrr_usd"].to_list(),
            "Open": rows["open_usd"].to_list(),
            "Renews": rows["renewals_soon"].to_list(),
            "Spoken to": rows["relationships"].to_list(),
            "Strategic": rows["is_strategic"].to_list(),
            "City": rows["city"].to_list(),
        },
        index=rows["account_id"],
    ).astype({TO: object})
    dollars = st.column_config.NumberColumn(format="dollar")
    edited = st.data_editor(
        before,
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        key=f"plan accounts {scenario_id} {_turn()}",
        disabled=True if not is_open else [one for one in before.columns if one not in (TO, STAYS)],
        height=min(35 * (len(before) + 1) + 3, 420),
        column_config={
            NAME: st.column_config.TextColumn(pinned=True),
            TO: st.column_config.SelectboxColumn(options=list(everyone)),
            STAYS: st.column_config.CheckboxColumn(),
            "Potential": dollars,
            "MRR": dollars,
            "Open": dollars,
        },
        alt=f"{counted(len(before), 'account')} with who holds them and who would",
    )
    left = int(rows["accounts_in_all"].iloc[0]) - len(rows)
    note(
        "Choose a name to give an account away; empty it to leave it. Renews: within 90 days. "
        "Spoken to: activities of who holds it, in 180 days."
        + (f" {counted(left, 'more account')}: search, or choose whose." if left > 0 else "")
    )
    if is_open:
        _all_of_them(scenario_id, asked, rows, everyone)
        _edited(scenario_id, asked, before, edited, everyone)


def _edited(
    scenario_id: str,
    asked: Filters,
    before: pd.DataFrame,
    edited: pd.DataFrame,
    everyone: dict[str, str],
) -> None:
    """What was typed becomes moves and locks at once."""
    acts: list[Callable[..., Any]] = []
    goes = {
        str(one): everyone.get(_word(edited.loc[one, TO]), "")
        for one in before.index
        if _word(edited.loc[one, TO]) != _word(before.loc[one, TO])
    }
    for is_locked in (True, False):
        locks = [
            str(one)
            for one in before.index
            if bool(edited.loc[one, STAYS]) is is_locked
            and bool(before.loc[one, STAYS]) is not is_locked
        ]
        if locks:
            reason = str(st.session_state.get(trying_locks.REASON, trying_locks.REASONS[0]))
            rule = PlanRule(scenario_id, "lock" if is_locked else "", tuple(locks), "", reason)
            acts.append(partial(plan_rule, command=rule))
    if goes:
        acts += [partial(plan_moves, command=one) for one in move(scenario_id, asked, goes)]
    if acts:
        do(acts)


def _all_of_them(
    scenario_id: str, asked: Filters, rows: pd.DataFrame, everyone: dict[str, str]
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = st.selectbox(
            f"Give all {len(rows):,} shown to",
            list(everyone),
            index=None,
            key="plan all to",
            width=240,
            placeholder="Choose somebody",
        )
        if st.button(
            "Move them", icon=":material/move_down:", key="plan move all", disabled=not target
        ):
            free = rows[(rows["rule"] != "lock") & (rows["was_person_id"] != everyone[str(target)])]
            goes = dict.fromkeys(map(str, free["account_id"]), everyone[str(target)])
            do([partial(plan_moves, command=one) for one in move(scenario_id, asked, goes)])
        moved = rows[rows["is_moved"]]
        if st.button("Leave them where they are", key="plan leave all", disabled=moved.empty):
            goes = dict.fromkeys(map(str, moved["account_id"]), "")
            do([partial(plan_moves, command=one) for one in move(scenario_id, asked, goes)])


def _word(cell: Any) -> str:
    """What a cell says; '' for an empty one, however the table writes emptiness."""
    return "" if pd.isna(cell) else str(cell)


def _turn() -> int:
    """A part of the tables' keys: after a change they are drawn anew."""
    return int(st.session_state.get("plan turn", 0))


def do(acts: list[Callable[..., Any]]) -> None:
    """One change after another, then all is drawn anew."""
    for change in acts:
        act(_bare(change), None)
    st.session_state["plan turn"] = _turn() + 1
    anew()


def _bare(change: Callable[..., Any]) -> Callable[..., Any]:
    """The change with its command in it, as `act` calls it."""

    def done(engine: Any, _command: Any, scope: Any) -> Any:
        return change(engine, scope=scope)

    return done
