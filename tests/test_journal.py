"""What the log says, and what it never does."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest

from quarterdeck import journal
from quarterdeck.commands.identities import SetAccess, claims_of, set_access, sign_in
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused


def test_each_change_is_a_line_of_json_with_ids_and_no_text(engine, drop, caplog):
    caplog.set_level(logging.INFO, logger="quarterdeck")
    logging.getLogger("quarterdeck").propagate = True
    report = drop("deal id,deal name,owner,stage,next step\nD1,Fibre,Ana,Won,Call the mayor\n")
    lines = [json.loads(record.message) for record in caplog.records]
    assert [line["event"] for line in lines] == ["writing", "committed"]
    assert lines[0]["batch"] == report["batch_id"]
    said = "".join(record.message for record in caplog.records)
    assert not any(word in said for word in ("Fibre", "Ana", "mayor", "deals.csv"))


def test_listening_twice_prints_once():
    logger = journal.LOGGER
    kept, logger.handlers = logger.handlers, []
    try:
        journal.listen()
        journal.listen()
        assert len(logger.handlers) == 1
    finally:
        logger.handlers, logger.propagate = kept, True


def told(caplog, event):
    lines = [json.loads(record.message) for record in caplog.records]
    return [
        {k: v for k, v in line.items() if k != "at"} for line in lines if line["event"] == event
    ]


def test_whoever_reaches_for_what_is_not_theirs_is_a_line_without_names(engine, drop, caplog):
    drop("deal id,deal name,owner,stage\nD1,Fibre,Ana,Won\n")
    caplog.set_level(logging.INFO, logger="quarterdeck")
    logging.getLogger("quarterdeck").propagate = True
    for change, command in (
        (set_access, SetAccess("ana", is_open=False)),
        (set_access, SetAccess("zoe", is_open=False)),
    ):
        with pytest.raises(Refused):
            change(engine, command, scope=Scope("dana", "director"))
    with pytest.raises(Refused):
        set_access(engine, SetAccess("ana", is_open=False), scope=Scope("ana", "executive"))
    denied = told(caplog, "denied")
    assert (
        denied[:2]
        == [{"event": "denied", "viewer": "dana", "role": "director", "thing": "person"}] * 2
    )
    assert denied[2] == {
        "event": "denied", "viewer": "ana", "role": "executive", "thing": "access"
    }  # fmt: skip


def test_a_refused_sign_in_is_a_line_without_the_address(engine, caplog):
    caplog.set_level(logging.INFO, logger="quarterdeck")
    logging.getLogger("quarterdeck").propagate = True
    token = {"iss": "https://sso.example", "sub": "1", "email": "zoe@a.example", "iat": 1}
    with pytest.raises(Refused):
        sign_in(engine, claims_of(token | {"email_verified": True}), date(2026, 11, 25))
    (line,) = told(caplog, "sign-in refused")
    assert "zoe" not in str(line)
