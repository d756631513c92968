"""Which records of a file are rows, and which only look like it?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quarterdeck.importing.findings import Reject
from quarterdeck.importing.folding import fold, is_missing, is_no_text, letters
from quarterdeck.importing.histories import HISTORY
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.plain import flag
from quarterdeck.importing.reading import Sheet
from quarterdeck.importing.splitting import Record

_TOTAL = re.compile(
    r"(grand[\s-]*|sub[\s-]*|report[\s-]*)?(totals?|sums?)(\s*[:(=].*|\s+(for|of|records?|count|rows?|amount)\b.*"
    r"|\s*[\d$€£].*)?"
)
_FOOTER = re.compile(
    r"(confidential|copyright|©|\(c\) \d{4}|generated (by|on|at)|report (run|generated|name)"
    r"|run by|exported (by|on|from)|end of report|filtered by|record count|data as of"
    r"|total records|\d+ (records|rows|results)\b|powered by|printed (on|by)|page \d+ of).*"
)
_NAMES = {
    "deal": "deal_id deal_name account account_id",
    "account": "account account_id",
    "person": "name person_id",
    "product": "product",
    "stage": "stage",
    "quota": "person person_id",
    "module": "module",
    "service": "service_id account",
    "contact": "contact_id name email",
    "activity": "activity_id kind person account deal happened_at subject",
    "deal_credit": "deal",
    "stage_history": "deal",
}
_CALLED = {HISTORY: "deal", "deal_credit": "deal"}
STANDS = "stage status is_won is_closed"
_MANY = 2


@dataclass(frozen=True)
class Sifted:
    """The rows to import and the records left out, each with its reason."""

    rows: list[Record]
    rejects: list[Reject]


def sift(sheet: Sheet, mapping: Mapping) -> Sifted:
    """The rows of a sheet; headers repeated, totals, footers and deleted rows are left out."""
    rows: list[Record] = []
    rejects: list[Reject] = []
    trailing = _trailing(sheet, mapping)
    reasons = _reasons(sheet, mapping)
    for record in sheet.records:
        reject = _footer(record) if record.line > trailing else None
        for reason in () if reject else reasons:
            if reject := reason(record):
                break
        if reject is None:
            rows.append(record)
        else:
            rejects.append(reject)
    return Sifted(rows, rejects)


def _reasons(sheet: Sheet, mapping: Mapping) -> list[Callable[[Record], Reject | None]]:
    header = [letters(cell) for cell in sheet.header]
    found = [_repeated_header(header), _total_line(mapping), _deleted(mapping)]
    if mapping.entity == "deal":
        found.append(_id_alone(mapping))
    found.append(_nameless(mapping))
    if mapping.entity == "deal":
        found.append(_stageless(mapping))
    return found


def _trailing(sheet: Sheet, mapping: Mapping) -> int:
    """The line of the last record with more than one cell filled: below it stands the footer."""
    if mapping.entity != "deal" or len(sheet.header) <= _MANY:
        return sheet.records[-1].line if sheet.records else 0
    for record in reversed(sheet.records):
        if _filled(record) > 1:
            return record.line
    return sheet.records[-1].line if sheet.records else 0


def _footer(record: Record) -> Reject:
    return _harmless(record, "A line below the table, not a row")


def _filled(record: Record) -> int:
    return sum(bool(cell.strip()) for cell in record.cells)


def _first(record: Record) -> str:
    return next((cell.strip() for cell in record.cells if cell.strip()), "")[:200]


def _harmless(record: Record, reason: str) -> Reject:
    return Reject(record.line, None, _first(record), reason, harmless=True)


def _repeated_header(header: list[str]) -> Callable[[Record], Reject | None]:
    def reason(record: Record) -> Reject | None:
        if letters(record.cells[0]) != header[0] or list(map(letters, record.cells)) != header:
            return None
        return _harmless(record, "The header again")

    return reason


def _total_line(mapping: Mapping) -> Callable[[Record], Reject | None]:
    stands = _columns(mapping, STANDS) if mapping.entity == "deal" else None

    def reason(record: Record) -> Reject | None:
        first = fold(_first(record))
        if _FOOTER.fullmatch(first) and _filled(record) <= _MANY:
            return _harmless(record, "A footer line, not a row")
        if not _TOTAL.fullmatch(first) or _is_worded(record, stands):
            return None
        return _harmless(record, "A total line, not a row")

    return reason


def _is_worded(record: Record, columns: list[int] | None) -> bool:
    """Whether words stand where a total line holds a count or nothing: a company may be Total."""
    cells = [record.cells[at] for at in columns] if columns else _after_first(record)
    return any(any(map(str.isalpha, cell)) and fold(cell) != "count" for cell in cells)


def _after_first(record: Record) -> list[str]:
    return [cell for cell in record.cells if cell.strip()][1:]


def _deleted(mapping: Mapping) -> Callable[[Record], Reject | None]:
    at = mapping.deleted

    def reason(record: Record) -> Reject | None:
        if at is None or flag(record.cells[at]) is not True:
            return None
        return Reject(
            record.line, mapping.headers[at], record.cells[at], "Marked as deleted in the CRM", True
        )

    return reason


def _id_alone(mapping: Mapping) -> Callable[[Record], Reject | None]:
    at = mapping.columns.get("deal_id")

    def reason(record: Record) -> Reject | None:
        if at is None or _filled(record) > 1 or not record.cells[at].strip():
            return None
        return _harmless(record, "An id and nothing else")

    return reason


def _nameless(mapping: Mapping) -> Callable[[Record], Reject | None]:
    names = _columns(mapping, _NAMES[mapping.entity])

    def reason(record: Record) -> Reject | None:
        if any(not is_no_text(record.cells[at]) for at in names):
            return None
        headers = " or ".join(mapping.headers[at] for at in names)
        what = _CALLED.get(mapping.entity, mapping.entity)
        say = f"Nothing names the {what}: no {headers}"
        return Reject(record.line, mapping.headers[names[0]], "", say, False)

    return reason


def _stageless(mapping: Mapping) -> Callable[[Record], Reject | None]:
    stands = _columns(mapping, STANDS)

    def reason(record: Record) -> Reject | None:
        if any(not is_missing(record.cells[at]) for at in stands):
            return None
        headers = " or ".join(mapping.headers[at] for at in stands)
        return Reject(record.line, mapping.headers[stands[0]], "", f"No {headers}", False)

    return reason


def _columns(mapping: Mapping, fields: str) -> list[int]:
    return [mapping.columns[field] for field in fields.split() if field in mapping.columns]
