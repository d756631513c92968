"""Invented books with every filter in them, as two proofs count them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quarterdeck.engine import DuckDBEngine
from tests.conftest import commit, looked_at
from tests.exam import recount_wide as raw

SEED = 20261120


@pytest.fixture(scope="module")
def books() -> tuple[list[raw.Row], list[raw.Row]]:
    dice = random.Random(SEED)
    return raw.deals(dice, 600), raw.quotas(dice)


@pytest.fixture(scope="module")
def path(
    books: tuple[list[raw.Row], list[raw.Row]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    place = tmp_path_factory.mktemp("wide") / "quarterdeck.duckdb"
    engine = DuckDBEngine(place)
    for name, text in raw.files(*books).items():
        commit(engine, looked_at(engine, text, name, exported_on=raw.EXPORTED))
    engine.close()
    return place
