"""How long does a sign-in last, and which ones are over?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

IDLE_SECONDS = 60 * 60.0
"""OWASP's guidance for business use: an hour without a click ends it."""
LONGEST_SECONDS = 12 * 60 * 60.0
"""A working day; then the provider is asked again."""
MOST = 10_000


def login_id(issuer: str, subject: str, issued_at: int, nonce: str) -> str:
    """One sign-in, told by its token: every tab of a browser shares it, another browser never."""
    return sha256("\0".join((issuer, subject, str(issued_at), nonce)).encode()).hexdigest()


@dataclass
class Logins:
    """The sign-ins of this process. `now` gives seconds since 1970, as tokens do."""

    now: Callable[[], float]
    _began: dict[str, float] = field(default_factory=dict)
    _seen: dict[str, float] = field(default_factory=dict)
    _ended: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_over(self, login: str, issued_at: int, was_ended: Callable[[], bool]) -> str:
        """Why this sign-in is over: 'ended', 'idle' or 'long'; '' while it lasts, noting a click.

        One that this process has not seen is as old as its token, and `was_ended` says whether it
        was ended before: after a restart whoever was idle signs in again. A provider's clock that
        runs ahead makes none younger than now.
        """
        known = login in self._began
        if not known and was_ended():
            self.end(login)
        with self._lock:
            now = self.now()
            began = self._began.setdefault(login, min(float(issued_at), now))
            seen = self._seen.get(login, began)
            if login in self._ended:
                return "ended"
            if now - began > LONGEST_SECONDS:
                return "long"
            if now - seen > IDLE_SECONDS:
                return "idle"
            self._seen[login] = now
            if not known:
                self._forget(now)
            return ""

    def end(self, login: str) -> None:
        """Signed out: no tab goes on, and no copy of the cookie either."""
        with self._lock:
            self._ended[login] = self.now()

    def has_ended(self, login: str) -> bool:
        """Whether somebody signed out; asking is no click."""
        return login in self._ended

    def _forget(self, now: float) -> None:
        # What is longer ago than the longest sign-in is over by its age alone.
        for login in [
            one for one, began in self._began.items() if now - began > 2 * LONGEST_SECONDS
        ]:
            for known in (self._began, self._seen, self._ended):
                known.pop(login, None)
        for login in list(self._began)[: max(len(self._began) - MOST, 0)]:
            if login not in self._ended:
                self._began.pop(login)
                self._seen.pop(login, None)
