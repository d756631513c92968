"""Which columns may a file have? Empty files to fill in, one for each kind."""

from __future__ import annotations

from quarterdeck.importing.fields import ENTITIES

NAMES = {
    "deal": "deals.csv",
    "account": "accounts.csv",
    "person": "people.csv",
    "product": "products.csv",
    "stage": "stages.csv",
    "quota": "quotas.csv",
    "module": "modules.csv",
    "service": "services.csv",
    "contact": "contacts.csv",
    "activity": "activities.csv",
    "deal_credit": "deal_credits.csv",
    "stage_history": "stage_history.csv",
}


def templates() -> dict[str, bytes]:
    """File name → the header row of that kind of file, as UTF-8 with a byte order mark.

    Spreadsheet programs need the mark to read accents.
    """
    return {
        name: (
            "\ufeff" + ",".join(field.label for field in ENTITIES[entity].fields) + "\r\n"
        ).encode()
        for entity, name in NAMES.items()
    }
