"""In which currency are the amounts of a file?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.folding import is_missing
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.money import CODES, currency_of

_NAMED = {"US DOLLAR": "USD", "U.S. DOLLAR": "USD", "EURO": "EUR", "BRITISH POUND": "GBP"}
_NAMED |= {"CANADIAN DOLLAR": "CAD", "AUSTRALIAN DOLLAR": "AUD", "POUND STERLING": "GBP"}
_WORD = re.compile(r"[A-Za-z]{3}")
Codes = dict[str, str | None]


def tidy(currencies: Sequence[Typed | None]) -> list[Typed | None]:
    """The codes of a currency column in capitals."""
    table = {text: _code(str(text)) for text in dict.fromkeys(currencies) if text is not None}
    return [None if text is None else table[text] for text in currencies]


def telling(mapping: Mapping) -> str | None:
    """The field whose amounts or header may name the currency."""
    return next((name for name in ("amount", "amount_actual") if name in mapping.columns), None)


def told_by_amounts(
    texts: Sequence[str], field: str, mapping: Mapping
) -> tuple[Codes | None, list[Warned]]:
    """The currency each amount or their header names; a dollar sign names none."""
    header = mapping.header(field)
    distinct = dict.fromkeys(texts)
    marks = {text: currency_of(text) for text in distinct if not is_missing(text)}
    told = sorted({mark or "" for mark in marks.values()})
    if len(told) > 1:
        shown = ", ".join(mark or "none" for mark in told)
        say = f"The amounts carry different currency signs: {shown}. Nothing was converted."
        return {text: _known(marks.get(text)) for text in distinct}, [Warned(header, field, say)]
    code = _known(told[0] if told else None) or _in_header(header)
    return (None if code is None else dict.fromkeys(distinct, code)), []


def _known(mark: str | None) -> str | None:
    return mark if mark in CODES else None


def _in_header(header: str) -> str | None:
    words = [word.upper() for word in _WORD.findall(re.sub(r"[_\W\d]+", " ", header))]
    found = [word for word in re.sub(r"[_\W\d]+", " ", header).upper().split() if word in CODES]
    return found[-1] if len(found) == 1 and found[0] in words else None


def _code(text: str) -> str:
    capital = " ".join(text.upper().split())
    return _NAMED.get(capital) or _known(currency_of(f"{capital} 1")) or capital
