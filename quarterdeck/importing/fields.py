"""Which fields may a file carry, and as what are they kept?"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "text": "varchar",
    "money": "decimal(18,2)",
    "date": "date",
    "moment": "timestamp",
    "number": "decimal(18,2)",
    "flag": "boolean",
    "count": "bigint",
    "ratio": "double",
    "part": "decimal(18,9)",
}
MEASURED = frozenset({"money", "number", "date", "moment", "count", "ratio", "part"})


@dataclass(frozen=True)
class Field:
    """A standard field: its name, the kind of its values and the header a template gives it."""

    name: str
    kind: str
    label: str


@dataclass(frozen=True)
class Entity:
    """What a row of a file stands for, its fields in order and the columns derived from them."""

    name: str
    fields: tuple[Field, ...]
    derived: tuple[tuple[str, str], ...]

    def kind(self, name: str) -> str:
        """The kind of one field."""
        return next(field.kind for field in self.fields if field.name == name)

    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(field.name for field in self.fields)


def _fields(table: str) -> tuple[Field, ...]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return tuple(Field(name.strip(), kind.strip(), label.strip()) for name, kind, label in rows)


def _derived(names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "varchar") for name in names.split())


_DEAL = _fields("""
    deal_id           | text  | Deal ID
    deal_name         | text  | Deal name
    account           | text  | Account
    account_id        | text  | Account ID
    owner             | text  | Owner
    owner_id          | text  | Owner ID
    owner_email       | text  | Owner email
    stage             | text  | Stage
    status            | text  | Status
    pipeline          | text  | Pipeline
    amount            | money | Amount
    amount_actual     | money | Actual amount
    currency          | text  | Currency
    mrr               | money | MRR
    nrc               | money | NRC
    term_months       | count | Term in months
    close_on          | date  | Close date
    closed_on         | date  | Actual close date
    created_on        | date  | Created date
    stage_entered_on  | date  | Stage entered date
    is_won            | flag  | Is won
    is_closed         | flag  | Is closed
    is_deleted        | flag  | Is deleted
    probability       | ratio | Probability
    forecast_category | text  | Forecast category
    product           | text  | Product
    product_line      | text  | Product line
    channel           | text  | Channel
    partner           | text  | Partner
    deal_type         | text  | Deal type
    lead_source       | text  | Lead source
    next_step         | text  | Next step
    loss_reason       | text  | Loss reason
""")

_ACCOUNT = _fields("""
    account_id   | text  | Account ID
    account      | text  | Account
    parent       | text  | Parent account
    industry     | text  | Industry
    segment      | text  | Segment
    is_strategic | flag  | Strategic
    owner        | text  | Owner
    street       | text  | Street
    city         | text  | City
    state        | text  | State
    zip          | text  | ZIP code
    phone        | text  | Phone
    website      | text  | Website
    employees    | count | Employees
    revenue      | money | Annual revenue
    potential    | money | Potential
    module       | text  | Module
""")

_PERSON = _fields("""
    person_id | text | Person ID
    name      | text | Name
    email     | text | Email
    role      | text | Role
    manager   | text | Manager
    hired_on  | date | Hire date
    left_on   | date | Leaving date
    region    | text | Region
    base_zip  | text | Home ZIP code
""")

_QUOTA = _fields("""
    person       | text  | Person
    person_id    | text  | Person ID
    period       | text  | Period
    product_line | text  | Product line
    quota        | money | Quota
""")

_PRODUCT = _fields("""
    product      | text  | Product
    product_line | text  | Product line
    is_recurring | flag  | Recurring
    list_price   | money | List price
""")

_STAGE = _fields("""
    stage             | text  | Stage
    pipeline          | text  | Pipeline
    position          | count | Position
    outcome           | text  | Outcome
    forecast_category | text  | Forecast category
    probability       | ratio | Probability
""")

_MODULE = _fields("""
    module     | text | Module
    account    | text | Account
    owner      | text | Owner
    valid_from | date | Valid from
""")

_SERVICE = _fields("""
    service_id      | text  | Service ID
    account         | text  | Account
    product         | text  | Product
    mrr             | money | MRR
    nrc             | money | NRC
    activated_on    | date  | Activation date
    term_months     | count | Term in months
    renewal_on      | date  | Renewal date
    disconnected_on | date  | Disconnect date
""")

_CONTACT = _fields("""
    contact_id | text | Contact ID
    account    | text | Account
    name       | text | Name
    role       | text | Role
    email      | text | Email
    influence  | text | Influence
""")

_ACTIVITY = _fields("""
    activity_id | text   | Activity ID
    kind        | text   | Kind
    person      | text   | Person
    account     | text   | Account
    deal        | text   | Deal
    happened_at | moment | Happened at
    outcome     | text   | Outcome
    subject     | text   | Subject
    place       | text   | Place
    miles       | number | Miles
""")

_DEAL_CREDIT = _fields("""
    deal       | text | Deal
    person     | text | Person
    share      | part | Share
    valid_from | date | Valid from
""")

_STAGE_HISTORY = _fields("""
    deal        | text   | Deal
    happened_at | moment | Happened at
    stage       | text   | Stage
    amount      | money  | Amount
    close_on    | date   | Close date
    owner       | text   | Owner
""")

_DEAL_DERIVED = (
    *_derived("deal_key outcome"),
    ("amount_file", "decimal(18,2)"),
    *_derived("account_key account_ref owner_key owner_ref owner_email_key"),
    *_derived("product_key product_ref stage_name"),
)

ENTITIES: dict[str, Entity] = {
    entity.name: entity
    for entity in (
        Entity("deal", _DEAL, _DEAL_DERIVED),
        Entity(
            "account",
            _ACCOUNT,
            _derived(
                "account_key account_ref parent_key parent_ref owner_key owner_ref module_ref"
            ),
        ),
        Entity(
            "person",
            _PERSON,
            _derived("name_key person_ref email_key manager_key manager_ref"),
        ),
        Entity("product", _PRODUCT, _derived("product_key product_ref")),
        Entity("quota", _QUOTA, _derived("person_key person_ref")),
        Entity("stage", _STAGE, _derived("stage_key")),
        Entity(
            "module",
            _MODULE,
            _derived("module_ref account_key account_ref owner_key owner_ref"),
        ),
        Entity(
            "service",
            _SERVICE,
            _derived("service_key account_key account_ref product_key product_ref"),
        ),
        Entity("contact", _CONTACT, _derived("contact_key account_key account_ref")),
        Entity(
            "activity",
            _ACTIVITY,
            _derived("activity_key person_key person_ref account_key account_ref deal_key"),
        ),
        Entity("deal_credit", _DEAL_CREDIT, _derived("deal_key person_key person_ref")),
        # Several events may stand in one line: their place among all tells which comes first.
        Entity(
            "stage_history",
            _STAGE_HISTORY,
            (*_derived("deal_key owner_key owner_ref outcome"), ("place", "bigint")),
        ),
    )
}


SHAPE = "shape.parquet"
"""Beside rows.parquet where that lacks the columns that hold nothing: no rows, all columns."""


def parquet_columns(entity: str) -> dict[str, str]:
    """The columns of rows.parquet in order, each with its DuckDB type."""
    known = ENTITIES[entity]
    fields = {field.name: KINDS[field.kind] for field in known.fields}
    return {"line": "bigint", **fields, **dict(known.derived)}
