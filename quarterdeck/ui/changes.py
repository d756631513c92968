"""What was changed by hand, in words, and which changes still hold?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from quarterdeck.domain.credits import percent
from quarterdeck.domain.thresholds import BY_NAME
from quarterdeck.filters import listed as named
from quarterdeck.metrics import exact_money
from quarterdeck.ui import session
from quarterdeck.ui.days import day_words
from quarterdeck.ui.settled import asked
from quarterdeck.ui.words import counted

Values = Mapping[str, Any]
Names = Mapping[str, str]
BACK, AGAIN = "Taken back: ", "Brought back: "


def listed() -> pd.DataFrame:
    """Every change by hand, newest first, with whether it still holds and may be taken back."""
    rows = session.answer("setting_changes", asked())
    undone, referred = standing(zip(rows["audit_id"], rows["undoes_id"], strict=True))
    return rows.assign(
        is_undone=rows["audit_id"].isin(undone), may_undo=~rows["audit_id"].isin(referred)
    )


def standing(entries: Iterable[tuple[int, int | None]]) -> tuple[set[int], set[int]]:
    """Of entries and what each takes back, newest first: which are undone, which were ever."""
    undone: set[int] = set()
    referred: set[int] = set()
    for number, undoes in entries:
        if not pd.isna(undoes):
            referred.add(int(undoes))
            if number not in undone:
                undone.add(int(undoes))
    return undone, referred


def is_standing(command: str) -> bool:
    """Whether a change of this kind was made and still holds."""
    rows = listed()
    return bool(((rows["command"] == command) & ~rows["is_undone"]).any())


def words(command: str, payload: str, names: Names, commands: Mapping[int, str]) -> str:
    """A change as a sentence; its texts are as they were typed. `commands` says what an undone
    entry was, in words."""
    values = json.loads(payload)
    if command == "UndoChange":
        return _taken_back(commands.get(int(values["audit_id"]), "an older change"))
    return _SAYS[command](values, names)


def _taken_back(was: str) -> str:
    """An undo of an undo brings the change back."""
    for undo, other in ((BACK, AGAIN), (AGAIN, BACK)):
        if was.startswith(undo):
            return other + was.removeprefix(undo)
    return f"{BACK}{was[:1].lower()}{was[1:]}"


def _person(values: Values, names: Names, name: str = "person_id") -> str:
    return names.get(values[name], str(values[name]))


def _from(values: Values) -> str:
    return f", from {_day(values['from_on'])}" if values.get("from_on") else ""


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text), session.today())


def _manager(values: Values, names: Names) -> str:
    manager = _person(values, names, "manager_id") if values["manager_id"] else "nobody"
    return f"{_person(values, names)} reports to {manager}{_from(values)}"


def _quota(values: Values, names: Names) -> str:
    amount, months = exact_money(float(values["quota_usd"])), len(values["months"])
    first = date.fromisoformat(values["months"][0])
    since = f"for {counted(months, 'month')} from {first:%b %Y}"
    return f"{_person(values, names)}’s quota is {amount} {since}"


def _months(values: Values, names: Names) -> str:
    total = sum(float(amount) for amount in values["amounts"])
    since = date.fromisoformat(values["months"][0])
    months = counted(len(values["months"]), "month")
    return f"{_person(values, names)}’s {months} from {since:%b %Y} add to {exact_money(total)}"


def _capacity(values: Values, names: Names) -> str:
    until = date.fromisoformat(values["until_on"])
    end = "" if until.year == 9999 else f" until before {_day(values['until_on'])}"
    share = f"{float(values['share']):.0%}"
    return f"{_person(values, names)} fills {share} ({values['kind']}){_from(values)}{end}"


def _objective(values: Values, names: Names) -> str:
    target, kind = float(values["target"]), values["kind"]
    if not target:
        return f"{_person(values, names)} has no objective of {kind} each {values['every']}"
    said = f"{target:,.0f} {kind} each {values['every']}"
    return f"{_person(values, names)}’s objective is {said}{_from(values)}"


def _credit(values: Values, names: Names) -> str:
    parts = [
        f"{names.get(person_id, person_id)} {percent(Decimal(share))}"
        for person_id, share in zip(values["people"], values["shares"], strict=True)
    ]
    said = ", ".join(parts) or "all its owner’s"
    return f"{values['deal_id']}’s credit: {said}{_from(values)}; {values['reason'].strip()}"


def _setting(values: Values, names: Names) -> str:
    line = BY_NAME.get(values["name"])
    if line:
        return f"{line.label} is {values['value']} {line.unit}"
    return f"{values['name'].replace('_', ' ').capitalize()} is {values['value']}"


def _year(values: Values, names: Names) -> str:
    month = f"{date(2000, values['first_month'], 1):%B}"
    style = "calendar months" if values["style"] == "months" else f"weeks {values['style']}"
    return f"The fiscal year begins in {month}, in {style}{_from(values)}"


def _day_off(values: Values, names: Names) -> str:
    return (
        f"{_day(values['day'])} is {'off: ' + values['reason'] if values['reason'] else 'worked'}"
    )


def _stage(values: Values, names: Names) -> str:
    return f"{values['stage_name']} stands at place {values['position']} and is {values['outcome']}"


def _published(values: Values, names: Names) -> str:
    people = [names.get(person_id, person_id) for person_id in values["people"]]
    return (
        f"A realignment of {named(people)} is published{_from({'from_on': values['effective_on']})}"
    )


def _module(values: Values, name: str = "module_id") -> str:
    """As it is called now; one that is gone or out of sight by its id."""
    rows = session.answer("modules", asked())
    found = dict(zip(rows["module_id"], rows["module_name"], strict=True))
    return str(found.get(values[name], values[name]))


def _created(values: Values, names: Names) -> str:
    accounts = values["account_ids"]
    lying = f" with {counted(len(accounts), 'account')}" if accounts else ""
    owner = f" of {_person(values, names)}" if values["person_id"] else ""
    return f"{values['module_name']} is a module{owner}{lying}{_from(values)}"


def _accounts_moved(values: Values, names: Names) -> str:
    accounts = counted(len(values["account_ids"]), "account")
    lie = "lies" if len(values["account_ids"]) == 1 else "lie"
    module = _module(values) if values["module_id"] else "no module"
    return f"{accounts} {lie} in {module}{_from(values)}"


def _handed(values: Values, names: Names) -> str:
    owner = _person(values, names) if values["person_id"] else "nobody"
    return f"{_module(values)} is {owner}’s{_from(values)}"


def _parted(values: Values, names: Names) -> str:
    accounts = counted(len(values["account_ids"]), "account")
    lie = "lies" if len(values["account_ids"]) == 1 else "lie"
    return f"{accounts} of {_module(values)} {lie} in {values['module_name']}{_from(values)}"


def _joined(values: Values, names: Names) -> str:
    both = _module(values, "second_id"), _module(values, "first_id")
    return f"{both[0]} is part of {both[1]}{_from(values)}"


def _logged(values: Values, names: Names) -> str:
    """Only that it was: with whom and about what is nobody's business in a history of settings."""
    day = _day(values["happened_on"])
    return f"{_person(values, names)} did something on {day} ({values['kind']})"


