"""Are the headers of every CRM understood?"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from quarterdeck.importing.fields import ENTITIES, parquet_columns
from quarterdeck.importing.mapping import Mapping, map_headers
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import read
from quarterdeck.importing.refusing import FileRefused

DATA = Path(__file__).parent.parent.parent / "shared" / "data"


def mapped(headers: str, entity: str | None = None, answers: Answers | None = None) -> Mapping:
    return map_headers(next(csv.reader(io.StringIO(headers))), entity, answers or Answers({}))


def test_salesforce_api_names_are_a_deal_file() -> None:
    mapping = mapped(
        "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,OwnerId,IsWon,IsClosed"
    )
    assert mapping.entity == "deal"
    assert mapping.named() == {
        "deal_id": "Id",
        "deal_name": "Name",
        "account_id": "AccountId",
        "owner_id": "OwnerId",
        "stage": "StageName",
        "amount": "Amount",
        "close_on": "CloseDate",
        "is_won": "IsWon",
        "is_closed": "IsClosed",
        "is_deleted": "IsDeleted",
    }


def test_salesforce_report_labels_are_a_deal_file() -> None:
    named = mapped(
        "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Close Date,"
        "Created Date,Lead Source,Next Step,Forecast Category,Probability (%),Type"
    ).named()
    assert named["owner"] == "Opportunity Owner"
    assert named["probability"] == "Probability (%)"
    assert named["deal_type"] == "Type"


def test_hubspot_names_and_labels_are_a_deal_file() -> None:
    labels = mapped(
        "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date"
    )
    assert set(labels.named()) == {
        *("deal_id", "deal_name", "stage", "close_on", "owner", "amount", "pipeline"),
        "created_on",
    }
    names = mapped(
        "deal_id,property_dealname,property_amount,deal_pipeline_stage_id,property_closedate"
    )
    assert names.named()["deal_name"] == "property_dealname"
    assert names.named()["stage"] == "deal_pipeline_stage_id"


def test_dynamics_keeps_estimated_and_actual_apart() -> None:
    named = mapped(
        "Topic,Account,Est. Close Date,Actual Close Date,Est. Revenue,Actual Revenue,Status"
    ).named()
    assert (named["close_on"], named["closed_on"]) == ("Est. Close Date", "Actual Close Date")
    assert (named["amount"], named["amount_actual"]) == ("Est. Revenue", "Actual Revenue")


def test_the_only_date_and_the_only_amount_are_the_plain_ones() -> None:
    named = mapped("Deal ID,Stage,Actual Close Date,Actual Revenue").named()
    assert named["close_on"] == "Actual Close Date"
    assert named["amount"] == "Actual Revenue"
    assert "closed_on" not in named
    assert "amount_actual" not in named


def test_pipedrive_prefixes_are_taken_off() -> None:
    named = mapped(
        "Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status,Deal - Won time"
    ).named()
    assert named["amount"] == "Deal - Value"
    assert named["status"] == "Deal - Status"
    assert named["close_on"] == "Deal - Won time"


def test_a_misspelled_header_is_understood_and_a_different_one_is_not() -> None:
    mapping = mapped("Oportunity ID,Acount Name,Stage,Amuont,Closed Rate,Created By")
    assert mapping.named()["deal_id"] == "Oportunity ID"
    assert mapping.named()["account"] == "Acount Name"
    assert mapping.unmapped() == ["Amuont", "Closed Rate", "Created By"]


def test_weighted_amounts_never_replace_the_amount() -> None:
    named = mapped("Id,Name,StageName,ExpectedRevenue,Amount,Weighted Amount,CloseDate").named()
    assert named["amount"] == "Amount"


def test_modified_and_activity_dates_only_date_the_export() -> None:
    mapping = mapped("Deal ID,Stage,Last Modified Date,last_activity_date")
    assert mapping.witnesses == (2, 3)
    assert mapping.unmapped() == ["Last Modified Date", "last_activity_date"]


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_template_maps_onto_every_field(entity: str) -> None:
    labels = ",".join(field.label for field in ENTITIES[entity].fields)
    assert mapped(labels, entity).named() == {
        field.name: field.label for field in ENTITIES[entity].fields
    }
    assert mapped(labels).entity == entity


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_standard_names_map_onto_themselves(entity: str) -> None:
    names = ENTITIES[entity].names()
    assert mapped(",".join(names), entity).named() == {name: name for name in names}


@pytest.mark.parametrize("entity", ENTITIES)
def test_parquet_columns_start_with_the_line_and_end_with_what_is_derived(entity: str) -> None:
    columns = list(parquet_columns(entity))
    assert columns[0] == "line"
    assert columns[1 : 1 + len(ENTITIES[entity].fields)] == list(ENTITIES[entity].names())


def test_an_ambiguous_file_is_a_question_and_its_answer_settles_it() -> None:
    headers = "Name,Region Office,Phone,Manager"
    answers = Answers({})
    assumed = mapped(headers, answers=answers)
    assert [question.id for question in answers.open] == ["entity"]
    assert assumed.entity == answers.open[0].assumed
    answered = Answers({"entity": "person"})
    assert mapped(headers, answers=answered).entity == "person"
    assert answered.open == []
    with pytest.raises(FileRefused, match="not one of the choices"):
        mapped(headers, answers=Answers({"entity": "banana"}))


@pytest.mark.parametrize(
    "headers",
    [
        "Table,Field,Description",
        "Id,WhoId,WhatId,Subject,Status,IsClosed",
        "Account ID,Previous Stage,New Stage,Stage Entered Date",
        "Opportunity ID,Previous Stage,New Stage",
        "AccountId,Field,OldValue,NewValue,CreatedDate",
        "alpha,beta,gamma",
        "Id,Name,Status",
        "contact_id,email,industry,created_at,owner",
    ],
)
def test_a_file_of_another_kind_is_refused(headers: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        mapped(headers)
    assert all((refusal.value.what, refusal.value.where, refusal.value.do))


@pytest.mark.parametrize(
    ("headers", "entity"),
    [
        ("Territory,Account Name,Account Owner", "module"),
        ("Account,Module", "module"),
        ("Account Name,Industry,Territory,City,Owner", "account"),
        ("Rep Name,Territory,Manager", "person"),
        ("Account,Owner,Stage,Module", "deal"),
        ("Name,Title,Email,Phone,Company", "contact"),
        ("First Name,Last Name,Title,Email,Account Name", "contact"),
        ("Name,Email,Role,Manager", "person"),
        ("Name,Account ID,Industry,Email", "account"),
        ("Subscription ID,Account,MRR,Renewal Date", "service"),
        ("Account ID,Account,Industry,Renewal date,Product,MRR", "account"),
        ("Product,Product Line,List Price,Service Name", "product"),
        ("Activity Date,Subject,Opportunity,Status,Stage", "activity"),
        ("Assigned,Subject,Date,Status,Priority,Company / Account,Opportunity", "activity"),
        ("Opportunity ID,Account,Stage,Amount,Last Activity Date,Subject", "deal"),
        ("Deal ID,Happened at,Stage", "stage_history"),
        ("Deal ID,Timestamp,Stage,Amount", "stage_history"),
        ("Timestamp,Deal name,Account,Stage,Amount", "deal"),
        ("Deal ID,Stage,Stage entered date,Amount,Close date", "deal"),
        ("OpportunityId,OpportunityName,CloseDate,StageName,CreatedDate", "deal"),
        ("Id,OpportunityId,CreatedDate,StageName,Amount", "stage_history"),
        ("OpportunityId,Field,OldValue,NewValue,CreatedDate", "stage_history"),
        ("deal_id,timestamp,name,value", "stage_history"),
        ("Deal ID,Name,Value,Stage,Created at", "deal"),
        ("Deal ID,Stage,Entered Proposal,Entered Negotiation", "deal"),
        ("Deal ID,Amount,Entered Proposal,Entered Negotiation", "stage_history"),
        ("Kind,Person,Deal,Happened at,Stage", "activity"),
    ],
)
def test_what_is_alike_is_told_apart_without_a_question(headers: str, entity: str) -> None:
    answers = Answers({})
    assert mapped(headers, answers=answers).entity == entity
    assert answers.open == []


def test_an_entity_the_columns_cannot_be_is_refused() -> None:
    with pytest.raises(FileRefused):
        mapped("Deal ID,Amount", "deal")
    with pytest.raises(FileRefused):
        mapped("Deal ID,Stage", "invoice")


REAL = {
    "maven_crm/sales_pipeline.csv": (
        "deal",
        "deal_id account owner stage amount close_on created_on product",
    ),
    "maven_crm/sales_teams.csv": ("person", "name manager region"),
    "maven_crm/products.csv": ("product", "product product_line list_price"),
    "maven_crm/accounts.csv": ("account", "account parent industry employees revenue"),
    "meridian_mit/reps.csv": ("person", "person_id name manager hired_on region"),
    "meridian_mit/deals.csv": (
        "deal",
        "deal_id account owner_id stage amount close_on created_on product_line loss_reason",
    ),
    "saas_quota_arr/quota_attainment.csv": ("quota", "person person_id period product_line quota"),
    "saas_quota_arr/reps.csv": ("person", "person_id name manager hired_on region"),
    "saas_quota_arr/accounts.csv": ("account", "account_id account segment employees"),
    "sfdc_datacloud_workshop/Opportunity.csv": (
        "deal",
        "deal_id deal_name account_id owner_id stage amount close_on created_on is_won is_closed"
        " is_deleted probability forecast_category product deal_type lead_source next_step",
    ),
    "sf_utc/accounts.csv": (
        "account",
        "account_id account industry owner city phone website revenue",
    ),
    "fivetran_salesforce_seeds/sf_user_data.csv": (
        "person",
        "person_id name email role manager base_zip",
    ),
    "fivetran_hubspot_seeds/company_data.csv": (
        "account",
        "account_id account industry street city state revenue",
    ),
    "buying_group_mit/deals.csv": (
        "deal",
        "deal_id deal_name account_id stage amount close_on created_on deal_type",
    ),
    "buying_group_mit/sales_activities.csv": (
        "activity",
        "activity_id kind account deal happened_at subject",
    ),
    "sfdc_datacloud_workshop/Task.csv": (
        "activity",
        "activity_id kind person account deal happened_at outcome subject",
    ),
    "bpic2012_stage_history/events.csv.gz": ("stage_history", "deal happened_at stage amount"),
    "sf_devorg_powerbi/OpportunityHistory.csv": (
        "stage_history",
        "deal happened_at stage amount close_on",
    ),
    "fivetran_salesforce_seeds/sf_opportunity_history_data.csv": (
        "stage_history",
        "deal happened_at stage amount close_on owner",
    ),
    "fivetran_hubspot_seeds/deal_stage_data.csv": ("stage_history", "deal happened_at stage"),
    "buying_group_mit/deal_funnel_history.csv": ("stage_history", "deal happened_at stage"),
}


@pytest.mark.parametrize("path", REAL)
def test_a_real_file_is_mapped(path: str) -> None:
    if not (DATA / path).exists():
        pytest.skip("the real files are not on this machine")
    entity, fields = REAL[path]
    mapping = map_headers(read((DATA / path).read_bytes(), path).header, None, Answers({}))
    assert (mapping.entity, list(mapping.columns)) == (entity, fields.split())


@pytest.mark.parametrize(
    "path",
    [
        "maven_crm/data_dictionary.csv",
        "sfdc_datacloud_workshop/Campaign.csv",
        "sf_devorg_powerbi/OpportunityHistoryGroup.csv",
        "fivetran_salesforce_seeds/sf_account_history_data.csv",
        "duckflow_mit/contacts.csv",
        "saas_quota_arr/subscriptions.csv",
        "crm_sales_inbound/deals.csv",
    ],
)
def test_a_real_file_of_another_kind_is_refused(path: str) -> None:
    if not (DATA / path).exists():
        pytest.skip("the real files are not on this machine")
    with pytest.raises(FileRefused):
        map_headers(read((DATA / path).read_bytes(), path).header, None, Answers({}))
