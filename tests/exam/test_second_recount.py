"""Does the second engine's answer equal a count by hand, whatever is asked?"""

from __future__ import annotations

from contextlib import closing

import pytest

from quarterdeck import reads
from quarterdeck.asking import question
from quarterdeck.spark import SparkEngine
from tests.cluster import published
from tests.conftest import MAVEN, TODAY
from tests.exam import figures, recount
from tests.exam.test_recount import settings

pytestmark = pytest.mark.exam


def test_attainment_on_spark_equals_a_count_by_hand(maven, spark_url):
    with closing(published(maven, spark_url, "maven")) as there:
        count(there)


def count(there: SparkEngine) -> None:
    books = recount.read(MAVEN)
    asked = settings(books, figures.sized(12, 200))
    for period, as_of, people in asked:
        words = [f"period={period}", f"as_of={as_of}", *(f"person={name}" for name in people)]
        asks = question(there, "attainment", None, words, TODAY)
        answer = reads.exact(there, asks.scope, asks.filters, "attainment")
        at = {column.name: place for place, column in enumerate(answer.columns)}
        found = {
            row[at["person_name"]]: (row[at["won_deals"]], row[at["booked_usd"]])
            for row in answer.rows
        }
        assert found == recount.attainment(books, *recount.days_of(period), as_of, people), words
    figures.record(
        "Attainment on Spark equals a count by hand", f"{len(asked)} random settings, 0 differ"
    )
