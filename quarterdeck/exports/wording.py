"""How does what a letter tells read, field by field?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from quarterdeck.domain.calendar import day_label
from quarterdeck.exports.sheets import DealLine, Handover, Letter, Moved, Service
from quarterdeck.exports.tags import Fields
from quarterdeck.metrics import exact_money, money


def letter_fields(one: Letter) -> Fields:
    """What a template of a letter may ask for: texts as they are read, lists of the same."""
    return {
        "person_name": one.person_name,
        "manager_name": one.manager_name,
        "team_name": one.team_name,
        "effective_on": day_label(one.effective_on),
        "moves_words": _moves(len(one.accounts_in), len(one.accounts_out)),
        "accounts_in": [_moved_fields(each) for each in one.accounts_in],
        "accounts_out": [_moved_fields(each) for each in one.accounts_out],
        **_sums("in", one.accounts_in),
        **_sums("out", one.accounts_out),
        "quota_before_usd": _exact(one.quota_before_usd),
        "quota_after_usd": _exact(one.quota_after_usd),
        "quota_words": one.quota_words,
        "credit_words": one.credit_words,
        "deals": [_deal_fields(each) for each in one.deals],
        "deals_usd": _exact(_total(each.amount_usd for each in one.deals)),
    }


def _moved_fields(one: Moved) -> Fields:
    return {
        "account_name": one.account_name,
        "place": one.place,
        "from_name": one.from_name,
        "to_name": one.to_name,
        "potential_usd": _short(one.potential_usd),
        "mrr_usd": _short(one.mrr_usd),
        "open_usd": _short(one.open_usd),
        "reason": one.reason,
    }


def _sums(way: str, moves: Sequence[Moved]) -> Fields:
    return {
        f"{way}_potential_usd": _short(_total(each.potential_usd for each in moves)),
        f"{way}_mrr_usd": _short(_total(each.mrr_usd for each in moves)),
        f"{way}_open_usd": _short(_total(each.open_usd for each in moves)),
    }


def _deal_fields(one: DealLine) -> Fields:
    return {
        "account_name": one.account_name,
        "name": one.name,
        "stage": one.stage,
        "amount_usd": _exact(one.amount_usd),
        "close_on": _day(one.close_on),
        "next_step": one.next_step,
        "credited_to": one.credited_to,
    }


def handover_fields(sheets: Sequence[Handover]) -> Fields:
    """What a template of handover sheets may ask for: a list of sheets."""
    return {"sheets": [_sheet_fields(each) for each in sheets]}


def _sheet_fields(one: Handover) -> Fields:
    return {
        "account_name": one.account_name,
        "address": one.address,
        "industry": one.industry,
        "is_strategic": one.is_strategic,
        "from_name": one.from_name,
        "to_name": one.to_name,
        "effective_on": day_label(one.effective_on),
        "open_deals": [_deal_fields(each) for each in one.open_deals],
        "open_usd": _exact(_total(each.amount_usd for each in one.open_deals)),
        "contacts": [vars(each) for each in one.contacts],
        "activities": [{**vars(each), "day": _day(each.day)} for each in one.activities],
        "services": [_service_fields(each) for each in one.services],
        "mrr_usd": _exact(_total(each.mrr_usd for each in one.services)),
    }


def _service_fields(one: Service) -> Fields:
    return {
        "product": one.product,
        "mrr_usd": _exact(one.mrr_usd),
        "renewal_on": _day(one.renewal_on),
    }


def _moves(coming: int, leaving: int) -> str:
    """2 accounts come to you and 1 account leaves you."""
    comes = f"{_accounts(coming)} {'comes' if coming <= 1 else 'come'} to you"
    leaves = f"{_accounts(leaving).lower()} {'leaves' if leaving <= 1 else 'leave'} you"
    return f"{comes} and {leaves}."


def _accounts(number: int) -> str:
    return f"{number:,} accounts" if number > 1 else "1 account" if number else "No account"


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; nothing where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _exact(usd: Decimal | None) -> str:
    return "" if usd is None else exact_money(float(usd))


def _short(usd: Decimal | None) -> str:
    return "" if usd is None else money(float(usd))


def _day(day: date | None) -> str:
    return "" if day is None else day_label(day)
