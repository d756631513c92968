"""Does long work step back for short questions, and lose nothing by it?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date

import pytest

from quarterdeck import patience
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing import staging
from quarterdeck.importing.requests import TOO_MANY_THREADS
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.patience import aside
from quarterdeck.people import OWNER


class Stopped(BaseException):
    """What a rerun throws into a script."""


FILE = b"Deal ID,Owner,Stage,Amount,Close Date\n1,Ana,Won,10,2026-11-01\n"


def test_what_the_work_gives_comes_back_and_what_it_raises_too() -> None:
    assert aside(lambda: 42) == 42
    with pytest.raises(LookupError, match="missing"):
        aside(lambda: {}["missing"])


def test_an_asker_who_is_stopped_goes_on_only_when_what_has_begun_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, ended = [], []
    submit = patience._patient.submit

    def stopped_at_once(asked: Callable[[], object]) -> None:
        submit(asked)
        raise Stopped

    def work() -> None:
        begun.append(1)
        time.sleep(0.05)
        ended.append(1)

    monkeypatch.setattr(patience._patient, "submit", stopped_at_once)
    for _ in range(10):
        with pytest.raises(Stopped):
            aside(work)
        assert ended == begun


def test_work_may_step_aside_again_however_many_do() -> None:
    def deep(levels: int) -> int:
        return levels if levels == 9 else aside(lambda: deep(levels + 1))

    assert aside(lambda: deep(0)) == 9


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a priority of their own on Linux")
def test_the_work_steps_back_and_whoever_asked_does_not() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = priority()
    assert aside(priority) > before
    assert priority() == before


def test_a_child_short_of_memory_for_two_threads_is_asked_again_with_one(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    child = staging._child

    def crowded(request: dict[str, object], dropped: Dropped) -> subprocess.CompletedProcess[bytes]:
        asked.append(int(str(request["threads"])))
        if asked == [2]:
            return subprocess.CompletedProcess([], TOO_MANY_THREADS)
        return child(request, dropped)

    monkeypatch.setattr(staging, "_child", crowded)
    staged = stage(engine, Dropped("deals.csv", FILE), scope=OWNER, today=date(2026, 11, 25))
    assert asked == [2, 1]
    assert staged.report["rows"]["good"] == 1


def test_a_child_that_dies_with_one_thread_too_is_a_refusal(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.CompletedProcess([], TOO_MANY_THREADS)
    monkeypatch.setattr(staging, "_child", lambda request, dropped: ended)
    with pytest.raises(staging.Refused, match="could not be read to its end"):
        stage(engine, Dropped("deals.csv", FILE), scope=OWNER, today=date(2026, 11, 25))
