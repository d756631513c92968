"""Where does the invented team sell? Real counties and towns, in modules of accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MODULES = """
dana | Spokane Core
    Spokane WA Spokane 99201
dana | Spokane Valley
    Spokane WA Spokane Valley 99206
dana | Panhandle
    Kootenai ID Coeur d'Alene 83814
    Bonner ID Sandpoint 83864
    Boundary ID Bonners Ferry 83805
    Shoshone ID Wallace 83873
    Benewah ID St. Maries 83861
dana | Palouse
    Whitman WA Pullman 99163
    Latah ID Moscow 83843
dana | Lewis and Snake
    Nez Perce ID Lewiston 83501
    Asotin WA Clarkston 99403
    Garfield WA Pomeroy 99347
    Clearwater ID Orofino 83544
    Idaho ID Grangeville 83530
dana | Tri-Cities
    Benton WA Kennewick 99336
    Franklin WA Pasco 99301
dana | Walla Walla
    Walla Walla WA Walla Walla 99362
    Columbia WA Dayton 99328
dana | Yakima Valley
    Yakima WA Yakima 98901
    Kittitas WA Ellensburg 98926
dana | Wenatchee
    Chelan WA Wenatchee 98801
    Douglas WA East Wenatchee 98802
    Okanogan WA Omak 98841
dana | Columbia Basin
    Grant WA Moses Lake 98837
    Adams WA Othello 99344
    Lincoln WA Davenport 99122
dana | Northeast
    Stevens WA Colville 99114
    Ferry WA Republic 99166
    Pend Oreille WA Newport 99156
dana | Missoula
    Missoula MT Missoula 59801
    Ravalli MT Hamilton 59840
    Mineral MT Superior 59872
dana | Flathead
    Flathead MT Kalispell 59901
    Lake MT Polson 59860
    Lincoln MT Libby 59923
    Sanders MT Thompson Falls 59873
dana | Butte and Helena
    Silver Bow MT Butte 59701
    Lewis and Clark MT Helena 59601
colin | Portland
    Multnomah OR Portland 97204
    Clackamas OR Oregon City 97045
colin | Tualatin
    Washington OR Hillsboro 97123
    Yamhill OR McMinnville 97128
colin | Salem
    Marion OR Salem 97301
    Polk OR Dallas 97338
colin | South Willamette
    Lane OR Eugene 97401
    Linn OR Albany 97321
    Benton OR Corvallis 97330
colin | Southern Oregon
    Jackson OR Medford 97501
    Josephine OR Grants Pass 97526
    Douglas OR Roseburg 97470
    Deschutes OR Bend 97701
noor | Seattle
    King WA Seattle 98101
noor | Eastside
    King WA Bellevue 98004
noor | South Sound
    Pierce WA Tacoma 98402
    Thurston WA Olympia 98501
    Cowlitz WA Longview 98632
noor | North Sound
    Snohomish WA Everett 98201
    Skagit WA Mount Vernon 98273
    Whatcom WA Bellingham 98225
noor | Peninsula
    Kitsap WA Bremerton 98337
    Clallam WA Port Angeles 98362
    Jefferson WA Port Townsend 98368
    Mason WA Shelton 98584
"""
_STATES = (" WA ", " ID ", " MT ", " OR ")


@dataclass(frozen=True)
class Place:
    """A town with the county and the ZIP code it lies in."""

    county: str
    state: str
    city: str
    zip: str


@dataclass(frozen=True)
class Module:
    """A named book of accounts: whose team sells there, and the places it holds."""

    team: str
    name: str
    places: tuple[Place, ...]


def modules() -> tuple[Module, ...]:
    found: list[Module] = []
    for line in _MODULES.strip().splitlines():
        if line.startswith(" "):
            last = found.pop()
            found.append(replace(last, places=(*last.places, _place(line))))
        else:
            team, name = line.split(" | ")
            found.append(Module(team, name, ()))
    return tuple(found)


def _place(text: str) -> Place:
    state = next(state for state in _STATES if state in text)
    county, town = text.strip().split(state)
    city, zip_code = town.rsplit(" ", 1)
    return Place(county, state.strip(), city, zip_code)
