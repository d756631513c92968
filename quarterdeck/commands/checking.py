"""May this be changed, by whom, and is it still what the form showed?"""

from __future__ import annotations

from quarterdeck import catalog
from quarterdeck.engine import Cursor, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

MAY_SETTLE = ("owner", "operations", "area_director")
"""Who may change what holds for the whole organisation."""


def actor(scope: Scope) -> str:
    """Whom the audit names."""
    return scope.viewer_id or scope.role


def check_may_settle(scope: Scope) -> None:
    if scope.role not in MAY_SETTLE:
        raise denied(
            scope,
            "organisation",
            Refused(
                "Your role may not change what holds for everyone.",
                f"role: {scope.role}",
                "Ask sales operations or the area director.",
            ),
        )


def check_unmoved(cursor: Cursor, kind: str, thing: str, label: str, seen: int | None) -> None:
    """A race that was lost shows both: what the form showed, and what is there now.

    `seen` is the version of the data that the form was drawn from; None asks for no check.
    """
    if seen is None:
        return
    about = {"kind": kind, "thing": thing, "seen": seen}
    ((now, shown),) = run(cursor, catalog.statements("thing_versions"), about).fetchall()
    if now != shown:
        raise Refused(
            f"Somebody changed this while you looked: you saw “{shown or 'nothing'}”, "
            f"it is now “{now or 'nothing'}”.",
            label,
            "Nothing was saved. Look at what is there now, and save again if yours is right.",
        )
