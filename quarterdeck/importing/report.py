"""What is said about a file before anything is imported?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from quarterdeck.importing.typed import TypedRows

Document = Mapping[str, object]


def report(typed: TypedRows) -> Document:
    """The report of a staged file; extent, batch and changes are for the database side to fill."""
    return {
        "file": _file(typed),
        "entity": typed.mapping.entity,
        "exported_on": typed.exported_on.isoformat(),
        "extent": None,
        "assumed": list(typed.assumed),
        "mapping": typed.mapping.named(),
        "unmapped": typed.mapping.unmapped(),
        "carried": list(typed.carried),
        "rows": {
            "in_file": typed.sheet.in_file(),
            "good": typed.good,
            "rejected": len(typed.rejects),
            "blank": typed.sheet.blank,
        },
        "rejects": [asdict(reject) for reject in typed.rejects],
        "cells": [asdict(cell) for cell in typed.cells],
        "totals": typed.totals,
        "columns": typed.columns,
        "warnings": [asdict(warning) for warning in typed.warnings],
        "questions": [question.document() for question in typed.questions],
        "batch_id": None,
        "changes": None,
    }


def _file(typed: TypedRows) -> Document:
    sheet = typed.sheet
    return {
        "name": sheet.name,
        "sha256": sheet.sha256,
        "bytes": sheet.size,
        "encoding": sheet.encoding,
        "delimiter": sheet.shape.delimiter,
        "quote": sheet.shape.quote,
        "header_line": sheet.header_line,
        "sheet": None,
    }
