"""Does each address find its county, does the land look as it is, and follows `place` from what
accounts and people hold?"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quarterdeck import clock, shaping
from quarterdeck.commands.people import AddPerson, add_person
from quarterdeck.commands.persons import ChangePerson, MergePeople, change_person, merge_people
from quarterdeck.commands.undoing import undo_change
from quarterdeck.engine import DuckDBEngine
from quarterdeck.geography import making, shapes, tables
from quarterdeck.geography.outlines import distance, holds, polygons
from quarterdeck.geography.places import NO_ADDRESS, NOT_US, Place, place_of
from quarterdeck.geography.words import STATES, is_abroad, key, state_of
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from quarterdeck.placing import derive_places
from tests.conftest import SHARED, commit, faults, hashes, looked_at, needs
from tests.exam.figures import sized

SOURCES = SHARED / "data" / "geo_us"
NORTHWEST = ("ID", "MT", "OR", "WA")
WHOLE = json.loads(shapes.SHAPES.read_text(encoding="utf-8"))


CITIES = """
    Portland | OR | 41051
    Portland | Maine | 23005
    SPOKANE | washington | 53063
    St. Louis | MO | 29510
    Saint Louis | Missouri | 29510
    St Louis | mo | 29510
    Ft. Worth | TX | 48439
    Fort Worth | Texas | 48439
    Mt Vernon | WA | 53057
    Coeur dAlene | ID | 16055
    Coeur d’Alene | Idaho | 16055
    La Salle | IL | 17099
    Mayagüez | Puerto Rico | 72097
    Mayaguez | PR | 72097
    Espanola | NM | 35039
    E. Wenatchee | WA | 53017
    Spokane Valley | WA | 53063
    Washington | D.C. | 11001
    Winston-Salem | N. Carolina | 37067
    Spokane, WA | | 53063
    Spokane, Washington | USA | 53063
    Spokane | US-WA | 53063
    Boise | Ida. | 16001
    New York | New York State | 36061
    Charlotte Amalie | Virgin Islands | 78030
    Richmond | VA | 51760
    Baltimore | MD | 24510
    Bronx | NY | 36005
"""


def by_fips(topology):
    return {one["id"]: one for one in topology["objects"]["counties"]["geometries"]}


def lying(zip="", city="", state=""):
    """The county's code, and by what it was found; why not where it lies nowhere."""
    place = place_of(zip, city, state)
    return place.why_not or (place.county_fips, place.place_by)


@pytest.mark.parametrize(
    ("zip_code", "fips", "name", "state"),
    [
        ("99201", "53063", "Spokane", "WA"),
        ("83702", "16001", "Ada", "ID"),
        ("59801", "30063", "Missoula", "MT"),
        ("97205", "41051", "Multnomah", "OR"),
        ("04101", "23005", "Cumberland", "ME"),
        ("22314", "51510", "Alexandria", "VA"),
        ("23220", "51760", "Richmond city", "VA"),
        ("22572", "51159", "Richmond", "VA"),
        ("24011", "51770", "Roanoke city", "VA"),
        ("24018", "51161", "Roanoke", "VA"),
        ("21201", "24510", "Baltimore city", "MD"),
        ("21204", "24005", "Baltimore", "MD"),
        ("63101", "29510", "St. Louis city", "MO"),
        ("55802", "27137", "St. Louis", "MN"),
        ("46350", "18091", "LaPorte", "IN"),
        ("61354", "17099", "LaSalle", "IL"),
        ("88001", "35013", "Doña Ana", "NM"),
        ("20001", "11001", "District of Columbia", "DC"),
        ("06103", "09003", "Hartford", "CT"),
        ("99686", "02261", "Valdez-Cordova", "AK"),
        ("99510", "02020", "Anchorage", "AK"),
        ("99801", "02110", "Juneau", "AK"),
        ("96797", "15003", "Honolulu", "HI"),
        ("00601", "72001", "Adjuntas", "PR"),
        ("00680", "72097", "Mayagüez", "PR"),
        ("00802", "78030", "St. Thomas", "VI"),
        ("96910", "66010", "Guam", "GU"),
        ("96799", "60010", "Eastern", "AS"),
        ("96950", "69110", "Saipan", "MP"),
    ],
)
def test_a_zip_lies_in_its_county(zip_code, fips, name, state):
    place = place_of(zip_code, "", "")
    assert (place.county_fips, place.county_name, place.state) == (fips, name, state)
    assert (place.place_by, place.why_not) == ("ZIP", "")


