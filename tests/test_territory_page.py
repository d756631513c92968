"""Is the territory fair? The words, the pictures and the page that say it."""

from __future__ import annotations

import json
import math
import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from quarterdeck import clock
from quarterdeck.charts import house
from quarterdeck.charts.territory import balance, choice_curve, county_map
from quarterdeck.engine import DuckDBEngine
from quarterdeck.geography import shapes
from quarterdeck.people import Scope
from quarterdeck.ui import sections, session, territory_balance, territory_land, territory_map
from quarterdeck.ui import territory as words
from quarterdeck.ui.sections import PAGES
from quarterdeck.ui.territory_land import (
    ATTAINMENT,
    PENETRATION,
    POTENTIAL,
    Land,
)
from tests import everything
from tests.conftest import TODAY, commit, looked_at
from tests.screen import plain_spaces
from tests.test_pages import answer, opened, told

TERRITORY = PAGES / "territory.py"
MEASURES = ("potential", "workload", "mrr", "open", "travel", "strategic")
AMOUNTS = ("potential_usd", "workload_visits", "mrr_usd", "open_usd", "travel_miles")
NOTHING = {
    "accounts": 0, "customers": 0, "renewals_soon": 0, "renewing_usd": 0.0, "filled_share": 1.0,
    "strategic_accounts": 0, **dict.fromkeys(AMOUNTS, 0.0),
    **{f"{each}_index": None for each in (*MEASURES, "composite")},
}  # fmt: skip


def holder(name, potential=0.0, accounts=10, **more):
    """A row of the balance, whose index of potential follows from the others'."""
    row = {"person_id": name.split()[0].lower(), "person_name": name, "accounts": accounts}
    return NOTHING | row | {"potential_usd": float(potential)} | more


def known(*rows, points=20.0):
    """The answer that these holders make, with all of them in sum."""
    held = pd.DataFrame(rows)
    filled = held["filled_share"].where(held["person_id"] != "", 0)
    each = held["potential_usd"].sum() / filled.sum() if filled.sum() else 0
    if each:
        own = held["potential_usd"] / filled.where(filled > 0) / each
        held["potential_index"] = own
        held["composite_index"] = held["composite_index"].astype(float).fillna(own)
    sums = held[["accounts", "customers", "renewals_soon", *AMOUNTS, "renewing_usd"]].sum()
    everyone = NOTHING | sums.to_dict() | {"person_id": "all", "person_name": "All"}
    return words.found(pd.DataFrame([everyone, *held.to_dict("records")]), points)


def nobody(accounts, potential=0.0):
    row = holder("Nobody", potential, accounts)
    return row | {"person_id": "", "filled_share": 0.0}


# The answer in words


def test_who_holds_most_is_named_with_how_many_times_the_least():
    team = known(holder("Mateo Silva", 160), holder("June Park", 100), holder("Wren Tanaka", 130))
    assert words.finding(team) == "No: Mateo holds 1.6 times June’s potential."


def test_within_the_tolerance_it_is_fair():
    team = known(holder("Mateo Silva", 110), holder("June Park", 90))
    assert words.finding(team) == (
        "Yes: nobody is more than 20 points from an equal share of potential."
    )
    tighter = known(holder("Mateo Silva", 110), holder("June Park", 90), points=9)
    assert words.finding(tighter).startswith("No: Mateo holds 1.2 times")


def test_a_small_difference_beyond_a_small_tolerance_is_said_in_points():
    people = (holder("Mateo Silva", 104), holder("June Park", 100), holder("Wren Tanaka", 99))
    team = known(*people, points=1)
    assert words.finding(team) == "No: Mateo is 3 points above an equal share of potential."


def test_who_holds_nothing_is_no_multiple():
    team = known(holder("Mateo Silva", 300), holder("June Park", 0, 0), holder("Wren Tanaka", 150))
    assert words.finding(team) == ("No: June holds no potential, Mateo 2.0 times an equal share.")


def test_a_part_of_a_position_is_compared_by_what_it_fills():
    half = known(holder("Mateo Silva", 100), holder("June Park", 50, filled_share=0.5))
    assert words.finding(half).startswith("Yes")
    assert "June fills 50 % of a position" in plain_spaces(" ".join(words.beside_it(half)))
    team = known(holder("Mateo Silva", 100), holder("June Park", 100, filled_share=0.5))
    assert words.finding(team) == (
        "No: June holds 2.0 times Mateo’s potential for each whole position."
    )


