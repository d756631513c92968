"""Which style is each column of amounts or dates written in?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from quarterdeck.importing.ambiguity import Column
from quarterdeck.importing.dates import DAY_FIRST, MONTH_FIRST
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.money import COMMA, POINT
from quarterdeck.importing.questions import Answers, Question

Value = TypeVar("Value")


@dataclass(frozen=True)
class Style:
    """A choice between two readings: how it is asked for and what is assumed meanwhile."""

    kind: str
    choices: tuple[str, str]
    ask: str
    likened: str
    assumed: Callable[[str], str]


# Amounts seldom have three decimals, so the sign in front of three digits separates thousands.
DECIMALS = Style(
    "decimal",
    (POINT, COMMA),
    'What does "{example}" in column "{header}" mean?',
    'The decimals were read as in column "{other}", since no value here proves them.',
    lambda example: COMMA if "." in example else POINT,
)
ORDER = Style(
    "date_order",
    (MONTH_FIRST, DAY_FIRST),
    'Which comes first in column "{header}", as in "{example}": the month or the day?',
    'Day and month were read as in column "{other}", since no value here proves their order.',
    lambda _: MONTH_FIRST,
)


def settle(
    style: Style,
    columns: Mapping[str, Column[Value]],
    headers: Mapping[str, str],
    answers: Answers,
    elsewhere: Mapping[str, str],
) -> tuple[dict[str, dict[str, Value]], list[Warned]]:
    """Field → text → value, by the column's own proof, another column's, or an answer.

    `elsewhere` are the styles that columns without a field prove, under their headers.
    """
    proofs = {field: proof for field, column in columns.items() if (proof := column.proven())}
    proving = {headers[field]: proof for field, proof in proofs.items()} | dict(elsewhere)
    values: dict[str, dict[str, Value]] = {}
    warnings: list[Warned] = []
    for field, column in columns.items():
        if field in proofs or not column.is_open():
            values[field] = column.values(proofs.get(field, style.choices[0]))
        elif len(set(proving.values())) == 1 and f"{style.kind}:{field}" not in answers.given:
            other, chosen = next(iter(proving.items()))
            values[field] = column.values(chosen)
            say = style.likened.format(other=other)
            warnings.append(Warned(headers[field], field, say))
        else:
            question = _question(style, field, headers[field], column.example())
            values[field] = column.values(answers.settle(question))
    return values, warnings


def _question(style: Style, field: str, header: str, example: str) -> Question:
    return Question(
        f"{style.kind}:{field}",
        style.ask.format(header=header, example=example),
        style.choices,
        style.assumed(example),
    )