@needs("data/geo_us/zip_wa_id_or_mt.csv")
def test_every_zip_of_four_states_lies_in_the_county_its_source_names():
    with (SOURCES / "zip_wa_id_or_mt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {(one.state, key(one.name)) for one in tables.counties().values()}
    known = [row for row in rows if (row["state"], county_key(row)) in named]
    assert [row["zip"] for row in rows if row["county"] and row not in known] == ["97635"]
    for row in known:
        place = place_of(row["zip"], "", "")
        assert (place.state, key(place.county_name)) == (row["state"], county_key(row)), row
        assert abs(place.latitude - float(row["lat"])) < 1, row
        assert abs(place.longitude - float(row["lon"])) < 1, row
    assert lying("97635") == ("41037", "ZIP"), "it names a county of California"
    for row in rows:
        assert place_of(row["zip"], "", "").state == row["state"], row


def county_key(row):
    return key(re.sub(r" County$", "", row["county"]))


@pytest.mark.parametrize(
    "written",
    [
        "99201", " 99201 ", "99201-1234", "99201 1234", "992011234", "99201–1234", "99201.0",
        "99201.00", "99,201", "９９２０１", '="99201"', "'99201", "WA 99201", "99201 WA",
        "US-99201", "99201 USA", "99201-",
    ],
)  # fmt: skip
def test_a_zip_is_read_however_it_is_written(written):
    assert lying(written) == ("53063", "ZIP")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (("2134", "", "MA"), ("25025", "ZIP")),
        (("2134", "", ""), ("25025", "ZIP")),
        (("2134.0", "Allston", "Massachusetts"), ("25025", "ZIP")),
        (("2134-1234", "", "MA"), ("25025", "ZIP")),
        (("21341234", "", ""), ("25025", "ZIP")),
        (("601", "", "PR"), ("72001", "ZIP")),
        (("2134", "Boston", ""), ("25025", "ZIP")),
        (("2134", "", "WA"), "ZIP 2134 is not known"),
        (("2134", "Spokane", "WA"), ("53063", "city")),
        (("8001", "Zürich", ""), "ZIP 8001 is not known"),
        (("1010", "Wien", "Wien"), "ZIP 1010 is not known"),
        (("601-8001", "Kyoto", ""), NOT_US),
    ],
)
def test_lost_zeros_are_put_back_where_the_rest_of_the_address_agrees(address, found):
    assert lying(*address) == found


@pytest.mark.parametrize(
    "address",
    [
        ("K1A 0B1", "Ottawa", "ON"), ("K1A 0B1", "", ""), ("V5K0A1", "Vancouver", "WA"),
        ("SW1A 1AA", "London", ""), ("1012 AB", "Amsterdam", ""), ("D-10115", "Berlin", ""),
        ("DE-10115", "", ""), ("CH-8001", "", ""), ("560001", "Bengaluru", "Karnataka"),
        ("100-0001", "Tokyo", ""), ("10115", "Berlin", "Berlin"), ("28001", "Madrid", "España"),
        ("", "Toronto", "Ontario"), ("", "Calgary", "AB"), ("2000", "Sydney", "NSW"),
        ("", "Toronto, Canada", ""), ("99201", "Paris, France", ""), ("", "Köln", "Deutschland"),
    ],
)  # fmt: skip
def test_a_foreign_code_country_or_province_is_no_us_address(address):
    assert lying(*address) == NOT_US


def test_what_a_state_is_called_too_is_at_home():
    assert lying("", "Atlanta", "Georgia") == ("13121", "city")
    assert lying("", "Mexico", "MO") == ("29007", "city")
    assert lying("DE-19801") == ("10003", "ZIP")
    assert not [name for _, name in STATES.values() if is_abroad(name)]
    assert not [code for code in STATES if is_abroad(code)]