def _merged(values: Values, names: Names) -> str:
    first = _person(values, names, "first_id")
    return f"{values.get('second_name') or values['second_id']} is the same person as {first}"


_SAYS: dict[str, Callable[[Values, Names], str]] = {
    "AddPerson": lambda values, names: f"{values['person_name']} is on the team",
    "ChangePerson": lambda values, names: f"Details of {values['person_name']}",
    "ChangeReportingCurrency": lambda values, names: f"Amounts are in {values['currency']}",
    "ChangeSetting": _setting,
    "CreateModule": _created,
    "LogActivity": _logged,
    "MergeModules": _joined,
    "MergePeople": _merged,
    "MoveAccounts": _accounts_moved,
    "OneModuleEach": lambda values, names: "Everyone with accounts has a module of them",
    "PublishRealignment": _published,
    "RenameModule": lambda values, names: f"A module is called {values['module_name']}",
    "SetCapacity": _capacity,
    "SetCredit": _credit,
    "SetDayOff": _day_off,
    "SetFiscalYear": _year,
    "SetHolidays": lambda values, names: f"The holidays of {values['place']} count",
    "SetManager": _manager,
    "SetModuleOwner": _handed,
    "SetObjective": _objective,
    "SetQuota": _quota,
    "SetQuotaMonths": _months,
    "SetRate": lambda values, names: (
        f"One {values['currency']} is {values['rate'].rstrip('0').rstrip('.')}{_from(values)}"
    ),
    "SetRole": lambda values, names: (
        f"{_person(values, names)} is {values['role'].replace('_', ' ')}{_from(values)}"
    ),
    "SetStage": _stage,
    "SplitModule": _parted,
}