def test_what_nobody_holds_is_counted():
    team = known(holder("Mateo Silva", 110), holder("June Park", 90), nobody(3, 5))
    assert words.finding(team).endswith("of potential. 3 accounts are held by nobody.")
    (line,) = words.beside_it(team)
    assert line == ":orange[▼ 3 accounts with $5 of potential are held by nobody.]"


def test_who_fills_nothing_is_not_compared_and_named():
    team = known(
        holder("Mateo Silva", 110), holder("June Park", 90),
        holder("Ben Holloway", 900, 4, filled_share=0.0),
    )  # fmt: skip
    assert "Ben" not in words.finding(team)
    assert words.beside_it(team) == ["Ben Holloway fills none and holds 4 accounts: not compared."]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([holder("June Park", 0, 0)], "Nobody can say yet: no accounts are known."),
        ([nobody(38)], "Nobody can say yet: nobody holds any of the 38 accounts."),
        ([nobody(1)], "Nobody can say yet: nobody holds the one account."),
        (
            [holder("June Park", 100, 38)],
            "One executive holds all 38 accounts; there is nobody to compare with.",
        ),
        (
            [holder("June Park", 100, 30), nobody(8)],
            "One executive holds 30 of the 38 accounts; there is nobody to compare with.",
        ),
        (
            [holder("June Park", 100), holder("Ben Holloway", 5, filled_share=0.0)],
            "Only June fills a position on the day; there is nobody to compare with.",
        ),
        (
            [holder("June Park", 100, filled_share=0.0)],
            "Nobody can say: who holds accounts fills no position on the day.",
        ),
    ],
)
def test_where_nobody_can_be_compared_it_says_why(rows, said):
    assert words.finding(known(*rows)) == said


def test_without_any_potential_workload_speaks_and_potential_is_explained():
    rows = [holder("Mateo Silva", workload_index=1.3), holder("June Park", workload_index=0.7)]
    team = known(*rows)
    assert words.finding(team) == (
        "By potential nobody can say, for no account has any; by workload "
        "no: Mateo holds 1.9 times June’s workload."
    )
    assert words.HOW_POTENTIAL in words.beside_it(team)


def test_the_own_book_is_compared_with_nobody():
    said = words.finding(known(holder("June Park", 6_131_000, 36)), is_own=True)
    assert plain_spaces(said) == "June Park holds 36 accounts that could bring $6.13 M a year."


def test_two_of_one_first_name_are_told_apart():
    short = words.short_names(
        {"a": "June Park", "b": "June Dow", "c": "Ben", "d": "Al B", "e": "Al B"}
    )
    assert short == {
        "a": "June Park",
        "b": "June Dow",
        "c": "Ben",
        "d": "Al B (d)",
        "e": "Al B (e)",
    }


def test_a_hostile_name_does_nothing():
    team = known(holder("![x](http://e) Silva", 160), holder("June Park", 100))
    assert "![x]" not in words.finding(team)


# The balance


def test_an_index_is_outside_by_the_whole_number_that_is_shown():
    team = known(holder("Mateo Silva", 1204), holder("June Park", 796))
    rows = territory_balance.balance_rows(team.people, "potential", 20)
    assert dict(zip(rows["person"], rows["figure"], strict=True)) == {"Mateo": "120", "June": "80"}
    wider = territory_balance.balance_rows(team.people, "potential", 19)
    assert set(wider["figure"]) == {"◆ 120", "◆ 80"}


def test_what_lies_beyond_the_picture_is_drawn_at_its_edge_and_says_how_far():
    team = known(holder("Mateo Silva", 900), holder("June Park", 50), holder("Wren Tanaka", 50))
    rows = territory_balance.balance_rows(team.people, "potential", 20).set_index("person")
    assert (rows.loc["Mateo", "shown"], rows.loc["Mateo", "figure"]) == (200, "◆ 270")
    assert rows.loc["Mateo", "exact_words"] == "Mateo Silva: 270, $900.00 of potential"
    said = territory_balance.said(rows.reset_index(), "Potential")
    assert said == (
        "Potential, 100 is an equal share: June 15, Mateo 270, Wren 15; "
        "outside the tolerance: June, Mateo, Wren"
    )


def test_of_many_those_furthest_from_equal_are_drawn_and_who_is_picked():
    team = known(*(holder(f"P{n}", 100 + n) for n in range(12)))
    shown = territory_balance.few(team.people)
    assert len(shown) == territory_balance.FEW
    assert {"p0", "p11"} <= {*shown["person_id"]}
    assert "p6" not in {*shown["person_id"]}
    picked = territory_balance.few(team.people, "p6")
    assert len(picked) == territory_balance.FEW
    assert "p6" in {*picked["person_id"]}


