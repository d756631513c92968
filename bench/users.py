"""Fifty people click for a minute: how long does each wait, and does anybody see another's rows?

    python -m bench.users [--people 50] [--seconds 60] [--record]

One server and the invented team, each person signed in with a cookie and an open socket, as their
browser would have; they speak Streamlit's own protocol and draw nothing. Everybody clicks every
half to one and a half seconds after the last answer, always on another period of Attainment,
on the usual ones more often. The clock runs from the click until the script has ended. After it the
same people click the ordinary way, in a server of its own: no sign-in, everybody sees everything,
pictures built at every run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

from bench.generate import LAST_DAY
from bench.results import record_bench, table
from quarterdeck import clock, demo, reads
from quarterdeck.commands.identities import claims_of, sign_in, was_ended
from quarterdeck.domain.logins import Logins
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.people import OWNER
from tests.provider import secrets_text
from tests.screen import ROOT, free_port, wait_for

QUESTION = b"Who is on track for quota?"
USUAL = {"2026-Q4": 30, "2026-Q3": 15, "2026-11": 15, "2026-10": 10, "2026": 10}
"""What people look at most: this quarter and the last, this month and the last, the year; with
how often in a hundred clicks, as we assume. The rest is spread over RARE."""
RARE = (
    *(f"2025-Q{quarter}" for quarter in (1, 2, 3, 4)),
    *(f"2026-Q{quarter}" for quarter in (1, 2)),
    *(f"2026-{month:02d}" for month in range(1, 10)),
    "2026-12",
)
PERIODS = USUAL | dict.fromkeys(RARE, (100 - sum(USUAL.values())) / len(RARE))
PAUSE = (0.5, 1.5)
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
LONGEST_SECONDS = 120
TARGETS = (
    "p95 at most a fifth of the ordinary way’s; no errors; no rows of others; at most 1 MB a "
    "session; at most 3 ms to know who it is"
)


@dataclass(frozen=True)
class Person:
    """Who clicks, and whose names their page may never hold."""

    name: str
    address: str
    role: str
    strangers: tuple[bytes, ...] = ()


@dataclass
class Side:
    """One way of serving the same page, and what its clicks took."""

    name: str
    page: str
    home: str = ""
    pid: int = 0
    secret: str = ""
    firsts: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: int = 0
    own: int = 0
    """Answers in which an executive found their own name: a proof that names can be found."""
    before: float = 0
    after: float = 0


def invented(path: Path) -> list[Person]:
    """The invented team at `path`, and everybody of it who has a role and an address."""
    demo.make(path, LAST_DAY)
    with closing(DuckDBEngine(path)) as engine:
        filters = Filters(reads.calendar(engine).quarter_of(LAST_DAY), LAST_DAY)
        found = reads.answer(engine, OWNER, filters, "people").set_index("person_id")
    names = found["person_name"].to_dict()
    above = found["manager_id"].to_dict()
    team = found[(found["kind"] == "person") & found["left_on"].isna() & found["role"].notna()]
    return [
        Person(row.person_name, row.email, row.role, _strangers(row.Index, row.role, names, above))
        for row in team.itertuples()
        if isinstance(row.email, str)
    ]


def _strangers(
    person_id: str, role: str, names: dict[str, str], above: dict[str, str]
) -> tuple[bytes, ...]:
    """For an executive: everybody but themselves and those they report to."""
    if role != "executive":
        return ()
    line, seen = person_id, {person_id}
    while (line := above.get(line, "")) in names:
        seen.add(line)
    mine = {names[each] for each in seen}
    return tuple(name.encode() for name in names.values() if name not in mine)


@contextmanager
def served(side: Side, database: Path, script: str, *, signs_in: bool) -> Iterator[Side]:
    """The side on a port of its own; where people sign in, with the secret of their cookies."""
    port = free_port()
    home, folder = f"http://127.0.0.1:{port}", database.parent
    where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    if signs_in:
        kept = folder / "secrets.toml"
        kept.write_text(secrets_text(home, "https://sso.example", ()), encoding="utf-8")
        where += ["--secrets.files", str(kept)]
        side.secret = tomllib.loads(kept.read_text(encoding="utf-8"))["auth"]["cookie_secret"]
    told = {"QUARTERDECK_DB": str(database), clock.VARIABLE: str(LAST_DAY)}
    told |= {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", script, *where]
    log = folder / f"{side.name}.log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | told, stdout=said, stderr=said
        )
        try:
            wait_for(f"{home}/_stcore/health")
            side.home, side.pid = home, server.pid
            yield side
        finally:
            server.terminate()
            server.wait(timeout=20)
    faults = log.read_text(encoding="utf-8", errors="replace").count("Traceback")
    side.errors += [f"{side.name}: a fault in the server's log"] * faults


def resident(pid: int) -> float:
    """MB that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


