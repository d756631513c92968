"""The history of deals told by a plain replay of their exports: dictionaries, and no SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


def replay(snapshots: Iterable[Snapshot]) -> set[Version]:
    """Every version that follows from the exports, in the order of their days as given.

    A version is (deal, from, to, outcome, stage, owner, credited, amount, created, entered, close,
    origin).
    """
    ordered = sorted(snapshots, key=lambda each: each.day)
    states: dict[str, list[tuple[date, dict[str, Any]]]] = defaultdict(list)
    born: dict[str, tuple[date, date, dict[str, Any]]] = {}
    seen: dict[str, list[date]] = defaultdict(list)
    for number, snapshot in enumerate(ordered):
        fulls = [each.day for each in ordered[:number] if each.is_full and each.day < snapshot.day]
        missing = [deal for deal in states if deal not in snapshot.rows] if snapshot.is_full else []
        for deal in missing:
            last = states[deal][-1][1]
            if last["outcome"] == "open":
                _add(states[deal], snapshot.day, {**last, "outcome": "removed"})
        for deal, row in snapshot.rows.items():
            earlier = [day for day in seen[deal] if day < snapshot.day]
            before = max([*fulls, *earlier], default=NEVER)
            was = states[deal][-1][1] if states[deal] else None
            now = _told(was, row, snapshot.told)
            seen[deal].append(snapshot.day)
            if was == now:
                continue
            start = _proven(was, now, before, snapshot.day)
            if was is None and now["created_on"] and before < now["created_on"] < start:
                born[deal] = (now["created_on"], start, now)
            _add(states[deal], start, now)
    return {*_versions(states), *_reconstructed(born)}


def _told(
    was: dict[str, Any] | None, row: Mapping[str, Any], told: frozenset[str]
) -> dict[str, Any]:
    kept = dict(was) if was else dict.fromkeys(FIELDS)
    kept |= {field: row[field] for field in FIELDS if field in told}
    return kept | {"stage": row["stage"], "outcome": row["outcome"]}


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


def _add(states: list[tuple[date, dict[str, Any]]], start: date, now: dict[str, Any]) -> None:
    states.append((max(start, states[-1][0]) if states else start, now))


def _versions(states: Mapping[str, list[tuple[date, dict[str, Any]]]]) -> Iterable[Version]:
    for deal, told in states.items():
        credited = None
        for at, (start, now) in enumerate(told):
            was = told[at - 1][1]["outcome"] if at else None
            if now["outcome"] not in ("won", "lost") or now["outcome"] != was:
                credited = now["owner_id"]
            end = told[at + 1][0] if at + 1 < len(told) else STILL
            if start < end:
                yield (deal, start, end, now["outcome"], now["stage"], now["owner_id"], credited,
                       now["amount"], now["created_on"], now["stage_entered_on"],
                       now["close_on"], "import")  # fmt: skip


def _reconstructed(born: Mapping[str, tuple[date, date, dict[str, Any]]]) -> Iterable[Version]:
    for deal, (created, start, now) in born.items():
        yield (deal, created, start, "open", None, now["owner_id"], now["owner_id"],
               None, now["created_on"], None, None, "reconstructed")  # fmt: skip
