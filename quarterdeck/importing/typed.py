"""What does a file say, row by row, in our own fields?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quarterdeck.importing.columns import Typed, read_columns
from quarterdeck.importing.currencies import telling, tidy, told_by_amounts
from quarterdeck.importing.deciding import outcomes
from quarterdeck.importing.deriving import derived
from quarterdeck.importing.duplicates import merge
from quarterdeck.importing.exported import Occasion, ahead, exported_on, proofs
from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.findings import Cell, Reject, Warned
from quarterdeck.importing.histories import HISTORY
from quarterdeck.importing.holding import hold_back
from quarterdeck.importing.keys import Column
from quarterdeck.importing.lengths import settle_periods
from quarterdeck.importing.mapping import Mapping, with_owner_email
from quarterdeck.importing.questions import Answers, Question
from quarterdeck.importing.reading import Sheet
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.sifting import sift
from quarterdeck.importing.splitting import Record
from quarterdeck.importing.totals import Figures, column_figures, deal_totals
from quarterdeck.importing.unfolding import also_tells, under_own_headers, unfold


@dataclass(frozen=True)
class TypedRows:
    """The rows of a file as values, with everything a person should know before the commit."""

    sheet: Sheet
    mapping: Mapping
    exported_on: date
    assumed: tuple[str, ...]
    good: int
    rejects: tuple[Reject, ...]
    cells: tuple[Cell, ...]
    totals: dict[str, Figures]
    columns: dict[str, Figures]
    warnings: tuple[Warned, ...]
    questions: tuple[Question, ...]
    carried: tuple[str, ...]
    rows: dict[str, Column]


def type_rows(sheet: Sheet, mapping: Mapping, occasion: Occasion, answers: Answers) -> TypedRows:
    """The typed rows of a sheet; in = good + rejected + blank holds or nothing comes back."""
    sifted = sift(sheet, mapping)
    unfolded = unfold(sifted.rows, mapping)
    whole, mapping = mapping, unfolded.mapping
    mapping = with_owner_email(mapping, lambda at: (row.cells[at] for row in unfolded.rows))
    read = read_columns(unfolded.rows, mapping, occasion.zone, answers)
    held = hold_back(unfolded.rows, read.values, mapping)
    merged = merge(held.rows, held.values, mapping, answers)
    rows = [held.rows[at] for at in merged.kept]
    values = {field: [column[at] for at in merged.kept] for field, column in held.values.items()}
    warnings = [*sheet.warnings, *also_tells(mapping), *unfolded.warnings]
    warnings += [*read.warnings, *merged.warnings]
    warnings += _add_currency(rows, mapping, values)
    if mapping.entity == "quota":
        warnings += settle_periods(values, mapping.header("period"), occasion.zone, answers)
    decided = None
    if mapping.entity == "deal":
        decided, doubts = outcomes(len(rows), values, mapping)
        warnings += doubts
    more = derived(mapping, values, len(rows), decided)
    left_out = (*sheet.rejects, *sifted.rejects, *unfolded.rejects, *held.rejects)
    rejects = sorted(left_out, key=lambda reject: reject.line)
    # A record that tells of several events is one good record.
    good = len({row.line for row in held.rows})
    assert_nothing_lost(sheet, good, len(rejects))
    witnessed = ([row.cells[at] for row in rows] for at in mapping.witnesses)
    day = exported_on(sheet.name, occasion, witnessed, proofs(values, decided))
    if mapping.entity == HISTORY:
        warnings += ahead(values, mapping.header("happened_at"), day, occasion.zone)
    return TypedRows(
        sheet=sheet,
        mapping=mapping,
        exported_on=day,
        assumed=() if occasion.exported_on else ("exported_on",),
        good=good,
        rejects=tuple(rejects),
        cells=tuple(under_own_headers(read.cells, sifted.rows, whole)),
        totals={} if decided is None else deal_totals(decided, more["amount_file"]),
        columns=column_figures(mapping, values, read),
        warnings=tuple(warnings),
        questions=tuple(answers.open),
        carried=tuple(name for name in ENTITIES[mapping.entity].names() if name in values),
        rows={"line": [row.line for row in rows], **values, **more},
    )


def _add_currency(
    rows: Sequence[Record], mapping: Mapping, values: dict[str, list[Typed | None]]
) -> list[Warned]:
    if mapping.entity != "deal":
        return []
    if "currency" in values:
        values["currency"] = tidy(values["currency"])
        return []
    field = telling(mapping)
    if field is None:
        return []
    texts = [row.cells[mapping.columns[field]] for row in rows]
    codes, warnings = told_by_amounts(texts, field, mapping)
    if codes is not None:
        values["currency"] = [codes[text] for text in texts]
    return warnings


def assert_nothing_lost(sheet: Sheet, good: int, rejected: int) -> None:
    """Raise FileRefused unless in = good + rejected + blank."""
    if good + rejected + sheet.blank != sheet.in_file():
        raise FileRefused(
            f"{sheet.in_file()} records were read, but {good} are good, {rejected} rejected and"
            f" {sheet.blank} blank.",
            sheet.name,
            "Nothing was imported. Please report this file: it must add up.",
        )