def test_an_unknown_zip_gives_way_to_city_and_state():
    assert lying("00000", "Spokane", "WA") == ("53063", "city")
    assert lying("00000", "Spokane", "") == "ZIP 00000 is not known"
    assert lying("00000", "", "WA") == "ZIP 00000 is not known"
    assert lying("99999-1234") == "ZIP 99999 is not known"
    assert lying("00000", "Nowhere at all", "WA") == "ZIP 00000 is not known"
    assert lying("12", "Spokane", "WA") == ("53063", "city")
    assert lying("12") == "ZIP 12 is not known"


def test_a_zip_counts_more_than_a_state_or_city_that_contradicts_it():
    assert lying("99201", "Portland", "OR") == ("53063", "ZIP")
    assert lying("99201", "", "Washingtn") == ("53063", "ZIP")


@pytest.mark.parametrize(
    "address",
    [
        ("", "", ""), ("n/a", "-", "."), ("", "Spokane", ""), ("", "", "WA"),
        ("", "Spokane", "USA"), (" ", "\t", "\n"),
    ],
)  # fmt: skip
def test_no_zip_and_no_city_with_a_state_is_no_address(address):
    assert lying(*address) == NO_ADDRESS


@pytest.mark.parametrize("line", CITIES.strip().splitlines())
def test_a_city_with_its_state_lies_where_its_zips_do(line):
    city, state, fips = (cell.strip() for cell in line.split("|"))
    assert lying("", city, state) == (fips, "city")
    assert lying("n/a", city, state) == (fips, "city")


def test_a_city_unknown_in_its_state_says_so():
    assert lying("", "Spokane", "OR") == "its city is not known in OR"


def test_military_and_associated_post_offices_are_unplaced_for_a_reason():
    assert lying("09012") == "ZIP 09012 is a military post office, in no county"
    assert lying("96201", "APO", "AP") == "ZIP 96201 is a military post office, in no county"
    assert lying("", "APO", "AE") == "a military post office lies in no county"
    assert lying("96941") == "ZIP 96941 is outside the states, in no county"
    assert lying("", "Majuro", "MH") == "is outside the states, in no county"


def test_a_place_is_whole_or_says_why_it_is_none():
    placed, unplaced = place_of("99201", "", ""), place_of("00000", "", "")
    assert (placed.latitude, placed.longitude) == pytest.approx((47.66, -117.43), abs=0.02)
    assert unplaced == Place(why_not="ZIP 00000 is not known")


WORDS = some.one_of(
    some.text(),
    some.text(alphabet="0123456789-. ,\"'ABKW０９٣", max_size=60),
    some.sampled_from(["99201", "2134", "WA", "Spokane", "Georgia", "ON", "AE", "K1A 0B1"]),
)


@settings(max_examples=sized(150, 5000), deadline=None)
@given(WORDS, WORDS, WORDS)
def test_whatever_the_text_an_address_lies_somewhere_or_says_why_not(zip_code, city, state):
    place = place_of(zip_code, city, state)
    told = (place.county_fips, place.county_name, place.state, place.latitude, place.longitude)
    assert [each is None for each in told] == [bool(place.why_not)] * 5
    assert place.place_by in ((None,) if place.why_not else ("ZIP", "city"))


@given(some.text(), some.text())
def test_words_never_raise_and_a_key_is_its_own_key(text, other):
    assert key(key(text)) == key(text)
    assert state_of(other) in {None, "AA", "AE", "AP", "FM", "MH", "PW", *STATES}


def all_zips():
    packed = gzip.decompress((tables.DATA / tables.ZIPS).read_bytes()).decode().splitlines()[1:]
    return [line[:5] for line in packed]


def test_every_county_of_a_zip_has_a_shape_and_every_shape_a_county():
    used = {tables.zip_of(each).county_fips for each in all_zips()} - {None}
    assert used <= tables.counties().keys()
    assert tables.counties().keys() == by_fips(WHOLE).keys()
    assert len(used) > 3200, "a ZIP in nearly every county"


def test_a_zip_lies_in_a_county_of_its_state_and_near_it():
    land = {fips: polygons(WHOLE, one) for fips, one in by_fips(WHOLE).items()}
    for code in random.Random(7).sample(all_zips(), sized(600, 42755)):
        known = tables.zip_of(code)
        if known.county_fips is None:
            continue
        assert tables.counties()[known.county_fips].state == known.state
        there = (known.longitude, known.latitude)
        assert min(distance(part, there) for part in land[known.county_fips]) < making.FAR, code


