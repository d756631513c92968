"""Empty files to fill in: what they offer is what importing reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from quarterdeck.importing.templates import templates
from tests.conftest import commit, looked_at

FOLDER = Path(__file__).resolve().parents[1] / "data" / "templates"
FILLED = {
    "deals.csv": {"Deal ID": "D1", "Stage": "Won", "Owner": "Ana", "Amount": "5"},
    "accounts.csv": {"Account": "Acme", "Industry": "Mining"},
    "people.csv": {"Name": "Ana", "Manager": "Dana"},
    "products.csv": {"Product": "Fibre", "Product line": "Cloud"},
    "stages.csv": {"Stage": "Proposal", "Position": "3", "Outcome": "open"},
    "quotas.csv": {"Person": "Ana", "Period": "2026-Q4", "Quota": "100"},
    "modules.csv": {"Module": "North", "Account": "Acme", "Owner": "Ana"},
    "services.csv": {"Service ID": "S1", "Account": "Acme", "MRR": "100"},
    "contacts.csv": {"Name": "Pat", "Account": "Acme", "Influence": "high"},
    "activities.csv": {"Kind": "Call", "Person": "Ana", "Happened at": "2026-11-19 09:30"},
    "deal_credits.csv": {"Deal": "D1", "Person": "Ana", "Share": "100 %"},
    "stage_history.csv": {"Deal": "D1", "Happened at": "2026-11-19 09:30", "Stage": "Proposal"},
}


@pytest.mark.parametrize("name", sorted(FILLED))
def test_the_files_in_data_templates_are_the_ones_the_page_offers(name):
    assert (FOLDER / name).read_bytes() == templates()[name]


@pytest.mark.parametrize("name", sorted(FILLED))
def test_every_header_of_a_template_is_read_as_its_own_field(engine, name):
    headers = templates()[name].decode("utf-8-sig").strip().split(",")
    if name == "deal_credits.csv":
        commit(engine, looked_at(engine, "deal id,stage\nD1,Won\n"))
    row = ",".join(FILLED[name].get(header, "") for header in headers)
    staged = looked_at(engine, ",".join(headers) + "\n" + row + "\n", name)
    assert staged.report["unmapped"] == []
    assert len(staged.report["mapping"]) == len(headers)
    assert commit(engine, staged)["changes"]["new"] == 1
