"""What does a file leave open, and what has been answered?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from quarterdeck.importing.refusing import FileRefused


@dataclass(frozen=True)
class Question:
    """One thing only a person can know, with what is assumed meanwhile."""

    id: str
    ask: str
    choices: tuple[str, ...]
    assumed: str
    changes_totals: bool = True

    def document(self) -> dict[str, object]:
        """The question as the report shows it."""
        return {**asdict(self), "choices": list(self.choices)}


@dataclass
class Answers:
    """The choices given with a file; what is asked and not answered stays open."""

    given: Mapping[str, str]
    open: list[Question] = field(default_factory=list)

    def settle(self, question: Question) -> str:
        """The choice for a question: the answer given, else what is assumed."""
        answer = self.given.get(question.id)
        if answer is None:
            if all(known.id != question.id for known in self.open):
                self.open.append(question)
            return question.assumed
        if answer not in question.choices:
            raise FileRefused(
                f'"{answer}" is not one of the choices.',
                f"Question {question.id}: {question.ask}",
                f"Answer with one of: {'; '.join(question.choices)}.",
            )
        return answer