def test_every_town_is_stood_for_by_a_zip_in_its_state():
    packed = gzip.decompress((tables.DATA / tables.CITIES).read_bytes()).decode().splitlines()[1:]
    for state, town, code in (line.split(",") for line in packed):
        known = tables.zip_of(code)
        assert (known.state, known.county_fips is None) == (state, False)
        assert key(town) == town


def test_no_two_counties_of_a_state_have_the_same_name():
    names = [(one.state, one.name) for one in tables.counties().values()]
    assert len(names) == len(set(names)) == 3231


def entry(code, north, east, city="Twin", also=(), is_standard=True):
    return making.Entry(code, city, "WA", "53063", (north, east), also, is_standard)


def test_a_town_lies_at_the_standard_zip_nearest_to_the_middle_of_its_zips():
    streets = [entry("1", 0, 0), entry("2", 0, 5), entry("3", 0, 6), entry("4", 0, 50)]
    boxes = [entry("5", 0, 5.5, is_standard=False)]
    accepting = [entry("6", 0, 5.4, city="Twin Falls", also=("Twin", "St. Twin"))]
    assert making.cities([*streets, *boxes, *accepting]) == [
        ("WA", "sainttwin", "6"), ("WA", "twin", "2"), ("WA", "twinfalls", "6"),
    ]  # fmt: skip
    assert making.cities(boxes) == [("WA", "twin", "5")]


@needs("data/geo_us/counties-10m.json")
def test_made_anew_the_files_are_the_same(tmp_path):
    pytest.importorskip("zipcodes", reason="the source of ZIPs is not installed")
    points, outlines = SOURCES / "us_zcta_latlon.csv", SOURCES / "counties-10m.json"
    making.make(tmp_path, outlines, points)
    for name in (tables.ZIPS, tables.CITIES, tables.COUNTIES):
        made = (tmp_path / name).read_bytes()
        assert gzip.decompress(made) == gzip.decompress((tables.DATA / name).read_bytes())
        assert made[4:8] == bytes(4), "no time of writing"
    assert (tmp_path / making.SHAPES).read_bytes() == shapes.SHAPES.read_bytes()


def test_what_is_shipped_is_small_and_its_licences_lie_beside_it():
    notice = (tables.DATA / "NOTICE.md").read_text(encoding="utf-8")
    assert (tables.DATA / tables.ZIPS).stat().st_size < 700_000
    shipped = {path.name for path in tables.DATA.iterdir()} - {"NOTICE.md"}
    assert shipped == {tables.ZIPS, tables.CITIES, tables.COUNTIES, making.SHAPES}
    for said in (*shipped, "ISC License", "Copyright 2013-2019 Michael Bostock", "The MIT License",
                 "Copyright (c) 2024 Javier Lopez", "Sean Pianka", "Census Bureau",
                 f"{len(all_zips()):,} ZIPs"):  # fmt: skip
        assert said in notice


def test_a_cut_of_four_states_holds_their_counties_and_no_arc_too_many():
    cut = shapes.cut(NORTHWEST)
    assert len(by_fips(cut)) == 39 + 44 + 36 + 56
    assert by_fips(cut)["53063"]["properties"] == {"name": "Spokane"}
    states = {
        one["id"]: one["properties"]["name"] for one in cut["objects"]["states"]["geometries"]
    }
    assert states == {"16": "Idaho", "30": "Montana", "41": "Oregon", "53": "Washington"}
    used = re.findall(r"-?\d+", json.dumps([one["arcs"] for one in by_fips(cut).values()]))
    assert {arc if arc >= 0 else ~arc for arc in map(int, used)} == set(range(len(cut["arcs"])))
    assert len(json.dumps(cut, separators=(",", ":"))) < 57_000
    assert shapes.cut(NORTHWEST) is cut


@settings(max_examples=sized(2, 60), deadline=None)
@given(some.lists(some.sampled_from(sorted(STATES)), unique=True, max_size=5))
def test_a_cut_shows_the_same_land_as_the_whole(states):
    cut = shapes.cut(tuple(sorted(states)))
    fips = {STATES[state][0] for state in states}
    whole = {each: one for each, one in by_fips(WHOLE).items() if each[:2] in fips}
    assert by_fips(cut).keys() == whole.keys()
    for each, geometry in by_fips(cut).items():
        assert polygons(cut, geometry) == polygons(WHOLE, whole[each])


