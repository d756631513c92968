"""Does every way to write an amount mean the same amount?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.importing.ambiguity import column
from quarterdeck.importing.money import COMMA, POINT, cents, currency_of, money_readings


def only(text: str) -> Decimal:
    readings = money_readings(text)
    assert not isinstance(readings, str), readings
    assert len(set(readings.values())) == 1
    return cents(next(iter(readings.values())))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1054", "1054.00"),
        ("0", "0.00"),
        ("$40,000", "40000.00"),
        ("$1,234.56", "1234.56"),
        ("1.234,56 €", "1234.56"),
        ("€ 1 234,56", "1234.56"),
        ("1\u00a0234\u202f567,8", "1234567.80"),
        ("1'234'567.89", "1234567.89"),
        ("1’234.50 CHF", "1234.50"),
        ("USD 99.95", "99.95"),
        ("(1,200.00)", "-1200.00"),
        ("($1,200.50)", "-1200.50"),
        ("$(1,200.50)", "-1200.50"),
        ("-12.5", "-12.50"),
        ("−12.5", "-12.50"),
        ("12.50-", "-12.50"),
        ("+7", "7.00"),
        ("-$5.00", "-5.00"),
        ("$-5.00", "-5.00"),
        ("2.5K", "2500.00"),
        ("$2.5M", "2500000.00"),
        ("1.2 mio", "1200000.00"),
        ("3 thousand", "3000.00"),
        ("1B", "1000000000.00"),
        ("1.5m USD", "1500000.00"),
        ("1.5e3", "1500.00"),
        ("1E+05", "100000.00"),
        ("12,34,567.00", "1234567.00"),
        ("1,234,567", "1234567.00"),
        ("1.234.567", "1234567.00"),
        (".5", "0.50"),
        ("1234,5", "1234.50"),
        ("12,5", "12.50"),
        ("0,125", "0.13"),
        ("2.675", "2.68"),
        ("100,-", "100.00"),
        ("'100", "100.00"),
        ("１２３", "123.00"),
        ("Rs. 500", "500.00"),
        ("R$ 10,50", "10.50"),
        ("10 kr", "10.00"),
    ],
)
def test_an_amount_is_read(text: str, amount: str) -> None:
    readings = money_readings(text)
    if text == "2.675":
        assert readings == {POINT: Decimal("2.675"), COMMA: Decimal(2675)}
    else:
        assert only(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "1-2", "1000-2000", "20000+x", "5%", "1.2.3", "1,2,3", "12 34", "1,23,45", "$"),
        *("--5", "(5", "5)", "(-5)", "-5-", "1 2", "€5 $", "~100", ">100", "1e999", "9" * 17),
        *("1" * 100, "TBD", "=1+1", "5 apples", "12/31/2026", "1 234 56", "0x10", "½"),
    ],
)
def test_what_is_no_amount_is_never_guessed(text: str) -> None:
    assert isinstance(money_readings(text), str)


def test_a_group_of_three_digits_can_be_read_both_ways() -> None:
    assert money_readings("1,234") == {POINT: Decimal(1234), COMMA: Decimal("1.234")}
    assert money_readings("1.234") == {POINT: Decimal("1.234"), COMMA: Decimal(1234)}


def test_one_value_of_the_column_proves_the_decimal_sign() -> None:
    assert column(["1,234", "0.5"], money_readings).proven() == POINT
    assert column(["1,234", "99,95"], money_readings).proven() == COMMA
    assert column(["1,234", "5"], money_readings).proven() is None
    assert column(["1,234", "99,95", "99.95"], money_readings).proven() is None


def test_rounding_is_half_up() -> None:
    assert [cents(Decimal(text)) for text in ("0.005", "-0.005", "1.015", "2.344")] == [
        *(Decimal("0.01"), Decimal("-0.01"), Decimal("1.02"), Decimal("2.34")),
    ]


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$5", "$"), ("5 €", "EUR"), ("usd 5", "USD"), ("US$5", "USD"), ("5", None), ("x", None)],
)
def test_the_currency_is_what_the_amount_says(text: str, currency: str | None) -> None:
    assert currency_of(text) == currency


def grouped(amount: Decimal, thousands: str, point: str) -> str:
    whole, fraction = f"{abs(amount):,.2f}".split(".")
    return whole.replace(",", thousands) + point + fraction


SEPARATORS = [
    *((",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("\u00a0", ","), ("", ".")),
    ("\u202f", ","),
    ("", ","),
]
WRAPPINGS = ["{}", "${}", "€ {}", "{} EUR", "USD{}", "  {} "]
MINUSES = ["-{}", "−{}", "({})", "{}-"]


@given(
    st.decimals(-(10**13), 10**13, places=2),
    st.sampled_from(SEPARATORS),
    st.sampled_from(WRAPPINGS),
    st.sampled_from(MINUSES),
)
def test_every_notation_gives_the_same_amount_back(
    amount: Decimal, separators: tuple[str, str], wrapping: str, minus: str
) -> None:
    text = wrapping.format(grouped(amount, *separators))
    readings = money_readings(minus.format(text.strip()) if amount < 0 else text)
    assert not isinstance(readings, str), (text, readings)
    assert amount in readings.values()
    assert len(set(readings.values())) == 1


@given(st.text(max_size=20))
def test_any_text_is_read_or_given_a_reason(text: str) -> None:
    readings = money_readings(text)
    assert isinstance(readings, str) or readings
