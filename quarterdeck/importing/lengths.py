"""How long is each period of a quota file that names its periods by a day?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from quarterdeck.importing.ambiguity import column
from quarterdeck.importing.columns import Typed
from quarterdeck.importing.dates import date_readings
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.questions import Answers, Question
from quarterdeck.importing.settling import ORDER

MONTHS = {"month": 1, "quarter": 3, "year": 12}
_GAPS = {"month": range(26, 36), "quarter": range(84, 100), "year": range(355, 377)}
# A day this near to the end of a month means the month that follows.
_LOOSE_DAYS = 3


def settle_periods(
    values: dict[str, list[Typed | None]], header: str, zone: ZoneInfo, answers: Answers
) -> list[Warned]:
    """Rewrite the days among the periods as words a calendar knows; the rest stays as written.

    Where all are days, their length is asked for; else each means the month that holds it.
    """
    texts = [str(text) for text in values["period"] if text is not None]
    days = _days(dict.fromkeys(texts), zone)
    if not days:
        return []
    length, is_end = "month", all(map(_is_last, days.values()))
    if len(days) == len(set(texts)):
        guess, is_sure = _likely_length(_gaps(values, days))
        ask = f'How long is each period in column "{header}", as in "{texts[0]}"?'
        question = Question("period_length", ask, tuple(MONTHS), guess, not is_sure)
        length = answers.settle(question)
    words = {text: _word(day, MONTHS[length], is_end) for text, day in days.items()}
    values["period"] = [words.get(str(text), text) for text in values["period"]]
    if not is_end or length == "month":
        return []
    return [Warned(header, "period", f"Each day was read as the last of its {length}.")]


def _days(texts: Iterable[str], zone: ZoneInfo) -> dict[str, date]:
    """Text → day for those that name one; 1/7/2026 only if one order gives edges of months."""
    read = column(texts, date_readings(zone))
    order = read.proven()
    if order is None and read.is_open():
        fitting = [
            style for style in ORDER.choices if all(map(_is_edge, read.values(style).values()))
        ]
        if len(fitting) != 1:
            return {text: day for text, day in read.values("").items() if text[:4].isdigit()}
        order = fitting[0]
    return read.values(order or ORDER.choices[0])


def _gaps(values: Mapping[str, Sequence[Typed | None]], days: Mapping[str, date]) -> list[int]:
    """The days between one period and the next of the same person."""
    nobody = [None] * len(values["period"])
    people = zip(values.get("person_id", nobody), values.get("person", nobody), strict=True)
    held: dict[object, set[date]] = {}
    for person, text in zip(people, values["period"], strict=True):
        if text is not None:
            held.setdefault(person, set()).add(days[str(text)])
    return [(later - day).days for own in held.values() for day, later in pairwise(sorted(own))]


def _likely_length(gaps: Sequence[int]) -> tuple[str, bool]:
    """The length that the gaps speak for, and whether most of them do.

    The smallest gap counts: a longer period would overlap the next.
    """
    if not gaps:
        return "month", False
    least = min(gaps)
    for length, usual in _GAPS.items():
        if least in usual:
            return length, sum(gap in usual for gap in gaps) * 2 > len(gaps)
    return min(MONTHS, key=lambda length: abs(_GAPS[length].start - least)), False


def _word(day: date, months: int, is_end: bool) -> str:
    """A day for a month, so that the calendar says which; for more the first and last month."""
    start = day if is_end else _start(day)
    if months == 1:
        return start.isoformat()
    first = start.year * 12 + start.month - 1 - (months - 1 if is_end else 0)
    return f"{_month(first)}..{_month(first + months - 1)}"


def _month(count: int) -> str:
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _start(day: date) -> date:
    later = day + timedelta(days=_LOOSE_DAYS)
    return day if later.month == day.month else later.replace(day=1)


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _is_edge(day: date) -> bool:
    return day.day == 1 or _is_last(day)
