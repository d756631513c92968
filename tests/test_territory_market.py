"""The local market: what do accounts have, what could they still buy, and who was left alone?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from quarterdeck import catalog, clock, reads
from quarterdeck.charts import house
from quarterdeck.charts.market import line_bars, market_bars, space_grid
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, OWNER, scope_of
from quarterdeck.ui import territory_cells, territory_market, territory_quiet, territory_space
from quarterdeck.ui.territory_market import PARTS, bars, finding, of_part, read_as
from tests import invented
from tests.cluster import published
from tests.conftest import TODAY, Once, asked, commit, looked_at, rows_of
from tests.kept import kept
from tests.screen import plain_spaces
from tests.test_pages import told

PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nDana,\n"
PRODUCTS = "product,product line\nFibre,Cloud\nRacks,Hosting\nLake,Data\nOddment,\n"
ACCOUNTS = (
    "account,industry,employees,potential,owner,city,state\n"
    "Acme,Health,100,90000,Ana,Spokane,WA\nBirch,Health,120,60000,Ana,Spokane,WA\n"
    "Cedar,Health,130,30000,Ben,Yakima,WA\nDogwood,Retail,140,50000,Ben,Yakima,WA\n"
    "Elm,Retail,900,40000,Ana,,\nFir,,,10000,Ben,,\n"
)
SERVICES = (
    "service id,account,product,mrr,activation date,disconnect date\n"
    "S1,Acme,Fibre,100.10,2025-01-01,\nS2,Birch,Fibre,300.30,2025-01-01,\n"
    "S3,Cedar,Fibre,200.20,2025-01-01,\nS4,Acme,Racks,50,2025-01-01,\n"
    "S5,Birch,Racks,70,2025-01-01,\nS6,Elm,Oddment,10,2025-01-01,\n"
)
DEALS = (
    "deal id,owner,account,stage,amount,created,close date,product line\n"
    "D1,Ben,Dogwood,Proposal,700,2026-10-02,2026-12-05,Cloud\n"
    "D2,Ana,Acme,Proposal,900,2026-10-02,2026-12-05,Cloud\n"
    "D3,Ana,Birch,Proposal,,2026-10-02,2026-12-05,Voice\n"
    "D4,Ana,Elm,Proposal,50,2026-10-02,2026-12-05,\n"
)
ACTIVITIES = (
    "activity id,kind,person,account,happened at\n"
    "A1,Call,Ana,Acme,2026-11-20 09:00\nA2,Call,Ben,Acme,2026-01-20 09:00\n"
    "A3,Visit,Ana,Birch,2026-08-27 09:00\nA4,Visit,Ben,Cedar,2026-08-28 09:00\n"
    "A5,Visit,Ben,Dogwood,2024-08-01 09:00\n"
)
FILES = {
    "people": PEOPLE, "products": PRODUCTS, "accounts": ACCOUNTS, "services": SERVICES,
    "deals": DEALS, "activities": ACTIVITIES,
}  # fmt: skip
QUESTIONS = ("white_space", "white_space_lines", "white_space_parts", "last_contacts")


def fill(engine: DuckDBEngine, **other: str) -> DuckDBEngine:
    return kept(engine, _fill, tuple(sorted(other.items())))


def _fill(engine: DuckDBEngine, other: tuple[tuple[str, str], ...]) -> None:
    for name, text in (FILES | dict(other)).items():
        if text:
            commit(engine, looked_at(engine, text, f"{name}.csv"))


def fill_all(engine: DuckDBEngine) -> None:
    fill(engine)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, once: Once) -> DuckDBEngine:
    """Asked, never changed."""
    return once(DuckDBEngine(tmp_path_factory.mktemp("market") / "quarterdeck.duckdb"), fill_all)


def cells(engine, scope=OWNER, as_of=TODAY, chosen=None, **more):
    filters = asked(engine, as_of=as_of, **chosen or {})
    rows = rows_of(engine, "white_space", filters, scope, **more)
    return {(row["account_name"], row["product_line"]): row for row in rows}


def lines(engine, scope=OWNER, as_of=TODAY, chosen=None, **more):
    filters = asked(engine, as_of=as_of, **chosen or {})
    rows = rows_of(engine, "white_space_lines", filters, scope, **more)
    return {row["product_line"]: row for row in rows}


def market(engine, part="Industry", as_of=TODAY, **chosen):
    filters = asked(engine, as_of=as_of, **chosen)
    answers = (
        reads.answer(engine, OWNER, filters, name)
        for name in ("territory_market", "white_space_parts")
    )
    return of_part(*answers, PARTS[part], filters)


def contacts(engine, as_of=TODAY, **more):
    return reads.answer(engine, OWNER, asked(engine, as_of=as_of), "last_contacts", **more)


# What an account has of a line


def test_a_line_is_installed_or_open_or_nothing_at_each_account(books):
    found = cells(books)
    assert found["Acme", "Cloud"]["state"] == "installed"
    assert found["Dogwood", "Cloud"]["state"] == "open"
    assert found["Dogwood", "Hosting"]["state"] == "nothing"
    assert len(found) == 6 * 4


def test_a_line_that_only_a_deal_names_is_known_too(books):
    assert cells(books)["Birch", "Voice"]["state"] == "open"
    assert cells(books)["Acme", "Voice"]["state"] == "nothing"


def test_an_open_deal_for_a_line_that_is_installed_is_told_beside_it(books):
    acme = cells(books)["Acme", "Cloud"]
    assert (acme["mrr_usd"], acme["open_usd"], acme["open_deals"]) == (Decimal("100.10"), 900, 1)


def test_a_deal_without_an_amount_is_open_all_the_same(books):
    birch = cells(books)["Birch", "Voice"]
    assert (birch["open_usd"], birch["open_deals"]) == (0, 1)


def test_a_service_of_an_unknown_line_counts_for_none(books):
    found = cells(books)
    assert {found["Elm", line]["state"] for line in ("Cloud", "Data", "Hosting")} == {"nothing"}
    rows = market(books).rows.set_index("value")
    assert rows.loc["Retail", "customers"] == 1


def test_a_service_counts_from_its_first_until_before_its_last_day(engine):
    service = "service id,account,product,mrr,activation date,disconnect date\n"
    fill(engine, services=service + "S1,Fir,Fibre,5,2026-10-10,2026-11-10\n")
    days = {9: "nothing", 10: "installed"}
    for day, state in days.items():
        assert cells(engine, as_of=date(2026, 10, day))["Fir", "Cloud"]["state"] == state
    assert cells(engine, as_of=date(2026, 11, 9))["Fir", "Cloud"]["state"] == "installed"
    assert cells(engine, as_of=date(2026, 11, 10))["Fir", "Cloud"]["state"] == "nothing"


# What it could still bring


def test_an_estimate_is_the_median_of_those_of_its_size_that_have_the_line(books):
    dogwood = cells(books)["Dogwood", "Cloud"]
    assert dogwood["estimate_usd"] == Decimal("2402.40")
    assert (dogwood["estimate_source"], dogwood["estimate_peers"]) == ("peers of its size", 3)


def test_of_two_in_the_middle_the_estimate_is_their_mean_to_the_cent(engine):
    more = SERVICES + "S7,Dogwood,Fibre,250.25,2025-01-01,\n"
    fill(engine, services=more, accounts=ACCOUNTS + "Gum,Retail,200,1,Ana,,\n")
    gum = cells(engine)["Gum", "Cloud"]
    assert gum["estimate_usd"] == Decimal("2702.70")
    assert gum["estimate_peers"] == 4


@pytest.mark.parametrize("name", ["Elm", "Fir"])
def test_without_three_of_its_size_or_without_a_size_all_who_have_it_are_asked(books, name):
    row = cells(books)[name, "Cloud"]
    assert row["estimate_usd"] == Decimal("2402.40")
    assert (row["estimate_source"], row["estimate_peers"]) == ("all who have it", 3)


@pytest.mark.parametrize(("line", "peers"), [("Hosting", 2), ("Data", 0), ("Voice", 0)])
def test_of_fewer_than_three_there_is_no_estimate(books, line, peers):
    row = cells(books)["Dogwood", line]
    assert row["estimate_usd"] is None
    assert (row["estimate_source"], row["estimate_peers"]) == ("no estimate", peers)


def test_a_service_without_a_charge_is_no_peer(engine):
    fill(engine, services=SERVICES.replace("S3,Cedar,Fibre,200.20", "S3,Cedar,Fibre,"))
    found = cells(engine)
    assert found["Cedar", "Cloud"]["state"] == "installed"
    assert found["Dogwood", "Cloud"]["estimate_peers"] == 2


def test_where_it_is_installed_there_is_no_estimate(books):
    acme = cells(books)["Acme", "Cloud"]
    assert acme["estimate_usd"] is acme["estimate_source"] is acme["estimate_peers"] is None


def test_whitespace_is_what_is_neither_installed_nor_open(books):
    cloud = lines(books)["Cloud"]
    assert (cloud["installed"], cloud["open"], cloud["nothing"]) == (3, 1, 2)
    assert cloud["whitespace_usd"] == 2 * Decimal("2402.40")
    assert cloud["penetration"] == 0.5
    assert (cloud["mrr_usd"], cloud["open_usd"]) == (Decimal("600.60"), 1600)


def test_who_has_nothing_and_no_estimate_is_counted(books):
    hosting = lines(books)["Hosting"]
    assert (hosting["nothing"], hosting["without_estimate"]) == (4, 4)
    assert hosting["whitespace_usd"] == 0


def test_the_largest_whitespace_comes_first_and_a_page_holds_whole_accounts(books):
    first = cells(books, rows_shown=2, rows_before=0)
    assert [*dict.fromkeys(account for account, _ in first)] == ["Elm", "Fir"]
    assert len(first) == 2 * 4
    assert {row["accounts_in_all"] for row in first.values()} == {6}
    assert {row["account_whitespace_usd"] for row in first.values()} == {Decimal("2402.40")}
    last = cells(books, rows_shown=4, rows_before=4)
    assert [*dict.fromkeys(account for account, _ in last)] == ["Dogwood", "Cedar"]


@pytest.mark.parametrize(
    ("search", "names"),
    [("elm", {"Elm"}), ("yakima", {"Cedar", "Dogwood"}), ("ben", {"Cedar", "Dogwood", "Fir"}),
     ("retail", {"Dogwood", "Elm"}), ("50%", set())],
)  # fmt: skip
def test_accounts_are_found_by_name_place_holder_and_industry(books, search, names):
    found = cells(books, search=search)
    assert {account for account, _ in found} == names
    assert {row["accounts_in_all"] for row in found.values()} <= {len(names)}


def test_only_the_lines_chosen_are_shown(books):
    found = lines(books, chosen={"product_lines": ("Cloud", "Voice")})
    assert set(found) == {"Cloud", "Voice"}
    assert found["Cloud"] == lines(books)["Cloud"]


@pytest.mark.parametrize(
    ("by", "to", "accounts"),
    [("industry", ["Retail"], 2), ("industry", [""], 1), ("industry", ["Retail", "Health"], 5),
     ("city", ["Spokane, WA"], 2), ("county", ["Spokane, WA"], 2), ("segment", [""], 6),
     ("industry", ["Nothing such"], 0), ("industry", [], 6)],
)  # fmt: skip
def test_a_part_of_the_market_narrows_all_that_follows(books, by, to, accounts):
    narrowed = {"narrowed_by": by, "narrowed_to": to}
    assert len({name for name, _ in cells(books, **narrowed)}) == accounts
    assert len(contacts(books, **narrowed)) == accounts
    assert {row["accounts"] for row in lines(books, **narrowed).values()} <= {accounts}
    counts = market(books, by.capitalize()).rows.set_index("value")["accounts"]
    assert sum(counts.get(each, 0) for each in to) == (accounts if to else 0)


@pytest.mark.parametrize("chosen", [{}, {"product_lines": ("Cloud",)}, {"person_ids": ("ben",)}])
def test_each_way_to_cut_the_market_adds_up_to_the_whole(books, chosen):
    whole = sum(float(row["whitespace_usd"]) for row in lines(books, chosen=chosen).values())
    for part in PARTS:
        found = market(books, part, **chosen)
        assert found.rows["whitespace_usd"].sum() == pytest.approx(whole)
        held = found.rows["customer_potential_usd"].sum()
        assert 0 <= held <= found.rows["potential_usd"].sum()


# Who sees what


def test_an_executive_sees_the_own_accounts_by_everyones_medians(books):
    ana = scope_of(books, "Ana", TODAY)
    own, every = cells(books, ana), cells(books)
    assert {account for account, _ in own} == {"Acme", "Birch", "Elm"}
    assert own["Elm", "Cloud"]["estimate_usd"] == every["Elm", "Cloud"]["estimate_usd"]
    assert own["Elm", "Cloud"]["estimate_peers"] == 3
    assert lines(books, ana)["Cloud"]["accounts"] == 3


@pytest.mark.parametrize("name", QUESTIONS)
def test_nobody_sees_nothing(books, name):
    assert rows_of(books, name, asked(books), NOBODY) == []


def test_narrowed_to_a_person_only_that_book_is_left(books):
    ben = cells(books, chosen={"person_ids": ("ben",)})
    assert {account for account, _ in ben} == {"Cedar", "Dogwood", "Fir"}


# Whom nobody has spoken to


def test_quiet_is_who_nobody_spoke_to_in_ninety_days_whoever_it_was(books):
    rows = contacts(books).set_index("account_name")
    assert rows["is_quiet"].to_dict() == {
        "Acme": False, "Birch": True, "Cedar": False, "Dogwood": True, "Elm": True, "Fir": True,
    }  # fmt: skip
    assert (rows.loc["Birch", "quiet_days"], rows.loc["Cedar", "quiet_days"]) == (90, 89)
    assert pd.isna(rows.loc["Elm", "quiet_days"])
    assert set(rows["quiet_in_all"]) == {4}
    assert set(rows["quiet_potential_usd"]) == {160_000}


def test_silence_weighs_by_what_an_account_could_bring_and_never_counts_as_a_year(books):
    names = contacts(books)["account_name"].tolist()
    assert names[:4] == ["Dogwood", "Elm", "Birch", "Fir"]


def test_what_was_done_later_is_not_known_before(books):
    rows = contacts(books, as_of=date(2026, 2, 1)).set_index("account_name")
    assert rows.loc["Acme", "quiet_days"] == 12
    assert pd.isna(rows.loc["Birch", "last_on"])


@pytest.mark.parametrize("day", [TODAY, date(2026, 2, 1)])
def test_the_market_counts_the_same_accounts_as_quiet(books, day):
    assert contacts(books, day)["is_quiet"].sum() == market(books, as_of=day).rows["quiet"].sum()


# The same, counted again


def standing(engine, table, day):
    """The rows of a table that hold on a day; of one without days, all that are current."""
    with engine.looking() as cursor:
        found = cursor.execute("select * from query_table($table)", {"table": table})
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [
        row
        for row in rows
        if row["superseded_at"] is None
        and row.get("valid_from", day) <= day < row.get("valid_to", date.max)
    ]


def size_of(employees):
    if employees is None:
        return None
    return sum(employees >= least for least in (50, 250, 1000))


def counted_again(engine, day):
    """By product line what is still to be sold to all accounts, in plain Python."""
    products = {row["product_id"]: row["product_line"] for row in standing(engine, "product", day)}
    accounts = standing(engine, "account_version", day)
    sizes = {row["account_id"]: size_of(row["employees"]) for row in accounts}
    yearly: dict = defaultdict(Decimal)
    for row in standing(engine, "service", day):
        is_on = (row["activated_on"] or day) <= day < (row["disconnected_on"] or date.max)
        if is_on and products[row["product_id"]] and row["mrr_usd"] is not None:
            yearly[row["account_id"], products[row["product_id"]]] += row["mrr_usd"] * 12
    opened = {
        (row["account_id"], row["product_line"])
        for row in standing(engine, "deal_version", day)
        if row["outcome"] == "open"
    }
    found = {}
    for line in {*filter(None, products.values())}:
        having = [(sizes[who], usd) for (who, what), usd in yearly.items() if what == line]
        space = Decimal(0)
        for account in sizes:
            if (account, line) not in yearly and (account, line) not in opened:
                alike = [usd for size, usd in having if size == sizes[account] is not None]
                peers = alike if len(alike) >= 3 else [usd for _, usd in having]
                space += middle(peers) if len(peers) >= 3 else 0
        found[line] = space
    return found


def middle(amounts):
    """The median, half a cent cut."""
    ordered = sorted(amounts)
    two = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return Decimal(int(two * 100) // 2) / 100


@pytest.mark.parametrize("day", [TODAY, date(2026, 5, 5)])
def test_whitespace_of_the_invented_team_counted_in_plain_python_is_the_same(made: Path, day):
    engine = DuckDBEngine(made)
    found = {line: row["whitespace_usd"] for line, row in lines(engine, as_of=day).items()}
    assert found == counted_again(engine, day)
    assert all(usd > 0 for usd in found.values())


@pytest.mark.exam
def test_another_engine_gives_the_same_medians(books, spark_url):
    there = published(books, spark_url, "market")
    for name in QUESTIONS:
        rows = [rows_of(engine, name, asked(books)) for engine in (books, there)]
        assert rows[0] == rows[1]
    there.close()


# What the screen says


def test_the_largest_industry_is_told_with_what_it_lacks_and_how_long_it_was_left(books):
    said = finding(market(books)).replace("\u202f", " ")
    assert said == (
        "**Health holds $180 k of potential, the most of 2 industries.** All its 3 accounts have "
        "something installed; nobody spoke to 1 of the 3 in the last 90 days."
    )


def test_what_is_not_installed_is_of_the_lines_chosen(books):
    said = finding(market(books, product_lines=("Hosting",)))
    assert "1 of its 3 accounts has nothing of Hosting installed" in said
    said = finding(market(books, product_lines=("Data",)))
    assert "None of its 3 accounts has anything of Data installed" in said


def test_a_part_that_no_account_has_says_where_it_would_come_from(books):
    said = finding(market(books, "Segment"))
    assert said.startswith("**None of the 6 accounts has a known segment.** The column Segment")


def test_without_an_address_the_way_to_a_county_is_told(engine):
    fill(engine, accounts="account,industry\nAcme,Health\n", activities="")
    said = finding(market(engine, "County"))
    assert said.startswith("**None of the")
    assert "It follows from the ZIP code" in said


def test_one_account_is_told_in_the_singular(engine):
    call = "activity id,kind,person,account,happened at\nA,Call,Ana,Acme,2026-11-20\n"
    one = "account,industry,potential\nAcme,Health,5000\n"
    fill(engine, accounts=one, services="", deals="", activities=call)
    said = finding(market(engine)).replace("\u202f", " ")
    assert said.startswith(
        "**Health holds $5.00 k of potential.** Nobody can say what is installed"
    )
    assert said.endswith("; somebody spoke to it in the last 90 days.")


def test_without_any_service_penetration_is_not_nought_but_unknown(engine):
    fill(engine, services="")
    found = market(engine)
    assert not found.has_services
    assert pd.isna(found.penetration)
    assert "penetration –" in bars(found)["long"].iloc[0]
    assert "0 %" not in " ".join(bars(found)["long"])
    assert "services.csv" in read_as(found)
    assert "no service is known" in finding(found)


def test_with_services_of_other_lines_penetration_is_nought(books):
    found = market(books, product_lines=("Data",))
    assert found.has_services
    assert found.penetration == 0


def test_without_any_activity_nobody_can_say_who_was_left_alone(engine):
    fill(engine, activities="")
    assert "for no activity is known" in finding(market(engine))
    assert "not spoken to" not in " ".join(bars(market(engine))["below"])


def test_without_a_potential_the_bars_count_accounts(engine):
    fill(engine, accounts="account,industry\nAcme,Health\nBirch,Health\nZed,Retail\n", services="")
    found = market(engine)
    assert found.by_accounts
    assert bars(found).set_index("value").loc["Health", "full"] == 2
    assert finding(found).startswith("**Health has 2 accounts, the most of 2 industries")


def test_what_no_bar_shows_is_counted(engine):
    rows = "".join(f"C{n},Trade {n},1000,{100 + n}\n" for n in range(11))
    fill(engine, accounts="account,industry,potential,employees\n" + rows, deals="", activities="")
    found = market(engine)
    assert len(bars(found)) == 8
    assert "smaller industries with" in read_as(found)


def test_bars_say_customers_prospects_penetration_and_whitespace(books):
    drawn = bars(market(books)).set_index("name")
    words = drawn["long"].str.replace("\u202f", " ")
    assert words["Health"] == "3 of 3 accounts, 100 % · $0 whitespace"
    assert words["Retail"] == "1 of 2 accounts, 50 % · $2.40 k whitespace"
    assert words["No known industry"] == "0 of 1 account, 0 % · $2.40 k whitespace"
    assert drawn.loc["Retail", ["solid", "full"]].tolist() == [40_000, 90_000]


def line_frame(engine, **chosen):
    return reads.answer(engine, OWNER, asked(engine, **chosen), "white_space_lines")


def test_the_line_that_could_bring_most_is_told_first(books):
    said = territory_space.finding(line_frame(books)).replace("\u202f", " ")
    assert said == (
        "**Cloud could still bring $4.80 k a year** at 2 accounts, the most of 4 product lines; "
        "together they could bring $4.80 k."
    )
    alone = territory_space.finding(line_frame(books, product_lines=("Cloud",)))
    assert alone.endswith("at 2 accounts.")


def test_without_three_that_have_a_line_nobody_can_say_what_it_would_bring(books):
    said = territory_space.finding(line_frame(books, product_lines=("Hosting", "Data")))
    assert said.startswith("**Nobody can say what the rest could bring:**")
    drawn = territory_space.bars(line_frame(books, product_lines=("Hosting",)))
    assert drawn["short"].iloc[0].endswith("· –")
    assert "4 with nothing, no estimate" in drawn["below"].iloc[0]


def test_a_line_that_everybody_has_leaves_nothing_to_sell(engine):
    fill(engine, accounts="account,industry\nAcme,Health\n", deals="", activities="",
         services="service id,account,product,mrr\nS,Acme,Fibre,1\n", products="")  # fmt: skip
    with engine.transaction() as cursor:
        cursor.execute("update product set product_line = 'Cloud'")
    assert "Every account has every product line" in territory_space.finding(line_frame(engine))


def grid(engine, wanted=("Cloud", "Hosting", "Data", "Voice")):
    rows = reads.answer(engine, OWNER, asked(engine), "white_space")
    return territory_cells.cells(rows, wanted, TODAY)


def in_grid(drawn, name, line):
    (row,) = drawn[(drawn["row_name"] == name) & (drawn["line_name"] == line)].to_dict("records")
    return {key: plain_spaces(each) if isinstance(each, str) else each for key, each in row.items()}


def test_every_cell_says_what_there_is_and_whose_the_estimate_is(books):
    drawn = grid(books)
    acme, dogwood = in_grid(drawn, "Acme", "Cloud"), in_grid(drawn, "Dogwood", "Cloud")
    assert (acme["label"], acme["short"], acme["shade"]) == ("has $100", "has", 1)
    assert acme["exact_words"] == "Acme, Cloud: installed, $100.10 a month; 1 open deal, $900.00"
    assert (dogwood["label"], dogwood["short"]) == ("open $700", "open")
    assert dogwood["exact_words"] == (
        "Dogwood, Cloud: 1 open deal, $700.00; about $2,402.40 a year, the median of 3 of its size "
        "that have it"
    )
    elm = in_grid(drawn, "Elm", "Cloud")
    assert (elm["label"], elm["short"], elm["shade"]) == ("~ $2.40 k", "2k", -1)
    assert elm["exact_words"].endswith("the median of all 3 that have it")
    assert in_grid(drawn, "Elm", "Hosting")["label"] == "–"
    assert in_grid(drawn, "Elm", "Hosting")["exact_words"].endswith("for only 2 accounts have it")
    assert in_grid(drawn, "Elm", "Data")["exact_words"].endswith("no estimate: nobody has it")
    assert in_grid(drawn, "Elm", "Whitespace")["label"] == "$2.40 k"


def test_a_row_tells_whose_the_account_is_and_how_long_nobody_spoke_to_it(books):
    drawn = grid(books)
    words = in_grid(drawn, "Birch", "Cloud")["account_words"]
    assert words == "held by Ana, $60.0 k potential, nobody for 90 days"
    assert in_grid(drawn, "Elm", "Cloud")["account_words"].endswith("nobody yet")
    assert in_grid(drawn, "Acme", "Cloud")["account_words"].endswith("nobody for 5 days")


def test_two_accounts_of_one_name_keep_a_row_each(engine):
    twins = "account id,account,industry\nX1,Acme,Health\nX2,Acme,Retail\n"
    fill(engine, accounts=twins, services="", deals="", activities="")
    assert set(grid(engine)["row_name"]) == {"Acme (X1)", "Acme (X2)"}


@pytest.mark.parametrize(
    ("usd", "short"),
    [(980, "980"), (999.6, "1k"), (54_800, "55k"), (1_240_000, "1.2M"), (18_000_000, "18M")],
)
def test_a_narrow_cell_holds_four_signs_at_most(usd, short):
    row = {"state": "nothing", "estimate_usd": usd}
    assert territory_cells._shown(row, usd)[1] == short


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "nobody yet"), (float("nan"), "nobody yet"), (0, "spoken to on the day"),
     (1, "nobody for 1 day"), (94, "nobody for 94 days")],
)  # fmt: skip
def test_silence_is_said_in_words(days, words):
    assert territory_cells.silence(days) == words


def test_who_was_left_alone_is_counted_with_the_potential(books):
    said = territory_quiet.finding(contacts(books)).replace("\u202f", " ")
    assert said == (
        "**Nobody spoke to 4 of 6 accounts in the last 90 days**; they hold $160 k of potential."
    )
    narrowed = {"narrowed_by": "city", "narrowed_to": ["Yakima, WA"]}
    one = territory_quiet.finding(contacts(books, **narrowed)).replace("\u202f", " ")
    assert one.endswith("1 of 2 accounts in the last 90 days**; it holds $50.0 k of potential.")


def test_a_name_from_a_file_is_shown_letter_for_letter(engine):
    hostile = f'account,industry,potential,owner\n"{invented.HOSTILE}","{invented.HOSTILE}",9,Ana\n'
    fill(engine, accounts=hostile, services="", deals="", activities="")
    assert "![x]" not in finding(market(engine))
    rows = contacts(engine)
    assert "![x]" not in territory_quiet.listed(rows)["Account"].iloc[0]


# On the screen

SCRIPT = """
from quarterdeck.ui import choosing, session, territory_market

