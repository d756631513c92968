"""In which currency are the amounts of a file?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.folding import is_missing
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.money import CODES, currency_of
from quarterdeck.importing.splitting import Record

_NAMED = {"US DOLLAR": "USD", "U.S. DOLLAR": "USD", "EURO": "EUR", "BRITISH POUND": "GBP"}
_NAMED |= {"CANADIAN DOLLAR": "CAD", "AUSTRALIAN DOLLAR": "AUD", "POUND STERLING": "GBP"}
_WORD = re.compile(r"[A-Za-z]{3}")


def tidy(currencies: Sequence[Typed | None]) -> list[Typed | None]:
    """The codes of a currency column in capitals."""
    table = {text: _code(str(text)) for text in dict.fromkeys(currencies) if text is not None}
    return [None if text is None else table[text] for text in currencies]


def told_by_amounts(
    rows: Sequence[Record], mapping: Mapping
) -> tuple[list[Typed | None] | None, list[Warned]]:
    """The currency of each row as the amounts or their header name it; a dollar sign names none."""
    field = next((name for name in ("amount", "amount_actual") if name in mapping.columns), None)
    if field is None:
        return None, []
    at, header = mapping.columns[field], mapping.header(field)
    texts = [row.cells[at] for row in rows]
    marks = {text: currency_of(text) for text in dict.fromkeys(texts) if not is_missing(text)}
    distinct = sorted({mark or "" for mark in marks.values()})
    if len(distinct) > 1:
        shown = ", ".join(mark or "none" for mark in distinct)
        say = f"The amounts carry different currency signs: {shown}. Nothing was converted."
        return [_known(marks.get(text)) for text in texts], [Warned(header, field, say)]
    code = _known(distinct[0] if distinct else None) or _in_header(header)
    return (None if code is None else [code] * len(rows)), []


def _known(mark: str | None) -> str | None:
    return mark if mark in CODES else None


def _in_header(header: str) -> str | None:
    words = [word.upper() for word in _WORD.findall(re.sub(r"[_\W\d]+", " ", header))]
    found = [word for word in re.sub(r"[_\W\d]+", " ", header).upper().split() if word in CODES]
    return found[-1] if len(found) == 1 and found[0] in words else None


def _code(text: str) -> str:
    capital = " ".join(text.upper().split())
    return _NAMED.get(capital) or _known(currency_of(f"{capital} 1")) or capital
