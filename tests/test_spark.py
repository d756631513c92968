"""The second engine: what it is told, what it is asked, and what when it is not there."""

from __future__ import annotations

import time

import pytest

from quarterdeck import catalog
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from quarterdeck.spark import SparkEngine, publish
from tests.cluster import export, session_of


def imports(engine):
    return engine.rows(catalog.load("imports"), OWNER.parameters())


def test_what_is_published_again_takes_the_place_of_the_old(engine, drop, spark_url):
    url = session_of(spark_url)
    for turn in (1, 2):
        drop(f"deal id,stage,owner\nD{turn},Open,Ana\n")
        folder = engine.folder / "staging" / f"it's number {turn}"
        export(engine, folder)
        publish(url, folder, "published_again")
        found = SparkEngine(url, "published_again")
        assert len(imports(found)) == turn
        assert imports(found) == imports(engine)
        assert found.data_version() == engine.data_version()
    found.close()


def test_an_absent_server_is_refused_in_seconds():
    started = time.monotonic()
    with pytest.raises(Refused, match="No Spark Connect server answers"):
        SparkEngine("sc://127.0.0.1:1")
    assert time.monotonic() - started < 10


def test_a_refusal_does_not_tell_the_token():
    with pytest.raises(Refused, match="127.0.0.1:1") as refusal:
        SparkEngine("sc://ray:secret@127.0.0.1:1/;token=secret")
    assert "secret" not in str(refusal.value)


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(Refused, match="sc://host:15002"):
        SparkEngine("127.0.0.1")


def test_a_database_nobody_published_is_refused(spark_url):
    with pytest.raises(Refused, match=r"no such database. nowhere Publish"):
        SparkEngine(spark_url, "nowhere")
