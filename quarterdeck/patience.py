"""How does long work let the dashboard's short questions go first?"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
_NICE = 10


def aside(work: Callable[[], T]) -> T:
    """What the work gives, done in a thread that the system runs when others have nothing to do.

    Whoever asked may be stopped meanwhile: the work ends all the same, whole.
    """
    with ThreadPoolExecutor(1, "patient", _step_back) as thread:
        return thread.submit(work).result()


def _step_back() -> None:
    # Only on Linux has a thread a priority of its own.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
