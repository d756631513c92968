"""What the log says, and what it never does."""

from __future__ import annotations

import json
import logging

from quarterdeck import journal


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
