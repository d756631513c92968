"""When do two texts name the same town, which state is meant, and which words are abroad?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

KEPT_WORDS = 512
_STATES = """
AL 01 Alabama|AK 02 Alaska|AZ 04 Arizona|AR 05 Arkansas|CA 06 California|CO 08 Colorado
CT 09 Connecticut|DE 10 Delaware|DC 11 District of Columbia|FL 12 Florida|GA 13 Georgia
HI 15 Hawaii|ID 16 Idaho|IL 17 Illinois|IN 18 Indiana|IA 19 Iowa|KS 20 Kansas|KY 21 Kentucky
LA 22 Louisiana|ME 23 Maine|MD 24 Maryland|MA 25 Massachusetts|MI 26 Michigan|MN 27 Minnesota
MS 28 Mississippi|MO 29 Missouri|MT 30 Montana|NE 31 Nebraska|NV 32 Nevada|NH 33 New Hampshire
NJ 34 New Jersey|NM 35 New Mexico|NY 36 New York|NC 37 North Carolina|ND 38 North Dakota
OH 39 Ohio|OK 40 Oklahoma|OR 41 Oregon|PA 42 Pennsylvania|RI 44 Rhode Island
SC 45 South Carolina|SD 46 South Dakota|TN 47 Tennessee|TX 48 Texas|UT 49 Utah|VT 50 Vermont
VA 51 Virginia|WA 53 Washington|WV 54 West Virginia|WI 55 Wisconsin|WY 56 Wyoming
AS 60 American Samoa|GU 66 Guam|MP 69 Northern Mariana Islands|PR 72 Puerto Rico
VI 78 Virgin Islands
"""
_ALSO = {
    "washingtondc": "DC",
    "usvirginislands": "VI",
    "unitedstatesvirginislands": "VI",
    "commonwealthofthenorthernmarianaislands": "MP",
    "cnmi": "MP",
}
_OLD = """
Ala AL, Ariz AZ, Ark AR, Cal CA, Calif CA, Colo CO, Conn CT, Del DE, Fla FL, Ida ID, Ill IL, Ind IN,
Kan KS, Kans KS, Mass MA, Mich MI, Minn MN, Miss MS, Mont MT, Neb NE, Nebr NE, Nev NV, Okla OK,
Ore OR, Oreg OR, Penn PA, Penna PA, Tenn TN, Tex TX, Wash WA, Wis WI, Wisc WI, Wyo WY
"""
MILITARY = ("AA", "AE", "AP")
"""Post offices of the armed forces: APO, FPO and DPO."""
BEYOND = ("FM", "MH", "PW")
"""Countries of their own that the US Postal Service delivers to."""
_HOME = frozenset(("us", "usa", "unitedstates", "unitedstatesofamerica"))
# Whatever a state of the US is called too (Georgia) is not among them, nor is a code of one.
_ABROAD = """
Afghanistan, Albania, Algeria, Andorra, Angola, Antigua and Barbuda, Argentina, Armenia, Aruba,
Australia, Austria, Azerbaijan, Bahamas, The Bahamas, Bahrain, Bangladesh, Barbados, Belarus,
Belgium, Belize, Benin, Bermuda, Bhutan, Bolivia, Bosnia and Herzegovina, Botswana, Brazil, Brasil,
Brunei, Bulgaria, Burkina Faso, Burundi, Cambodia, Cameroon, Canada, Cape Verde, Cayman Islands,
Central African Republic, Chad, Chile, China, Colombia, Comoros, Congo, Costa Rica, Croatia, Cuba,
Curacao, Cyprus, Czechia, Czech Republic, Denmark, Danmark, Djibouti, Dominica, Dominican Republic,
Ecuador, Egypt, El Salvador, Equatorial Guinea, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland,
France, French Polynesia, Gabon, Gambia, Germany, Deutschland, Ghana, Gibraltar, Greece, Greenland,
Grenada, Guadeloupe, Guatemala, Guernsey, Guinea, Guyana, Haiti, Honduras, Hong Kong, Hungary,
Iceland, India, Indonesia, Iran, Iraq, Ireland, Isle of Man, Israel, Italy, Italia, Ivory Coast,
Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati, Korea, South Korea, North Korea, Kosovo,
Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya, Liechtenstein, Lithuania,
Luxembourg, Macau, Madagascar, Malawi, Malaysia, Maldives, Mali, Malta, Martinique, Mauritania,
Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro, Morocco, Mozambique, Myanmar, Namibia,
Nauru, Nepal, Netherlands, The Netherlands, Nederland, New Caledonia, New Zealand, Nicaragua, Niger,
Nigeria, North Macedonia, Norway, Norge, Oman, Pakistan, Panama, Papua New Guinea, Paraguay, Peru,
Philippines, Poland, Polska, Portugal, Qatar, Romania, Russia, Russian Federation, Rwanda, Samoa,
San Marino, Saudi Arabia, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Slovakia, Slovenia,
Solomon Islands, Somalia, South Africa, South Sudan, Spain, España, Sri Lanka, Saint Lucia,
Saint Kitts and Nevis, Sudan, Suriname, Sweden, Sverige, Switzerland, Schweiz, Suisse, Syria,
Taiwan, Tajikistan, Tanzania, Thailand, Togo, Tonga, Trinidad and Tobago, Tunisia, Turkey, Türkiye,
Turkmenistan, Turks and Caicos Islands, Uganda, Ukraine, United Arab Emirates, UAE, United Kingdom,
Great Britain, Uruguay, Uzbekistan, Vanuatu, Vatican City, Venezuela, Vietnam, Yemen, Zambia,
Zimbabwe, UK, GB, GBR, CAN, MEX, MX, FR, JP, CN, AU, NZ, CH, AT, ES, SE, DK, FI, BE, BR, HK, SG, KR,
England, Scotland, Wales, Northern Ireland,
Ontario, Quebec, British Columbia, Alberta, Manitoba, Saskatchewan, Nova Scotia, New Brunswick,
Newfoundland, Newfoundland and Labrador, Prince Edward Island, Yukon, Northwest Territories,
Nunavut, ON, QC, PQ, BC, AB, MB, SK, NS, NB, NL, PE, YT, NT, NU,
New South Wales, Queensland, South Australia, Tasmania, Victoria, Western Australia, NSW, QLD, VIC,
TAS, Australian Capital Territory,
Aguascalientes, Baja California, Baja California Sur, Campeche, Chiapas, Chihuahua, Coahuila,
Colima, Ciudad de Mexico, CDMX, Distrito Federal, Durango, Guanajuato, Guerrero, Hidalgo, Jalisco,
Michoacan, Morelos, Nayarit, Nuevo Leon, Oaxaca, Puebla, Queretaro, Quintana Roo, San Luis Potosi,
Sinaloa, Sonora, Tabasco, Tamaulipas, Tlaxcala, Veracruz, Yucatan, Zacatecas,
Baden-Württemberg, Bayern, Bavaria, Berlin, Brandenburg, Bremen, Hamburg, Hessen, Niedersachsen,
Mecklenburg-Vorpommern, Nordrhein-Westfalen, Rheinland-Pfalz, Saarland, Sachsen, Sachsen-Anhalt,
Schleswig-Holstein, Thüringen
"""
_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "hts": "heights",
    "spgs": "springs",
    "jct": "junction",
}
_SIDES = {"n": "north", "s": "south", "e": "east", "w": "west"}


def key(text: str) -> str:
    """The letters and digits that two spellings of one town share.

    Without case, accents, punctuation and spaces, and with short words written out: "St. Louis" is
    "Saint Louis", "Ft Worth" is "Fort Worth", "LaSalle" is "La Salle", "E. Wenatchee" is
    "East Wenatchee".
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’`]", "", plain)).split()
    if len(words) > 1:
        words[0] = _SIDES.get(words[0], words[0])
    return "".join(_SHORT.get(word, word) for word in words)


STATES = {
    code: (fips, name)
    for line in _STATES.strip().splitlines()
    for code, fips, name in (each.split(" ", 2) for each in line.split("|"))
}
"""Two letters → the FIPS code of the state or territory, and its name."""
_NAMED = {key(name): code for code, (_, name) in STATES.items()} | _ALSO
_NAMED |= {key(old): code for old, code in (each.split() for each in _OLD.split(","))}
_FOREIGN = frozenset(key(name) for name in _ABROAD.split(","))


@lru_cache(maxsize=KEPT_WORDS)
def state_of(text: str) -> str | None:
    """The two letters of the state, territory or military region a text names; None for none."""
    letters = re.sub(r"[^A-Z]", "", text.upper())
    if len(letters) == 4:
        letters = letters.removeprefix("US")
    if letters in STATES or letters in MILITARY or letters in BEYOND:
        return letters
    named = key(text)
    return _NAMED.get(named) or _NAMED.get(named.removesuffix("state"))


def is_empty(text: str) -> bool:
    """Whether a text has no letter and no digit of any script."""
    return not any(sign.isalnum() for sign in text)


def is_unsaid(state: str) -> bool:
    """Whether a text names no state, nor anything else but the United States."""
    return is_empty(state) or is_home(state)


def is_home(text: str) -> bool:
    """Whether a text says no more than that it is in the United States."""
    return key(text) in _HOME


@lru_cache(maxsize=KEPT_WORDS)
def is_abroad(text: str) -> bool:
    """Whether a text names another country, or a province of Canada, Mexico and some others."""
    return key(text) in _FOREIGN and state_of(text) is None