def test_what_is_not_picked_fades():
    team = known(holder("Mateo Silva", 160), holder("June Park", 100))
    rows = territory_balance.balance_rows(team.people, "potential", 20, "june")
    assert dict(zip(rows["person_id"], rows["is_faded"], strict=True)) == {
        "mateo": True, "june": False,
    }  # fmt: skip


def test_each_uneven_measure_says_who_has_most_and_least():
    team = known(
        holder("Mateo Silva", 160, travel_index=2.4, travel_miles=5500, strategic_index=2.0),
        holder("June Park", 100, travel_index=0.5, travel_miles=900, strategic_index=0.0),
        holder("Wren Tanaka", 130, travel_index=1.1, travel_miles=2000, strategic_index=0.0),
    )
    travel, strategic, potential = territory_balance.furthest(team)
    assert travel == (
        "**Travel:** Mateo at 240 :gray[(5,500 miles)], June at 50 :gray[(900 miles)]"
    )
    assert "2 of 3 at 0" in strategic
    assert potential.startswith("**Potential:** Mateo at 123")


def test_the_weights_are_said_and_one_of_nothing_is_not():
    usual = territory_balance.weights_said({})
    assert usual.startswith("By the weights 40 potential, 20 workload, 10 installed MRR")
    settled = {"weight_potential": "100", "weight_workload": "0", "weight_mrr": "x"}
    assert territory_balance.weights_said(settled).startswith(
        "By the weights 100 potential, 10 installed MRR"
    )


# The map


def county(fips, person="june", potential=100.0, accounts=4, **more):
    row = {
        "county_fips": fips, "county_name": f"County {fips[2:]}", "county_state": "WA",
        "person_id": person, "person_name": person.title() or None, "holders": 1,
        "accounts": accounts, "customers": 2, "potential_usd": potential, "untapped_usd": potential,
        "penetration": 0.5,
    }  # fmt: skip
    return row | more


def account(name, person="june", potential=10.0, lon=-117.4, lat=47.6, fips="53063"):
    return {
        "account_name": name, "person_id": person, "person_name": person.title() or None,
        "county_fips": fips, "county_state": "WA", "longitude": lon, "latitude": lat,
        "potential_usd": potential,
    }  # fmt: skip


def land(*counties, accounts=(), **more):
    names = {"june": ("June", 100.0), "ben": ("Ben", 50.0)}
    frame = pd.DataFrame(accounts or [account("Acme")])
    return Land(pd.DataFrame(counties), frame, names, **more)


def rows_of(drawn):
    return territory_land.rows_of(drawn, shapes.neighbours, shapes.centre)


WASHINGTON = [each["id"] for each in shapes.cut(("WA",))["objects"]["counties"]["geometries"]]


def test_neighbours_never_share_a_tint_and_differ_in_lightness():
    people = [f"p{n:02d}" for n in range(13)]
    held = pd.DataFrame([
        county(fips, people[n % len(people)]) for n, fips in enumerate(WASHINGTON)
    ])  # fmt: skip
    tints = territory_land.owner_numbers(held, shapes.neighbours)
    owner = dict(zip(held["county_fips"], held["person_id"], strict=True))
    pairs = [
        (owner[one], owner[other])
        for one in WASHINGTON
        for other in shapes.neighbours(one)
        if other in owner and owner[other] != owner[one]
    ]
    assert set(tints.values()) <= set(range(8))
    assert all(tints[one] != tints[other] for one, other in pairs)
    two = pd.DataFrame([county("53063", "june"), county("53043", "ben")])
    chosen = territory_land.owner_numbers(two, shapes.neighbours)
    light = [territory_land.lightness(chosen[each]) for each in ("june", "ben")]
    assert abs(light[0] - light[1]) > 15


def test_the_counties_around_are_the_ground_within_the_same_states():
    rows = rows_of(land(county("53063")))
    ground = set(rows.loc[rows["kind"] == "land", "fips"])
    assert ground == {each for each in shapes.neighbours("53063") if each.startswith("53")}
    assert not ground & {"53063"}


