"""Which amount does a text mean?"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

from quarterdeck.importing.ambiguity import Readings

POINT = "decimal point: 1,234 is one thousand two hundred thirty-four"
COMMA = "decimal comma: 1.234 is one thousand two hundred thirty-four"

_EXACT = Context(prec=60)
_CENT = Decimal("0.01")
_NOTHING = Decimal("0.00")
_TOO_LARGE = Decimal(10) ** 16
_LONGEST = 64

CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "CAD",
        "AUD",
        "NZD",
        "CHF",
        "JPY",
        "CNY",
        "INR",
        "MXN",
        "BRL",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "ZAR",
        "SGD",
        "HKD",
        "KRW",
        "TRY",
        "ILS",
        "AED",
        "SAR",
        "THB",
        "IDR",
        "MYR",
        "PHP",
        "TWD",
        "VND",
        "CLP",
        "COP",
        "ARS",
        "PEN",
        "UAH",
        "KZT",
        "RUB",
        "EGP",
        "NGN",
        "KES",
        "PKR",
        "BGN",
        "ISK",
        "QAR",
        "KWD",
    ]
)
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH"} | {
    "₪": "ILS", "฿": "THB", "₱": "PHP", "₫": "VND", "zł": "PLN", "R$": "BRL", "US$": "USD",
    "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "MX$": "MXN", "Kč": "CZK", "Ft": "HUF", "₸": "KZT", "₦": "NGN", "Rs": "INR", "Rs.": "INR",
}  # fmt: skip
_NO_CODE = ("$", "¥", "kr", "kr.", "Fr.", "dollars", "dollar", "euro", "euros")
_MARKS = sorted((*CODES, *_SIGNS, *_NO_CODE), key=len, reverse=True)
_MARK = "|".join(re.escape(mark) for mark in _MARKS)
_FACTORS = {
    "k": 3, "tsd": 3, "thousand": 3, "thousands": 3, "m": 6, "mm": 6, "mn": 6, "mio": 6, "mln": 6,
    "mil": 6, "million": 6, "millions": 6, "b": 9, "bn": 9, "mrd": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_FACTOR = "|".join(sorted(_FACTORS, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"""(?P<open>\()?\s*(?P<sign1>[-+])?\s*(?P<mark1>{_MARK})?\s*(?P<open2>\()?\s*(?P<sign2>[-+])?
    \s*(?P<number>[\d.,'\s]*\d(?:,-|[.,])?)(?P<power>e[+-]?\d{{1,3}})?
    \s*(?:(?P<factor>{_FACTOR})\.?(?![a-z]))?\s*(?P<sign3>[-+](?!\w))?
    \s*(?P<mark2>{_MARK})?\s*(?P<sign4>[-+])?\s*(?P<close>\))?""",
    re.VERBOSE | re.IGNORECASE,
)
# Most cells of most files: no sign of money, no separator.
_SIMPLE = re.compile(r"-?[0-9]{1,15}")
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "`": "'"})


def money_readings(text: str) -> Readings[Decimal]:
    """The amount of a text with a decimal point and with a decimal comma, or why it is none."""
    if _SIMPLE.fullmatch(text):
        amount = Decimal(text)
        return {POINT: amount, COMMA: amount}
    found = _found(text)
    if found is None:
        return "This is not an amount"
    bare = _bare(found["number"])
    if bare is None:
        return "The spaces or apostrophes do not separate thousands"
    scale = _scale(found)
    signs = _is_negative(found)
    if signs is None:
        return "The signs contradict each other"
    readings = {
        style: _EXACT.multiply(number.scaleb(scale, _EXACT), Decimal(-1 if signs else 1))
        for style, number in _numbers(bare)
    }
    if _is_dollars(found) and "." not in bare and POINT in readings:
        readings = {POINT: readings[POINT]}
    if not readings:
        return "The separators do not fit a number"
    if any(abs(amount) >= _TOO_LARGE for amount in readings.values()):
        return "The amount is too large"
    return readings


def currency_of(text: str) -> str | None:
    """The currency an amount names: its code, or its sign where the sign is no code's own."""
    found = _found(text)
    mark = found and (found["mark1"] or found["mark2"])
    if not mark:
        return None
    spelled = {known.casefold(): known for known in _MARKS}[mark.casefold()]
    return _SIGNS.get(spelled, spelled)


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to two decimals; no zero has a sign."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP, context=_EXACT) + _NOTHING


def _found(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    # The apostrophe that makes Excel keep a number as text is no part of it.
    plain = unicodedata.normalize("NFKC", text.strip().lstrip("'")).translate(_MINUS)
    found = _AMOUNT.fullmatch(plain.strip())
    if found is None or not _is_bracketed(found):
        return None
    return found


def _is_bracketed(found: re.Match[str]) -> bool:
    opened = bool(found["open"]) + bool(found["open2"])
    return opened == bool(found["close"]) and not (found["mark1"] and found["mark2"])


def _is_negative(found: re.Match[str]) -> bool | None:
    signs = [sign for sign in (found[f"sign{at}"] for at in range(1, 5)) if sign]
    if len(signs) + bool(found["close"]) > 1:
        return None
    return bool(found["close"]) or signs == ["-"]


def _scale(found: re.Match[str]) -> int:
    power = int(found["power"][1:]) if found["power"] else 0
    return power + (_FACTORS[found["factor"].lower()] if found["factor"] else 0)


def _is_dollars(found: re.Match[str]) -> bool:
    # Nobody writes a dollar or pound amount with a comma and three decimals.
    return (found["mark1"] or found["mark2"] or "").upper() in ("$", "US$", "USD", "£", "GBP")


def _bare(number: str) -> str | None:
    """The number without the thousands separators that can be nothing else."""
    number = number.strip().removesuffix(",-").rstrip(",.")
    for separator in (" ", "'"):
        if separator in (number := " ".join(number.split())):
            whole = re.split(r"[.,]", number, maxsplit=1)[0]
            if not re.fullmatch(rf"\d{{1,3}}({separator}\d{{3}})+", whole):
                return None
            number = number.replace(separator, "")
    return None if re.search(r"[\s']", number) else number


def _numbers(bare: str) -> list[tuple[str, Decimal]]:
    styles = ((POINT, bare), (COMMA, bare.translate(str.maketrans(",.", ".,"))))
    return [(style, number) for style, text in styles if (number := _number(text)) is not None]


_GROUPED = re.compile(r"([1-9]\d{0,2}(,\d{3})+|[1-9]\d?(,\d{2})+,\d{3})(\.\d+)?")
_UNGROUPED = re.compile(r"\d*(\.\d+)?")


def _number(text: str) -> Decimal | None:
    if not (_GROUPED.fullmatch(text) or _UNGROUPED.fullmatch(text)):
        return None
    return Decimal(text.replace(",", ""))
