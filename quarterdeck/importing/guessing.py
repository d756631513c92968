"""What might the columns of a file without a header hold, as their values look?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from quarterdeck.importing.folding import is_missing
from quarterdeck.importing.headless import CODE, DAY, NUMBER, PERIOD, TEXT, kind_of
from quarterdeck.importing.outcomes import verdict

_MOST_LOOKED_AT = 2000
_MOST_QUOTA_COLUMNS = 6


@dataclass(frozen=True)
class Held:
    """What one column holds: its place and its filled cells."""

    at: int
    cells: tuple[str, ...]

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.cells))

    @cached_property
    def kind(self) -> str:
        """The kind all its values are of, TEXT where they differ."""
        kinds = {kind_of(cell) for cell in self.distinct[:_MOST_LOOKED_AT]}
        if kinds == {NUMBER, CODE}:
            return CODE
        return kinds.pop() if len(kinds) == 1 else TEXT

    @property
    def is_key(self) -> bool:
        """Whether no value comes twice."""
        return len(self.distinct) == len(self.cells)


Choose = Callable[[Sequence[Held]], Held | None]


def held(records: Sequence[Sequence[str]], width: int) -> list[Held]:
    """The columns that hold at least one value."""
    filled = (
        Held(at, tuple(row[at].strip() for row in records if not is_missing(row[at])))
        for at in range(width)
    )
    return [column for column in filled if column.cells]


def likely_entity(columns: Sequence[Held]) -> str:
    """What a row stands for, as far as values tell."""
    numbers = sum(column.kind in (NUMBER, CODE) for column in columns)
    if _outcomes(columns):
        return "deal"
    if _email(columns):
        return "person"
    if numbers and _period(columns):
        return "quota" if _is_narrow(columns) else "deal"
    return "account"


def _is_narrow(columns: Sequence[Held]) -> bool:
    """A quota is a person, a period, a number and hardly more."""
    texts = sum(column.kind == TEXT for column in columns)
    return texts <= 1 and len(columns) <= _MOST_QUOTA_COLUMNS


def likely_fields(
    columns: Sequence[Held], entity: str, taken: Collection[str] = ()
) -> dict[int, str]:
    """Column → the field it seems to hold; fields taken elsewhere are left out."""
    free = list(columns)
    found: dict[int, str] = {}
    for field, choose in _RULES[entity]:
        chosen = None if field in taken or field in found.values() else choose(free)
        if chosen is not None:
            found[chosen.at] = field
            free.remove(chosen)
    return found


def _first(test: Callable[[Held], bool]) -> Choose:
    return lambda columns: next(filter(test, columns), None)


def _is_email(column: Held) -> bool:
    return all(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", cell) for cell in column.distinct)


def _is_period(column: Held) -> bool:
    return column.kind == DAY or all(map(PERIOD.fullmatch, column.distinct))


def _amount(columns: Sequence[Held]) -> Held | None:
    """The numbers that differ most: ids come again and again."""
    numbers = [column for column in columns if column.kind == NUMBER]
    return max(numbers, key=lambda one: len(one.distinct) / len(one.cells), default=None)


_day = _first(lambda column: column.kind == DAY)
_period = _first(_is_period)
_email = _first(_is_email)
_outcomes = _first(lambda column: any(map(verdict, column.distinct[:_MOST_LOOKED_AT])))
_key = _first(lambda column: column.kind in (NUMBER, CODE) and column.is_key)
_again = _first(lambda column: column.kind in (NUMBER, CODE) and not column.is_key)
_code = _first(lambda column: column.kind in (NUMBER, CODE))
_text = _first(lambda column: column.kind == TEXT)

_RULES: dict[str, tuple[tuple[str, Choose], ...]] = {
    "deal": (
        ("stage", _outcomes),
        ("close_on", _day),
        ("deal_id", _key),
        ("owner_email", _email),
        ("amount", _amount),
        ("owner_id", _again),
    ),
    "account": (("account_id", _key), ("account", _text)),
    "person": (("email", _email), ("person_id", _key), ("name", _text), ("hired_on", _day)),
    "product": (("product", _text), ("list_price", _amount)),
    "quota": (
        ("period", _period),
        ("quota", _amount),
        ("person_id", _again),
        ("person", _text),
        ("person_id", _code),
    ),
    "stage": (("stage", _text),),
    "module": (("valid_from", _day), ("module", _text), ("account", _text)),
    "service": (
        ("activated_on", _day),
        ("service_id", _key),
        ("mrr", _amount),
        ("account", _text),
        ("product", _text),
    ),
    "contact": (("email", _email), ("contact_id", _key), ("name", _text), ("account", _text)),
    "activity": (("happened_at", _day), ("activity_id", _key), ("kind", _text)),
    "deal_credit": (("valid_from", _day), ("share", _amount), ("deal", _code), ("person", _text)),
    "stage_history": (("happened_at", _day), ("deal", _code), ("stage", _text)),
}