def test_rings_close_and_a_named_cut_tells_a_city_from_its_county():
    for geometry in by_fips(shapes.cut(("MD", "AK"))).values():
        for part in polygons(shapes.cut(("MD", "AK")), geometry):
            assert all(ring[0] == ring[-1] for ring in part)
    named = {fips: one["properties"]["name"] for fips, one in by_fips(shapes.cut(("MD",))).items()}
    assert (named["24510"], named["24005"]) == ("Baltimore city", "Baltimore")


def test_states_are_those_of_the_counties():
    assert shapes.states_of(["53063", "16055", "53001", "99999"]) == ("ID", "WA")
    assert shapes.states_of([]) == ()


def test_neighbours_share_a_border_not_a_corner_and_both_know_it():
    assert shapes.neighbours("53063") == (
        "16009", "16017", "16055", "53043", "53051", "53065", "53075",
    )  # fmt: skip
    assert "35045" not in shapes.neighbours("49037"), "New Mexico and Utah meet in a corner"
    assert shapes.neighbours("15001") == (), "Hawaii is an island"
    assert shapes.neighbours("no county") == ()
    for fips in tables.counties():
        assert all(fips in shapes.neighbours(other) for other in shapes.neighbours(fips))


def test_the_centre_of_a_county_lies_in_its_largest_part():
    assert shapes.centre("53063") == pytest.approx((-117.40, 47.62), abs=0.01)
    inside = [
        any(holds(part, shapes.centre(fips)) for part in polygons(WHOLE, geometry))
        for fips, geometry in by_fips(WHOLE).items()
    ]
    assert sum(inside) / len(inside) > 0.99
    with pytest.raises(KeyError):
        shapes.centre("no county")


def places(engine):
    """What the table holds now, as its columns say."""
    with engine.looking() as cursor:
        return cursor.execute(
            "select zip, city, state, county_fips, county_name, county_state, latitude, longitude, "
            "placed_by, unplaced_why from place where superseded_at is null order by 1, 2, 3"
        ).fetchall()


def meant(engine):
    """What it must hold: each address that accounts and people have, placed by itself."""
    with engine.looking() as cursor:
        held = cursor.execute(
            "select zip, city, state from account_version where superseded_at is null "
            "union all select base_zip, null, null from person where superseded_at is null"
        ).fetchall()
    used = sorted({tuple(cell or "" for cell in address) for address in held})
    return [(*address, *row_of(place_of(*address))) for address in used]


def row_of(place):
    found = (place.county_fips, place.county_name, place.state, place.latitude, place.longitude)
    return *found, place.place_by, place.why_not or None


def written(engine):
    """How many rows were ever written, and how many of them were taken back."""
    with engine.looking() as cursor:
        asked = "select count(*), count(superseded_at) from place"
        return cursor.execute(asked).fetchone()


def accounts(*lines):
    return "account id,account,city,state,zip\n" + "".join(f"{line}\n" for line in lines)


ADDRESSES = (
    "Spokane,WA,99201", "Spokane,WA,", "Boise,ID,83702-1234", ",,2134", "Ottawa,ON,K1A 0B1", ",,",
    "O'Brien; drop,WA,1", "APO,AE,09012", "Saint Louis,MO,", "Nowhere,WA,",
)  # fmt: skip
ZIPS = ("99201", "83702", "", "00000")


def test_each_address_in_use_has_one_place(engine, drop):
    lines = [f"A{n},Account {n},{address}" for n, address in enumerate(ADDRESSES)]
    drop(accounts(*lines), "accounts.csv")
    drop("name,base zip\nAna,99201\nBen,\n", "people.csv")
    found = {row[:3]: row[3:] for row in places(engine)}
    assert found["99201", "Spokane", "WA"][:3] == ("53063", "Spokane", "WA")
    assert found["99201", "", ""][5:] == ("ZIP", None)
    assert found["K1A 0B1", "Ottawa", "ON"] == (None,) * 6 + (NOT_US,)
    assert found["", "", ""][-1] == NO_ADDRESS
    assert (places(engine), faults(engine)) == (meant(engine), [])


