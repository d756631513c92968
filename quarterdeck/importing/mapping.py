"""Which column of a file is which field?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from quarterdeck.importing.entities import entity_of
from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.folding import letters
from quarterdeck.importing.headers import (
    created,
    deleted,
    exact_ranks,
    similar_field,
    variants,
    witnesses,
)
from quarterdeck.importing.histories import HISTORY, history_columns
from quarterdeck.importing.protecting import refuse_protected
from quarterdeck.importing.questions import Answers

# Where the CRM keeps only one of the pair, it is the first: the only date, the only amount.
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ONLY_ONE = {"close_on": "closed_on", "amount": "amount_actual"}


@dataclass(frozen=True)
class Mapping:
    """Field → its column, with the columns that date the export or mark deleted rows."""

    entity: str
    headers: tuple[str, ...]
    columns: dict[str, int]
    witnesses: tuple[int, ...]
    deleted: int | None = None

    def named(self) -> dict[str, str]:
        """Field → header."""
        return {field: self.headers[at] for field, at in self.columns.items()}

    def header(self, field: str) -> str:
        """The header a field is read from."""
        return self.headers[self.columns[field]]

    def unmapped(self) -> list[str]:
        """The headers no field is read from."""
        taken = set(self.columns.values())
        return [
            header for at, header in enumerate(self.headers) if header.strip() and at not in taken
        ]

    def also(self, field: str, at: int) -> Mapping:
        """The same mapping with one more field."""
        return replace(self, columns=_in_order(self.entity, {**self.columns, field: at}))


def map_headers(headers: Sequence[str], entity: str | None, answers: Answers) -> Mapping:
    """The mapping of a header row; the entity is the best fit unless it is given."""
    chosen = entity_of(headers, (exact_columns, similar_columns), entity, answers)
    refuse_protected(chosen, headers)
    return map_as(headers, chosen)


def map_as(headers: Sequence[str], entity: str) -> Mapping:
    """The mapping of a header row onto one entity: exact names first, then similar ones."""
    columns = exact_columns(headers, entity)
    dated = _witnesses(headers, entity, set(columns.values()))
    _add_similar(headers, entity, columns, set(dated))
    if entity == HISTORY:
        columns = history_columns(headers, columns)
    for only, actual in _ONLY_ONE.items():
        if only not in columns and actual in columns:
            columns[only] = columns.pop(actual)
    marks = [at for at, header in enumerate(headers) if letters(header) in deleted()]
    return Mapping(
        entity, tuple(headers), _in_order(entity, columns), dated, marks[0] if marks else None
    )


def with_owner_email(mapping: Mapping, cells: Callable[[int], Iterable[str]]) -> Mapping:
    """The mapping with the owner column read as addresses too, if it holds nothing else.

    `cells` gives the texts of a column.
    """
    if "owner" not in mapping.columns or "owner_email" not in ENTITIES[mapping.entity].names():
        return mapping
    if "owner_email" in mapping.columns:
        return mapping
    at = mapping.columns["owner"]
    owners = set(map(str.strip, cells(at))) - {""}
    if not owners or not all(map(_ADDRESS.fullmatch, owners)):
        return mapping
    return mapping.also("owner_email", at)


def similar_columns(headers: Sequence[str], entity: str) -> dict[str, int]:
    """The columns whose headers name a field outright or nearly so."""
    return map_as(headers, entity).columns


def exact_columns(headers: Sequence[str], entity: str) -> dict[str, int]:
    """The columns whose headers name a field outright, the most trusted alias first."""
    claims = sorted(
        (rank, at, field)
        for at, header in enumerate(headers)
        for field, rank in exact_ranks(header, entity).items()
    )
    columns: dict[str, int] = {}
    for _, at, field in claims:
        if field not in columns and at not in columns.values():
            columns[field] = at
    return columns


def _witnesses(headers: Sequence[str], entity: str, taken: set[int]) -> tuple[int, ...]:
    known = witnesses() if entity == "deal" else witnesses() | created()
    return tuple(
        at
        for at, header in enumerate(headers)
        if at not in taken and known.intersection(variants(header))
    )


def _add_similar(
    headers: Sequence[str], entity: str, columns: dict[str, int], taken: set[int]
) -> None:
    free = frozenset(ENTITIES[entity].names()) - columns.keys()
    taken = taken | set(columns.values())
    claims = []
    for at, header in enumerate(headers):
        found = (
            None
            if at in taken or exact_ranks(header, entity)
            else similar_field(header, entity, free)
        )
        if found is not None:
            claims.append((-found[1], at, found[0]))
    for _, at, field in sorted(claims):
        columns.setdefault(field, at)


def _in_order(entity: str, columns: dict[str, int]) -> dict[str, int]:
    return {name: columns[name] for name in ENTITIES[entity].names() if name in columns}