def test_accounts_of_one_zip_stand_apart_and_no_row_is_lost_below_the_limit():
    spot = [account(f"A{n}") for n in range(30)]
    rows = rows_of(land(county("53063"), accounts=spot))
    points = rows[rows["kind"] == "account"]
    assert len(points) == 30
    assert len(points[["lon", "lat"]].drop_duplicates()) == 30
    assert (points["lon"] - -117.4).abs().max() < 0.1


def test_never_more_than_a_thousand_rows_are_sent_and_the_rest_is_counted():
    many = [account(f"A{n}", potential=5_000.0 - n) for n in range(1_400)]
    drawn = land(county("53063", accounts=1_400), accounts=many)
    rows = rows_of(drawn)
    assert len(rows) <= territory_land.MOST_ROWS
    assert rows.loc[rows["kind"] == "account", "exact_words"].iloc[0].startswith("A0: June")
    shown = int((rows["kind"] == "account").sum())
    said = territory_map.words(known(holder("June Park", 100)), drawn, rows)[-1]
    assert said == f"Not drawn: {1_400 - shown} smaller accounts."


def test_only_an_account_that_somebody_else_holds_has_a_colour_of_its_own():
    spots = [account("Acme"), account("Birch", "ben")]
    rows = rows_of(land(county("53063"), county("53043", "ben"), accounts=spots))
    points = rows[rows["kind"] == "account"].set_index("exact_words")
    assert points["owner_number"].notna().tolist() == [False, True]


def test_names_that_would_touch_move_to_another_county_or_are_left_out():
    near = land(county("53063", potential=900.0), county("53043", "ben"), county("53001", "ben"))
    named = rows_of(near).query("kind == 'name'")
    assert set(named["word"]) <= {"June", "Ben"}
    assert named["words"].iloc[0] == "June\n$100"
    spots = [*zip(named["lon"], named["lat"], strict=True)]
    assert shapes.centre("53063") in spots


def test_what_nobody_holds_stands_out_and_bears_no_name():
    rows = rows_of(land(county("53063", ""), county("53043")))
    (one,) = rows[rows["is_unheld"]].to_dict("records")
    assert one["fips"] == "53063"
    assert "held by nobody" in one["exact_words"]
    assert set(rows.loc[rows["kind"] == "name", "person_id"]) == {"june"}


def test_a_scale_runs_from_the_least_to_the_most_and_its_ends_are_said():
    drawn = land(county("53063", potential=400.0), county("53043", potential=100.0), look=POTENTIAL)
    rows = rows_of(drawn)
    shades = rows.dropna(subset="fips").query("kind == 'county'").set_index("fips")["shade"]
    assert shades.to_dict() == {"53063": 1.0, "53043": 0.0}
    assert rows.query("kind == 'name'").empty
    assert territory_land.ends(drawn) == (
        "Pale $100 in County 043, WA → deep $400 in County 063, WA."
    )
    alike = land(county("53063"), county("53043"), look=PENETRATION)
    assert plain_spaces(territory_land.ends(alike)) == "All counties alike: 50 %."


def test_attainment_colours_who_is_far_from_what_was_expected():
    reached = {"june": (0.2, 0.5), "ben": (0.45, 0.5)}
    drawn = land(
        county("53063"), county("53043", "ben"), county("53001", "cy"),
        look=ATTAINMENT, reached=reached, tolerance=15.0,
    )  # fmt: skip
    lean = rows_of(drawn).query("kind == 'county'").set_index("person_id")["lean"]
    assert lean["june"] < 0
    assert lean["ben"] == 0
    assert math.isnan(lean["cy"])
    team = known(holder("June Park", 100), holder("Ben Holloway", 90))
    assert territory_map.said(team, drawn) == "Attainment in 3 counties; far behind: June"


def test_the_map_says_its_finding_to_who_does_not_see_it():
    team = known(holder("June Park", 300), holder("Ben Holloway", 100))
    said = territory_map.said(team, land(county("53063"), county("53043", "ben")))
    assert said == ("2 counties of 2 executives; June holds most potential, $300, Ben least, $100")


# The pictures


def fields(picture):
    spec = house.constant(picture, "dark")
    spec = {name: part for name, part in spec.items() if name != "datasets"}
    return {*re.findall(r'"field": "(\w+)"', json.dumps(spec))}


def test_the_map_of_a_region_is_one_constant_without_a_row():
    region = territory_map.region(("ID", "WA"))
    spec = house.constant(region, "light")
    assert house.constant(territory_map.region(("ID", "WA")), "light") is spec
    assert house.constant(territory_map.region(("WA",)), "light") is not spec
    assert house.fields_of(spec, "person") == ["person_id"]
    assert [*spec["datasets"]] == ["land"]
    assert spec["data"] == {"name": "source"}
    assert "@" not in json.dumps(spec["layer"])


