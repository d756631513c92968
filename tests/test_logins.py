"""How long does a sign-in last?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.domain.logins import IDLE_SECONDS, LONGEST_SECONDS, Logins, login_id

NOW = 1_800_000_000.0


class Clock:
    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def over(logins: Logins, login: str = "one", issued_at: float = NOW, *, ended: bool = False) -> str:
    return logins.is_over(login, int(issued_at), lambda: ended)


def test_whoever_clicks_stays_in_and_whoever_is_away_for_an_hour_does_not() -> None:
    clock = Clock()
    logins = Logins(clock)
    for _ in range(5):
        assert over(logins) == ""
        clock.now += IDLE_SECONDS - 1
    clock.now += 2
    assert over(logins) == "idle"


def test_after_twelve_hours_the_provider_is_asked_again_however_busy_somebody_was() -> None:
    clock = Clock()
    logins = Logins(clock)
    while clock.now <= NOW + LONGEST_SECONDS:
        assert over(logins) == ""
        clock.now += IDLE_SECONDS / 2
    assert over(logins) == "long"


def test_who_signs_out_is_out_and_nobody_else() -> None:
    logins = Logins(Clock())
    assert over(logins, "one") == over(logins, "two") == ""
    logins.end("one")
    assert (over(logins, "one"), over(logins, "two")) == ("ended", "")
    assert (logins.has_ended("one"), logins.has_ended("two")) == (True, False)


def test_after_a_restart_a_fresh_token_goes_on_and_an_old_or_ended_one_does_not() -> None:
    logins = Logins(Clock())
    assert over(logins, "fresh", NOW - 60) == ""
    assert over(logins, "old", NOW - IDLE_SECONDS - 1) == "idle"
    assert over(logins, "out", NOW - 60, ended=True) == "ended"


@given(skew=st.floats(-600, 600))
def test_a_provider_whose_clock_is_off_by_minutes_locks_nobody_out(skew: float) -> None:
    assert over(Logins(Clock()), issued_at=NOW + skew) == ""


def test_a_token_from_the_future_lasts_no_longer_than_any_other() -> None:
    clock = Clock()
    logins = Logins(clock)
    assert over(logins, issued_at=NOW + 10 * LONGEST_SECONDS) == ""
    clock.now += IDLE_SECONDS + 1
    assert over(logins, issued_at=NOW + 10 * LONGEST_SECONDS) == "idle"


def test_what_is_long_over_is_forgotten() -> None:
    clock = Clock()
    logins = Logins(clock)
    for number in range(50):
        assert over(logins, f"login {number}", clock.now) == ""
    clock.now += 3 * LONGEST_SECONDS
    assert over(logins, "newest", clock.now) == ""
    assert set(logins._began) == {"newest"}


@pytest.mark.parametrize(
    "other", [("b", "s", 1, "n"), ("a", "t", 1, "n"), ("a", "s", 2, "n"), ("a", "s", 1, "m")]
)
def test_each_sign_in_has_an_id_of_its_own(other: tuple[str, str, int, str]) -> None:
    assert login_id("a", "s", 1, "n") == login_id("a", "s", 1, "n") != login_id(*other)
