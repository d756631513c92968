"""Which questions stand between a file and its import?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quarterdeck.refusal import Refused

_DO = "Answer on the Upload page, or with --answers FILE holding {id: choice}."


class QuestionsOpen(Refused):
    """A question whose answer changes a number has none yet, or the answers do not fit."""

    def __init__(
        self, questions: list[dict[str, Any]], refused: Mapping[str, str] | None = None
    ) -> None:
        self.questions = questions
        said = refused or {
            "what": f"{len(questions)} question{'s' if len(questions) > 1 else ''}"
            " must be answered first.",
            "where": questions[0]["ask"],
            "do": _DO,
        }
        super().__init__(said["what"], said["where"], said["do"])