def test_each_picture_names_only_columns_that_its_rows_have():
    columns = {*rows_of(land(county("53063"))).columns, "text"}
    assert fields(partial(county_map, shapes.cut(("WA",)))) <= columns
    team = known(holder("Mateo Silva", 160), holder("June Park", 100))
    rows = territory_balance.balance_rows(team.people, "potential", 20)
    assert fields(balance) <= {*rows.columns, "equal"}
    assert house.fields_of(house.constant(balance, "light"), "person") == ["person_id"]
    assert fields(choice_curve) == {"moved", "imbalance", "exact_words", "word"}


# Who is picked


def test_the_newest_click_counts_whichever_picture_it_was_in(monkeypatch):
    team = known(holder("Mateo Silva", 160), holder("June Park", 100))
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)

    def click(picture, *people):
        marks = [{"person_id": each} for each in people]
        state[picture] = {"selection": {"person": marks}}
        return words.picked(team)

    assert words.picked(team) == ""
    assert click("territory map", "mateo") == "mateo"
    assert words.picked(team) == "mateo"
    assert click("balance travel", "june") == "june"
    assert click("balance travel") == ""
    assert click("territory map", "somebody else") == ""


def test_a_name_from_a_list_counts_once_and_everybody_is_one_of_the_choices(monkeypatch):
    team = known(holder("Mateo Silva", 160), holder("June Park", 100))
    clicked = {"selection": {"person": [{"person_id": "mateo"}]}}
    state = {"territory map": clicked, "picked by name": {"balance mrr": {"person_id": "june"}}}
    monkeypatch.setattr(st, "session_state", state)
    assert words.picked(team) == "june"
    assert words.picked(team) == "june"
    state["picked by name"] = {"balance mrr": {}}
    assert words.picked(team) == ""


# The menu


def test_ten_pages_stand_in_the_menu_by_themselves():
    assert sum(map(len, sections.groups().values())) == sections.FEW_PAGES


# On the page

PEOPLE = "name,manager,base zip\nAna,Dana,99201\nBen,Dana,83814\nCy,Noor,98801\nDana,,\nNoor,,\n"
ACCOUNTS = (
    "account id,account,owner,city,state,zip,potential,industry\n"
    "A1,Acme,Ana,Spokane,WA,99201,900,Health\nA2,Birch,Ana,Spokane,WA,99201,300,Health\n"
    "A3,Cedar,Ben,Coeur d'Alene,ID,83814,400,Health\nA4,Dune,Cy,Wenatchee,WA,98801,800,Health\n"
    "A5,Elm,,Spokane,WA,99201,70,Health\nA6,Fir,Cy,,,,30,Health\n"
)
PLACES = [
    ("99201", "Spokane", "WA", "53063", "Spokane", "WA", 47.66, -117.43, "ZIP", None),
    ("83814", "Coeur d'Alene", "ID", "16055", "Kootenai", "ID", 47.69, -116.78, "ZIP", None),
    ("98801", "Wenatchee", "WA", "53007", "Chelan", "WA", 47.42, -120.33, "ZIP", None),
    ("", "", "", None, None, None, None, None, None, "no address is known"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))


def booked(path: Path, *, people=PEOPLE, accounts=ACCOUNTS, places=PLACES) -> None:
    """The team and its accounts; where each address lies is written here, whatever is known."""
    engine = DuckDBEngine(path)
    for name, text in (("people", people), ("accounts", accounts)):
        if text:
            commit(engine, looked_at(engine, text, f"{name}.csv"))
    with engine.transaction() as cursor:
        cursor.execute("delete from place")
        for place in places:
            cursor.execute(
                "insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
                [*place, everything.AT],
            )
    engine.close()


def test_the_page_answers_shows_the_map_and_counts_what_nobody_holds(database):
    booked(database)
    screen = opened(TERRITORY)
    assert answer(screen) == (
        "No: Ana holds 3.0 times Ben’s potential. 1 account is held by nobody."
    )
    said = told(screen)
    assert "3 counties of 2 states, 5 accounts." in said
    assert "▼ 1 account with $70 of potential is held by nobody." in said
    assert "1 county of several" in said
    assert "Nobody holds a strategic account." in said
    assert [tab.label for tab in screen.tabs][0] == "Try a realignment"


