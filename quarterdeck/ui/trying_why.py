"""Why does an account move, why can a limit not be met, how good is an answer? In words."""

from __future__ import annotations

from collections.abc import Sequence

from quarterdeck.domain.realigning import Answer, Carried, Miss, Plan, Reason, Why
from quarterdeck.metrics import money, share
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

MEASURES = {"potential": "potential", "workload": "workload"}
WHY = {
    Reason.BOUND: "what is locked or allowed to nobody else is {part} of a fair share by itself",
    Reason.LARGE: "{account} alone is {part} of a fair share",
    Reason.FEW: "all that may ever come there is {part} of a fair share",
    Reason.OTHERS: "what others must keep, or lack, leaves no better division",
    Reason.CAPPED: "no more accounts may move",
    Reason.LUMPY: "these accounts cannot be divided better; that is proven",
    Reason.UNPROVEN: "nothing better was found in the time",
}


def quality(answer: Answer) -> str:
    """How near the best possible it is, by the solver's own bound."""
    if answer.by == "search" or answer.gap is None:
        return "Found by a local search; how much better it could be is not proven."
    if answer.gap <= 1e-9:
        return "Proven: no other division within these limits disrupts less."
    return f"Within {answer.gap:.1%} of the best possible.".replace("%", "\u202f%")


def missed(miss: Miss, names: Sequence[str], accounts: Sequence[str]) -> str:
    """One limit that cannot be met: whose, by how much, and why."""
    if miss.why is Reason.FORCED:
        return f"{counted(int(miss.load), 'account')} must move in any case: more than may."
    if miss.why is Reason.EMPTY:
        return f"Nobody holds any {MEASURES.get(miss.measure, miss.measure)}: it limits nobody."
    if miss.why is Reason.UNOWNED:
        return "Some accounts may belong to nobody who fills a position: they stay nobody’s."
    who = "Somebody" if miss.executive is None else plain(names[miss.executive])
    if miss.why is Reason.ABSENT:
        return f"{who} keeps locked accounts without filling any position: unlock them."
    account = "" if miss.account is None else plain(accounts[miss.account])
    part = "more than 100\u202f%" if miss.part is None else share(miss.part)
    why = WHY[miss.why].format(part=part, account=account)
    what = MEASURES.get(miss.measure, miss.measure)
    side = "above" if miss.is_above else "below"
    return f"{who}’s {what} stays {share(miss.by)} {side} the limit: {why}."


def facts(why: Why, names: Sequence[str]) -> list[str]:
    """Why an account moves: both loads, what is without this move, who else might have it, and
    what is at risk. `names` are those of the executives."""
    said = [_load(one, names) for one in why.carried]
    if why.must_leave:
        said.append("It must go: who holds it now may not keep it.")
    elif why.without is not None:
        said.append(f"Without this move: {_plan(why.without, why.plan)}.")
    if why.next_best is not None and why.next_plan is not None:
        who, other = plain(names[why.next_best]), _plan(why.next_plan, why.plan)
        said.append(f"Next best: {who}; then {other}.")
    risk = f"At risk: {money(why.revenue)} of yearly revenue"
    if why.miles_before is not None and why.miles_after is not None:
        miles = why.miles_after - why.miles_before
        risk += f", {abs(miles):,.0f} miles {'more' if miles > 0 else 'less'}"
    return [*said, f"{risk}."]


def _load(one: Carried, names: Sequence[str]) -> str:
    before, after, without = (
        "–" if not one.share else f"{100 * load / one.share:.0f}"
        for load in (one.before, one.after, one.without)
    )
    what = MEASURES.get(one.measure, one.measure)
    name = plain(names[one.executive])
    return f"{name}, {what}: {before} → **{after}**, without this move {without} (100 is fair)."


def _plan(other: Plan, best: Plan) -> str:
    within = "within all limits" if other.is_within else "outside the limits"
    costs = other.cost - best.cost
    more = f", {abs(costs):.1f} {'more' if costs > 0 else 'less'} disruption" if costs else ""
    return f"the spread is {share(other.imbalance)}, {within}{more}"
