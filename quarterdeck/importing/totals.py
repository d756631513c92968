"""What does a file add up to?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quarterdeck.importing.columns import Columns, Typed
from quarterdeck.importing.fields import ENTITIES, MEASURED
from quarterdeck.importing.keys import Values
from quarterdeck.importing.mapping import Mapping

Figures = dict[str, int | str | None]


def deal_totals(outcomes: Sequence[str], amounts: Sequence[Typed | None]) -> dict[str, Figures]:
    """Count, amount and missing amounts of the won, the lost and the open deals."""
    return {
        outcome: _figures([amounts[at] for at, is_so in enumerate(outcomes) if is_so == outcome])
        for outcome in ("won", "lost", "open")
    }


def _figures(amounts: Sequence[Typed | None]) -> Figures:
    filled = [amount for amount in amounts if isinstance(amount, Decimal)]
    return {
        "count": len(amounts),
        "amount": str(sum(filled, Decimal("0.00"))),
        "amount_missing": len(amounts) - len(filled),
    }


def column_figures(mapping: Mapping, values: Values, columns: Columns) -> dict[str, Figures]:
    """How many cells of each measured field are filled and unreadable, and its extremes."""
    entity = ENTITIES[mapping.entity]
    return {
        field: _extremes(values[field], sum(cell.field == field for cell in columns.cells))
        for field in mapping.columns
        if entity.kind(field) in MEASURED
    }


def _extremes(column: Sequence[Typed | None], unreadable: int) -> Figures:
    filled = [value for value in column if value is not None]
    return {
        "filled": len(filled),
        "min": _text(min(filled, default=None, key=_comparable)),
        "max": _text(max(filled, default=None, key=_comparable)),
        "unreadable": unreadable,
    }


def _comparable(value: Typed) -> Decimal | int | float | str:
    return value if isinstance(value, Decimal | int | float) else str(value)


def _text(value: Typed | None) -> str | None:
    return None if value is None else str(value)
