"""What did somebody do, with whom and when? Logged by hand, audited without its texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid4

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

MAY_LOG = ("owner", "operations", "area_director", "director", "executive")
LONGEST_KIND, LONGEST_OUTCOME, LONGEST_SUBJECT = 40, 80, 200
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class LogActivity:
    """A call, a meeting, a visit; `activity_id` is made when the form is drawn, so that the same
    form sent twice logs it once."""

    kind: str
    person_id: str
    happened_on: date
    account_id: str | None = None
    deal_id: str | None = None
    outcome: str = ""
    subject: str = ""
    activity_id: str = ""


def log_activity(engine: DuckDBEngine, command: LogActivity, *, scope: Scope) -> int:
    """The number of its entry in the audit, by which it is taken back.

    Raises Refused for a day to come, for a kind without a name, and where the person, the account
    or the deal is out of sight.
    """
    _check_may_log(scope)
    command = _tidied(command)
    with engine.transaction() as cursor:
        if known := _logged(cursor, command.activity_id):
            return known
        _check_day(cursor, command.happened_on)
        _check_person(cursor, scope, command)
        command = replace(command, account_id=_account(cursor, scope, command))
        at = audit.moment(cursor)
        written = {
            "activity_id": command.activity_id,
            "kind": command.kind,
            "person_id": command.person_id,
            "account_id": command.account_id,
            "deal_id": command.deal_id,
            "happened_at": datetime.combine(command.happened_on, time()),
            "outcome": command.outcome or None,
            "subject": command.subject or None,
            "at": at,
        }
        run(cursor, catalog.statements("activity_log"), written)
        # What was said with whom is told by the activity alone: taken back, it is gone.
        audit.record(cursor, actor(scope), replace(command, outcome="", subject=""), at)
        return _logged(cursor, command.activity_id)


def new_id() -> str:
    """The id of an activity that no file names."""
    return f"logged-{uuid4().hex[:12]}"


def _logged(cursor: Cursor, activity_id: str) -> int:
    about = {"activity_id": activity_id}
    ((number,),) = run(cursor, catalog.statements("activity_logged"), about).fetchall()
    return int(number or 0)


def _check_may_log(scope: Scope) -> None:
    if scope.role not in MAY_LOG:
        refused = Refused(
            "Only who has a role logs activities.", f"role: {scope.role}", "Ask your director."
        )
        raise denied(scope, "activity", refused)


def _tidied(command: LogActivity) -> LogActivity:
    kind, outcome, subject = map(_one_line, (command.kind, command.outcome, command.subject))
    if not 0 < len(kind) <= LONGEST_KIND:
        raise Refused(
            "An activity needs a kind.", "Kind", f"Choose one, of at most {LONGEST_KIND} letters."
        )
    for word, text, most in (
        ("Outcome", outcome, LONGEST_OUTCOME),
        ("Subject", subject, LONGEST_SUBJECT),
    ):
        if len(text) > most:
            raise Refused(
                f"The {word.lower()} is too long.", word, f"Write at most {most} letters."
            )
    return replace(
        command,
        kind=kind,
        outcome=outcome,
        subject=subject,
        account_id=command.account_id or None,
        deal_id=command.deal_id or None,
        activity_id=command.activity_id or new_id(),
    )


def _one_line(text: str) -> str:
    """Without surplus space, and without signs that nobody sees."""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())


def _check_day(cursor: Cursor, day: date) -> None:
    about = {"name": "time_zone"}
    found = run(cursor, catalog.statements("setting_value"), about).fetchall()
    today = clock.today(str(found[0][0]) if found else "UTC")
    if not FIRST_DAY <= day <= today:
        raise Refused(
            f"{day:%d %b %Y} has not come yet."
            if day > today
            else f"{day:%d %b %Y} is too long ago.",
            "Day",
            f"Choose one between {FIRST_DAY.year} and today, {today:%d %b %Y}.",
        )


def _check_person(cursor: Cursor, scope: Scope, command: LogActivity) -> None:
    """Nobody logs for whom they do not see, on that day and today."""
    about = scope.parameters() | {"person_id": command.person_id}
    steps = catalog.statements("is_seen")
    for day in {command.happened_on, max(command.happened_on, clock.today())}:
        if not run(cursor, steps, about | {"as_of": day}).fetchall()[0][0]:
            refused = Refused(
                "There is no such person on your team.",
                command.person_id,
                "Log what you did yourself, or choose somebody in the list.",
            )
            raise denied(scope, "person", refused)


def _account(cursor: Cursor, scope: Scope, command: LogActivity) -> str | None:
    """The account named, else the deal's. What is out of sight is refused like what is not."""
    if not command.account_id and not command.deal_id:
        return None
    about = {"account_id": command.account_id, "deal_id": command.deal_id, "day": clock.today()}
    steps = catalog.statements("activity_sight")
    ((sees_account, sees_deal, deals_account),) = run(
        cursor, steps, scope.parameters() | about
    ).fetchall()
    for thing, thing_id, is_seen in (
        ("account", command.account_id, sees_account),
        ("deal", command.deal_id, sees_deal),
    ):
        if thing_id and not is_seen:
            refused = Refused(
                f"There is no such {thing} in your sight.",
                thing_id,
                f"Choose one of the {thing}s in the list, or log it without.",
            )
            raise denied(scope, thing, refused)
    if command.account_id and deals_account and deals_account != command.account_id:
        raise Refused(
            "The deal belongs to another account.",
            f"{command.deal_id}: {deals_account}",
            "Name the deal alone, or another account.",
        )
    return command.account_id or deals_account
