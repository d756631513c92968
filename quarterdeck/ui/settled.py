"""What is settled now, as the tabs of Settings show it?"""

from __future__ import annotations

from quarterdeck import reads
from quarterdeck.filters import Filters
from quarterdeck.ui import session


def asked() -> Filters:
    """Everyone, today, whatever the sentence of other pages has chosen."""
    day = session.today()
    return Filters(session.calendar().quarter_of(day), day)


def settings() -> dict[str, str]:
    """Each setting's value, with the usual one where nothing is set."""
    return reads.settings(session.engine())