def test_deals_that_name_new_accounts_place_them_too(engine, drop):
    drop("deal id,account,owner,stage,amount\nD1,Acme,Ana,Won,5\n")
    assert [row[:3] for row in places(engine)] == [("", "", "")]


@pytest.mark.parametrize(
    "change",
    [
        lambda e: add_person(e, AddPerson("Zoe", base_zip="59801"), scope=OWNER),
        lambda e: change_person(e, ChangePerson("ana", "Ana", base_zip="59801"), scope=OWNER),
        lambda e: merge_people(e, MergePeople("ben", "ana"), scope=OWNER),
    ],
    ids=["added", "changed", "merged"],
)
def test_what_is_said_by_hand_is_placed_and_taken_back(engine, drop, change):
    drop("name,base zip\nAna,99201\nBen,83702\n", "people.csv")
    before, places_before = hashes(engine), places(engine)
    change(engine)
    assert places(engine) == meant(engine) != places_before
    undo_change(engine, engine.data_version(), scope=OWNER)
    assert (hashes(engine), places(engine)) == (before, places_before)


def some_file(chance, number):
    """A file of accounts or of people, as it might be said again with other addresses."""
    if chance.random() < 0.3:
        names = chance.sample(("Ana", "Ben", "Cy", "Dana"), 2)
        rows = "".join(f"{name},{chance.choice(ZIPS)}\n" for name in names)
        return f"name,base zip\n{rows}", "people.csv"
    chosen = chance.sample(range(8), 4)
    lines = [f"A{one},Account {one},{chance.choice(ADDRESSES)}" for one in chosen]
    return accounts(*lines, f"B{number},Only here {number},,,"), "accounts.csv"


@pytest.mark.parametrize("seed", range(sized(2, 12)))
def test_places_follow_whatever_comes_in_and_is_taken_back_in_whatever_order(engine, seed):
    chance, standing, before = random.Random(seed), [], hashes(engine)
    for number in range(7):
        if standing and chance.random() < 0.3:
            undo_import(engine, standing.pop(chance.randrange(len(standing))), scope=OWNER)
        else:
            text, name = some_file(chance, number)
            day = date(2026, 6, 1) + timedelta(days=number)
            staged = looked_at(engine, text, name, exported_on=day)
            standing.append(commit(engine, staged)["batch_id"])
        assert (places(engine), faults(engine)) == (meant(engine), [])
        count, told = written(engine), hashes(engine)
        with engine.transaction() as cursor:
            derive_places(cursor, clock.now())
        assert (written(engine), hashes(engine)) == (count, told), "twice is once"
    chance.shuffle(standing)
    for batch_id in standing:
        undo_import(engine, batch_id, scope=OWNER)
        assert places(engine) == meant(engine)
    assert (hashes(engine), places(engine)) == (before, [])


def test_a_file_from_before_places_were_kept_finds_them_when_it_is_opened(engine, drop):
    drop(accounts("A1,Acme,Spokane,WA,99201", "A2,Birch,,,"), "accounts.csv")
    drop("name,base zip\nAna,83702\n", "people.csv")
    kept = places(engine)
    engine.close()
    forget_since(engine.path, "0006")
    reopened = DuckDBEngine(engine.path)
    assert places(reopened) == kept == meant(reopened)
    assert len(kept) == 3
    reopened.close()


def forget_since(path, step):
    """Make the file as it was before a migration and those after it."""
    later = [file for file in shaping.MIGRATIONS.glob("*.sql") if file.name >= step]
    with duckdb.connect(str(path)) as connection:
        for file in later:
            text = file.read_text(encoding="utf-8")
            for table in re.findall(r"^create table (\w+)", text, re.M):
                connection.execute(f"drop table {table}")
            connection.execute("delete from migration where name = $name", {"name": file.stem})


def test_the_demo_lies_in_four_states_with_every_account(made):
    engine = DuckDBEngine(made)
    found = places(engine)
    assert found == meant(engine)
    assert {row[5] for row in found if row[1]} == set(NORTHWEST)
    assert not [row for row in found if row[1] and row[9]], "every account is placed"
    assert len({row[3] for row in found if row[1]}) > 50
    engine.close()
