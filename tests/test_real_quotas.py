"""A real export with people, monthly quotas and deals, counted by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import SHARED, asked, commit, looked_at, needs, rows_of

FOLDER = SHARED / "data" / "saas_quota_arr"
pytestmark = needs("data/saas_quota_arr")


@pytest.mark.parametrize(
    "order",
    [("reps", "quota_attainment", "opportunities"), ("opportunities", "quota_attainment", "reps")],
    ids=["people first", "deals first"],
)
def test_quotas_and_bookings_of_a_quarter_are_right_to_the_cent(engine, order):
    for name in order:
        text = (FOLDER / f"{name}.csv").read_bytes().decode()
        report = commit(engine, looked_at(engine, text, f"{name}.csv", exported_on=None))
        if name == "opportunities":
            won = report["totals"]["won"]
            assert (report["rows"]["good"], won["count"]) == (2266, 789)
            assert won["amount"] == "41156803.80"
        if name == "quota_attainment":
            assert report["rows"]["good"] == 504
    rows = rows_of(engine, "attainment", asked(engine, "2026-Q1"))
    total = rows[0]
    assert total["quota_usd"] == Decimal("4248536.28")
    assert total["booked_usd"] == Decimal("5307369.85")
    managers = {row["quota_usd"] for row in rows[1:] if row["reports"]}
    assert managers == {
        Decimal("1442282.25"), Decimal("937896.24"), Decimal("1043357.76"), Decimal("825000.03"),
    }  # fmt: skip
