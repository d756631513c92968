"""What has the organisation settled: time zone, thresholds, the currency it reports in?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, available_timezones

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_may_settle, check_unmoved
from quarterdeck.commands.plan_checks import APPROVAL
from quarterdeck.commands.quotas import PHASING
from quarterdeck.domain import thresholds
from quarterdeck.domain.capacity import LONGEST_RAMP, NO_RAMP, RAMP, ramp_in
from quarterdeck.domain.quotas import HEAVIEST, PHASINGS, phasing_in
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

TIME_ZONE, CURRENCY = "time_zone", "reporting_currency"


@dataclass(frozen=True)
class ChangeSetting:
    """One named setting: the time zone or a threshold, as text."""

    name: str
    value: str
    seen: int | None = None


@dataclass(frozen=True)
class ChangeReportingCurrency:
    """The currency in which amounts are added up."""

    currency: str
    seen: int | None = None


def change_setting(engine: DuckDBEngine, command: ChangeSetting, *, scope: Scope) -> None:
    """Settle one thing anew. Raises Refused for a name or a value that is none."""
    check_may_settle(scope)
    label, value = _checked(command.name, command.value.strip())
    with engine.transaction() as cursor:
        check_unmoved(cursor, "setting", command.name, label, command.seen)
        at = audit.moment(cursor)
        setting = {"name": command.name, "value": value, "batch_id": None, "at": at}
        run(cursor, catalog.statements("setting_record"), setting)
        audit.record(cursor, actor(scope), replace(command, value=value), at)


def change_reporting_currency(
    engine: DuckDBEngine, command: ChangeReportingCurrency, *, scope: Scope
) -> None:
    """Report in another currency: deals that name theirs count anew, and all rates end."""
    check_may_settle(scope)
    currency = code(command.currency)
    with engine.transaction() as cursor:
        check_unmoved(cursor, "setting", CURRENCY, "Reporting currency", command.seen)
        at = audit.moment(cursor)
        setting = {"name": CURRENCY, "value": currency, "batch_id": None, "at": at}
        run(cursor, catalog.statements("currency_set"), {"currency": currency, "at": at})
        run(cursor, catalog.statements("setting_record"), setting)
        audit.record(cursor, actor(scope), replace(command, currency=currency), at)


def code(text: str) -> str:
    """A currency's three letters. Raises Refused for anything else."""
    letters = text.strip().upper()
    if len(letters) != 3 or not (letters.isascii() and letters.isalpha()):
        raise Refused(
            f"“{text.strip()}” is no currency.", "Currency", "Write its three letters, as EUR."
        )
    return letters


def _checked(name: str, value: str) -> tuple[str, str]:
    """The setting's label and its value as it is kept."""
    if name == TIME_ZONE:
        return "Time zone", _zone(value)
    if name == PHASING:
        return "Phasing", _phasing(value)
    if name == RAMP:
        return "Ramp", _ramp(value)
    if name == APPROVAL:
        return "Approval", _approval(value)
    threshold = thresholds.BY_NAME.get(name)
    if name.startswith(thresholds.SEGMENT):
        threshold = thresholds.segment_visits(name.removeprefix(thresholds.SEGMENT))
    if threshold is None:
        raise Refused("There is no such setting.", name, "Choose one that the page lists.")
    number = threshold.read(value)
    if number is None:
        raise Refused(
            f"“{value}” is not within {threshold.bounds}.",
            threshold.label,
            f"Enter a number from {threshold.least} to {threshold.most}.",
        )
    return threshold.label, f"{number:f}"


def _phasing(text: str) -> str:
    if phasing_in(text) is None:
        raise Refused(
            f"“{text}” are not twelve weights.",
            "Phasing",
            f"Name one of {', '.join(PHASINGS)}, or write twelve whole numbers from 0 to "
            f"{HEAVIEST:,} parted by commas, not all of them 0.",
        )
    return text


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise Refused(
            f"“{name}” is no time zone.",
            "Time zone",
            "Write an IANA name, as America/Los_Angeles or UTC.",
        )
    return ZoneInfo(name).key


def _approval(value: str) -> str:
    if value not in ("on", "off"):
        raise Refused(f"“{value}” is neither on nor off.", "Approval", "Switch it on or off.")
    return value


def _ramp(value: str) -> str:
    ramp = ramp_in(value)
    if ramp is None:
        raise Refused(
            f"“{value}” is no ramp.",
            "Ramp",
            f"Write up to {LONGEST_RAMP} percentages from 0 to 100, as 0,25,50,75, or {NO_RAMP}.",
        )
    return ",".join(map(str, ramp)) or NO_RAMP
