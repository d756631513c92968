"""Let the optimiser suggest: least disruption within tolerances, and what each move buys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from quarterdeck.commands.plan_checks import PUBLISHED
from quarterdeck.commands.plans import PlanMoves, PlanRule, plan_moves, plan_rule
from quarterdeck.domain.realigning import Answer, Problem, explain, imbalance, revenue_moved
from quarterdeck.filters import Filters
from quarterdeck.metrics import money, share
from quarterdeck.ui import session, solving, trying_curve, trying_moves, trying_why
from quarterdeck.ui.cards import card, note, say, table
from quarterdeck.ui.plain import plain
from quarterdeck.ui.planning import act, anew
from quarterdeck.ui.solving import Job
from quarterdeck.ui.trying_problem import Limits, problem_of
from quarterdeck.ui.words import counted

FEW = 8
STEPS = (0, 1, 2, 3, 5, 8, 12, 18, 25, 40, 60)
"""Points of the choice curve: so many accounts besides those that must move."""
SECONDS = 8.0
MILES = {"Travel does not matter": 0.0, "A little": 0.002, "Much": 0.02}


def show(plan: pd.Series, asked: Filters) -> None:
    """What to keep to, the one button, then the answer and the curve as they come."""
    scenario_id = str(plan["scenario_id"])
    if plan["status"] == PUBLISHED or not plan["is_own"]:
        say("It can be read and copied, not changed: copy it to let it be worked out anew.")
        return
    with card("What would it take?", key="plan suggest"):
        limits = _limits()
        _ask(scenario_id, asked, limits)
    job = solving.known(scenario_id)
    if job is None:
        return
    if not job.is_over:
        _watch(scenario_id)
        return
    if job.fault:
        say(f":orange[▼ {plain(job.fault)}]")
        return
    names = _names(asked)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        chosen = trying_curve.show(job)
    with left, card("Which accounts would move?", key="plan answer"):
        _answer(job, chosen, scenario_id, asked, names)


def _limits() -> Limits:
    with st.grid(4, min_column_width=180):
        potential = st.number_input(
            "Potential within ± %", 1, 100, 10, key="plan tol potential", persist_state="session"
        )
        workload = st.number_input(
            "Workload within ± %", 1, 100, 15, key="plan tol workload", persist_state="session"
        )
        most = st.number_input(
            "At most so many more move", 0, 10_000, 25, key="plan most", persist_state="session"
        )
        miles = str(st.selectbox("Travel", list(MILES), key="plan miles", persist_state="session"))
    keeps = st.checkbox("Keep what is moved already", key="plan keeps", persist_state="session")
    note(
        "At most: besides the accounts that must move, of nobody or of who has left by that day. "
        "Locks, pins and what is forbidden hold."
    )
    return Limits(int(potential), int(workload), int(most), MILES[miles], keeps)


def _ask(scenario_id: str, asked: Filters, limits: Limits) -> None:
    job = solving.known(scenario_id)
    is_running = job is not None and not job.is_over
    with st.container(horizontal=True):
        if st.button(
            "Suggest a realignment",
            icon=":material/auto_fix_high:",
            key="plan solve",
            disabled=is_running,
        ):
            _start(scenario_id, asked, limits)
            anew()
        if is_running and st.button("Stop", icon=":material/stop:", key="plan stop"):
            solving.forget()
            anew()


def _start(scenario_id: str, asked: Filters, limits: Limits) -> None:
    rows = session.planned("territory_accounts", scenario_id, asked)
    balance = session.planned("territory_balance", scenario_id, asked)
    rules = session.planned("scenario_rules", scenario_id, asked)
    miles = session.planned("travel", scenario_id, asked) if limits.mile_cost else None
    try:
        problem = problem_of(rows, balance, rules, limits, miles)
    except ValueError as error:
        say(f":orange[▼ {plain(str(error))}]")
        return
    most = problem.most_moves if problem.most_moves is not None else len(rows)
    least = max(most - (limits.most or 0), 0)
    steps = sorted({min(least + one, most) for one in STEPS if one <= most - least} | {most})
    solving.start(Job(scenario_id, problem, SECONDS, steps))


@st.fragment(run_every=0.7)
def _watch(scenario_id: str) -> None:
    """How far it is; the rest is drawn when it is over."""
    job = solving.known(scenario_id)
    if job is None or job.is_over:
        st.rerun()
        return
    known = job.progress
    done = 0.5 * (known.used if known else 0.0) if job.answer is None or not job.points else 0.5
    done += 0.5 * len(job.points) / max(len(job.moves), 1)
    st.progress(min(done, 1.0), _told(job))


def _told(job: Job) -> str:
    if job.points:
        return f"Choice curve: {len(job.points)} of {len(job.moves)} points"
    if job.progress and job.progress.gap is not None:
        return f"Within {job.progress.gap:.0%} of the best possible so far"
    return "Looking for a first answer"


def _names(asked: Filters) -> dict[str, str]:
    rows = session.answer("territory_balance", asked)
    return dict(zip(rows["person_id"], rows["person_name"], strict=True))


def _answer(
    job: Job, answer: Answer | None, scenario_id: str, asked: Filters, names: dict[str, str]
) -> None:
    problem = job.problem
    if answer is None:
        say("No answer was found in the time: allow more, or wider tolerances.")
        return
    say(_sentence(problem, answer))
    note(trying_why.quality(answer))
    rows = session.planned("territory_accounts", scenario_id, asked).set_index("account_id")
    people = [names.get(one, one) for one in problem.executives]
    accounts = [str(rows.loc[one, "account_name"]) for one in problem.accounts]
    for miss in answer.misses[:FEW]:
        say(f":orange[▼ {trying_why.missed(miss, people, accounts)}]")
    if not answer.moved:
        say("**Nothing has to move.** It is within these limits as it is.")
        return
    _moves(problem, answer, rows, people)
    with st.container(horizontal=True):
        st.button(
            "Take it into this realignment",
            icon=":material/check:",
            key="plan take",
            on_click=_take,
            args=(problem, answer, scenario_id, asked),
        )
    with st.expander("Explain, pin or forbid one move", key="plan one", on_change="rerun") as one:
        if one.open:
            _one(problem, answer, scenario_id, people, accounts)


def _sentence(problem: Problem, answer: Answer) -> str:
    before, after = (imbalance(problem, owner) for owner in (problem.current, answer.owner))
    revenue = money(revenue_moved(problem, answer.owner))
    moved = counted(len(answer.moved), "account")
    return (
        f"**{moved} would move, with {revenue} of yearly revenue.** "
        f"The spread of potential: {share(before)} → {share(after)}."
    )


def _moves(problem: Problem, answer: Answer, rows: pd.DataFrame, people: list[str]) -> None:
    listed = sorted(answer.moved, key=lambda at: -problem.potential[at])
    known = rows.to_dict("index")
    found = [
        (
            f"**{plain(rows.loc[problem.accounts[at], 'account_name'])}**",
            f"{_who(people, problem.current[at])} → {_who(people, answer.owner[at])}",
            money(problem.potential[at]),
            _risk(known[problem.accounts[at]]),
        )
        for at in listed[:FEW]
    ]
    columns = ["Account", "From whom to whom", "Potential", "At risk"]
    table(pd.DataFrame(found, columns=columns), alt="The largest accounts that would move")
    if len(listed) > FEW:
        note(f"{len(listed) - FEW:,} more: taken in, all of them stand in the table of moves.")


def _who(people: list[str], place: int) -> str:
    return plain(people[place]) if place >= 0 else "nobody"


def _risk(row: Mapping[Any, Any]) -> str:
    parts = []
    if row["relationships"]:
        parts.append(counted(int(row["relationships"]), "contact"))
    if row["mrr_usd"]:
        parts.append(f"{money(row['mrr_usd'])} a month")
    if row["open_usd"]:
        parts.append(f"{money(row['open_usd'])} open")
    return ", ".join(parts) or "nothing"


def _one(
    problem: Problem, answer: Answer, scenario_id: str, people: list[str], accounts: list[str]
) -> None:
    """One move: both loads, what happens without it, and what may be ruled of it."""
    at = st.selectbox(
        "Move", answer.moved, format_func=lambda each: accounts[each], key="plan explained"
    )
    if at is None:
        return
    to = problem.executives[answer.owner[at]]
    told = trying_why.facts(explain(problem, answer, at), people)
    say("\n".join(f"- {line}" for line in told))
    with st.container(horizontal=True):
        for label, rule, person_id in (
            ("Pin this move", "pin", to),
            ("Never to this person", "forbid", to),
            ("Leave it where it is", "lock", ""),
        ):
            command = PlanRule(scenario_id, rule, (problem.accounts[at],), person_id)
            st.button(label, key=f"plan {rule} one", on_click=act, args=(plan_rule, command))
    note("Then let it suggest again: the rule holds.")


def _take(problem: Problem, answer: Answer, scenario_id: str, asked: Filters) -> None:
    """What was planned gives way: whole modules where all of one goes to one person."""
    rows = session.planned("territory_accounts", scenario_id, asked)
    owned = session.planned("module_owners", scenario_id, asked)
    handed = tuple(map(str, owned.loc[owned["person_id"] != owned["next_id"], "module_id"]))
    acts: list[Any] = []
    if handed:
        back = PlanMoves(scenario_id, "module", handed, ("",) * len(handed))
        acts.append(partial(plan_moves, command=back))
    goes = {problem.accounts[at]: problem.executives[answer.owner[at]] for at in answer.moved}
    whole = _whole_modules(rows, goes)
    if whole:
        over = PlanMoves(scenario_id, "module", tuple(whole), tuple(whole.values()))
        acts.append(partial(plan_moves, command=over))
    inside = set(rows.loc[rows["was_module_id"].isin(list(whole)), "account_id"])
    back_home = {
        str(one): ""
        for one, is_moved in zip(rows["account_id"], rows["is_moved"], strict=True)
        if is_moved or one in inside
    }
    single = {one: to for one, to in goes.items() if one not in inside}
    moves = trying_moves.move(scenario_id, asked, back_home | single)
    acts = [*acts[:1], *(partial(plan_moves, command=one) for one in moves), *acts[1:]]
    trying_moves.do(acts)


def _whole_modules(rows: pd.DataFrame, goes: dict[str, str]) -> dict[str, str]:
    """Modules of which every account goes to one and the same person."""
    found: dict[str, str] = {}
    for module_id, lying in rows.groupby("was_module_id"):
        to = {goes.get(str(one), "") for one in lying["account_id"]}
        if module_id and len(to) == 1 and "" not in to:
            found[str(module_id)] = to.pop()
    return found
