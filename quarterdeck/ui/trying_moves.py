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
from quarterdeck.ui.planning import act
from quarterdeck.ui.words import counted

NAME, FROM, TO, STAYS = "Account", "Held by", "Would go to", "Stays"
MODULES, ACCOUNTS = "modules", "accounts"


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
            names = {person_id: name for name, person_id in everyone.items()}
            trying_effect.measures(scenario_id, asked, names)
        with card("What must stay?", key="plan locks"):
            trying_locks.show(plan, asked, is_open=is_open)


def homes(scenario_id: str, asked: Filters) -> tuple[Homes, dict[str, Site]]:
    """Where accounts would lie best: by what lies in each module today, whose the plan makes it."""
    rows = session.planned("territory_accounts", "", asked)
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
    owners = dict(zip(owned["module_id"], owned["next_id"], strict=True))
    holders = rows["module_id"].map(owners).fillna(rows["person_id"])
    lying = zip(holders, rows["module_id"], map(sites.__getitem__, rows["account_id"]), strict=True)
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
    key = f"plan modules {scenario_id} {_turn(MODULES)}"
    st.data_editor(
        before,
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        key=key,
        disabled=True if not is_open else ["Module", FROM, "Accounts", "Potential"],
        height=min(35 * (len(before) + 1) + 3, 320),
        on_change=_modules_typed,
        args=(key, scenario_id, before, everyone),
        column_config={
            TO: st.column_config.SelectboxColumn(options=list(everyone)),
            "Potential": st.column_config.NumberColumn(format="dollar", step=1),
        },
        alt=f"{counted(len(before), 'module')} with their owners",
    )
    note("A module goes over whole; accounts of it can still be given to somebody else below.")


def _modules_typed(
    key: str, scenario_id: str, before: pd.DataFrame, everyone: dict[str, str]
) -> None:
    """A module goes to whoever was chosen for it; an emptied cell changes nothing."""
    changed = {
        str(module_id): everyone[_word(cells[TO])]
        for module_id, cells in _typed(key, before).items()
        if TO in cells and _word(cells[TO]) not in ("", _word(before.loc[module_id, TO]))
    }
    acts: list[Callable[..., Any]] = []
    if changed:
        command = PlanMoves(scenario_id, "module", tuple(changed), tuple(changed.values()))
        acts.append(partial(plan_moves, command=command))
    do(acts, MODULES)


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
    dollars = st.column_config.NumberColumn(format="dollar", step=1)
    key = f"plan accounts {scenario_id} {_turn(ACCOUNTS)}"
    st.data_editor(
        before,
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        key=key,
        disabled=True if not is_open else [one for one in before.columns if one not in (TO, STAYS)],
        height=min(35 * (len(before) + 1) + 3, 420),
        on_change=_accounts_typed,
        args=(key, scenario_id, asked, before, everyone),
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


def _accounts_typed(
    key: str, scenario_id: str, asked: Filters, before: pd.DataFrame, everyone: dict[str, str]
) -> None:
    """What was typed becomes moves and locks at once."""
    typed = _typed(key, before)
    acts: list[Callable[..., Any]] = []
    for is_locked in (True, False):
        locks = tuple(one for one, cells in typed.items() if cells.get(STAYS) is is_locked)
        if locks:
            reason = str(st.session_state.get(trying_locks.REASON, trying_locks.REASONS[0]))
            rule = PlanRule(scenario_id, "lock" if is_locked else "", locks, "", reason)
            acts.append(partial(plan_rule, command=rule))
    goes = {one: everyone.get(_word(cells[TO]), "") for one, cells in typed.items() if TO in cells}
    do(acts + _moves(scenario_id, asked, goes), ACCOUNTS)


def _typed(key: str, before: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The cells of a table that say something else now, by the id of their row."""
    found = {}
    for at, cells in st.session_state[key]["edited_rows"].items():
        row = before.iloc[int(at)]
        found[str(row.name)] = {
            name: cell for name, cell in cells.items() if _word(cell) != _word(row[name])
        }
    return found


def _moves(scenario_id: str, asked: Filters, goes: dict[str, str]) -> list[Callable[..., Any]]:
    if not goes:
        return []
    return [partial(plan_moves, command=one) for one in move(scenario_id, asked, goes)]


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
        to = everyone.get(str(target), "")
        free = rows.loc[(rows["rule"] != "lock") & (rows["was_person_id"] != to), "account_id"]
        st.button(
            "Move them",
            icon=":material/move_down:",
            key="plan move all",
            disabled=not target,
            on_click=_go,
            args=(scenario_id, asked, tuple(map(str, free)), to),
        )
        moved = rows.loc[rows["is_moved"], "account_id"]
        st.button(
            "Leave them where they are",
            key="plan leave all",
            disabled=moved.empty,
            on_click=_go,
            args=(scenario_id, asked, tuple(map(str, moved)), ""),
        )


def _go(scenario_id: str, asked: Filters, accounts: tuple[str, ...], to: str) -> None:
    """All of them to one person; '' leaves them where they are."""
    do(_moves(scenario_id, asked, dict.fromkeys(accounts, to)))


def _word(cell: Any) -> str:
    """What a cell says; '' for an empty one, however the table writes emptiness."""
    return "" if pd.isna(cell) else str(cell)


def _turn(table: str) -> int:
    """A part of a table's key: after a change of it, one that was refused too, it is drawn anew."""
    return int(st.session_state.get(f"plan {table} turn", 0))


def do(acts: list[Callable[..., Any]], table: str = "") -> None:
    """One change after another, as a callback: then all is drawn once, with what it does."""
    for change in acts:
        act(_bare(change), None)
    if table:
        st.session_state[f"plan {table} turn"] = _turn(table) + 1


def _bare(change: Callable[..., Any]) -> Callable[..., Any]:
    """The change with its command in it, as `act` calls it."""

    def done(engine: Any, _command: Any, scope: Any) -> Any:
        return change(engine, scope=scope)

    return done
