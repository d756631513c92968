"""A realignment worked out beside the page: started, watched, stopped."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from quarterdeck.domain.realigning import Answer, Point, Problem, Progress, curve, solve

_KEPT = "plan job"


@dataclass
class Job:
    """One question to the optimiser and what is known of its answer by now."""

    scenario_id: str
    problem: Problem
    seconds: float
    moves: Sequence[int]
    stop: threading.Event = field(default_factory=threading.Event)
    progress: Progress | None = None
    answer: Answer | None = None
    points: list[Point] = field(default_factory=list)
    is_over: bool = False
    fault: str = ""

    def run(self) -> None:
        """In a thread of its own: nothing of the screen is touched."""
        try:
            self.answer = solve(self.problem, seconds=self.seconds, told=self._tell, stop=self.stop)
            for point in curve(self.problem, self.moves, seconds=self.seconds, stop=self.stop):
                self.points.append(point)
        except ValueError as error:
            self.fault = str(error)
        finally:
            self.is_over = True

    def _tell(self, progress: Progress) -> None:
        self.progress = progress
        if progress.answer is not None:
            self.answer = self.answer or progress.answer


def start(job: Job) -> Job:
    """Begin; what ran before for this screen is stopped."""
    if (before := known()) is not None:
        before.stop.set()
    st.session_state[_KEPT] = job
    threading.Thread(target=job.run, name="realignment", daemon=True).start()
    return job


def known(scenario_id: str = "") -> Job | None:
    """What was asked last, if it was about this realignment."""
    job: Job | None = st.session_state.get(_KEPT)
    return job if job and scenario_id in ("", job.scenario_id) else None


def forget() -> None:
    if (job := known()) is not None:
        job.stop.set()
    st.session_state.pop(_KEPT, None)
