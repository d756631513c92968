"""What does a large, clean file of deals say, read by DuckDB and not row by row?

The rows and the report equal those of the careful road; whatever would not is left to it.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quarterdeck.importing.exported import exported_on
from quarterdeck.importing.fields import ENTITIES, MEASURED, SHAPE, parquet_columns
from quarterdeck.importing.findings import Cell, Reject
from quarterdeck.importing.mapping import map_headers, with_owner_email
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import Sheet
from quarterdeck.importing.requests import Request
from quarterdeck.importing.short_sifting import Loaded, merge_doubles, sift_out, texts_of
from quarterdeck.importing.short_typing import (
    decide,
    flags_seen,
    name_names,
    read_meanings,
    tell_currency,
    witnessed,
)
from quarterdeck.importing.surveying import Survey, Surveying, Top, top
from quarterdeck.importing.totals import Figures
from quarterdeck.importing.typed import TypedRows, assert_nothing_lost
from quarterdeck.importing.unfolding import also_tells
from quarterdeck.scratch import Unclean, Workroom, workroom


@dataclass(frozen=True)
class _Sifted:
    good: int
    rejects: tuple[Reject, ...]


def take_short_road(asked: Request) -> TypedRows:
    """Everything but the rows themselves, which are in rows.parquet; Unclean if it cannot be."""
    target = asked.out / "rows.parquet"
    try:
        begun = top(asked.path, asked.name)
        folder = asked.out / "road"
        folder.mkdir()
    except OSError as error:
        raise Unclean(str(error)) from error
    try:
        surveyed = Surveying(asked.path, begun)
        surveyed.start()
        with workroom(folder, asked.path.stat().st_size, asked.threads) as room:
            return _read(asked, begun, room, surveyed)
    except BaseException:
        for half in (target, target.with_name(SHAPE)):
            half.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(folder)


def _read(asked: Request, begun: Top, room: Workroom, surveyed: Surveying) -> TypedRows:
    answers = Answers(asked.answers)
    mapping = map_headers(begun.sheet.header, asked.entity, answers)
    if mapping.entity != "deal":
        raise Unclean("no deals")
    loaded = Loaded(room, begun.sheet, mapping)
    count = _load(asked, begun, loaded)
    found = surveyed.result()
    loaded = replace(loaded, sheet=replace(begun.sheet, count=count))
    _check_all_is_there(begun, loaded, found)
    rejects, blank = sift_out(loaded, count)
    sheet = replace(begun.sheet, sha256=found.sha256, size=found.size, count=count - blank)
    sheet = replace(sheet, records=(), rejects=(), blank=blank)
    good = count - blank - len(rejects)
    assert_nothing_lost(sheet, good, len(rejects))
    return _type(asked, loaded, sheet, answers, _Sifted(good, tuple(rejects)))


def _load(asked: Request, begun: Top, loaded: Loaded) -> int:
    nothing = asked.out / "road" / "nothing"
    nothing.write_bytes(b"")
    names = ENTITIES["deal"].names()
    loaded.room.ask("road_words")
    ((count,),) = loaded.room.ask(
        "road_load",
        source=str(asked.path),
        columns=dict.fromkeys(loaded.names(), "varchar"),
        header_line=begun.sheet.header_line,
        delimiter=begun.sheet.shape.delimiter,
        quote=begun.sheet.shape.quote,
        nothing=str(nothing),
        fields={"place": "bigint"} | dict.fromkeys(names, "varchar"),
    )
    return int(count)


def _check_all_is_there(begun: Top, loaded: Loaded, found: Survey) -> None:
    """Every line is one record, and every byte a part of a cell or between two cells."""
    count = loaded.sheet.count
    if begun.sheet.header_line + count != found.lines:
        raise Unclean("lines that are no records")
    quotes = found.quotes - begun.above.count(b'"')
    (sums,) = loaded.room.ask("road_quotes" if quotes else "road_lengths")
    columns = len(loaded.sheet.header)
    letters, within = (
        sum(map(int, filter(None, part))) for part in (sums[:columns], sums[columns:])
    )
    if within and any(loaded.room.ask("road_formulas")[0]):
        raise Unclean("cells written as formulas")
    letters += quotes - within
    ends = len(begun.line_end) * (count if found.is_ended else count - 1)
    cuts = count * (columns - 1)
    if len(begun.above) + letters + ends + cuts != found.size:
        raise Unclean("space around quotes or cells without a header")


def _type(
    asked: Request, loaded: Loaded, sheet: Sheet, answers: Answers, sifted: _Sifted
) -> TypedRows:
    target = asked.out / "rows.parquet"
    mapping = with_owner_email(loaded.mapping, lambda at: texts_of(loaded, loaded.column(at)))
    known = replace(loaded, mapping=mapping)
    read = read_meanings(known, asked.occasion.zone, answers)
    doubles, is_merged = merge_doubles(known, answers, "deal_id" in read.rough, read.nothings)
    currency, unlike = tell_currency(known, read, is_merged)
    doubts = decide(known, read)
    by_id = name_names(known, read)
    values = {*mapping.columns, *(["currency"] if currency else [])}
    days = witnessed(known, asked.occasion.zone).values()
    known.room.ask("road_exceptions")
    known.room.ask(
        "road_write",
        target=str(target),
        kept=_kept(values, by_id),
        first_line=known.first_line(),
        currency=currency,
        iso=read.iso,
        rough=read.rough,
        nothings=read.nothings,
        **flags_seen(read),
        is_owner_email=mapping.columns.get("owner_email", -1) == mapping.columns.get("owner"),
    )
    known.room.ask(
        "road_shape",
        nothing=str(asked.out / "road" / "nothing"),
        columns=parquet_columns("deal"),
        shape=str(asked.out / SHAPE),
        target=str(target),
    )
    return TypedRows(
        sheet=sheet,
        mapping=mapping,
        exported_on=_exported_on(asked, known.room, days),
        assumed=() if asked.occasion.exported_on else ("exported_on",),
        good=sifted.good,
        rejects=sifted.rejects,
        cells=tuple(read.cells),
        totals=_totals(known.room),
        columns=_figures(known, read.cells),
        warnings=(
            *sheet.warnings,
            *also_tells(mapping),
            *read.warnings,
            *doubles,
            *unlike,
            *doubts,
        ),
        questions=tuple(answers.open),
        carried=tuple(name for name in ENTITIES["deal"].names() if name in values),
        rows={},
    )


def _kept(values: set[str], by_id: bool) -> list[str]:
    """The columns worth writing: what the file holds, and what follows from it.

    Where all deals go by an id of their own, a key would say the same again.
    """
    follows = {
        "deal_key": set() if by_id else values,
        "account_key": {"account"},
        "account_ref": {"account", "account_id"},
        "owner_key": {"owner"},
        "owner_ref": {"owner", "owner_id"},
        "owner_email_key": {"owner_email"},
        "product_key": {"product"},
        "product_ref": {"product"},
    }
    return [
        name
        for name in parquet_columns("deal")
        if name in values
        or (name not in ENTITIES["deal"].names() and values & follows.get(name, values))
    ]


def _exported_on(asked: Request, room: Workroom, seen: Iterable[Sequence[str]]) -> date:
    ((proof,),) = room.ask("road_proofs", today=asked.occasion.today)
    days = [] if proof is None else [proof]
    return exported_on(asked.name, asked.occasion, seen, days)


def _totals(room: Workroom) -> dict[str, Figures]:
    found: dict[str, Figures] = {
        outcome: {"count": 0, "amount": "0.00", "amount_missing": 0}
        for outcome in ("won", "lost", "open")
    }
    for outcome, count, amount, missing in room.ask("road_totals"):
        found[outcome] = {"count": count, "amount": amount, "amount_missing": missing}
    return found


def _figures(loaded: Loaded, cells: list[Cell]) -> dict[str, Figures]:
    kind = ENTITIES["deal"].kind
    measured = [field for field in loaded.mapping.columns if kind(field) in MEASURED]
    unreadable = Counter(cell.field for cell in cells)
    rows = loaded.room.ask("road_figures", measured=measured)
    found: dict[str, Figures] = {
        field: {
            "filled": filled,
            "min": _worded(kind(field), least),
            "max": _worded(kind(field), most),
            "unreadable": unreadable[field],
        }
        for field, filled, least, most in rows
    }
    return {field: found[field] for field in measured}


def _worded(kind: str, figure: str | None) -> str | None:
    return figure if figure is None or kind != "ratio" else str(float(figure))
