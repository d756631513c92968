"""How is a file turned down?"""

from __future__ import annotations

from collections.abc import Mapping


class FileRefused(Exception):
    """A file, an answer or a date that cannot be used: what, where, what to do."""

    def __init__(self, what: str, where: str, do: str) -> None:
        super().__init__(f"{what} {where} {do}")
        self.what = what
        self.where = where
        self.do = do
        self.questions: list[Mapping[str, object]] = []

    def document(self) -> dict[str, object]:
        """The refusal as the report shows it, with the questions whose answers may lift it."""
        refused = {"what": self.what, "where": self.where, "do": self.do}
        return {"refused": refused} | ({"questions": self.questions} if self.questions else {})
