"""Who signs in with which account, and is let in?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from quarterdeck import audit, catalog, clock, journal
from quarterdeck.commands.checking import actor, check_may_settle
from quarterdeck.commands.people import ROLES, check_account, check_may_give, check_sees
from quarterdeck.domain.logins import login_id
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.people import OWNER, Scope, denied
from quarterdeck.refusal import Refused

WIDTH = ("executive", "director", "area_director", "operations")
"""Roles from the strictest to the one that sees most people."""
MAY_LET_IN = ("owner", "operations", "area_director", "director")
VERIFIED = ("email_verified", "xms_edov")
"""What providers call it when they have checked an address; the second is Entra's."""


@dataclass(frozen=True)
class Claims:
    """What a provider's ID token says of who signs in."""

    issuer: str
    subject: str
    address: str
    is_verified: bool
    issued_at: int
    login_id: str


@dataclass(frozen=True)
class Known:
    """Who that is here: '' for an owner of everything, and the roles, the strictest first."""

    person_id: str
    person_name: str
    roles: tuple[str, ...]

    def scope(self, chosen: str = "") -> Scope:
        """In the role that was chosen, else in the strictest."""
        if not self.person_id:
            return OWNER
        role = chosen if chosen in self.roles else self.roles[0]
        return Scope(self.person_id, role)


@dataclass(frozen=True)
class LinkIdentity:
    """From now on this account of the provider stands for this person."""

    person_id: str
    issuer: str
    subject: str


@dataclass(frozen=True)
class UnlinkIdentity:
    """The next account with the person's verified address is linked anew."""

    person_id: str


@dataclass(frozen=True)
class SetAccess:
    """May somebody sign in?"""

    person_id: str
    is_open: bool


@dataclass(frozen=True)
class SetSecondRole:
    """Somebody has a second role besides that of the day, or has none any more."""

    person_id: str
    second_role: str | None


@dataclass(frozen=True)
class SignOut:
    """This sign-in is over in every tab."""

    login_id: str


def claims_of(user: Mapping[str, Any], *, trusts_addresses: bool = False) -> Claims:
    """The claims of a checked ID token. Raises Refused where it lacks what we need.

    `trusts_addresses`: the provider knows only the organisation's own addresses and does not say
    so one by one, as a single-tenant Entra.
    """
    issuer, subject = (str(user.get(name) or "") for name in ("iss", "sub"))
    if not issuer or not subject:
        raise Refused(
            "The provider did not say who you are.",
            "ID token: iss, sub",
            "Sign in again; if it comes back, send this to sales operations.",
        )
    address = str(user.get("email") or "").strip().casefold()
    if not address:
        raise Refused(
            "Your account came without an e-mail address.",
            "ID token: email",
            "Ask who runs sign-in to put the e-mail into the ID token.",
        )
    said = [str(user[name]).casefold() for name in VERIFIED if user.get(name) is not None]
    is_verified = any(each in ("true", "1") for each in said) or (not said and trusts_addresses)
    issued_at = user.get("iat")
    when = int(issued_at) if isinstance(issued_at, int | float) else 0
    login = login_id(issuer, subject, when, str(user.get("nonce") or user.get("jti") or ""))
    return Claims(issuer, subject, address, is_verified, when, login)


def sign_in(engine: DuckDBEngine, claims: Claims, day: date, owners: Sequence[str] = ()) -> Known:
    """Who that is; the first time, the account is linked by its verified address, once.

    `owners` are the addresses of those who own everything. Raises Refused for whom nobody knows,
    who is kept out or has left, and where an address stands for two or for another account.
    """
    about = {
        "issuer": claims.issuer, "subject": claims.subject, "address": claims.address, "as_of": day
    }  # fmt: skip
    with engine.looking() as cursor:
        found = run(cursor, catalog.statements("signed_in"), about).fetchall()
    is_owner = claims.address in {each.strip().casefold() for each in owners}
    try:
        person_id, name, is_linked, elsewhere, is_open, has_left, role, second = _one(
            found, claims, is_owner
        )
        if elsewhere:
            raise _linked_elsewhere()
        roles = tuple(one for one in WIDTH if one in (role, second))
        _check_let_in(person_id, is_open, has_left, roles, is_owner)
        if not is_linked:
            _link(engine, claims, person_id)
    except Refused as refused:
        journal.note("sign-in refused", login=claims.login_id[:12], why=refused.where)
        raise
    return Known(person_id, name, roles)


def _one(found: list[Any], claims: Claims, is_owner: bool) -> tuple[Any, ...]:
    """The one row of who signs in."""
    if found and found[0][2]:
        return tuple(found[0])
    if not claims.is_verified:
        raise Refused(
            "Your provider has not checked your e-mail address.",
            "ID token: email_verified",
            "Confirm the address with your provider, then sign in again.",
        )
    if is_owner:
        return "", "", False, False, True, False, None, None
    if not found:
        raise Refused(
            "Nobody here has your e-mail address.",
            "Settings, People",
            "Ask sales operations to enter the address that your account has.",
        )
    if len(found) > 1:
        raise Refused(
            "Two people here have your e-mail address.",
            "Settings, People",
            "Ask sales operations to correct one of them, or to make the two one.",
        )
    return tuple(found[0])


