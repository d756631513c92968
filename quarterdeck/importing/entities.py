"""What do the rows of a file stand for?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quarterdeck.importing.fields import ENTITIES
from quarterdeck.importing.folding import letters
from quarterdeck.importing.headers import folded_aliases, variants
from quarterdeck.importing.histories import HISTORY, is_history
from quarterdeck.importing.questions import Answers, Question
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.tells import ACTIVITIES, FOREIGN, STAFF

Columns = Mapping[str, int]

_WANTED = {
    "deal": "a deal ID, name or account, and a stage, status or won flag",
    "account": "an account name or ID",
    "person": "a name or person ID",
    "quota": "a person, a period and a quota",
    "product": "a product",
    "stage": "a stage",
    "module": "a module, and an account or an owner",
    "service": "a service ID, or an account and a product",
    "contact": "a name, and a contact ID, account or email",
    "activity": "a date, and a kind, person, account, deal or subject",
    "deal_credit": "a deal, a person and a share",
    "stage_history": "a deal, the moment of each event, and a stage, amount, close date or owner",
}
# Headers any table may have: alone they do not say what a row stands for.
_GENERIC = frozenset(
    letters(word)
    for word in (
        *("id", "name", "title", "label", "record id", "project", "state", "type", "start date"),
        *("end date", "url", "order", "description"),
    )
)
_ABOUT = {
    entity: frozenset(fields.split())
    for entity, fields in {
        "account": "industry segment street city state zip phone website employees revenue"
        " potential",
        "person": "manager role email hired_on left_on region base_zip",
        "product": "product_line is_recurring list_price",
        "stage": "position outcome forecast_category probability",
    }.items()
}
# The more a kind of file must hold to be one, the earlier it is tried.
_STRICT = ("deal", "quota")
_MODULES = frozenset({"module", "modulename", "accountmodule"})
_OF_CONTACTS = frozenset({"contactid", "contact", "contactname", "lastname", "influence"})


def entity_of(
    headers: Sequence[str],
    readers: Sequence[Callable[[Sequence[str], str], Columns]],
    given: str | None,
    answers: Answers,
) -> str:
    """The entity given, if the headers allow it, else the best fit; a tie is a question.

    The readers map headers onto an entity, the strictest first; the others are for misspellings.
    """
    if given is not None:
        return _allowed(given, readers[-1], headers)
    if is_history(headers) and _has_what_it_needs(HISTORY, readers[-1](headers, HISTORY)):
        return HISTORY
    _refuse_foreign(headers)
    for reader in readers:
        columns = {name: reader(headers, name) for name in ENTITIES}
        fits = [name for name in ENTITIES if _fits(name, columns[name], headers)]
        if _is_activity_list(headers):
            fits = [name for name in fits if name == "activity"]
        if "contact" in fits:
            fits = _told_from_contacts(fits, columns, headers)
        if fits and not (fits == ["person"] and _is_contact_list(headers)):
            return _best(fits, columns, headers, answers)
    raise _nothing_recognised(headers)


def _best(
    fits: list[str], columns: Mapping[str, Columns], headers: Sequence[str], answers: Answers
) -> str:
    for strict in _STRICT:
        if strict in fits:
            return strict
    if "person" in fits and _is_staff_list(headers):
        return "person"
    most = max(len(columns[name]) for name in fits)
    best = tuple(name for name in fits if len(columns[name]) == most)
    return best[0] if len(best) == 1 else _asked(best, answers)


def _allowed(
    given: str, reader: Callable[[Sequence[str], str], Columns], headers: Sequence[str]
) -> str:
    refuse_unknown(given)
    do = "Name the columns as in the template, or choose another kind of file."
    refuse_lacking(given, reader(headers, given), "Header row.", do)
    return given


_SEVERAL = {
    "module": ("module", "account owner"),
    "contact": ("name", "contact_id account email"),
    "activity": ("happened_at", "kind person account deal subject"),
    "deal_credit": ("deal", "person", "share"),
    "stage_history": ("deal", "happened_at", "stage amount close_on owner"),
}


def refuse_unknown(given: str) -> None:
    """Raise FileRefused for what is no entity."""
    if given not in ENTITIES:
        raise FileRefused(
            f'"{given}" is not a kind of file that can be read.',
            "The entity asked for.",
            f"Choose one of: {', '.join(ENTITIES)}.",
        )


def refuse_lacking(entity: str, columns: Columns, where: str, do: str) -> None:
    """Raise FileRefused unless the columns hold what a row of the entity needs."""
    if not _has_what_it_needs(entity, columns):
        what = f"These are no {entity} rows: {_WANTED[entity]} must have a column."
        raise FileRefused(what, where, do)


def _has_what_it_needs(entity: str, columns: Columns) -> bool:
    if entity == "deal":
        return _any(columns, "deal_id deal_name account") and _any(
            columns, "stage status is_won is_closed"
        )
    if entity == "quota":
        return columns.keys() >= {"period", "quota"} and bool(
            columns.keys() & {"person", "person_id"}
        )
    if entity in _SEVERAL:
        return all(_any(columns, one) for one in _SEVERAL[entity])
    if entity == "service":
        return "service_id" in columns or {"account", "product"} <= columns.keys()
    names = {"account": "account account_id", "person": "name person_id"}
    return _any(columns, names.get(entity, entity))


def _fits(entity: str, columns: Columns, headers: Sequence[str]) -> bool:
    if not _has_what_it_needs(entity, columns):
        return False
    specific = {
        field for field, at in columns.items() if not _GENERIC.intersection(variants(headers[at]))
    }
    if entity in _TOLD:
        return _TOLD[entity](columns, specific, headers)
    if entity == "account" and "account" not in columns:
        return False
    if entity == "stage" and "stage" not in specific:
        return False
    return entity == "quota" or bool(specific & _ABOUT[entity])


def _is_module(columns: Columns, _: set[str], headers: Sequence[str]) -> bool:
    """A territory beside a name may be a person's; beside an account it is a module."""
    return "account" in columns or letters(headers[columns["module"]]) in _MODULES


