"""How does long work let the dashboard's short questions go first?"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
_NICE, _AT_ONCE = 10, 4
_NAME = "patient"


def aside(work: Callable[[], T]) -> T:
    """What the work gives, done in a thread that the system runs when others have nothing to do.

    Whoever asked may be stopped meanwhile: work that has begun ends all the same, whole, before
    the asker goes on, and work that has not begun never begins. A stop that lands inside the
    first wait finds the second.
    """
    if threading.current_thread().name.startswith(_NAME):
        return work()
    gate, is_off = threading.Lock(), threading.Event()

    def begin() -> T:
        with gate:
            if is_off.is_set():
                raise CancelledError
            return work()

    def settle() -> None:
        is_off.set()
        with gate:
            pass

    try:
        try:
            return _patient.submit(begin).result()
        finally:
            settle()
    finally:
        settle()


def _step_back() -> None:
    # Only on Linux has a thread a priority of its own.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


_patient = ThreadPoolExecutor(_AT_ONCE, _NAME, _step_back)
