"""What does a realignment cost to work out, and how much less does it disrupt than the plain rule?

    python -m bench.territory [--books 3] [--record]

Processor time of the whole process, all its threads, over invented books of accounts of eight
executives, one of them half a position and one four fifths. The rival is the rule that people
follow by hand: from whoever carries most to whoever carries least the account that evens the two
out best, without any view on disruption, until all are within the tolerance or it helps no more.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from dataclasses import dataclass
from fractions import Fraction

from bench.results import record_bench, table
from quarterdeck.domain.realigning import (
    Answer,
    Problem,
    Progress,
    curve,
    imbalance,
    loads,
    moved,
    revenue_moved,
    solve,
    usual_cost,
)

EXECUTIVES = 8
TOLERANCE = Fraction(1, 20)
SECONDS = 30.0
LOCKED, NARROW, OWNERS = 0.08, 0.3, 4
CURVE_SIZE, CURVE_POINTS = 200, (0, 5, 10, 15, 20, 30, 40, 60)


def book(size: int, seed: int) -> Problem:
    """So many accounts, owned by eight executives of whom some have far more than others."""
    dice = random.Random(seed)
    people = range(EXECUTIVES)
    favour = [dice.gammavariate(6, 1) for _ in people]
    current = dice.choices(people, favour, k=size)
    potential = [float(round(dice.lognormvariate(11, 0.8))) for _ in range(size)]
    workload = [float(max(round(2 + math.sqrt(one) / 40 * dice.lognormvariate(0, 0.4)), 1))
                for one in potential]  # fmt: skip
    revenue = [float(round(one * dice.uniform(0, 0.8))) for one in potential]
    allowed = [
        tuple(sorted({owner, *dice.sample(people, OWNERS)})) if dice.random() < NARROW else ()
        for owner in current
    ]
    return Problem(
        accounts=tuple(f"A{number}" for number in range(size)),
        executives=tuple(f"E{number}" for number in people),
        current=tuple(current),
        potential=tuple(potential),
        workload=tuple(workload),
        revenue=tuple(revenue),
        cost=usual_cost(revenue),
        capacity=(1.0,) * (EXECUTIVES - 2) + (0.8, 0.5),
        allowed=tuple(allowed),
        locked=tuple(dice.random() < LOCKED for _ in range(size)),
        tol_potential=TOLERANCE,
        tol_workload=TOLERANCE,
    )


def deviation(problem: Problem, owner: tuple[int, ...]) -> float:
    """The largest deviation from a fair share, of potential or workload."""
    held = loads(problem, owner)
    return max(abs(one.deviation or 0.0) for rows in held.values() for one in rows)


class Rule:
    """The rule of thumb: from the most loaded to the least loaded, until it is fair."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self.owner = problem, list(problem.current)
        held = loads(problem, problem.current)
        self._fair = [[row[seat].share for row in held.values()] for seat in range(EXECUTIVES)]
        self._held = [[row[seat].load for row in held.values()] for seat in range(EXECUTIVES)]

    def run(self) -> tuple[int, ...]:
        for _ in range(3 * len(self.owner)):
            if self._is_fair() or not self._move():
                break
        return tuple(self.owner)

    def _is_fair(self) -> bool:
        return all(
            abs(load / fair - 1) <= TOLERANCE
            for seat in range(EXECUTIVES)
            for load, fair in zip(self._held[seat], self._fair[seat], strict=True)
        )

    def _ratio(self, seat: int) -> float:
        pairs = zip(self._held[seat], self._fair[seat], strict=True)
        return statistics.fmean(load / fair for load, fair in pairs)

    def _move(self) -> bool:
        """Whether an account of the most loaded could go to the least loaded who may own it."""
        order = sorted(range(EXECUTIVES), key=self._ratio)
        source = order[-1]
        for target in order[:-1]:
            account = self._best(source, target)
            if account is not None:
                self._give(account, source, target)
                return True
        return False

    def _best(self, source: int, target: int) -> int | None:
        problem = self._problem
        now = self._apart(source, target, (0.0, 0.0))
        found = [
            (self._apart(source, target, self._sizes(account)), account)
            for account, owner in enumerate(self.owner)
            if owner == source
            and not problem.locked[account]
            and (not problem.allowed[account] or target in problem.allowed[account])
        ]
        least = min(found, default=(math.inf, -1))
        return least[1] if least[0] < now - 1e-9 else None

    def _sizes(self, account: int) -> tuple[float, float]:
        return self._problem.potential[account], self._problem.workload[account]

    def _apart(self, source: int, target: int, sizes: tuple[float, float]) -> float:
        """How far two executives are from fair after such an account has gone over."""
        found = 0.0
        for seat, sign in ((source, -1), (target, 1)):
            rows = zip(self._held[seat], self._fair[seat], sizes, strict=True)
            found += sum(((load + sign * size) / fair - 1) ** 2 for load, fair, size in rows)
        return found

    def _give(self, account: int, source: int, target: int) -> None:
        self.owner[account] = target
        for place, size in enumerate(self._sizes(account)):
            self._held[source][place] -= size
            self._held[target][place] += size