def _is_service(columns: Columns, specific: set[str], _: Sequence[str]) -> bool:
    dated = {"activated_on", "renewal_on", "disconnected_on"} & specific
    if "service_id" in specific:
        return bool(dated or {"product", "mrr", "nrc"} & specific)
    return "product" in columns and bool({"activated_on", "disconnected_on"} & specific)


def _is_contact(columns: Columns, specific: set[str], headers: Sequence[str]) -> bool:
    if not _is_contact_list(headers) and "influence" not in specific:
        return False
    return bool({"email", "role", "influence", "contact_id"} & columns.keys())


def _told_from_contacts(
    fits: list[str], columns: Mapping[str, Columns], headers: Sequence[str]
) -> list[str]:
    """People of a company are no staff of ours; an account may have a mail address of its own."""
    others = [name for name in fits if name != "person" or _is_staff_list(headers)]
    if "account" not in fits or {letters(header) for header in headers} & _OF_CONTACTS:
        return others
    less = "contact" if len(columns["account"]) >= len(columns["contact"]) else "account"
    return [name for name in others if name != less]


def _is_activity_list(headers: Sequence[str]) -> bool:
    """Whether the headers say so outright; a history of stages has a day of each as well."""
    folded = {letters(header) for header in headers}
    told = [listed for listed in ACTIVITIES if folded.issuperset(folded_aliases(listed))]
    return bool(told) and (told != ["happened at"] or not folded & {"stage", "stagename"})


def _is_deal(_: Columns, specific: set[str], headers: Sequence[str]) -> bool:
    if "stage" in specific:
        return True
    named = {"deal_id", "deal_name", "is_won"} & specific
    return bool(named) or bool({"account"} & specific and {"close_on", "closed_on"} & specific)


_TOLD: Mapping[str, Callable[[Columns, set[str], Sequence[str]], bool]] = {
    "deal": _is_deal,
    "module": _is_module,
    "service": _is_service,
    "contact": _is_contact,
    "activity": lambda columns, specific, headers: _is_activity_list(headers),
    "deal_credit": lambda columns, specific, headers: "share" in specific,
    # Its headers have said so before, or they have not.
    "stage_history": lambda columns, specific, headers: False,
}


def _any(columns: Columns, fields: str) -> bool:
    return any(field in columns for field in fields.split())


def _is_contact_list(headers: Sequence[str]) -> bool:
    folded = {letters(header) for header in headers}
    of_company = {"accountid", "accountname", "company", "companyname"} & folded
    staff = {"profileid", "managerid", "manager", "username", "userroleid"} & folded
    return "contactid" in folded or bool(of_company and not staff)


def _is_staff_list(headers: Sequence[str]) -> bool:
    return any(letters(header) in folded_aliases(STAFF) for header in headers)


def _refuse_foreign(headers: Sequence[str]) -> None:
    folded = {letters(header) for header in headers}
    for what, listed in FOREIGN:
        if folded.issuperset(folded_aliases(listed)):
            raise FileRefused(
                f"This looks like {what}: {', '.join(_present(headers, listed))}.",
                "Header row.",
                f"Drop a file of one of these: {', '.join(ENTITIES)};"
                " or say which of them this file is.",
            )


def _present(headers: Sequence[str], listed: str) -> list[str]:
    wanted = folded_aliases(listed)
    return [header for header in headers if letters(header) in wanted]


def _nothing_recognised(headers: Sequence[str]) -> FileRefused:
    shown = ", ".join(header.strip()[:40] for header in headers[:8] if header.strip())
    if len(headers) > 8:
        shown += " …"
    return FileRefused(
        f"No kind of file has these columns: {shown}.",
        "Header row.",
        f"A deal file needs {_WANTED['deal']}. Name the columns as in a template.",
    )


def _asked(best: tuple[str, ...], answers: Answers) -> str:
    return answers.settle(
        Question(
            "entity",
            f"What does each row of this file stand for: {' or '.join(best)}?",
            best,
            best[0],
        )
    )
