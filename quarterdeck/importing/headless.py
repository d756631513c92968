"""Does a file begin with a record instead of a header?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quarterdeck.importing.folding import is_missing
from quarterdeck.importing.headers import is_known
from quarterdeck.importing.outcomes import verdict
from quarterdeck.importing.splitting import Record

NUMBER, DAY, CODE, TEXT = "number", "day", "code", "text"

_MOST_ABOVE = 60
_ALIKE = 0.8
_NUMBER = re.compile(r"[-+(]?\s*[$€£]?\s*[-+]?\d[\d.,' ]*\s*[%$€£)]?")
_DAY = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([T ]+\d.*)?"
)
_CODE = re.compile(r"(?=.*\d{2})[\w{}/.-]+|[^@\s]+@[^@\s]+\.[^@\s]+")
# A header may say 2026 or 2026-Q3 above the numbers of that time.
PERIOD = re.compile(r"(fy\s*)?(19|20)\d\d([-\s]*(q[1-4]|\d{1,2}))?|q[1-4].*", re.IGNORECASE)


def kind_of(text: str) -> str:
    """What a cell looks like: a day, a number, a code with digits, or text."""
    text = text.strip()
    for kind, pattern in ((DAY, _DAY), (NUMBER, _NUMBER), (CODE, _CODE)):
        if pattern.fullmatch(text):
            return kind
    return TEXT


def headless_width(sample: Sequence[Record]) -> int:
    """How many columns the records have if no header stands above them, else 0.

    Two known headers in one record are a header; a first record of numbers, days or codes that
    resembles those below it is none.
    """
    above = sample[:_MOST_ABOVE]
    if any(sum(map(is_known, record.cells)) > 1 for record in above):
        return 0
    first, below = sample[0].cells, sample[1:]
    width = Counter(len(record.cells) for record in sample).most_common(1)[0][0]
    if width < 2 or len(first) != width:
        return 0
    told = [_is_told(cell, _cells_at(below, at)) for at, cell in enumerate(first)]
    return width if True in told and False not in told else 0


def _cells_at(records: Sequence[Record], at: int) -> list[str]:
    cells = (record.cells[at].strip() for record in records if at < len(record.cells))
    return [cell for cell in cells if not is_missing(cell)]


def _is_told(cell: str, below: Sequence[str]) -> bool | None:
    """True for a value like those below, False for a title above values, None for either."""
    cell = cell.strip()
    if is_missing(cell) or not any(map(str.isalnum, cell)):
        return None
    kind = kind_of(cell)
    if is_known(cell) and not verdict(cell) and cell not in below:
        return False
    if not below:
        return True if kind in (DAY, NUMBER) and not PERIOD.fullmatch(cell) else None
    alike = sum(kind_of(other) == kind for other in below) >= _ALIKE * len(below)
    if kind == TEXT:
        valued = sum(kind_of(other) in (DAY, NUMBER) for other in below)
        return False if valued >= _ALIKE * len(below) else None
    if PERIOD.fullmatch(cell) and kind != DAY:
        return True if cell in below else None
    return True if alike else None