def _linked_elsewhere() -> Refused:
    return Refused(
        "Your address belongs to another account already.",
        "Settings, Sign-in",
        "If your account was made anew, ask sales operations to unlink the old one.",
    )


def _check_let_in(
    person_id: str, is_open: bool, has_left: bool, roles: tuple[str, ...], is_owner: bool
) -> None:
    if not person_id:
        if not is_owner:
            raise Refused(
                "You do not own this database any more.",
                "secrets.toml: owners",
                "Ask who runs the server.",
            )
        return
    if not is_open:
        raise Refused(
            "Your access is closed.", "Settings, Sign-in", "Ask your director or sales operations."
        )
    if has_left:
        raise Refused(
            "You are known as having left.",
            "Settings, People",
            "If that is wrong, ask sales operations to correct the day.",
        )
    if not roles:
        raise Refused(
            "You have no role yet.", "Settings, Team", "Ask your director to give you one."
        )


def _link(engine: DuckDBEngine, claims: Claims, person_id: str) -> None:
    with engine.transaction() as cursor:
        about = {"address": claims.address, "person_id": person_id}
        if (
            not person_id
            and run(cursor, catalog.statements("owner_linked"), about).fetchall()[0][0]
        ):
            raise _linked_elsewhere()
        at = audit.moment(cursor)
        linking = about | {"issuer": claims.issuer, "subject": claims.subject, "at": at}
        run(cursor, catalog.statements("identity_link"), linking)
        command = LinkIdentity(person_id, claims.issuer, claims.subject)
        audit.record(cursor, person_id or "owner", command, at)


def set_access(engine: DuckDBEngine, command: SetAccess, *, scope: Scope) -> None:
    """Keep somebody out or let them in. Raises Refused for a role that may not, for whom the viewer
    does not see, and for oneself."""
    _check_may_let_in(scope, command.person_id)
    _set(engine, command, scope, is_open=command.is_open)


def set_second_role(engine: DuckDBEngine, command: SetSecondRole, *, scope: Scope) -> None:
    """Give or take a second role. Raises Refused as `set_access` does, and for a director."""
    _check_may_let_in(scope, command.person_id)
    check_may_settle(scope)
    if command.second_role and command.second_role not in ROLES:
        raise Refused("This is no role.", command.second_role, f"One of: {', '.join(ROLES)}.")
    check_may_give(scope, command.person_id, command.second_role or "")
    _set(engine, command, scope, second_role=command.second_role)


def _set(
    engine: DuckDBEngine, command: SetAccess | SetSecondRole, scope: Scope, **changed: Any
) -> None:
    with engine.transaction() as cursor:
        about = {"person_id": command.person_id}
        check_sees(cursor, scope, command.person_id, clock.today())
        check_account(cursor, scope, command.person_id)
        known = run(cursor, catalog.statements("access_known"), about).fetchall()
        is_open, second_role = known[0] if known else (True, None)
        at = audit.moment(cursor)
        now = about | {"is_open": is_open, "second_role": second_role, "at": at} | changed
        run(cursor, catalog.statements("access_set"), now)
        audit.record(cursor, actor(scope), command, at)


def unlink_identity(engine: DuckDBEngine, command: UnlinkIdentity, *, scope: Scope) -> None:
    """Forget which account somebody signs in with. Raises Refused as `set_access` does."""
    _check_may_let_in(scope, command.person_id)
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, clock.today())
        check_account(cursor, scope, command.person_id)
        at = audit.moment(cursor)
        unlinking = {"person_id": command.person_id, "at": at}
        run(cursor, catalog.statements("identity_unlink"), unlinking)
        audit.record(cursor, actor(scope), command, at)


def sign_out(engine: DuckDBEngine, command: SignOut, *, scope: Scope) -> None:
    """End one sign-in for good. Anybody ends their own: its id is known to nobody else."""
    with engine.transaction() as cursor:
        at = audit.moment(cursor)
        run(cursor, catalog.statements("login_end"), {"login_id": command.login_id, "at": at})
        audit.record(cursor, actor(scope), command, at)


def was_ended(engine: DuckDBEngine, login: str) -> bool:
    """Whether this sign-in was ended by hand, before a restart perhaps."""
    with engine.looking() as cursor:
        found = run(cursor, catalog.statements("login_ended"), {"login_id": login}).fetchall()
    return bool(found[0][0])


def _check_may_let_in(scope: Scope, person_id: str) -> None:
    if scope.role not in MAY_LET_IN:
        raise denied(
            scope,
            "access",
            Refused(
                "Your role lets nobody in or out.", f"role: {scope.role}", "Ask your director."
            ),
        )
    if scope.viewer_id and person_id == scope.viewer_id:
        raise Refused(
            "Nobody changes their own access.", "Sign-in", "Ask somebody who may change it."
        )
