"""What is each executive told of a realignment, and the next holder of each account?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quarterdeck import reads
from quarterdeck.domain.calendar import Calendar
from quarterdeck.engine import DuckDBEngine
from quarterdeck.exports.sheets import Contact, DealLine, Done, Handover, Letter, Moved, Service
from quarterdeck.filters import Filters
from quarterdeck.people import Scope
from quarterdeck.ui.letter_words import (
    Handing,
    Row,
    Turn,
    credit_words,
    quota_after,
    quota_words,
    turned,
)

NOT_TRUE = "draft, not published"


@dataclass(frozen=True)
class Told:
    """Asks for one viewer what letters tell; also at a click, when no page is there to ask."""

    engine: DuckDBEngine
    scope: Scope
    asked: Filters
    handing: Handing

    def rows(self, name: str, **more: Any) -> list[Row]:
        """The answer about this realignment to the cent, a dict a row."""
        return self._rows(name, self.asked, scenario_id=self.handing.scenario_id, **more)

    def deals(self, accounts: Sequence[str]) -> dict[str, tuple[DealLine, ...]]:
        """Account id → its open deals: of what is published as they are credited from its day on,
        of a draft as they would be."""
        one, more = self.handing, {"narrowed_to": list(accounts)}
        if one.is_draft:
            rows = self.rows("account_deals", **more)
        else:
            then = replace(self.asked, as_of=max(self.asked.as_of, one.effective_on))
            rows = self._rows("account_deals", then, **more)
        return _by_account(rows, _deal)

    def _rows(self, name: str, asked: Filters, **more: Any) -> list[Row]:
        about = {"plan_on": self.handing.effective_on, **more}
        found = reads.exact(self.engine, self.scope, asked, name, **about)
        titles = [column.name for column in found.columns]
        return [dict(zip(titles, row, strict=True)) for row in found.rows]


def everything(asked: Filters, today: date) -> Filters:
    """A letter leaves nothing out: everyone and all lines on the day it is written, in amounts, as
    people and accounts belong to whom they belong."""
    return replace(
        asked.widened(),
        as_of=today,
        basis="amount",
        assignments="as_was",
        compare_on=None,
        compare_period=None,
    )


def letters(told: Told) -> dict[str, Letter]:
    """Person id → the letter, for each executive in sight whom the realignment touches; who is
    touched most comes first."""
    moves, people = told.rows("scenario_moves"), told.rows("scenario_letters")
    deals = told.deals([one["account_id"] for one in moves])
    turn = Turn()
    if told.handing.is_draft and told.handing.is_rebased:
        turn = turned(told.rows("scenario_quotas"), told.rows("scenario_flows"))
    calendar = reads.calendar(told.engine)
    return {
        one["person_id"]: _letter(told.handing, one, moves, deals, turn, calendar) for one in people
    }


def handovers(told: Told) -> list[Handover]:
    """A sheet for each account that changes hands, by who gets it."""
    moves = told.rows("scenario_moves")
    ids = {"narrowed_to": [one["account_id"] for one in moves]}
    deals = told.deals(ids["narrowed_to"])
    contacts = _by_account(told.rows("account_contacts", **ids), _contact)
    activities = _by_account(told.rows("account_activities", **ids), _done)
    services = _by_account(told.rows("account_services", **ids), _service)
    return [
        Handover(
            account_name=one["account_name"],
            effective_on=told.handing.effective_on,
            address=_address(one, is_draft=told.handing.is_draft),
            industry=one["industry"] or "",
            is_strategic=bool(one["is_strategic"]),
            from_name=one["from_name"] or "nobody",
            to_name=one["to_name"] or "nobody",
            open_deals=deals.get(one["account_id"], ()),
            contacts=contacts.get(one["account_id"], ()),
            activities=activities.get(one["account_id"], ()),
            services=services.get(one["account_id"], ()),
        )
        for one in moves
    ]


def _letter(
    handing: Handing,
    person: Row,
    moves: Sequence[Row],
    deals: Mapping[str, tuple[DealLine, ...]],
    turn: Turn,
    calendar: Calendar,
) -> Letter:
    person_id = person["person_id"]
    coming = [one for one in moves if one["to_id"] == person_id]
    leaving = [one for one in moves if one["from_id"] == person_id]
    own = [deal for one in (*coming, *leaving) for deal in deals.get(one["account_id"], ())]
    after = quota_after(handing, person, turn)
    team = f"team of {person['manager_name']}" if person["manager_name"] else ""
    return Letter(
        person_name=person["person_name"],
        effective_on=handing.effective_on,
        manager_name=handing.signed,
        team_name=", ".join(filter(None, (team, NOT_TRUE if handing.is_draft else ""))),
        accounts_in=tuple(map(_moved, coming)),
        accounts_out=tuple(map(_moved, leaving)),
        quota_before_usd=person["quota_before_usd"],
        quota_after_usd=after,
        quota_words=quota_words(handing, person, turn, calendar),
        credit_words=credit_words(handing) if own else "",
        deals=tuple(own),
    )


def _by_account(rows: Iterable[Row], made: Callable[[Row], Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for one in rows:
        found[one["account_id"]].append(made(one))
    return {account_id: tuple(each) for account_id, each in found.items()}


def _moved(one: Row) -> Moved:
    return Moved(
        account_name=one["account_name"],
        place=one["place"] or "",
        from_name=one["from_name"] or "nobody",
        to_name=one["to_name"] or "nobody",
        potential_usd=one["potential_usd"],
        mrr_usd=one["mrr_usd"],
        open_usd=one["open_usd"],
        reason=f"Part of {one['module_name']}" if one["module_name"] else "",
    )


def _deal(one: Row) -> DealLine:
    return DealLine(
        name=one["deal_name"] or one["deal_id"],
        stage=one["stage"],
        amount_usd=one["amount_usd"],
        close_on=one["close_on"],
        next_step=one["next_step"] or "",
        credited_to=one["credited"],
        account_name=one["account_name"],
    )


def _contact(one: Row) -> Contact:
    return Contact(
        one["contact_name"], *(one[each] or "" for each in ("role", "email", "influence"))
    )


def _done(one: Row) -> Done:
    said = (one[each] or "" for each in ("kind", "person_name", "subject", "outcome"))
    return Done(one["happened_on"], *said)


def _service(one: Row) -> Service:
    product = one["product_name"] or one["product_line"] or one["service_id"]
    return Service(product, one["mrr_usd"], one["renewal_on"])


def _address(one: Row, *, is_draft: bool) -> str:
    place = " ".join(filter(None, (one["place"], one["zip"])))
    first = NOT_TRUE.capitalize() if is_draft else ""
    return "\n".join(filter(None, (first, one["street"], place)))
