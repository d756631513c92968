"""What does the address say was asked for, and how is it written back?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quarterdeck.domain.calendar import Calendar, Period, PeriodUnknown, day_label

NAMES = ("period", "as_of", "person")
Asked = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Chosen:
    """What somebody chose; what nobody chose moves with the day and the data."""

    period: Period | None = None
    as_of: date | None = None
    person_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What an address asks for, and what had to be repaired in it, in words."""

    chosen: Chosen
    repairs: tuple[str, ...]


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


def people_in(
    values: Sequence[str], labels: Mapping[str, str]
) -> tuple[tuple[str, ...], list[str]]:
    """Ids of the people named by their label, or by an id."""
    ids = {label: each for each, label in labels.items()} | {each: each for each in labels}
    known = tuple(dict.fromkeys(ids[value] for value in values if value in ids))
    strangers = [f"“{value}”" for value in dict.fromkeys(values) if value not in ids]
    if not strangers:
        return known, []
    rest = "" if known else ", so this shows everyone"
    return known, [f"Nobody here is called {' or '.join(strangers)}{rest}."]


def written(period: Period, chosen: Chosen, labels: Mapping[str, str]) -> dict[str, list[str]]:
    """The address of what is shown: the period always, the rest where it was chosen."""
    address = {"period": [period.word]}
    if chosen.as_of:
        address["as_of"] = [chosen.as_of.isoformat()]
    if chosen.person_ids:
        address["person"] = [labels[each] for each in chosen.person_ids]
    return address
