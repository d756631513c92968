"""What happened, for whoever runs the server: one JSON line an event, ids and counts, no texts."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

LOGGER = logging.getLogger("quarterdeck")


def note(event: str, **facts: Any) -> None:
    """Write one line: when, what, and facts that hold neither names, notes nor file contents."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    LOGGER.info(json.dumps({"at": at, "event": event, **facts}, default=str))


def listen() -> None:
    """Send the lines to standard error; called once by whoever starts the process."""
    if LOGGER.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
