"""Which headers say by themselves what a file or a row is?"""

from __future__ import annotations

# Dates that prove when a file was exported and are kept for nothing else.
WITNESSES = (
    "last modified date | modified date | last modified | modified on | last activity date"
    " | last activity | system modstamp | updated at | updated on | last updated | update time"
    " | last contacted | last viewed date | last referenced date | hs lastmodifieddate"
    " | lastmodifieddate | modified time | do not modify modified on"
    " | last activity on | last update | modified | last modified on"
    " | fivetran synced | notes last updated | last contact date | last referenced date"
)
# A file without a created field of its own, such as accounts, still says when rows came to be.
CREATED = "created date | created on | created at | create date | createdate | date created"

DELETED = "is deleted | deleted | fivetran deleted | archived | is archived | deleted flag"

# Only a list of the CRM's own users has these.
STAFF = "profile id | user role id | username | is forecast enabled | user role"

# Only activities have all of one of these; without a day they are refused, not taken for deals.
ACTIVITIES = (
    *("who id | what id", "activity id", "engagement id", "activity type | activity date"),
    *("subject | activity date", "activity type | date", "assigned | subject | date"),
    *("happened at", "kind | person"),
)

# What a history of deals calls the deal and the stage, where nothing else does.
HISTORY_DEALS = (
    "deal | deal id | deal name | opportunity | opportunity id | opportunity name | opp id"
    " | opp name | case id"
)
HISTORY_STAGES = (
    "stage | stage name | deal stage | opportunity stage | sales stage | pipeline stage"
    " | new stage | new stage name | to stage | event"
)
# A moment that only a history has, and one that a list of deals as they stand may have too.
HISTORY_MOMENTS = (
    "happened at | changed at | changed on | change date | changed date | change time"
    " | transition date | transitioned at | edit date"
)
LIKELY_MOMENTS = (
    "timestamp | valid from | effective from | date entered | entered date | entered at"
    " | event time | event date | event timestamp"
)
# Only a history of stages has all of one of these.
HISTORIES = (
    *("previous stage | new stage", "from stage | to stage", "old stage | new stage"),
    *("stage entered date | stage exit date", "date entered | date exited"),
    *("opportunity history key", "id | opportunity id | created date | stage name"),
    *("id | fivetran start | fivetran end | stage name", "deal id | date entered | value"),
)
# A field history names the field that changed in one column and what it became in another.
CHANGED_FIELDS = "field | field event | field name | changed field | property | property name"
CHANGED_VALUES = "new value | value"

# Files that share headers with ours and are something else: what they are, and headers that
# only they have together.
FOREIGN: tuple[tuple[str, str], ...] = (
    ("a stage history", "previous stage | new stage"),
    ("a stage history", "opportunity history key"),
    ("a field history", "old value | new value"),
    ("a field history", "fivetran start | fivetran end"),
    ("a property history", "deal id | source id | value"),
    ("campaigns", "budgeted cost | number sent"),
    ("deal lines", "opportunity id | quantity | unit price"),
    ("orders", "order number"),
    ("orders", "effective date | total amount"),
    ("subscriptions", "subscription id | subscription start"),
    ("a data dictionary", "table | field | description"),
    ("a data dictionary", "field | description"),
    ("a property list", "field type | group name"),
)
