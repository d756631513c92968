"""Who is credited with a deal? Split by hand, with a reason, dated and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.commands.people import check_may_change, check_sees
from quarterdeck.domain.credits import is_whole, percent
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

LONGEST = 200


@dataclass(frozen=True)
class SetCredit:
    """Whose a deal is from a day on, in parts of one; nobody named: all is the owner's."""

    deal_id: str
    people: tuple[str, ...]
    shares: tuple[Decimal, ...]
    from_on: date
    reason: str
    seen: int | None = None


def set_credit(engine: DuckDBEngine, command: SetCredit, *, scope: Scope) -> None:
    """Split a deal; a first split has always been it, a later one holds from `from_on`.

    Raises Refused for parts that do not add up, without a reason, and where somebody out of sight
    is named or would lose by it.
    """
    check_may_change(scope)
    _check_reason(command.reason)
    _check_parts(command)
    with engine.transaction() as cursor:
        _check_sight(cursor, scope, command)
        for person_id in command.people:
            check_sees(cursor, scope, person_id, command.from_on)
        check_unmoved(cursor, "credit", command.deal_id, command.deal_id, command.seen)
        at = audit.moment(cursor)
        setting = {
            "deal_id": command.deal_id,
            "people": list(command.people),
            "shares": list(command.shares),
            "from_on": command.from_on,
            "at": at,
            "batch_id": None,
            "origin": "command",
        }
        for step in ("credit_set", "credit_even"):
            run(cursor, catalog.statements(step), setting)
        _check_moves(cursor, command)
        run(cursor, catalog.statements("credit_shift"), setting)
        audit.record(cursor, actor(scope), command, at)


def _check_reason(reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST:
        raise Refused(
            "An adjustment of credit needs a reason.",
            "Reason",
            f"Say in 1 to {LONGEST} letters why the deal is split so.",
        )


def _check_parts(command: SetCredit) -> None:
    """Each part is something, each person has one, and together they are the whole."""
    people, shares = command.people, command.shares
    if len(people) != len(shares):
        raise Refused("Each person needs a part.", "Parts", "Give as many parts as people.")
    if len(set(people)) < len(people):
        twice = next(each for each in people if people.count(each) > 1)
        raise Refused("Nobody has two parts of a deal.", twice, "Add the two parts up to one.")
    if not all(share.is_finite() and share > 0 for share in shares):
        raise Refused("A part is more than nothing.", "Parts", "Leave out who gets nothing.")
    if people and not is_whole(shares):
        raise Refused(
            f"The parts add up to {percent(sum(shares, Decimal()))}.",
            command.deal_id,
            "Change them so that they add up to 100 %.",
        )


def _check_sight(cursor: Cursor, scope: Scope, command: SetCredit) -> None:
    """A deal out of sight is refused in the words of one that is not there."""
    asking = {"as_of": clock.today(), "deal_id": command.deal_id, "from_on": command.from_on}
    found = run(cursor, catalog.statements("credit_sight"), scope.parameters() | asking).fetchall()
    ((is_seen, are_all_seen),) = found
    if not is_seen:
        raise denied(
            scope,
            "deal",
            Refused(
                "There is no such deal in your sight.",
                command.deal_id,
                "Choose a deal that was found, or ask the area director.",
            ),
        )
    if not are_all_seen:
        raise denied(
            scope,
            "deal",
            Refused(
                "Somebody outside your team is credited with this deal too.",
                command.deal_id,
                "Ask the area director or sales operations to split it.",
            ),
        )


def _check_moves(cursor: Cursor, command: SetCredit) -> None:
    ((moving,),) = run(cursor, catalog.statements("credit_moving")).fetchall()
    if not moving:
        raise Refused("The credit is so already.", command.deal_id, "Nothing to do.")