session.engine()
session.awake()
choosing.begin("funnel")
territory_market.show(session.filters())
"""


@pytest.fixture
def on_screen(database, monkeypatch, once):
    def shown(picked=None, part=None, search="", **other):
        monkeypatch.setenv(clock.VARIABLE, str(TODAY))
        engine = DuckDBEngine(database)
        (fill(engine, **other) if other else once(engine, fill_all)).close()
        screen = AppTest.from_string(SCRIPT, default_timeout=60)
        if picked is not None:
            screen.session_state["picked by name"] = {"market by industry": {"value": picked}}
        if part:
            screen.session_state["market part"] = part
        screen.run()
        if search:
            screen.text_input[0].set_value(search).run()
        assert not screen.exception, screen.exception[0].stack_trace
        return screen

    return shown


def headings(screen):
    return [each.value.replace("\\", "") for each in screen.subheader]


def test_the_market_is_told_in_three_cards(on_screen):
    screen = on_screen()
    assert headings(screen) == [
        "Which market is it?",
        "What could each account still buy?",
        "Whom has nobody spoken to?",
    ]
    said = told(screen)
    assert "Health holds $180 k of potential" in said
    assert "Cloud could still bring $4.80 k a year" in said
    assert "1–6 of 6 accounts, largest whitespace first" in said
    assert "Nobody spoke to 4 of 6 accounts" in said


def test_a_click_on_an_industry_narrows_what_follows(on_screen):
    screen = on_screen(picked="Retail")
    assert headings(screen)[1:] == [
        "What could each account in Retail still buy?",
        "Whom in Retail has nobody spoken to?",
    ]
    assert "1–2 of 2 accounts, largest whitespace first" in told(screen)
    assert "Nobody spoke to any of the 2 accounts" in told(screen)


def test_accounts_can_be_searched(on_screen):
    assert "1 account, largest whitespace first" in told(on_screen(search="elm"))


def test_a_search_that_finds_nothing_says_so(on_screen):
    assert "No account here has “zzz”" in told(on_screen(search="zzz"))


def test_a_city_can_be_asked_for(on_screen):
    assert "Spokane, WA holds $150 k of potential, the most of 2 cities" in told(
        on_screen(part="City")
    )


def test_without_services_the_screen_names_the_file_that_would_fill_it(on_screen):
    said = told(on_screen(services=""))
    assert "Nobody can say: no service is known. services.csv" in said.replace("**", "")
    assert "Penetration is –, not nought" in said


def test_without_activities_the_screen_names_the_file_that_would_fill_it(on_screen):
    assert "No activity with any account is known. activities.csv" in told(
        on_screen(activities="")
    ).replace("**", "")


def test_without_product_lines_the_screen_says_which_column_brings_them(on_screen):
    deals = DEALS.replace("product line", "colour")
    said = told(on_screen(products="", deals=deals)).replace("**", "")
    assert "No product line is known. The column Product line of products.csv" in said


def test_without_accounts_there_is_one_sentence(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    engine = DuckDBEngine(database)
    commit(engine, looked_at(engine, PEOPLE, "people.csv"))
    engine.close()
    screen = AppTest.from_string(SCRIPT, default_timeout=60).run()
    assert not screen.exception, screen.exception[0].stack_trace
    assert "No account is in sight here." in told(screen)
    assert not screen.subheader


# The pictures


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("picture", [market_bars, line_bars, space_grid])
def test_a_picture_is_a_constant_in_both_modes(picture, mode):
    spec = house.constant(picture, mode)
    assert "@" not in str(spec).replace("@import", "")
    assert spec is house.constant(picture, mode)


def fields(spec):
    """Every column that a picture names."""
    if isinstance(spec, dict):
        named = [spec["field"]] if isinstance(spec.get("field"), str) else []
        return {*named, *(each for value in spec.values() for each in fields(value))}
    return {each for one in spec for each in fields(one)} if isinstance(spec, list) else set()


def test_every_column_of_a_picture_is_in_its_rows(books):
    drawn = {
        market_bars: bars(market(books)),
        line_bars: territory_space.bars(line_frame(books)),
        space_grid: grid(books),
    }
    for picture, rows in drawn.items():
        assert fields(house.constant(picture, "light")) <= set(rows.columns)


def test_what_a_picture_shows_is_said_in_words(books):
    found = market(books)
    said = territory_market.said(bars(found), found).replace("\u202f", " ")
    assert said.startswith("Market by industry: Health $180 k potential · 1 not spoken to, 3 of 3")
    assert "Cloud: 3 of 6 accounts have it" in territory_space.said(
        territory_space.bars(line_frame(books))
    )
    assert territory_cells.in_words(grid(books)).startswith("Whitespace by account and product")


def test_the_questions_say_what_they_are_about():
    assert {catalog.load(name).grain for name in QUESTIONS} == {
        ("account_id", "product_line"),
        ("product_line",),
        ("part", "value"),
        ("account_id",),
    }
