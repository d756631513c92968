"""Which letters and handover sheets go out when accounts change hands?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from quarterdeck.domain.calendar import day_label
from quarterdeck.exports.filling import Trial, check_filling, filled
from quarterdeck.exports.opening import check_parts
from quarterdeck.exports.packing import entries, packed
from quarterdeck.exports.sheets import (
    Contact,
    DealLine,
    Done,
    Handover,
    Letter,
    Moved,
    Service,
)
from quarterdeck.exports.tags import Fields
from quarterdeck.exports.wording import handover_fields, letter_fields
from quarterdeck.refusal import Refused

__all__ = [
    "Contact", "DealLine", "Done", "Handover", "Letter", "Moved", "Service", "check_template",
    "handovers", "letter", "packed", "template",
]  # fmt: skip

TEMPLATES = Path(__file__).resolve().parent / "templates"
NAMES = ("letter", "handover")

_DAY = date(2027, 1, 4)
_USD = Decimal("1234.56")
_DEAL = DealLine("A sample deal", "Proposal", _USD, _DAY, "Call", "Both by half", "Sample Mining")
_MOVED = Moved("Sample Mining", "Boise, ID", "Ana", "Bo", _USD, _USD, _USD, "Closer")
_LETTER = Letter(
    "Ana Sample", _DAY, "Dana Sample", "West", (_MOVED,), (_MOVED,), _USD, _USD, "The same",
    "By half", (_DEAL,),
)  # fmt: skip
_SHEET = Handover(
    "Sample Mining", _DAY, "1 Main St", "Mining", True, "Ana", "Bo", (_DEAL,),
    (Contact("Pat"),), (Done(_DAY),), (Service("Fibre"),),
)  # fmt: skip


def letter(one: Letter, template: bytes | None = None) -> bytes:
    """The letter as .docx, by the built-in template or a restyled one.

    Raises Refused for a template that `check_template` refuses.
    """
    title = f"Accounts of {one.person_name} from {day_label(one.effective_on)}"
    return _made("letter", letter_fields(one), title, template)


def handovers(sheets: Sequence[Handover], template: bytes | None = None) -> bytes:
    """One .docx with a page for each account, in the given order.

    Raises Refused for a template that `check_template` refuses.
    """
    title = f"Handover of {sheets[0].account_name}" if len(sheets) == 1 else "Handover sheets"
    return _made("handover", handover_fields(sheets), title, template)


def template(name: str) -> bytes:
    """The built-in template, "letter" or "handover", to restyle in Word."""
    if name not in NAMES:
        raise Refused(f"There is no template “{name}”.", "", f"Known are {' and '.join(NAMES)}.")
    return (TEMPLATES / f"{name}.docx").read_bytes()


def check_template(content: bytes, name: str = "letter") -> None:
    """Refuse a file that is no template of a letter or handover sheet, or is not harmless.

    `name` is "letter" or "handover". Raises Refused for what is no .docx, has macros, is too
    large, leads out of itself, has tags that cannot be read or ask for what there is not, or
    never says what it must.
    """
    check_filling(content, _trial(name))


@cache
def _trial(name: str) -> Trial:
    """What a template is tried with: somebody with everything, and somebody with nothing."""
    if name == "letter":
        bare = letter_fields(Letter("Ana Sample", _DAY))
        must = {"person_name": "Ana Sample", "effective_on": day_label(_DAY)}
        return Trial(letter_fields(_LETTER), bare, must)
    bare = handover_fields([Handover("Sample Mining", _DAY)])
    return Trial(handover_fields([_SHEET]), bare, {"sheet.account_name": "Sample Mining"})


_checked = lru_cache(maxsize=4)(check_template)
"""Letters come by the dozen from one template: it is looked through once."""


def _made(name: str, fields: Fields, title: str, restyled: bytes | None) -> bytes:
    if restyled is None:
        return filled(template(name), fields, title)
    _checked(restyled, name)
    made = filled(restyled, fields, title)
    check_parts(entries(made))
    return made
