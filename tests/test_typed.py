"""Do the rows of a file come out as what they say, and does nothing get lost?"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.importing.dates import DAY_FIRST, MONTH_FIRST
from quarterdeck.importing.duplicates import KEEP_FIRST, KEEP_LAST
from quarterdeck.importing.exported import Occasion
from quarterdeck.importing.folding import slug
from quarterdeck.importing.mapping import map_headers
from quarterdeck.importing.money import COMMA, POINT
from quarterdeck.importing.outcomes import verdict
from quarterdeck.importing.questions import Answers
from quarterdeck.importing.reading import read
from quarterdeck.importing.refusing import FileRefused
from quarterdeck.importing.typed import TypedRows, type_rows
from tests.exam.figures import sized

FIXTURES = Path(__file__).parent / "fixtures"
DATA = Path(__file__).parent.parent.parent / "shared" / "data"
TODAY = date(2026, 11, 25)
SPOKANE = ZoneInfo("America/Los_Angeles")


def typed(
    data: str | bytes,
    name: str = "deals.csv",
    entity: str | None = None,
    answers: dict[str, str] | None = None,
    exported_on: date | None = None,
) -> TypedRows:
    sheet = read(data.encode() if isinstance(data, str) else data, name)
    settled = Answers(answers or {})
    mapping = map_headers(sheet.header, entity, settled)
    return type_rows(sheet, mapping, Occasion(TODAY, SPOKANE, exported_on), settled)


def figures(of: TypedRows) -> dict[str, tuple[object, object, object]]:
    return {
        outcome: (total["count"], total["amount"], total["amount_missing"])
        for outcome, total in of.totals.items()
    }


def said(of: TypedRows) -> str:
    return " ".join(warning.say for warning in of.warnings)


def test_a_report_with_titles_and_footers_keeps_its_deals() -> None:
    rows = typed((FIXTURES / "report_with_titles.csv").read_bytes())
    assert (rows.good, len(rows.rejects), rows.sheet.blank, rows.sheet.in_file()) == (3, 5, 1, 9)
    assert all(reject.harmless for reject in rows.rejects)
    assert [reject.line for reject in rows.rejects] == [8, 10, 11, 12, 13]
    assert figures(rows) == {
        "won": (1, "12500.00", 0),
        "lost": (1, "0.00", 1),
        "open": (1, "4000.00", 0),
    }


def test_a_european_file_is_read_with_its_own_signs() -> None:
    rows = typed((FIXTURES / "european_cp1252.csv").read_bytes())
    assert rows.rows["amount"] == [Decimal("1234.50"), Decimal("999.95")]
    assert rows.rows["created_on"] == [date(2026, 1, 31), date(2026, 2, 2)]
    assert rows.rows["currency"] == ["EUR", "EUR"]
    assert rows.rows["deal_name"][0] == "Lübeck Netz"
    assert rows.questions == ()


def test_a_bad_cell_names_its_line_and_column_and_stays_empty() -> None:
    rows = typed("Deal ID,Stage,Amount,Close Date\n1,Won,5,2026-01-01\n2,Open,lots,soon\n")
    assert [(cell.line, cell.column, cell.field, cell.value) for cell in rows.cells] == [
        (3, "Amount", "amount", "lots"),
        (3, "Close Date", "close_on", "soon"),
    ]
    assert rows.rows["amount"] == [Decimal("5.00"), None]
    assert rows.rows["close_on"] == [date(2026, 1, 1), None]
    assert (rows.good, rows.columns["close_on"]["unreadable"]) == (2, 1)


@pytest.mark.parametrize("word", ["", "N/A", "-", "–", "null", "None", "#N/A", "nan"])
def test_a_missing_amount_is_no_error_and_no_zero(word: str) -> None:
    rows = typed(f"Deal ID,Stage,Amount\n1,Won,{word}\n2,Won,5\n")
    assert rows.cells == ()
    assert figures(rows)["won"] == (2, "5.00", 1)


def test_status_decides_over_stage_and_flags_over_both() -> None:
    rows = typed(
        "Deal ID,Stage,Status,Is Won,Is Closed\n"
        "1,Closed Won,Lost,,\n2,Proposal,Won,,\n3,Closed Lost,Lost,true,true\n"
        "4,Closed Won,Won,false,true\n5,Closed Won,Won,false,false\n6,Negotiation,Open,,\n"
    )
    assert rows.rows["outcome"] == ["lost", "won", "won", "lost", "open", "open"]


def test_an_empty_won_box_on_a_closed_deal_is_a_loss() -> None:
    rows = typed("Deal ID,Stage,IsClosed,IsWon\n1,Done,1,1\n2,Done,1,\n3,Proposal,,\n")
    assert rows.rows["outcome"] == ["won", "lost", "open"]


def test_doubtful_statuses_count_as_open_with_a_warning() -> None:
    rows = typed(
        "Deal ID,Stage,Status\n1,Proposal,On Hold\n2,Proposal,\n3,Proposal,Zzz\n4,Proposal,Open\n"
    )
    assert figures(rows)["open"][0] == 4
    assert all(word in said(rows) for word in ("On Hold (1)", "(blank) (1)", "Zzz (1)"))
    assert "Open (" not in said(rows)


def test_a_stage_nobody_knows_is_an_open_stage_without_a_word() -> None:
    rows = typed("Deal ID,Stage\n1,Perception Analysis\n2,Contract Sent\n")
    assert (figures(rows)["open"][0], rows.warnings) == (2, ())


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        *(("Closed Won", "won"), ("6 - Closed Won", "won"), ("WON", "won"), ("Closed/Won", "won")),
        *(("closedwon", "won"), ("Closed Won (100%)", "won"), ("Win", "won"), ("Not won", "lost")),
        *(("Closed Lost", "lost"), ("7. Closed - Lost", "lost"), ("Loss", "lost")),
        *(("closedlost", "lost"), ("Lost to competitor", "lost"), ("Disqualified", "lost")),
        *(("No Decision", "lost"), ("Cancelled", "lost"), ("Negotiation", None), ("Wonder", None)),
        *(("Wont close", None), ("Closed", None), ("Proposal", None), ("Open", None)),
    ],
)
def test_words_of_outcome(word: str, outcome: str | None) -> None:
    assert verdict(word) == outcome


def test_a_won_deal_counts_its_actual_amount() -> None:
    rows = typed(
        "Deal ID,Stage,Amount,Actual Revenue\n"
        "1,Won,100,90\n2,Won,100,\n3,Open,100,90\n4,Won,100,0\n"
    )
    assert rows.rows["amount_file"] == [Decimal(amount) for amount in (90, 100, 100, 0)]


def test_rows_that_cannot_be_deals_are_rejected_and_named() -> None:
    rows = typed("Deal ID,Account,Stage,Amount\n,,Won,5\n2,Acorn,,5\n3,Birch,Won,5\n")
    assert [(reject.line, reject.column, reject.harmless) for reject in rows.rejects] == [
        (2, "Deal ID", False),
        (3, "Stage", False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Deal ID,Account,Stage,Amount",
        "Grand Totals,,,99",
        "Total,,,99",
        "Subtotal:,,,",
        "Total (12 records),,,99",
        "Confidential Information - Do Not Distribute,,,",
        "Generated by Dana,,,",
        "7,,,",
    ],
)
def test_lines_that_only_look_like_rows_are_harmless(line: str) -> None:
    rows = typed(f"Deal ID,Account,Stage,Amount\n1,Acorn,Won,5\n{line}\n2,Birch,Won,6\n")
    assert [(reject.line, reject.harmless) for reject in rows.rejects] == [(3, True)]
    assert figures(rows)["won"] == (2, "11.00", 0)


def test_an_account_called_total_is_a_deal() -> None:
    rows = typed("Account,Stage,Amount\nTotal Wine,Won,5\nTotal,Open,6\n")
    assert (rows.good, rows.rejects) == (2, ())


def test_a_company_called_total_is_an_account() -> None:
    rows = typed("Account,Industry,Employees\nTotal,Energy,5\nAcorn,Mills,6\nTotal,,11\n")
    assert (rows.good, [reject.line for reject in rows.rejects]) == (2, [4])


def test_an_owner_column_of_addresses_serves_two_fields() -> None:
    rows = typed("Deal ID,Owner,Stage\n1,Dana@Example.com,Won\n2,,Open\n")
    assert rows.mapping.named()["owner_email"] == "Owner"
    assert rows.rows["owner_email_key"] == ["dana@example.com", None]
    assert "owner_email" not in typed("Deal ID,Owner,Stage\n1,Dana,Won\n").carried


def test_a_count_with_a_comma_is_no_question() -> None:
    rows = typed('Account,Employees\nAcorn,"2,822"\nBirch,12.0\nCedar,11-50\n')
    assert rows.rows["employees"] == [2822, 12, None]
    assert (rows.questions, rows.cells[0].reason) == ((), "This is not a number")


def test_rows_the_crm_deleted_are_rejected_without_harm() -> None:
    rows = typed("Deal ID,Stage,IsDeleted\n1,Won,true\n2,Won,false\n3,Won,\n")
    assert [(reject.line, reject.harmless) for reject in rows.rejects] == [(2, True)]


def test_rows_alike_in_everything_count_once() -> None:
    rows = typed("Deal ID,Stage,Amount\n1,Won,5\n1,Won,5\n2,Won,6\n")
    assert (rows.good, rows.rows["line"], figures(rows)["won"]) == (3, [2, 4], (2, "11.00", 0))
    assert "count once" in said(rows)
    assert rows.questions == ()


def test_alike_rows_without_an_id_column_stay_separate() -> None:
    rows = typed("Account,Stage,Amount\nAcorn,Won,5\nAcorn,Won,5\n")
    assert figures(rows)["won"] == (2, "10.00", 0)
    assert len(set(rows.rows["deal_key"])) == 2
    assert "separate" in said(rows)


def test_one_id_with_different_content_is_a_question() -> None:
    text = "Deal ID,Stage,Amount\n1,Open,5\n1,Won,7\n"
    assumed = typed(text)
    assert [(asked.id, asked.assumed) for asked in assumed.questions] == [
        ("duplicate:deal_id", KEEP_LAST)
    ]
    assert figures(assumed)["won"] == (1, "7.00", 0)
    first = typed(text, answers={"duplicate:deal_id": KEEP_FIRST})
    assert (first.questions, figures(first)["open"]) == ((), (1, "5.00", 0))
    with pytest.raises(FileRefused, match="not one of the choices"):
        typed(text, answers={"duplicate:deal_id": "keep both"})


def test_the_order_of_a_date_is_proven_by_its_column() -> None:
    rows = typed("Deal ID,Stage,Close Date\n1,Won,03/04/2026\n2,Won,25/04/2026\n")
    assert rows.rows["close_on"] == [date(2026, 4, 3), date(2026, 4, 25)]
    assert rows.questions == ()


def test_the_order_of_a_date_is_proven_by_another_column() -> None:
    rows = typed("Deal ID,Stage,Close Date,Created\n1,Won,03/04/2026,25/01/2026\n")
    assert rows.rows["close_on"] == [date(2026, 4, 3)]
    assert 'as in column "Created"' in said(rows)


def test_the_order_of_a_date_is_proven_by_a_column_that_is_not_kept() -> None:
    rows = typed("Deal ID,Stage,Close Date,Modified On\n1,Won,03/04/2026,25/04/2026 10:15\n")
    assert (rows.rows["close_on"], rows.questions) == ([date(2026, 4, 3)], ())
    assert 'as in column "Modified On"' in said(rows)
    assert rows.exported_on == date(2026, 4, 25)


def test_an_open_order_is_asked_and_the_answer_settles_it() -> None:
    text = "Deal ID,Stage,Close Date\n1,Won,03/04/2026\n2,Won,05/05/2026\n"
    asked = typed(text)
    assert [(question.id, question.choices) for question in asked.questions] == [
        ("date_order:close_on", (MONTH_FIRST, DAY_FIRST))
    ]
    assert asked.rows["close_on"][0] == date(2026, 3, 4)
    answered = typed(text, answers={"date_order:close_on": DAY_FIRST})
    assert (answered.rows["close_on"][0], answered.questions) == (date(2026, 4, 3), ())


def test_dates_alike_either_way_are_not_asked() -> None:
    assert typed("Deal ID,Stage,Close Date\n1,Won,05/05/2026\n").questions == ()


def test_an_open_decimal_sign_is_asked_and_the_answer_settles_it() -> None:
    text = 'Deal ID,Stage,Amount\n1,Won,"1,234"\n2,Won,"5,678"\n'
    asked = typed(text)
    assert [question.id for question in asked.questions] == ["decimal:amount"]
    assert asked.questions[0].assumed == POINT
    assert figures(asked)["won"] == (2, "6912.00", 0)
    answered = typed(text, answers={"decimal:amount": COMMA})
    assert (figures(answered)["won"], answered.questions) == ((2, "6.91", 0), ())


def test_dollars_with_a_comma_are_thousands() -> None:
    rows = typed('Deal ID,Stage,Amount\n1,Won,"$40,000"\n')
    assert (figures(rows)["won"], rows.questions) == ((1, "40000.00", 0), ())


def test_finer_amounts_are_rounded_and_said() -> None:
    rows = typed("Deal ID,Stage,Amount\n1,Won,1.005\n2,Won,0.12\n3,Won,2.0049\n")
    assert rows.rows["amount"] == [Decimal("1.01"), Decimal("0.12"), Decimal("2.00")]
    assert "2 amounts have more than two decimals" in said(rows)


def test_a_dollar_sign_names_no_currency_and_a_code_does() -> None:
    assert "currency" not in typed("Deal ID,Stage,Amount\n1,Won,$5\n").carried
    assert typed("Deal ID,Stage,Amount\n1,Won,5 CAD\n").rows["currency"] == ["CAD"]
    assert typed("Deal ID,Stage,Amount (EUR)\n1,Won,5\n").rows["currency"] == ["EUR"]
    assert typed("Deal ID,Stage,Amount,Currency\n1,Won,5,eur\n").rows["currency"] == ["EUR"]
    mixed = typed("Deal ID,Stage,Amount\n1,Won,5 EUR\n2,Won,$5\n")
    assert "different currency signs" in said(mixed)
    assert mixed.rows["currency"] == ["EUR", None]


def test_probabilities_are_shares_told_by_the_column() -> None:
    for cells, shares in (
        (("25", "100"), [0.25, 1.0]),
        (("25%", "100%"), [0.25, 1.0]),
        (("0.25", "1"), [0.25, 1.0]),
        (("1", "100"), [0.01, 1.0]),
    ):
        text = "Deal ID,Stage,Probability\n" + "".join(
            f"{at},Open,{cell}\n" for at, cell in enumerate(cells)
        )
        assert typed(text).rows["probability"] == shares
    assert len(typed("Deal ID,Stage,Probability\n1,Open,1000\n2,Open,50\n").cells) == 1


def test_names_that_differ_never_share_a_reference() -> None:
    assert slug("Acme Corp") == "acme-corp"
    assert slug("ACME  corp") == "acme-corp"
    assert len({slug(name) for name in ("Acme Corp", "Acme Corp.", "Acme-Corp", "Äcme Corp")}) == 4
    assert slug("株式会社") != slug("有限会社")


@given(st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=2))
def test_no_two_folded_names_share_a_slug(names: list[str]) -> None:
    folded = [" ".join(name.casefold().split()) for name in names]
    if slug(names[0]) == slug(names[1]) != "":
        assert slug(folded[0]) == slug(folded[1])


def test_ids_are_references_and_names_become_them() -> None:
    rows = typed(
        "Deal ID,Account Name,Account ID,Owner,Product,Stage\n1,Acorn,A-1,Dana Q,GTXPro,Won\n"
    )
    assert rows.rows["account_ref"] == ["A-1"]
    assert rows.rows["owner_ref"] == ["dana-q"]
    assert rows.rows["product_key"] == typed("Product,List Price\nGTX Pro,5\n").rows["product_key"]


def test_the_export_day_is_told_in_this_order() -> None:
    text = (
        "Deal ID,Stage,Close Date,Created,Last Modified\n1,Won,2026-03-01,2026-01-01,2026-02-01\n"
    )
    hope = text + "2,Proposal,2026-09-01,2026-01-05,2026-02-02\n"
    assert typed(hope).exported_on == date(2026, 3, 1)
    assert typed(hope, "deals_2026-05-01.csv").exported_on == date(2026, 5, 1)
    assert typed(hope, "deals 20260502 final.csv").exported_on == date(2026, 5, 2)
    assert typed(hope, "deals-24-11-2026.csv").exported_on == date(2026, 11, 24)
    given_day = typed(hope, "deals_2026-05-01.csv", exported_on=date(2026, 6, 1))
    assert (given_day.exported_on, given_day.assumed) == (date(2026, 6, 1), ())
    assert typed("Deal ID,Stage\n1,Open\n").exported_on == TODAY
    assert typed(hope, "plan 2027-01-01.csv").exported_on == date(2026, 3, 1)


def test_an_export_from_the_future_is_refused() -> None:
    with pytest.raises(FileRefused, match="lies after today"):
        typed("Deal ID,Stage\n1,Open\n", exported_on=date(2026, 11, 26))


def test_master_files_have_no_totals_and_merge_by_name() -> None:
    rows = typed("Product,Series,Price\nGTX Pro,GTX,5\nGTX Pro,GTX,5\nMG,MG,7\n")
    assert (rows.totals, rows.good, rows.rows["product_key"]) == ({}, 3, ["gtxpro", "mg"])


def test_a_person_file_keeps_its_ids_and_managers() -> None:
    rows = typed("rep_id,rep_name,manager,hire_date\nR1,Ann Lee,Bo Ray,2021-03-15\n")
    assert rows.rows["person_ref"] == ["R1"]
    assert rows.rows["manager_ref"] == ["bo-ray"]
    assert rows.rows["hired_on"] == [date(2021, 3, 15)]


REAL = [
    # path, names of: the outcome column, the amount column, rows, won, lost, open
    ("maven_crm/sales_pipeline.csv", "deal_stage", "close_value", 8800, 4238, 2473, 2089),
    ("saas_quota_arr/opportunities.csv", "stage", "amount", 2266, 789, 1338, 139),
    ("meridian_mit/deals.csv", "stage", "deal_value", 75, 27, 8, 40),
    ("cloud_opps/opportunities.csv", "stage", "deal_value", 400, 65, 88, 247),
    ("hubspot_migration/deals.csv", "dealstage", None, 598, 200, 0, 398),
    ("jaffle_gaggle/deals.csv", "deal_stage", "amount", 123, 62, 61, 0),
    ("sf_utc/opportunities.csv", "StageName", "Amount", 10, 1, 1, 8),
    ("sf_devorg_powerbi/Opportunity.csv", "StageName", "Amount", 36, 12, 8, 16),
    ("sfdc_datacloud_workshop/Opportunity.csv", "StageName", "Amount", 50, 12, 3, 35),
    ("duckflow_mit/deals.csv", "stage", "amount", 150, 25, 31, 94),
    ("buying_group_mit/deals.csv", "Stage", "Amount", 20, 0, 0, 20),
]
WON = {
    "maven_crm/sales_pipeline.csv": "10005534.00",
    "saas_quota_arr/opportunities.csv": "41156803.80",
    "jaffle_gaggle/deals.csv": "1220000.00",
    "sf_devorg_powerbi/Opportunity.csv": "2815000.00",
    "sfdc_datacloud_workshop/Opportunity.csv": "10542562.98",
}
EXPORTED = {
    "maven_crm/sales_pipeline.csv": date(2017, 12, 31),
    "hubspot_migration/deals.csv": date(2022, 12, 20),
    "sf_devorg_powerbi/Opportunity.csv": date(2026, 3, 31),
    "sfdc_datacloud_workshop/Opportunity.csv": date(2024, 1, 24),
}


@pytest.mark.parametrize("case", REAL, ids=lambda case: case[0])
def test_a_real_file_adds_up_as_a_plain_reader_does(
    case: tuple[str, str, str | None, int, int, int, int],
) -> None:
    path, stage, amount, count, won, lost, still_open = case
    if not (DATA / path).exists():
        pytest.skip("the real files are not on this machine")
    with (DATA / path).open(encoding="utf-8-sig", newline="") as file:
        plain = list(csv.DictReader(file))
    rows = typed((DATA / path).read_bytes(), Path(path).name)
    assert (rows.good, rows.sheet.in_file(), len(rows.rejects)) == (count, len(plain), 0)
    assert [rows.totals[name]["count"] for name in ("won", "lost", "open")] == [
        won,
        lost,
        still_open,
    ]
    assert Counter("won" in row[stage].lower() for row in plain)[True] == won
    if amount is not None:
        expected = sum(
            (
                Decimal(row[amount].replace("$", "").replace(",", ""))
                for row in plain
                if "won" in row[stage].lower() and row[amount]
            ),
            Decimal("0.00"),
        )
        assert Decimal(str(rows.totals["won"]["amount"])) == expected
    assert WON.get(path, rows.totals["won"]["amount"]) == rows.totals["won"]["amount"]
    assert EXPORTED.get(path, rows.exported_on) == rows.exported_on
    assert (rows.questions, rows.cells) == ((), ())


def test_a_real_file_of_deleted_deals_has_no_good_row() -> None:
    path = DATA / "fivetran_salesforce_seeds/sf_opportunity_data.csv"
    if not path.exists():
        pytest.skip("the real files are not on this machine")
    rows = typed(path.read_bytes(), path.name)
    assert (rows.good, len(rows.rejects)) == (0, 10)
    assert all(reject.harmless for reject in rows.rejects)


def test_a_real_file_of_deals_without_a_stage_has_no_good_row() -> None:
    path = DATA / "fivetran_hubspot_seeds/deal_data.csv"
    if not path.exists():
        pytest.skip("the real files are not on this machine")
    rows = typed(path.read_bytes(), path.name)
    assert (rows.good, len(rows.rejects)) == (0, 44)
    assert {reject.column for reject in rows.rejects} == {"deal_pipeline_stage_id"}


@pytest.mark.parametrize("entity", [None, "deal", "account", "person"])
def test_torture_files_are_typed_or_refused(entity: str | None) -> None:
    files = [
        one for one in sorted(DATA.glob("torture_*/*")) if one.suffix in (".csv", ".tsv", ".txt")
    ]
    if not files:
        pytest.skip("the torture files are not on this machine")
    for path in files[:: 1 if entity is None else 3]:
        try:
            typed(path.read_bytes(), path.name, entity)
        except FileRefused:
            continue


CELL = st.sampled_from(
    [
        *(
            "",
            "1",
            "Acorn",
            "Won",
            "Closed Lost",
            "1,234",
            "1.234,5",
            "03/04/2026",
            "2026-01-01",
            "soon",
        ),
        *('"', "Total", "N/A", "x\ny", "=1+1", "true", "Deal ID", " ", "€5", "25%", "\u202e", "'"),
    ]
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=7), max_size=10))
@settings(max_examples=sized(150, 1000), deadline=None)
def test_good_rejected_and_blank_are_all_there_is(mess: list[list[str]]) -> None:
    head = "Deal ID,Account,Stage,Amount,Close Date,Is Won\n"
    text = head + "".join(",".join(cells) + "\n" for cells in mess) + "99,Birch,Won,5,2026-01-01,\n"
    rows = typed(text)
    assert rows.good + len(rows.rejects) + rows.sheet.blank == rows.sheet.in_file()
    assert sum(int(str(total["count"])) for total in rows.totals.values()) == len(rows.rows["line"])
