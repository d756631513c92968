"""What is told of an account that changes hands, and of one executive whose accounts change?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Moved:
    """An account that changes hands: where it lies, what it is worth, and why it moves."""

    account_name: str
    place: str = ""
    from_name: str = ""
    to_name: str = ""
    potential_usd: Decimal | None = None
    mrr_usd: Decimal | None = None
    open_usd: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class DealLine:
    """An open deal; `credited_to` says in words who is credited when it is won."""

    name: str
    stage: str = ""
    amount_usd: Decimal | None = None
    close_on: date | None = None
    next_step: str = ""
    credited_to: str = ""
    account_name: str = ""


@dataclass(frozen=True)
class Letter:
    """What one executive is told: accounts, quota with its arithmetic, the rule for open deals."""

    person_name: str
    effective_on: date
    manager_name: str = ""
    team_name: str = ""
    accounts_in: tuple[Moved, ...] = ()
    accounts_out: tuple[Moved, ...] = ()
    quota_before_usd: Decimal | None = None
    quota_after_usd: Decimal | None = None
    quota_words: str = ""
    credit_words: str = ""
    deals: tuple[DealLine, ...] = ()


@dataclass(frozen=True)
class Contact:
    name: str
    role: str = ""
    email: str = ""
    influence: str = ""


@dataclass(frozen=True)
class Done:
    """An activity: what was done on a day, by whom, and what came of it."""

    day: date | None
    kind: str = ""
    by: str = ""
    subject: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Service:
    product: str
    mrr_usd: Decimal | None = None
    renewal_on: date | None = None


@dataclass(frozen=True)
class Handover:
    """All that the next owner of an account must know of it."""

    account_name: str
    effective_on: date
    address: str = ""
    industry: str = ""
    is_strategic: bool = False
    from_name: str = ""
    to_name: str = ""
    open_deals: tuple[DealLine, ...] = ()
    contacts: tuple[Contact, ...] = ()
    activities: tuple[Done, ...] = ()
    services: tuple[Service, ...] = ()