def test_a_choice_from_the_list_of_the_map_narrows_what_follows(database):
    booked(database)
    screen = opened(TERRITORY)
    screen.session_state["list territory map"] = True
    screen.run()
    (names,) = [each for each in screen.radio if each.label == "Show only"]
    assert names.options[1].replace("\\", "").startswith("Ana: 1 county, 2 accounts, $1,200.00")
    names.set_value(1).run()
    assert not screen.exception, screen.exception[0].stack_trace
    assert "Ana: 1 county, 2 accounts. A second click shows all again." in told(screen).replace(
        "**", ""
    )
    assert "Below, only **Ana**." in told(screen)
    (names,) = [each for each in screen.radio if each.label == "Show only"]
    names.set_value(0).run()
    assert "Below, only" not in told(screen)


@pytest.mark.parametrize("look", [POTENTIAL, PENETRATION, ATTAINMENT, "Whitespace"])
def test_every_colour_is_drawn_and_read(database, look):
    booked(database)
    screen = opened(TERRITORY)
    screen.segmented_control(key="map colour").set_value(look).run()
    assert not screen.exception, screen.exception[0].stack_trace
    said = told(screen)
    assert ("Pale" in said or "All counties alike" in said) == (look != ATTAINMENT)


def test_without_a_place_the_card_says_how_to_get_one_and_the_balance_is_there(database):
    booked(database, places=[])
    screen = opened(TERRITORY)
    assert answer(screen).startswith("No: Ana holds 3.0 times Ben’s potential.")
    assert "No account has a place yet." in told(screen)
    assert screen.button(key="places to upload")
    assert "By the weights 40 potential" in told(screen)


def test_accounts_without_a_place_are_counted_and_named_with_why(database):
    booked(database)
    screen = opened(TERRITORY)
    labels = [each.label for each in screen.expander]
    assert "1 account not on the map, and all counties" in labels
    screen.session_state["map figures"] = True
    screen.run()
    (unplaced,) = [each.value for each in screen.dataframe if "unplaced_why" in each.value.columns]
    assert unplaced[["account_name", "unplaced_why"]].values.tolist() == [
        ["Fir", "no address is known"]
    ]


def test_without_any_data_it_says_what_is_missing(database):
    assert answer(opened(TERRITORY)) == "Nobody can say yet: there are no deals."


def test_without_accounts_it_leads_to_a_file(database):
    booked(database, accounts="")
    screen = opened(TERRITORY)
    assert answer(screen) == "Nobody can say yet: no accounts are known."
    screen.button(key="to upload").click().run()
    assert answer(screen) == "Nothing is dropped yet."


def test_accounts_that_nobody_holds_say_who_could(database):
    booked(database, people="", accounts=ACCOUNTS.replace(",Ana,", ",,").replace(",Ben,", ",,")
           .replace(",Cy,", ",,"))  # fmt: skip
    screen = opened(TERRITORY)
    assert answer(screen) == "Nobody can say yet: nobody holds any of the 6 accounts."
    assert words.HOW_HELD in told(screen)


def test_an_executive_sees_the_own_book_only(database, monkeypatch):
    booked(database)
    monkeypatch.setattr(session, "viewer", lambda: Scope("ana", "executive"))
    screen = opened(TERRITORY)
    assert answer(screen) == "Ana holds 2 accounts that could bring $1.20 k a year."
    assert "Ben" not in told(screen)
    assert "Where is the load uneven?" not in [each.value for each in screen.subheader]


def test_more_than_eight_are_narrowed_by_team(database):
    names = [f"P{n:02d}" for n in range(10)]
    people = "name,manager\n" + "".join(
        f"{name},{'Dana' if n % 2 else 'Noor'}\n" for n, name in enumerate(names)
    )
    accounts = "account id,account,owner,potential\n" + "".join(
        f"A{n},Acme {n},{name},{1_000 + 90 * n}\n" for n, name in enumerate(names)
    )
    booked(database, people=people, accounts=accounts, places=[])
    screen = opened(TERRITORY)
    assert "2 more are nearer" in told(screen)
    screen.button(key="balance of team dana").click().run()
    assert screen.query_params["person"] == "Dana"
    assert "more are nearer" not in told(screen)


def test_a_filter_that_leaves_no_account_says_so_and_leads_out(database):
    booked(database)
    screen = opened(TERRITORY, strategic="yes")
    assert answer(screen) == "Nobody can say yet: no accounts are known."
    screen.button(key="show everyone").click().run()
    assert answer(screen).startswith("No: Ana holds")
