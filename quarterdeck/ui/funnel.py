"""How does the open pipeline stand, in the words and the order of the page?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

import pandas as pd

from quarterdeck.domain.calendar import Period
from quarterdeck.metrics import EMPTY, exact_money, metrics, money, share
from quarterdeck.ui.days import within
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted

Row: TypeAlias = dict[Hashable, Any]
NO_HISTORY = "needs two exports or stage dates"
TOO_FEW = 8
"""Below as many decided deals a share of them says too little by itself."""


def finding(funnel: pd.DataFrame, day: str) -> str:
    """The answer to the page's question in one sentence."""
    deals, usd = int(funnel["deals"].sum()), funnel["open_usd"].sum()
    if not deals:
        return f"Nothing is open on {day}."
    return f"{_open(funnel, deals, usd)}; {_still(funnel, has_usd=usd > 0)}."


def _open(funnel: pd.DataFrame, deals: int, usd: float) -> str:
    if deals == funnel["deals_without_amount"].sum():
        return f"{counted(deals, 'deal')} {_is(deals)} open, {_none(deals)} an amount"
    return f"{money(usd)} is open in {counted(deals, 'deal')}"


def _is(deals: int) -> str:
    return "is" if deals == 1 else "are"


def _none(deals: int) -> str:
    return "without" if deals == 1 else "none with"


def _still(funnel: pd.DataFrame, *, has_usd: bool) -> str:
    """How much stands still, and what of it to settle first."""
    stalled, overdue = int(funnel["stalled_deals"].sum()), int(funnel["overdue_deals"].sum())
    if stalled:
        both = funnel["stalled_overdue_usd"].sum()
        late = f", {money(both)} of that past its close date" if has_usd and both else ""
        much = money(funnel["stalled_usd"].sum()) if has_usd else f"{stalled:,}"
        return f"{much} of it is stalled{late}: settle that first"
    if overdue:
        much = money(funnel["overdue_usd"].sum()) if has_usd else f"{overdue:,}"
        return f"{much} of it is past its close date: ask for new dates"
    if funnel["undated_deals"].sum() == funnel["deals"].sum():
        return "none has a close date: ask for them"
    is_known = bool(funnel["typical_days"].notna().any())
    return "nothing of it is stalled or overdue" if is_known else "nothing of it is overdue"


