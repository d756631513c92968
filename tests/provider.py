"""A provider that lets eight invented people in, for trials and tests: `make run-signin`.

    python -m tests.provider [--port 8501]

Nobody types a password: each of them is a button.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread

from quarterdeck import clock, demo
from quarterdeck.commands.identities import SetAccess, set_access
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, scope_of
from tests.screen import ROOT, free_port, wait_for

OWNERS = ("sales.ops@quarterdeck.example",)
CLOSED = "Vera Kostova"
NAMES = (
    "Ray Calloway", "Dana Whitlock", "Colin Brandt", "Wren Tanaka", "Leif Arnesen", CLOSED,
    "Sales Ops", "Some Stranger",
)  # fmt: skip
"""An area director, two directors, two executives, who is kept out, an owner, and a stranger."""


@dataclass(frozen=True)
class Provided:
    """The dashboard and the provider, each at its address."""

    home: str
    issuer: str
    log: Path


def address_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@quarterdeck.example"


def users(names: Sequence[str] = NAMES) -> list[User]:
    return [
        User(sub=name, claims={"email": address_of(name), "email_verified": True, "name": name})
        for name in names
    ]


def secrets_text(home: str, issuer: str, owners: Sequence[str] = OWNERS) -> str:
    """What secrets.toml holds for this provider."""
    named = ", ".join(f'"{each}"' for each in owners)
    return (
        f'[auth]\nredirect_uri = "{home}/oauth2callback"\n'
        f'cookie_secret = "{secrets.token_urlsafe(48)}"\n'
        'client_id = "quarterdeck"\nclient_secret = "trial"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n\n'
        f"[quarterdeck]\nowners = [{named}]\n"
    )


@contextmanager
def signing_in(
    database: Path, today: str, port: int = 0, people: Sequence[User] | None = None
) -> Iterator[Provided]:
    """The dashboard on this database, and beside it a provider of these people.

    Where a port is named the provider has the next one: started again, it is the same provider, and
    its accounts are known.
    """
    beside = port + 1 if port else free_port()
    port = port or free_port()
    home, folder = f"http://127.0.0.1:{port}", database.parent
    known = users() if people is None else people
    with run_server_in_thread(port=beside, user_claims=known) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        kept = folder / "secrets.toml"
        kept.write_text(secrets_text(home, issuer), encoding="utf-8")
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--secrets.files", str(kept)]
        where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
        told = {"QUARTERDECK_DB": str(database), "QUARTERDECK_TODAY": today}
        log = folder / "server.log"
        with log.open("wb") as said:
            server = subprocess.Popen(
                [*command, *where], cwd=ROOT, env=os.environ | told, stdout=said, stderr=said
            )
            try:
                wait_for(f"{home}/_stcore/health")
                yield Provided(home, issuer, log)
            finally:
                server.terminate()
                server.wait(timeout=20)


def keep_out(database: Path, name: str = CLOSED) -> None:
    with closing(DuckDBEngine(database)) as engine:
        person_id = scope_of(engine, name, clock.today()).viewer_id
        set_access(engine, SetAccess(person_id, is_open=False), scope=OWNER)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Invent the team once, then serve until it is told to stop."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8501)
    given = asked.parse_args()
    path = ROOT / "data" / "trial" / str(given.port) / "quarterdeck.duckdb"
    day = clock.today(demo.ZONE)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        tell("Inventing a team to sign in as; this happens once.")
        demo.make(path, day)
        keep_out(path)
    with signing_in(path, str(day), given.port) as provided:
        tell(f"Open {provided.home} and sign in as one of: {', '.join(NAMES)}. Stop with Ctrl+C.")
        try:
            while True:
                input()
        except (KeyboardInterrupt, EOFError):
            tell("")


if __name__ == "__main__":
    main()
