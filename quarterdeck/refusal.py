"""Understood, and not done: what, where, and what to do about it."""

from __future__ import annotations


class Refused(ValueError):
    """A request that changes nothing, said in three parts that a person can act on."""

    def __init__(self, what: str, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(" ".join(part for part in (what, where, do) if part))

    def parts(self) -> dict[str, str]:
        return {"what": self.what, "where": self.where, "do": self.do}
