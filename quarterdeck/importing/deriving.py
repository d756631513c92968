"""What follows from the fields of a row?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.deciding import amounts_in_file, stage_names
from quarterdeck.importing.folding import fold, letters
from quarterdeck.importing.keys import (
    USER_ID,
    Column,
    Values,
    deal_keys,
    derived_keys,
    folded,
    product_keys,
    references,
)
from quarterdeck.importing.mapping import Mapping
from quarterdeck.importing.outcomes import verdict


def derived(
    mapping: Mapping, values: Values, count: int, outcomes: list[str] | None
) -> dict[str, Column]:
    """The derived columns of the entity, under their names."""
    return _DERIVED[mapping.entity](mapping, values, count, outcomes or [])


def _deal(mapping: Mapping, values: Values, count: int, outcomes: list[str]) -> dict[str, Column]:
    account, owner = folded(values, "account", count), folded(values, "owner", count)
    product = product_keys(values, count)
    return {
        "deal_key": deal_keys(count, values),
        "outcome": list(outcomes),
        "amount_file": amounts_in_file(outcomes, values),
        "account_key": account,
        "account_ref": references(values.get("account_id"), account, count),
        "owner_key": owner,
        "owner_ref": references(values.get("owner_id"), owner, count),
        "owner_email_key": folded(values, "owner_email", count),
        "product_key": product,
        "product_ref": references(None, product, count),
        "stage_name": stage_names(outcomes, values),
    }


def _account(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    account = folded(values, "account", count)
    return {
        "account_key": account,
        "account_ref": references(values.get("account_id"), account, count),
        **_pair(mapping, values, "parent", count),
        **_pair(mapping, values, "owner", count),
        "module_ref": references(None, folded(values, "module", count), count),
    }


def _person(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    name = folded(values, "name", count)
    return {
        "name_key": name,
        "person_ref": references(values.get("person_id"), name, count),
        "email_key": folded(values, "email", count),
        **_pair(mapping, values, "manager", count),
    }


def _product(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    product = product_keys(values, count)
    return {"product_key": product, "product_ref": references(None, product, count)}


def _quota(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    person = folded(values, "person", count)
    reference = references(values.get("person_id"), person, count)
    return {"person_key": person, "person_ref": reference}


def _stage(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    return {"stage_key": folded(values, "stage", count)}


def _module(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    return {
        "module_ref": references(None, folded(values, "module", count), count),
        **_pair(mapping, values, "account", count),
        **_pair(mapping, values, "owner", count),
    }


def _service(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    product = product_keys(values, count)
    named = ("account", "product", "activated_on")
    return {
        "service_key": derived_keys(count, values, "service_id", named),
        **_pair(mapping, values, "account", count),
        "product_key": product,
        "product_ref": references(None, product, count),
    }


def _contact(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    named = ("account", "name", "email")
    return {
        "contact_key": derived_keys(count, values, "contact_id", named),
        **_pair(mapping, values, "account", count),
    }


def _activity(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    named = ("kind", "person", "account", "deal", "happened_at", "subject")
    return {
        "activity_key": derived_keys(count, values, "activity_id", named),
        **_pair(mapping, values, "person", count),
        **_pair(mapping, values, "account", count),
        "deal_key": folded(values, "deal", count, fold),
    }


def _deal_credit(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    deal_key = folded(values, "deal", count, fold)
    return {"deal_key": deal_key, **_pair(mapping, values, "person", count)}


def _stage_history(mapping: Mapping, values: Values, count: int, _: list[str]) -> dict[str, Column]:
    owner = _pair(mapping, values, "owner", count)
    owners: Sequence[Typed | None] = values.get("owner", [None] * count)
    stages: Sequence[Typed | None] = values.get("stage", [None] * count)
    meant = {text: verdict(str(text)) or "open" for text in dict.fromkeys(stages) if text}
    return {
        "deal_key": folded(values, "deal", count, fold),
        "owner_key": owner["owner_key"],
        "owner_ref": [
            text if USER_ID.fullmatch(str(text)) else reference
            for text, reference in zip(owners, owner["owner_ref"], strict=True)
        ],
        "outcome": [None if stage is None else meant[stage] for stage in stages],
        "place": list(range(1, count + 1)),
    }


def _pair(mapping: Mapping, values: Values, field: str, count: int) -> dict[str, Column]:
    key = folded(values, field, count)
    # A column such as OwnerId or ParentId already holds the ids other files refer to.
    ids = values[field] if field in mapping.columns and _holds_ids(mapping, field) else None
    return {f"{field}_key": key, f"{field}_ref": references(ids, key, count)}


def _holds_ids(mapping: Mapping, field: str) -> bool:
    return letters(mapping.header(field)).endswith("id")


_DERIVED: dict[str, Callable[[Mapping, Values, int, list[str]], dict[str, Column]]] = {
    "deal": _deal,
    "account": _account,
    "person": _person,
    "product": _product,
    "quota": _quota,
    "stage": _stage,
    "module": _module,
    "service": _service,
    "contact": _contact,
    "activity": _activity,
    "deal_credit": _deal_credit,
    "stage_history": _stage_history,
}
