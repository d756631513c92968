"""How is a file turned down?"""

from __future__ import annotations


class FileRefused(Exception):
    """A file, an answer or a date that cannot be used: what, where, what to do."""

    def __init__(self, what: str, where: str, do: str) -> None:
        super().__init__(f"{what} {where} {do}")
        self.what = what
        self.where = where
        self.do = do

    def document(self) -> dict[str, dict[str, str]]:
        """The refusal as the report shows it."""
        return {"refused": {"what": self.what, "where": self.where, "do": self.do}}
