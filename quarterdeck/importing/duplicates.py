"""Which rows are the same record twice?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.folding import fold, letters
from quarterdeck.importing.histories import HISTORY
from quarterdeck.importing.mapping import Mapping as HeaderMapping
from quarterdeck.importing.questions import Answers, Question
from quarterdeck.importing.splitting import Record

KEEP_LAST = "keep the last"
KEEP_FIRST = "keep the first"

_IDS = {
    "deal": "deal_id",
    "account": "account_id",
    "person": "person_id",
    "service": "service_id",
    "contact": "contact_id",
    "activity": "activity_id",
}
# A deal, service or activity without an id may stand twice in truth; a master record may not.
_NAMES = {
    "account": ("account",),
    "person": ("name",),
    "product": ("product",),
    "quota": ("person_id", "person", "period", "product_line"),
    "stage": ("pipeline", "stage"),
    "module": ("module", "account", "owner", "valid_from"),
    "contact": ("account", "name", "email"),
    "deal_credit": ("deal", "person", "valid_from"),
}
_MANY = {"activity": "activities"}
_SHOWN = 3


@dataclass(frozen=True)
class Merged:
    """The positions of the rows that stay, in file order, and what was said about the others."""

    kept: list[int]
    warnings: list[Warned]


def merge(
    rows: Sequence[Record],
    values: Mapping[str, Sequence[Typed | None]],
    mapping: HeaderMapping,
    answers: Answers,
) -> Merged:
    """The rows with every record once; one identity with different content is a question."""
    field = _field(mapping)
    if mapping.entity == HISTORY:
        return _once(rows)
    if field is None:
        return _separate(rows, mapping.entity)
    groups: dict[Hashable, list[int]] = {}
    for at, identity in enumerate(_identities(len(rows), values, mapping.entity)):
        groups.setdefault(identity, []).append(at)
    several = {identity: group for identity, group in groups.items() if len(group) > 1}
    alike, differing = _told_apart(rows, several.values())
    dropped = {at for group in alike for at in group[1:]}
    if differing:
        last = _keeps_last(rows, differing, field, mapping, answers)
        dropped |= {at for group in differing for at in (group[:-1] if last else group[1:])}
    kept = [at for at in range(len(rows)) if at not in dropped]
    return Merged(kept, _said(rows, alike, mapping.header(field), field))


def _field(mapping: HeaderMapping) -> str | None:
    known = (_IDS.get(mapping.entity, ""), *_NAMES.get(mapping.entity, ()))
    return next((field for field in known if field in mapping.columns), None)


def _identities(
    count: int, values: Mapping[str, Sequence[Typed | None]], entity: str
) -> Iterable[Hashable]:
    ids = values.get(_IDS.get(entity, ""))
    parts = [values[name] for name in _NAMES.get(entity, ()) if name in values]
    folded = letters if entity == "product" else fold
    for at in range(count):
        if ids is not None and ids[at] is not None:
            yield ids[at]
        elif any(part[at] is not None for part in parts):
            yield tuple(folded(str(part[at] or "")) for part in parts)
        else:
            yield at


def _told_apart(
    rows: Sequence[Record], groups: Iterable[list[int]]
) -> tuple[list[list[int]], list[list[int]]]:
    alike: list[list[int]] = []
    differing: list[list[int]] = []
    for group in groups:
        contents = {tuple(map(str.strip, rows[at].cells)) for at in group}
        (alike if len(contents) == 1 else differing).append(group)
    return alike, differing


def _keeps_last(
    rows: Sequence[Record],
    differing: list[list[int]],
    field: str,
    mapping: HeaderMapping,
    answers: Answers,
) -> bool:
    header = mapping.header(field)
    examples = [
        f"{rows[group[0]].cells[mapping.columns[field]].strip()} (lines"
        f" {', '.join(str(rows[at].line) for at in group[:_SHOWN])})"
        for group in differing[:_SHOWN]
    ]
    ask = (
        f'{len(differing)} values of "{header}" stand on several rows with different content:'
        f" {', '.join(examples)}. Which row counts?"
    )
    question = Question(f"duplicate:{field}", ask, (KEEP_LAST, KEEP_FIRST), KEEP_LAST)
    return answers.settle(question) == KEEP_LAST


def _said(rows: Sequence[Record], alike: list[list[int]], header: str, field: str) -> list[Warned]:
    if not alike:
        return []
    surplus = sum(len(group) - 1 for group in alike)
    lines = ", ".join(str(rows[group[1]].line) for group in alike[:_SHOWN])
    say = f"{surplus} rows repeat another row in everything and count once (first: line {lines})."
    return [Warned(header, field, say)]


def _once(rows: Sequence[Record]) -> Merged:
    """An event that is told twice happened once."""
    contents = [tuple(map(str.strip, row.cells)) for row in rows]
    first: dict[tuple[str, ...], int] = {}
    for at, content in enumerate(contents):
        first.setdefault(content, at)
    kept = list(first.values())
    if len(kept) == len(rows):
        return Merged(kept, [])
    again = next(at for at, content in enumerate(contents) if first[content] != at)
    say = (
        f"{len(rows) - len(kept)} events repeat another one in everything and count once"
        f" (first: line {rows[again].line})."
    )
    return Merged(kept, [Warned(None, None, say)])


def _separate(rows: Sequence[Record], entity: str) -> Merged:
    seen: set[tuple[str, ...]] = set()
    again = []
    for row in rows:
        content = tuple(map(str.strip, row.cells))
        if content in seen:
            again.append(row.line)
        seen.add(content)
    kept = list(range(len(rows)))
    if not again:
        return Merged(kept, [])
    say = (
        f"{len(again)} rows repeat another row in everything (first: line {again[0]}); without an"
        f" id column they stay separate {_MANY.get(entity, f'{entity}s')}."
    )
    return Merged(kept, [Warned(None, None, say)])
