"""What do the rows and columns of a file without a header stand for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Named
from collections.abc import Sequence

from quarterdeck.importing.entities import refuse_lacking, refuse_unknown
from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.guessing import Held, held, likely_entity, likely_fields
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.questions import Answers, Question
from quarterdeck.importing.reading import Sheet
from quarterdeck.importing.refusing import FileRefused

NOTHING = "nothing"
_DO = "Say which column holds what: on the Upload page, or with --answers FILE of {id: choice}."


def assign_columns(sheet: Sheet, given: str | None, answers: Answers) -> Mapping:
    """The mapping that was answered, with guesses for what was not; refused where it lacks."""
    columns = held([record.cells for record in sheet.records], len(sheet.header))
    entity = _entity(columns, given, answers)
    told = {column.at: answers.given.get(_id(column), "") for column in columns}
    guesses = likely_fields(
        [column for column in columns if not told[column.at]], entity, set(told.values())
    )
    chosen = {
        column.at: answers.settle(_question(column, entity, guesses.get(column.at, NOTHING)))
        for column in columns
    }
    _refuse_doubled(chosen)
    places = {field: at for at, field in chosen.items()}
    ordered = {name: places[name] for name in ENTITIES[entity].names() if name in places}
    refuse_lacking(entity, ordered, "The columns, which have no header.", _DO)
    return Mapping(entity, sheet.header, ordered, (), ordered.get("is_deleted"))


def _entity(columns: Sequence[Held], given: str | None, answers: Answers) -> str:
    if given is not None:
        refuse_unknown(given)
        return given
    ask = "This file has no header. What does each of its rows stand for?"
    return answers.settle(Question("entity", ask, tuple(ENTITIES), likely_entity(columns)))


def _id(column: Held) -> str:
    return f"column:{column.at + 1}"


def _question(column: Held, entity: str, guess: str) -> Question:
    shown = ", ".join(f'"{cell[:40]}"' for cell in column.distinct[:3])
    ask = f"What does column {column.at + 1} hold, as in {shown}?"
    return Question(_id(column), ask, (*ENTITIES[entity].names(), NOTHING), guess)


def _refuse_doubled(chosen: Named[int, str]) -> None:
    counted = Counter(field for field in chosen.values() if field != NOTHING)
    for field, count in counted.items():
        if count > 1:
            places = [str(at + 1) for at, other in chosen.items() if other == field]
            raise FileRefused(
                f"{count} columns are said to hold {field}.",
                f"Columns {' and '.join(places)}.",
                f'Keep one and answer "{NOTHING}" or another field for the rest.',
            )