class Browser:
    """One person's socket: what is said on it is what their browser would say."""

    def __init__(self, side: Side, person: Person, number: int) -> None:
        self.side, self.person, self.dice = side, person, random.Random(number)
        self.period, self.page_hash = "", ""
        self.faults: list[str] = []

    def cookies(self, token: str) -> str:
        parts = [f"_streamlit_xsrf={token}"]
        if self.side.secret:
            claims = {
                "origin": self.side.home, "is_logged_in": True, "iss": "https://sso.example",
                "sub": self.person.address, "email": self.person.address, "email_verified": True,
                "iat": int(time.time()), "nonce": secrets.token_hex(8),
            }  # fmt: skip
            signed = create_signed_value(self.side.secret, "_streamlit_user", json.dumps(claims))
            parts.append(f"_streamlit_user={signed.decode()}")
        return "; ".join(parts)

    @asynccontextmanager
    async def open(self, taken: list[float]) -> AsyncIterator[ClientConnection]:
        """The socket, once the first page has come, and what that took."""
        token = generate_xsrf_token_string()
        address = f"ws{self.side.home.removeprefix('http')}/_stcore/stream"
        async with connect(
            address, origin=Origin(self.side.home), max_size=None, compression=None,
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)], open_timeout=60,
            additional_headers={"Cookie": self.cookies(token)}, ping_interval=None,
        ) as socket:  # fmt: skip
            await self.click(socket, taken)
            yield socket

    async def visit(self, everybody: asyncio.Barrier, seconds: float) -> None:
        """Come, wait for everybody, click until the time is over, and stay until all may go."""
        async with self.open(self.side.firsts) as socket:
            await everybody.wait()
            end = time.monotonic() + seconds
            await asyncio.sleep(self.dice.uniform(0, PAUSE[1]))
            try:
                while time.monotonic() < end:
                    await self.click(socket, self.side.milliseconds)
                    await asyncio.sleep(self.dice.uniform(*PAUSE))
            except (TimeoutError, WebSocketException) as error:
                self.side.errors.append(f"A socket broke: {type(error).__name__}")
            await everybody.wait()
            await everybody.wait()

    async def click(self, socket: ClientConnection, taken: list[float], period: str = "") -> None:
        """Take the milliseconds until the answer to another period is whole; a page that says that
        something failed is counted, not timed."""
        others = {each: often for each, often in PERIODS.items() if each != self.period}
        self.period = period or self.dice.choices(list(others), list(others.values()))[0]
        asked = BackMsg()
        asked.rerun_script.query_string = f"period={self.period}"
        asked.rerun_script.page_script_hash = self.page_hash
        asked.rerun_script.page_name = "" if self.page_hash else self.side.page
        begun, self.faults = time.perf_counter(), []
        await socket.send(asked.SerializeToString())
        frames = await asyncio.wait_for(self.answer(socket), LONGEST_SECONDS)
        milliseconds = (time.perf_counter() - begun) * 1000
        self.look(frames)
        if self.faults:
            self.side.errors.append(self.faults[0])
        else:
            taken.append(milliseconds)
            if taken is self.side.milliseconds:
                self.side.heard.append(sum(map(len, frames)))

    async def answer(self, socket: ClientConnection) -> list[bytes]:
        frames = []
        while True:
            frame = await socket.recv(decode=False)
            said = ForwardMsg.FromString(bytes(frame))
            frames.append(bytes(frame))
            kind = said.WhichOneof("type")
            if kind == "navigation":
                self.page_hash = said.navigation.page_script_hash
            elif kind == "delta":
                self.notice(said)
            elif kind == "script_finished" and said.script_finished in ENDED:
                return frames

    def notice(self, said: ForwardMsg) -> None:
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.faults.append(element.exception.message)
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self.faults.append(element.alert.body)

    def look(self, frames: list[bytes]) -> None:
        """Whether it is the page that was asked for, and whose rows stand in it."""
        if not any(QUESTION in frame for frame in frames):
            self.faults.append(f"{self.person.name} saw another page")
        if self.side.secret and self.person.strangers:
            seen = [frame for frame in frames if any(one in frame for one in self.person.strangers)]
            self.side.strangers += len(seen)
            self.side.own += any(self.person.name.encode() in frame for frame in frames)


async def load(side: Side, people: list[Person], seconds: float) -> None:
    """Each person by oneself on what is usual, as a team would be some minutes into its morning;
    then everybody at once."""
    for person in {one.address: one for one in people}.values():
        first = Browser(side, person, 999)
        async with first.open([]) as socket:
            for period in USUAL:
                await first.click(socket, [], period)
    everybody = asyncio.Barrier(len(people) + 1)
    browsers = [Browser(side, person, at) for at, person in enumerate(people)]
    await asyncio.gather(
        *(one.visit(everybody, seconds) for one in browsers), weigh(side, people, everybody)
    )