def stage_rows(funnel: pd.DataFrame, conversion: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.funnel.stage_bars`: every stage that holds or has passed on deals."""
    steps = {row["stage"]: row for row in conversion.to_dict("records")}
    stood = {row["stage"]: row for row in funnel.to_dict("records")}
    known = {
        stage: (row["pipeline"], _last_if_none(row["position"]), str(stage))
        for stage, row in (steps | stood).items()
    }
    order = sorted(known, key=lambda stage: known[stage])
    ends = {pipeline: stage for stage, (pipeline, _, _) in sorted(known.items(), key=_place)}
    counts_deals = not funnel["open_usd"].sum() > 0
    drawn = [
        _stage(stage, stood.get(stage, {}), steps.get(stage, {}), stage in ends.values())
        | _bar(stood.get(stage, {}), "stalled", counts_deals=counts_deals)
        for stage in order
    ]
    return pd.DataFrame(drawn).assign(reach=1.0)


def _place(known: tuple[Hashable, tuple[str, float, str]]) -> tuple[str, float, str]:
    return known[1]


def _last_if_none(position: Any) -> float:
    return float("inf") if pd.isna(position) else float(position)


def _bar(row: Row, lacking: str, *, counts_deals: bool) -> dict[str, float]:
    """How long the bar is and where its orange begins; without any amount it counts deals."""
    if counts_deals:
        full, lack = float(row.get("deals", 0)), float(row.get(f"{lacking}_deals", 0))
    else:
        full, lack = row.get("open_usd", 0.0), row.get(f"{lacking}_usd", 0.0)
    return {"full": full, "sound": full - lack}


def _stage(stage: Hashable, stood: Row, steps: Row, is_last: bool) -> dict[str, str]:
    name = str(stage) or "Without a stage"
    deals, usd = int(stood.get("deals", 0)), stood.get("open_usd", 0.0)
    stalled = f"{money(stood['stalled_usd'])} stalled" if stood.get("stalled_deals") else ""
    figures = [counted(deals, "deal"), money(usd) if deals else "", stalled]
    return {
        "stage": str(stage),
        "name": name,
        "figures": " · ".join(filter(None, figures)),
        "below": " · ".join(filter(None, (_stay(stood), _onward(steps, is_last=is_last)))),
        "exact_words": f"{name}: {counted(deals, 'deal')}, {exact_money(usd)}",
        "likely": _range(steps),
    }


def _stay(stood: Row) -> str:
    """How long the deals have stood here, and how long won deals did."""
    if not stood or pd.isna(stood["stage_days"]):
        return ""
    show = metrics()["stage_days"].show
    usual = "" if pd.isna(stood["typical_days"]) else f", usual {show(stood['typical_days'])}"
    return f"{show(stood['stage_days'])} days here{usual}"


def _onward(steps: Row, *, is_last: bool) -> str:
    if not steps or pd.isna(steps["conversion"]):
        return ""
    settled = int(steps["went_on"] + steps["lost_here"])
    verb = "won" if is_last else "go on"
    return f"↓ {share(steps['conversion'])} {verb} ({int(steps['went_on']):,} of {settled:,})"


def _range(row: Row) -> str:
    """49–66 %: what the share may be, with so few counted."""
    if not row or pd.isna(row["wilson_low"]):
        return EMPTY
    return f"{100 * row['wilson_low']:.0f}–{share(row['wilson_high'])}"


def likely(row: Row) -> str:
    return f"likely {_range(row)}"


def conversion_note(funnel: pd.DataFrame, conversion: pd.DataFrame, period: Period) -> str:
    """How to read the stages, and what nobody can know yet."""
    parts = []
    if funnel["stalled_deals"].sum():
        parts.append(f"Orange: stalled, longer in the stage than three of four {_limits(funnel)}.")
    elif funnel["stage_days"].isna().all() and len(funnel):
        parts.append(f"How long deals stand in their stage {NO_HISTORY}.")
    elif funnel["typical_days"].isna().all() and len(funnel):
        parts.append("No won deal shows yet how long a stage usually takes.")
    return " ".join([*parts, _ways(conversion, period), "A click shows the deals."])


def _limits(funnel: pd.DataFrame) -> str:
    """By which won deals the stages are measured."""
    pooled = funnel[funnel["is_pooled"] & funnel["typical_days"].notna()]
    if pooled.empty:
        return "won deals were"
    where = "all stages" if len(pooled) == len(funnel) else ", ".join(map(_named, pooled["stage"]))
    behind = int(pooled["won_behind"].iloc[0])
    return f"won deals were ({where}: all stages together, {counted(behind, 'won deal')} known)"


def _named(stage: str) -> str:
    return plain(stage) or "without a stage"


def _ways(conversion: pd.DataFrame, period: Period) -> str:
    if conversion.empty or not conversion["decided_known"].iloc[0]:
        unknown = 0 if conversion.empty else int(conversion["decided_unknown"].iloc[0])
        if unknown:
            return f"How many go on to the next stage {NO_HISTORY}."
        return f"How many go on: nothing is decided {within(period)}."
    one = conversion.iloc[0]
    known, unknown = int(one["decided_known"]), int(one["decided_unknown"])
    left = f"; {unknown:,} more {'shows' if unknown == 1 else 'show'} no stage" if unknown else ""
    open_now = int(conversion["still_open"].sum())
    still = f"; {open_now:,} still open are left out, not lost" if open_now else ""
    few = ", too few to say" if known < TOO_FEW else ""
    is_whole = not unknown and conversion["pipeline"].nunique() == 1
    tied = " Multiplied they give the win rate." if is_whole else ""
    return f"↓ of {counted(known, 'deal')} decided {within(period)}{few}{left}{still}.{tied}"


def said(rows: pd.DataFrame, what: str) -> str:
    """What the bars show, for those who do not see them."""
    return f"{what}: {'; '.join(rows['exact_words'].head(8))}"


def part_rows(parts: pd.DataFrame, nobody: str) -> pd.DataFrame:
    """The rows of `charts.funnel.part_bars`; `nobody` names the row without a name."""
    counts_deals = not parts["open_usd"].sum() > 0
    drawn = [
        _part(row, nobody) | _bar(row, "overdue", counts_deals=counts_deals)
        for row in parts.to_dict("records")
    ]
    return pd.DataFrame(drawn).assign(reach=1.0)


def _part(row: Row, nobody: str) -> dict[str, str]:
    name = str(row["part_name"]) if row["part_name"] == row["part_name"] else nobody
    deals = counted(int(row["deals"]), "deal")
    decided = int(row["won_deals"] + row["lost_deals"])
    won = f"won {int(row['won_deals']):,} of {decided:,}"
    rate = f" = {share(row['win_rate'])}" if decided >= TOO_FEW else ", too few to say"
    late = f"{money(row['overdue_usd'])} overdue · " if row["overdue_usd"] else ""
    return {
        "part_id": str(row["part_id"]),
        "name": name,
        "figures": f"{deals} · {money(row['open_usd'])}" if row["deals"] else "nothing open",
        "below": late + (won + rate if decided else "nothing decided"),
        "exact_words": f"{name}: {deals}, {exact_money(row['open_usd'])}",
        "likely": _range(row),
    }


DUE = (
    ("overdue", "Overdue"),
    ("due", "Due in the period"),
    ("later", "Due later"),
    ("undated", "No close date"),
)


def due_rows(funnel: pd.DataFrame, period: Period, *, is_ahead: bool) -> pd.DataFrame:
    """The rows of `charts.funnel.plain_bars`: the four parts of all that is open."""
    names = dict(DUE) | {"due": f"Due {within(period)}"}
    names |= {"later": "Due before or after it"} if is_ahead else {}
    counts_deals = not funnel["open_usd"].sum() > 0
    return _plain(
        [
            (name, int(funnel[f"{part}_deals"].sum()), funnel[f"{part}_usd"].sum())
            for part, name in names.items()
        ],
        lacking={"Overdue"},
        counts_deals=counts_deals,
    )


def loss_rows(reasons: pd.DataFrame) -> pd.DataFrame:
    """The rows of `charts.funnel.plain_bars`: why deals were lost, the most frequent first."""
    given = [
        (row["loss_reason"] or "No reason given", int(row["lost_deals"]), row["lost_usd"])
        for row in reasons.to_dict("records")
    ]
    return _plain(given, lacking={name for name, _, _ in given}, counts_deals=True)


def reasons_note(reasons: pd.DataFrame) -> str:
    """How often a reason is given at all, and what is left out."""
    lost = int(reasons["lost_deals"].sum())
    given = lost - int(reasons.loc[reasons["loss_reason"] == "", "lost_deals"].sum())
    left = len(reasons) - TOO_FEW
    rest = f" {left} rarer reasons are not shown." if left > 0 else ""
    named = f"{given:,} of {counted(lost, 'lost deal')} {_name(given)} a reason."
    return f"{named} The bars count deals.{rest}"


def _name(deals: int) -> str:
    return "names" if deals == 1 else "name"


def _plain(
    parts: list[tuple[str, int, float]], lacking: set[str], *, counts_deals: bool
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "name": name,
                "figures": f"{counted(deals, 'deal')} · {money(usd)}" if deals else "nothing",
                "full": float(deals) if counts_deals else usd,
                "is_lack": name in lacking,
                "exact_words": f"{name}: {counted(deals, 'deal')}, {exact_money(usd)}",
                "reach": 1.0,
            }
            for name, deals, usd in parts
        ]
    )
