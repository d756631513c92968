"""Which columns about people may not be brought in at all?"""

from __future__ import annotations

from collections.abc import Sequence

from quarterdeck.importing.folding import letters
from quarterdeck.importing.headers import folded_aliases
from quarterdeck.importing.refusing import FileRefused

PROTECTED = (
    "gender | sex | pronouns | date of birth | birth date | birthdate | birthday | dob"
    " | age | age group | race | ethnicity | ethnic group | skin colour | skin color | nationality"
    " | citizenship | religion | faith | disability | disability status | disabled | health status"
    " | medical condition | marital status | family status | pregnancy | pregnant | children"
    " | sexual orientation | veteran status | union membership | political party | genetic data"
)
"""What the law protects in most places (EEOC, GDPR article 9), in the words of HR systems."""


def refuse_protected(entity: str, headers: Sequence[str]) -> None:
    """Raise FileRefused for a file of people that says what must never weigh in coaching."""
    if entity != "person":
        return
    sought = set(folded_aliases(PROTECTED))
    found = [header.strip() for header in headers if letters(header) in sought]
    if found:
        one = len(found) == 1
        raise FileRefused(
            f"“{found[0]}” is not taken in: who somebody is must not weigh in what they are told."
            if one
            else f"These are not taken in: {', '.join(found)}. Who somebody is must not weigh.",
            "Header row.",
            f"Take {'this column' if one else 'these columns'} out of the file and drop it again.",
        )