async def weigh(side: Side, people: list[Person], everybody: asyncio.Barrier) -> None:
    """When all have clicked and are still there, as many come again: what that adds is theirs."""
    await everybody.wait()
    await everybody.wait()
    async with AsyncExitStack() as stack:
        side.before = resident(side.pid)
        for at, person in enumerate(people):
            await stack.enter_async_context(Browser(side, person, 1000 + at).open([]))
        side.after = resident(side.pid)
    await everybody.wait()


def knowing(path: Path, person: Person, rounds: int = 400) -> dict[str, float]:
    """What a click pays to know who it is, in ms: the median of many, in this process."""
    user = {
        "iss": "https://sso.example", "sub": person.address, "email": person.address,
        "email_verified": True, "iat": int(time.time()), "nonce": "measured",
    }  # fmt: skip
    logins = Logins(time.time)
    taken: dict[str, list[float]] = {"known": [], "looked up": []}
    with closing(DuckDBEngine(path, remembers=True)) as engine:
        sign_in(engine, claims_of(user), LAST_DAY)
        for at in range(2 * rounds):
            begun = time.perf_counter()
            who = claims_of(user)
            _is_over(logins, engine, who)
            day = clock.today(reads.settings(engine)["time_zone"])
            engine.data_version()
            if at % 2:
                sign_in(engine, who, day).scope()
            taken["looked up" if at % 2 else "known"].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def _is_over(logins: Logins, engine: DuckDBEngine, who: Any) -> str:
    return logins.is_over(who.login_id, who.issued_at, lambda: was_ended(engine, who.login_id))


def measured(people: int, seconds: float) -> tuple[list[Side], dict[str, float], int]:
    """Both sides after their load, what it costs to know who it is, and how many they were."""
    sides = [Side("Quarterdeck", "attainment"), Side("ordinary", "ordinary")]
    scripts = ("app.py", "bench/sides/wide.py")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quarterdeck.duckdb"
        team = invented(path)
        crowd = [team[at % len(team)] for at in range(people)]
        for side, script in zip(sides, scripts, strict=True):
            with served(side, path, script, signs_in=script == "app.py"):
                asyncio.run(load(side, crowd, seconds))
        return sides, knowing(path, team[0]), len(team)


def row(side: Side, people: int, seconds: float) -> list[str]:
    held = (side.after - side.before) / people
    return [
        side.name,
        f"{len(side.milliseconds):,}",
        f"{len(side.milliseconds) / seconds:.1f}",
        f"{statistics.median(side.firsts or (0,)):,.0f}",
        f"{statistics.median(side.milliseconds or (0,)):,.0f}",
        f"{p95(side):,.0f}",
        f"{len(side.errors)}",
        f"{side.strangers}" if side.secret else "–",
        f"{statistics.mean(side.heard or (0,)) / 1024:.0f}",
        f"{held:.2f}",
        f"{side.before:.0f}",
    ]


def p95(side: Side) -> float:
    return statistics.quantiles(side.milliseconds or (0, 0), n=20)[-1]


def said(sides: list[Side], known: dict[str, float], team: int, given: Any) -> str:
    ours, ordinary = sides
    heads = (
        "way", "clicks", "a second", "first page, ms", "p50 ms", "p95 ms", "errors",
        "frames with others", "kB a click", "MB a session", "MB in all",
    )  # fmt: skip
    rows = [row(side, given.people, given.seconds) for side in sides]
    first = "".join(f"\nThe first of {len(side.errors)} errors of {side.name}: {side.errors[0]}\n"
                    for side in sides if side.errors)  # fmt: skip
    return (
        f"{given.people} sessions of {team} people, each clicking on another of {len(PERIODS)} "
        f"periods {PAUSE[0]} to {PAUSE[1]} s after the last answer, for {given.seconds:.0f} s; "
        f"{sum(USUAL.values())} of 100 clicks on {', '.join(USUAL)}. "
        "From the click until the script has ended, as the socket hears it: nothing is drawn. "
        "Before it each looked once at those. Server and sockets share the machine. "
        "Quarterdeck signs everybody in, asks with their scope and keeps an answer for whoever may "
        "see the same; the ordinary way knows no persons, asks anew, builds its pictures at every "
        "run and has more memory for its database. A click that fails is counted, not timed; a "
        "session weighs what one more for each person adds to the server after the load.\n\n"
        + table(heads, rows)
        + f"\nThe ordinary p95 is {p95(ordinary) / max(p95(ours), 1):.1f} × ours. "
        f"In {ours.own:,} answers "
        "an executive found their own name, in "
        f"{ours.strangers} frames anybody’s whom they may not see. To know who it is "
        f"takes {known['known']:.2f} ms a click, {known['looked up']:.2f} ms where it is looked up "
        f"anew. Aims: {TARGETS}.\n{first}"
    )


def main() -> None:
    """Measure and print; record where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    body = said(*measured(given.people, given.seconds), given)
    print(body)
    if given.record:
        record_bench("People at once", "python -m bench.users --record", body)


if __name__ == "__main__":
    main()
