"""The history of deals told by a plain replay of their exports: dictionaries, and no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

NEVER, STILL = date(1, 1, 1), date(9999, 12, 31)
FIELDS = ("owner_id", "amount", "created_on", "stage_entered_on", "close_on")
Version = tuple[Any, ...]


@dataclass(frozen=True)
class Snapshot:
    """One export: which deals it holds and, of those fields it has columns for, what it says."""

    day: date
    is_full: bool
    told: frozenset[str]
    rows: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Event:
    """What an event log says of one deal on one day: some of its fields."""

    day: date
    deal: str
    said: Mapping[str, Any]


@dataclass
class _Deal:
    """All that was said of one deal so far, and what it came to."""

    facts: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(FIELDS))
    later: Mapping[str, Any] = field(default_factory=dict)
    """What the first export will say of it, until it does."""
    is_gone: bool = False
    seen: list[date] = field(default_factory=list)
    states: list[tuple[date, str, dict[str, Any]]] = field(default_factory=list)
    born: tuple[date, date, dict[str, Any]] | None = None


def replay(snapshots: Iterable[Snapshot], events: Iterable[Event] = ()) -> set[Version]:
    """Every version that follows from exports and events, in the order of their days as given.

    A version is (deal, from, to, outcome, stage, owner, credited, amount, created, entered, close,
    origin). On one day the events come before the exports.
    """
    ordered = sorted(snapshots, key=lambda each: each.day)
    told = sorted(events, key=lambda each: each.day)
    deals: dict[str, _Deal] = {}
    first_words = _first_words(ordered)
    for day in sorted({each.day for each in (*ordered, *told)}):
        fulls = [each.day for each in ordered if each.is_full and each.day < day]
        today = [each for each in told if each.day == day]
        for deal in dict.fromkeys(each.deal for each in today):
            said: dict[str, Any] = {}
            for each in today:
                said |= each.said if each.deal == deal else {}
            deals.setdefault(deal, _Deal(later=first_words.get(deal, {})))
            _hear(deals[deal], said, day, fulls, "history")
        for snapshot in (each for each in ordered if each.day == day):
            for deal, row in snapshot.rows.items():
                words = {name: row[name] for name in FIELDS if name in snapshot.told}
                words |= {"stage": row["stage"], "outcome": row["outcome"]}
                deals.setdefault(deal, _Deal()).later = {}
                _hear(deals[deal], words, day, fulls, "import")
            if snapshot.is_full:
                for deal in deals.keys() - snapshot.rows.keys():
                    deals[deal].is_gone = True
                    _settle(deals[deal], day, day, "import", _state(deals[deal]))
    return {version for name, deal in deals.items() for version in _versions(name, deal)}


def _first_words(ordered: list[Snapshot]) -> dict[str, dict[str, Any]]:
    """Of each deal, what the first export that holds it says of its owner and creation."""
    found: dict[str, dict[str, Any]] = {}
    for snapshot in ordered:
        for deal, row in snapshot.rows.items():
            words = {f: row[f] for f in ("owner_id", "created_on") if f in snapshot.told}
            found.setdefault(deal, words)
    return found


def _hear(deal: _Deal, said: Mapping[str, Any], day: date, fulls: list[date], origin: str) -> None:
    earlier = [seen for seen in deal.seen if seen < day]
    before = max([*fulls, *earlier], default=NEVER)
    deal.facts |= said
    if "outcome" in said:
        deal.is_gone = False
    now = _state(deal)
    if now:
        deal.seen.append(day)
    was = deal.states[-1][2] if deal.states else None
    start = day if origin == "history" or not now else _proven(was, now, before, day)
    _settle(deal, start, before, origin, now)


def _state(deal: _Deal) -> dict[str, Any] | None:
    if deal.facts.get("outcome") is None:
        return None
    is_removed = deal.is_gone and deal.facts["outcome"] == "open"
    unsaid = {name: told for name, told in deal.later.items() if deal.facts[name] is None}
    return {**deal.facts, **unsaid, "outcome": "removed" if is_removed else deal.facts["outcome"]}


def _settle(
    deal: _Deal, start: date, before: date, origin: str, now: dict[str, Any] | None
) -> None:
    """Keep a state that differs from the one before; the first may have been open since before."""
    if now is None or (not deal.states and now["outcome"] == "removed"):
        return
    if deal.states and deal.states[-1][2] == now:
        return
    if not deal.states and now["created_on"] and before < now["created_on"] < start:
        deal.born = (now["created_on"], start, now)
    last = deal.states[-1][0] if deal.states else start
    deal.states.append((max(start, last), origin, now))


def _proven(was: dict[str, Any] | None, now: dict[str, Any], before: date, day: date) -> date:
    is_open = now["outcome"] == "open"
    if not is_open and (was is None or was["outcome"] != now["outcome"]):
        claimed = now["close_on"]
        return claimed if claimed and before < claimed <= day else day
    if is_open and (was is None or was["stage"] != now["stage"]):
        claimed = now["stage_entered_on"]
        if claimed and before < claimed <= day:
            return claimed
    if is_open and was is None:
        claimed = now["created_on"]
        if claimed and before < claimed <= day:
            return claimed
    return day


def _versions(name: str, deal: _Deal) -> Iterable[Version]:
    credited = None
    for at, (start, origin, now) in enumerate(deal.states):
        was = deal.states[at - 1][2]["outcome"] if at else None
        if now["outcome"] not in ("won", "lost") or now["outcome"] != was:
            credited = now["owner_id"]
        end = deal.states[at + 1][0] if at + 1 < len(deal.states) else STILL
        if start < end:
            yield (name, start, end, now["outcome"], now["stage"], now["owner_id"], credited,
                   now["amount"], now["created_on"], now["stage_entered_on"],
                   now["close_on"], origin)  # fmt: skip
    if deal.born:
        created, start, now = deal.born
        yield (name, created, start, "open", None, now["owner_id"], now["owner_id"],
               None, now["created_on"], None, None, "reconstructed")  # fmt: skip