@dataclass
class Measured:
    """One book: processor seconds to the first answer and to the proof, and both plans."""

    size: int
    first: float
    seconds: float
    answer: Answer
    problem: Problem
    rule: tuple[int, ...]
    rule_seconds: float


def measured(size: int, seed: int) -> Measured:
    problem, firsts = book(size, seed), []

    def told(progress: Progress) -> None:
        firsts.append(time.process_time())

    started = time.process_time()
    answer = solve(problem, seconds=SECONDS, told=told)
    seconds = time.process_time() - started
    again = time.process_time()
    rule = Rule(problem).run()
    return Measured(
        size, firsts[0] - started, seconds, answer, problem, rule, time.process_time() - again
    )


def row(one: Measured, number: int) -> list[str]:
    problem, answer = one.problem, one.answer
    gap = "–" if answer.gap is None else f"{answer.gap:.1%}"
    return [
        f"{one.size:,} accounts, book {number}",
        f"{one.first:.2f}", f"{one.seconds:.2f}", gap,
        f"{deviation(problem, answer.owner):.1%}", f"{deviation(problem, one.rule):.1%}",
        f"{len(answer.moved)}", f"{len(moved(problem, one.rule))}",
        f"{revenue_moved(problem, answer.owner) / 1e6:.2f}",
        f"{revenue_moved(problem, one.rule) / 1e6:.2f}", f"{one.rule_seconds:.2f}",
    ]  # fmt: skip


def curves(seed: int) -> list[list[str]]:
    """A curve of eight points: when each is there, and what is left then."""
    problem, found = book(CURVE_SIZE, seed), []
    started = time.process_time()
    for point in curve(problem, CURVE_POINTS, seconds=SECONDS):
        found.append([
            f"{point.most_moves} moves", f"{time.process_time() - started:.2f}",
            f"{point.imbalance:.1%}", f"{point.answer.beyond:.2f}",
            f"{point.revenue_moved / 1e6:.2f}",
        ])  # fmt: skip
    return found


def warmed() -> None:
    """The solver's library is there: loading it is no part of working out."""
    solve(book(40, 0), seconds=1)


def main() -> None:
    """Measure and print; record where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--books", type=int, default=3)
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    warmed()
    rows = [
        row(measured(size, seed), seed)
        for size in (300, 1000)
        for seed in range(1, given.books + 1)
    ]
    heads = [
        "eight executives", "first answer, s", "proven, s", "within", "largest deviation", "rule’s",
        "moves", "rule’s", "revenue moved, m", "rule’s", "rule, s",
    ]  # fmt: skip
    first = book(CURVE_SIZE, 1)
    body = "\n".join([
        "Seconds of processor time. Tolerance 5 % of potential and of workload; “within” is how "
        "far the cost can be above the best possible, by the solver’s own bound. The rule moves "
        "from the most to the least loaded, without a view on disruption.\n",
        table(heads, rows),
        f"The choice curve of {CURVE_SIZE} accounts, today {imbalance(first, first.current):.1%} "
        "uneven: seconds until each point is there, what is left of imbalance, what lies beyond "
        "limits in whole shares, and the revenue that moves.\n",
        table(["point", "there, s", "left", "beyond limits", "revenue moved, m"], curves(1)),
    ])  # fmt: skip
    print(body)
    if given.record:
        record_bench("Territory", "python -m bench.territory --record", body)


if __name__ == "__main__":
    main()
