"""What does the address say was asked for, and how is it written back?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from quarterdeck.domain.calendar import Calendar, Period, PeriodUnknown, day_label
from quarterdeck.domain.comparing import WORDS, compared_with
from quarterdeck.filters import ASSIGNMENTS, BASES

NAMES = (
    *("period", "as_of", "compare_on", "assignments", "person", "module"),
    *("product_line", "channel", "strategic", "basis"),
)
Asked = Mapping[str, Sequence[str]]
EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Chosen:
    """What somebody chose; what nobody chose moves with the day and the data."""

    period: Period | None = None
    as_of: date | None = None
    person_ids: tuple[str, ...] = ()
    module_ids: tuple[str, ...] = ()
    product_lines: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    strategic_only: bool = False
    basis: str = "amount"
    against: str = ""
    """What is compared with: last-quarter, last-year or a day, as the address has it."""
    assignments: str = "as_was"

    def narrowed(self, choices: Choices) -> Chosen:
        """Without what is not there to choose."""
        kept: dict[str, Any] = {
            name: tuple(each for each in getattr(self, name) if each in there)
            for name, there in choices.fields().items()
        }
        return replace(self, **kept)


@dataclass(frozen=True)
class Choices:
    """What is there to choose: the label of each id, and it stands for nothing else."""

    people: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, Mapping[str, str]]:
        """The choices under the names that Chosen and Filters give to what was chosen."""
        return {
            "person_ids": self.people,
            "module_ids": self.modules,
            "product_lines": self.lines,
            "channels": self.channels,
        }


def unique_labels(names: Mapping[str, str]) -> dict[str, str]:
    """A word for each id that stands for nobody else: the name, with the id where two share it."""
    shared = Counter(names.values())
    return {each: name if shared[name] == 1 else f"{name} ({each})" for each, name in names.items()}


def period_in(values: Sequence[str], calendar: Calendar) -> tuple[Period | None, list[str]]:
    if not values:
        return None, []
    try:
        period = calendar.parse(values[0])
    except (PeriodUnknown, ValueError):
        return None, [f"“{values[0]}” in the address names no period."]
    repairs = [f"Only the first of {len(values)} periods is shown."] if len(values) > 1 else []
    if ".." in values[0] and values[0].strip() != period.word:
        repairs.append(f"The dates in the address were the wrong way round: now {period.label}.")
    return period, repairs


def as_of_in(values: Sequence[str], today: date) -> tuple[date | None, list[str]]:
    if not values:
        return None, []
    try:
        day = date.fromisoformat(values[0].strip())
    except ValueError:
        return None, [f"“{values[0]}” in the address is no day, so this is as of today."]
    if day > today:
        return None, [f"{day_label(day)} has not come yet, so this is as of today."]
    repairs = [f"Only the first of {len(values)} days is used."] if len(values) > 1 else []
    return (None if day == today else day), repairs


def against_in(
    values: Sequence[str], calendar: Calendar, period: Period, as_of: date
) -> tuple[str, list[str]]:
    if not values:
        return "", []
    words, nothing = values[0].strip(), "so nothing is compared."
    if words not in WORDS:
        try:
            day = date.fromisoformat(words)
        except ValueError:
            return "", [f"“{words}” in the address names nothing to compare with, {nothing}"]
        if day > as_of:
            return "", [f"{day_label(day)} lies after {day_label(as_of)}, {nothing}"]
        words = day.isoformat()
    try:
        compared_with(words, calendar, period, as_of)
    except PeriodUnknown as error:
        return "", [f"{str(error).removesuffix('.')}, {nothing}"]
    repairs = [f"Only the first of {len(values)} points is used."] if len(values) > 1 else []
    return words, repairs


def assignments_in(values: Sequence[str]) -> tuple[str, list[str]]:
    if not values:
        return "as_was", []
    if values[0] not in ASSIGNMENTS:
        known = " or ".join(ASSIGNMENTS)
        return "as_was", [f"“{values[0]}” assigns nothing ({known}): this is as it was."]
    repairs = ["Only the first of several assignments is used."] if len(values) > 1 else []
    return values[0], repairs


def people_in(
    values: Sequence[str], labels: Mapping[str, str]
) -> tuple[tuple[str, ...], list[str]]:
    """Ids of the people named by their label, or by an id."""
    return _named(values, labels, "Nobody here is called", "everyone")


def modules_in(
    values: Sequence[str], labels: Mapping[str, str]
) -> tuple[tuple[str, ...], list[str]]:
    return _named(values, labels, "No module of accounts here is called", "all of them")


def lines_in(values: Sequence[str], labels: Mapping[str, str]) -> tuple[tuple[str, ...], list[str]]:
    return _named(values, labels, "No product line here is called", "all of them")


def channels_in(
    values: Sequence[str], labels: Mapping[str, str]
) -> tuple[tuple[str, ...], list[str]]:
    return _named(values, labels, "No channel here is called", "all of them")


def strategic_in(values: Sequence[str]) -> tuple[bool, list[str]]:
    said = set(values) - {"yes", "no"}
    if said or len(set(values)) > 1:
        return False, ["Only “strategic=yes” narrows to strategic accounts: this shows all."]
    return "yes" in values, []


def basis_in(values: Sequence[str]) -> tuple[str, list[str]]:
    if not values:
        return "amount", []
    if values[0] not in BASES:
        known = ", ".join(BASES)
        return "amount", [f"“{values[0]}” is no amount ({known}): this is by amount."]
    repairs = [f"Only the first of {len(values)} amounts is used."] if len(values) > 1 else []
    return values[0], repairs


def _named(
    values: Sequence[str], labels: Mapping[str, str], nobody: str, everyone: str
) -> tuple[tuple[str, ...], list[str]]:
    ids = {each: each for each in labels} | {label: each for each, label in labels.items()}
    known = tuple(dict.fromkeys(ids[value] for value in values if value in ids))
    strangers = [f"“{value}”" for value in dict.fromkeys(values) if value not in ids]
    if not strangers:
        return known, []
    rest = "" if known else f", so this shows {everyone}"
    return known, [f"{nobody} {' or '.join(strangers)}{rest}."]


def written(
    period: Period, chosen: Chosen, people: Mapping[str, str], modules: Mapping[str, str] = EMPTY
) -> dict[str, list[str]]:
    """The address of what is shown: the period always, the rest where it was chosen."""
    address = {
        "period": [period.word],
        "as_of": [chosen.as_of.isoformat()] if chosen.as_of else [],
        "compare_on": [chosen.against] if chosen.against else [],
        "assignments": [chosen.assignments] if chosen.assignments != "as_was" else [],
        "person": [people[each] for each in chosen.person_ids],
        "module": [modules[each] for each in chosen.module_ids],
        "product_line": list(chosen.product_lines),
        "channel": list(chosen.channels),
        "strategic": ["yes"] if chosen.strategic_only else [],
        "basis": [chosen.basis] if chosen.basis != "amount" else [],
    }
    return {name: values for name, values in address.items() if values}
