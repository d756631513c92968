"""Which pages, with which filters, does somebody keep under a name?

Only an address is kept: whoever opens it sees what they may see. No number moves by it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor
from quarterdeck.domain.naming import fold
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

PAGES = ("attainment", "funnel", "territory", "quotas", "activity", "coaching", "area")
"""Those that filters narrow."""
LONGEST_NAME, LONGEST_ADDRESS, MOST = 60, 2000, 50
MAY_KEEP = ("owner", "operations", "area_director", "director", "executive")


@dataclass(frozen=True)
class KeepView:
    """A page with its filters, as the words of an address; without an id it is a new one.

    Of one that is kept already, what is None stays as it is.
    """

    view_name: str | None = None
    page: str | None = None
    asked: str | None = None
    is_shared: bool | None = None
    is_default: bool | None = None
    view_id: str = ""


@dataclass(frozen=True)
class DropView:
    """One that is not wanted any more; its row stays, ended."""

    view_id: str


@dataclass(frozen=True)
class View:
    """A view as it is written down."""

    view_id: str
    view_name: str
    page: str
    asked: str
    is_shared: bool = False
    is_default: bool = False


def keep_view(engine: DuckDBEngine, command: KeepView, *, scope: Scope) -> str:
    """Keep a view, or change one's own; its view_id. At most one of a page opens first.

    Raises Refused for a name that is empty, too long or taken, a page unknown, an address too long,
    one view too many, and a view that is not the viewer's own.
    """
    _check_may_keep(scope)
    with engine.transaction() as cursor:
        own = _own(cursor, scope)
        before = _known(own, command.view_id, scope) if command.view_id else None
        after = _after(command, before or View(uuid4().hex[:12], "", "", ""))
        _check(after, own)
        at = audit.moment(cursor)
        written = asdict(after) | {"owner_id": scope.viewer_id, "at": at}
        run(cursor, catalog.statements("view_set"), written)
        # Name and filters are the owner's own business: the record says what was done to which.
        said = replace(command, view_id=after.view_id, view_name=None, asked=None)
        audit.record(cursor, actor(scope), said, at)
    return after.view_id


def drop_view(engine: DuckDBEngine, command: DropView, *, scope: Scope) -> None:
    """Keep it no longer. Raises Refused for a view that is not the viewer's own."""
    _check_may_keep(scope)
    with engine.transaction() as cursor:
        _known(_own(cursor, scope), command.view_id, scope)
        at = audit.moment(cursor)
        about = {"view_id": command.view_id, "owner_id": scope.viewer_id, "at": at}
        run(cursor, catalog.statements("view_drop"), about)
        audit.record(cursor, actor(scope), command, at)


def _own(cursor: Cursor, scope: Scope) -> dict[str, View]:
    about = {"owner_id": scope.viewer_id}
    rows = run(cursor, catalog.statements("views_own"), about).fetchall()
    return {row[0]: View(*row) for row in rows}


def _known(own: dict[str, View], view_id: str, scope: Scope) -> View:
    """The view, if it is the viewer's own; another's is refused like none."""
    if view_id not in own:
        refused = Refused("You keep no such view.", "Views", "Choose one of your own in the list.")
        raise denied(scope, "view", refused)
    return own[view_id]


def _after(command: KeepView, before: View) -> View:
    said: dict[str, Any] = {
        name: value
        for name, value in asdict(command).items()
        if name != "view_id" and value is not None
    }
    after = replace(before, **said)
    return replace(after, view_name=_tidied(after.view_name))


def _tidied(name: str) -> str:
    """Without surplus space, and without signs that nobody sees."""
    return " ".join("".join(one for one in name if one.isprintable() or one.isspace()).split())


def _check(view: View, own: dict[str, View]) -> None:
    if not 0 < len(view.view_name) <= LONGEST_NAME:
        raise Refused(
            "A view needs a name." if not view.view_name else "This name is too long.",
            "Name",
            f"Give it one of at most {LONGEST_NAME} letters.",
        )
    if view.page not in PAGES:
        raise Refused(
            "This page has no filters to keep.", view.page or "Page", f"One of: {', '.join(PAGES)}."
        )
    if len(view.asked) > LONGEST_ADDRESS:
        raise Refused(
            "So many filters cannot be kept.",
            f"{len(view.asked):,} of {LONGEST_ADDRESS:,} letters",
            "Choose a manager instead of each person, or fewer modules of accounts.",
        )
    others = [one for one in own.values() if one.view_id != view.view_id]
    if fold(view.view_name) in {fold(one.view_name) for one in others}:
        raise Refused(
            f"You keep a view called “{view.view_name}” already.",
            "Name",
            "Choose another name, or change that one.",
        )
    if view.view_id not in own and len(own) >= MOST:
        raise Refused(
            f"You keep {MOST} views already.", "Views", "Delete one that you do not need any more."
        )


def _check_may_keep(scope: Scope) -> None:
    """Whoever has a role keeps views of their own; '' is the owner of everything alone."""
    if scope.role not in MAY_KEEP or (not scope.viewer_id and scope.role != "owner"):
        refused = Refused(
            "Only who has a role keeps views.", f"role: {scope.role}", "Ask your director for one."
        )
        raise denied(scope, "view", refused)
