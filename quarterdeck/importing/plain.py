"""Which flag, share or count does a text mean?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from quarterdeck.importing.ambiguity import Readings
from quarterdeck.importing.folding import fold
from quarterdeck.importing.money import money_readings

_TRUE = frozenset(
    ["true", "t", "yes", "y", "1", "1.0", "x", "on", "checked", "wahr", "ja", "oui", "✓", "✔", "☑"]
)
_FALSE = frozenset(
    ["false", "f", "no", "n", "0", "0.0", "off", "unchecked", "falsch", "nein", "non", "☐", "✗"]
)
_FINEST = Decimal("0.000000001")
_MOST_PARTS = 100
_SHARE = re.compile(r"[+-]?\d*[.,]?\d+ ?%?")


def flag(text: str) -> bool | str:
    """Whether a text says yes, or why it says neither."""
    folded = fold(text)
    if folded in _TRUE:
        return True
    return False if folded in _FALSE else "This is neither yes nor no"


def share_reader(texts: Iterable[str]) -> Callable[[str], float | str]:
    """A reader of shares from 0 to 1; one plain number over 1 makes the column a percentage."""
    hundred = _are_hundredths(texts)

    def share(text: str) -> float | str:
        number = _number(text)
        if number is None:
            return "This is not a percentage"
        ratio = number / 100 if hundred or "%" in text else number
        return float(ratio) if 0 <= ratio <= 1 else "A probability lies between 0 and 100 %"

    return share


def part_reader(texts: Iterable[str]) -> Callable[[str], Decimal | str]:
    """The same for parts of a whole, exact; more than the whole is read as it stands."""
    hundred = _are_hundredths(texts)

    def part(text: str) -> Decimal | str:
        number = _number(text)
        if number is None or abs(number) > _MOST_PARTS * _MOST_PARTS:
            return "This is not a percentage"
        return (number / 100 if hundred or "%" in text else number).quantize(_FINEST)

    return part


def _are_hundredths(texts: Iterable[str]) -> bool:
    numbers = (_number(text) for text in texts if "%" not in text)
    return any(number is not None and number > 1 for number in numbers)


def count_readings(text: str) -> Readings[Decimal]:
    """The readings of a number; where one is whole, the others are none: 1,234 counts thousands."""
    readings = money_readings(text)
    if isinstance(readings, str):
        return "This is not a number"
    counts = {style: each for style, each in readings.items() if each == each.to_integral_value()}
    return counts or readings


def whole(amount: Decimal) -> int | str:
    """The amount as a count, or why it is none."""
    if amount != amount.to_integral_value():
        return "This is not a whole number"
    return int(amount)


def _number(text: str) -> Decimal | None:
    plain = fold(text)
    if len(plain) > 32 or not _SHARE.fullmatch(plain):
        return None
    return Decimal(plain.rstrip("% ").replace(",", "."))
