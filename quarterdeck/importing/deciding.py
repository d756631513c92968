"""How does each deal of a file stand, and what is it worth?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.findings import Warned
from quarterdeck.importing.mapping import Mapping as HeaderMapping
from quarterdeck.importing.outcomes import by_flags, status_doubt, verdict

Values = Mapping[str, Sequence[Typed | None]]
_SHOWN = 5


def outcomes(
    count: int, values: Values, mapping: HeaderMapping, deals: Sequence[int] | None = None
) -> tuple[list[str], list[Warned]]:
    """won, lost or open for each deal: its flags decide over its status, that over its stage.

    `deals` says how many each stands for, if not one.
    """
    nothing: list[Typed | None] = [None] * count
    won, closed = values.get("is_won", nothing), values.get("is_closed", nothing)
    stages = values.get("stage", nothing)
    statuses = values.get("status", nothing)
    # A status column without one word was exported and is not in use.
    field = "status" if any(statuses) else "stage"
    words = statuses if any(statuses) else stages
    has_won = any(mark is not None for mark in won)
    verdicts = {text: verdict(str(text)) for text in dict.fromkeys(words) if text is not None}
    found: list[str] = []
    doubts: Counter[str] = Counter()
    for at in range(count):
        word = words[at]
        said = None if word is None else verdicts[word]
        flagged = by_flags(_flag(won[at]), _flag(closed[at]), said, has_won)
        found.append(flagged or said or "open")
        if flagged is None and said is None:
            doubts[_doubt(word, field)] += deals[at] if deals else 1
    return found, _warned(doubts, field, mapping)


def amounts_in_file(outcome: Sequence[str], values: Values) -> list[Typed | None]:
    """The amount that counts: a won deal's actual amount where it is filled, else its amount."""
    nothing: list[Typed | None] = [None] * len(outcome)
    amounts = values.get("amount", nothing)
    actual = values.get("amount_actual", nothing)
    return [
        actual[at] if outcome[at] == "won" and actual[at] is not None else amounts[at]
        for at in range(len(outcome))
    ]


def stage_names(outcome: Sequence[str], values: Values) -> list[Typed | None]:
    """The stage as the file words it, else the status, else the outcome."""
    nothing: list[Typed | None] = [None] * len(outcome)
    stages, statuses = values.get("stage", nothing), values.get("status", nothing)
    return [stages[at] or statuses[at] or outcome[at].capitalize() for at in range(len(outcome))]


def _flag(value: Typed | None) -> bool | None:
    return value if isinstance(value, bool) else None


def _doubt(word: Typed | None, field: str) -> str:
    if word is None:
        return "(blank)"
    return str(word) if field == "status" and status_doubt(str(word)) else ""


def _warned(doubts: Counter[str], field: str, mapping: HeaderMapping) -> list[Warned]:
    doubts.pop("", None)
    if not doubts:
        return []
    words = ", ".join(f"{word} ({count})" for word, count in doubts.most_common(_SHOWN))
    more = f" and {len(doubts) - _SHOWN} more" if len(doubts) > _SHOWN else ""
    header = mapping.header(field) if field in mapping.columns else None
    say = f"Counted as open, since the {field} does not say won or lost: {words}{more}."
    return [Warned(header, field, say)]
