"""Is the invented team whole, believable, the same for the same seed, and nobody real?"""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quarterdeck import cli, demo
from quarterdeck.commands.backups import verify
from quarterdeck.commands.viewing import ViewedAs, view_as
from quarterdeck.engine import MEMORY, DuckDBEngine
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.inventing.accounts import accounts
from quarterdeck.inventing.deals import BY_DAY
from quarterdeck.inventing.people import DANA, EXECUTIVES, JUNE, MATEO, RAY, months_before, story
from quarterdeck.people import OWNER, Scope, scope_of
from quarterdeck.refusal import Refused
from quarterdeck.ui import views
from tests.conftest import TODAY, asked, commit, hashes, rows_of

REAL = re.findall(
    r"\w+",
    "amazon google microsoft oracle salesforce hubspot verizon comcast lumen centurylink boeing"
    " starbucks costco nike intel micron avista providence multicare weyerhaeuser paccar expedia"
    " zillow nordstrom kaiser syringa ziply spectrum cisco equinix rackspace zayo",
)


@pytest.fixture(scope="session")
def team(made: Path) -> DuckDBEngine:
    return DuckDBEngine(made)


@pytest.fixture(scope="session")
def dana(team: DuckDBEngine) -> list[dict[str, Any]]:
    scope = scope_of(team, DANA, TODAY)
    return rows_of(team, "attainment", asked(team), scope)


def some_months(seed: int) -> list[tuple[Any, ...]]:
    engine = DuckDBEngine(MEMORY)
    demo.fill(engine, TODAY, seed, months=1)
    return hashes(engine)


def test_the_same_seed_and_day_give_the_same_data(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert some_months(7) == some_months(7)


def test_another_seed_gives_another_team() -> None:
    tale = story(TODAY, 1)
    one, other = (accounts(Random(seed), tale) for seed in (7, 8))
    assert len(one) == len(other)
    assert {account.name for account in one[:20]} != {account.name for account in other[:20]}


def test_every_reference_resolves(team: DuckDBEngine) -> None:
    verdict = verify(team)
    assert not verdict.faults
    assert verdict.tables["deal_version"]["rows"] > 5_000


def test_dana_has_seven_executives(dana) -> None:
    executives = [row for row in dana if row["role"] == "executive"]
    assert len(executives) == 7
    assert {row["person_name"] for row in executives} >= {JUNE, MATEO}


def test_one_was_hired_four_months_ago(team: DuckDBEngine) -> None:
    people = {row["person_name"]: row for row in rows_of(team, "people", asked(team))}
    assert people[JUNE]["hired_on"] == months_before(TODAY, 4) == date(2026, 7, 25)


def test_one_came_over_in_the_middle_of_the_year(team: DuckDBEngine) -> None:
    managers = {}
    for day in (date(2026, 6, 30), date(2026, 7, 1)):
        found = rows_of(team, "team", asked(team, as_of=day))
        managers[day] = {row["person_name"]: row["manager_id"] for row in found}[MATEO]
    assert list(managers.values()) == ["colin-brandt", "dana-whitlock"]


@pytest.mark.parametrize("period", ["2026-Q4", "2026-Q3", "2025-Q4"])
def test_the_executives_carry_about_a_fifth_more_than_their_director(team, period: str) -> None:
    scope = scope_of(team, DANA, TODAY)
    rows = rows_of(team, "attainment", asked(team, period), scope)
    (own,) = [row for row in rows if row["person_name"] == DANA]
    assert 0.15 <= own["over_assignment"] <= 0.25


def test_the_quarter_is_spread_two_ahead_three_on_pace_two_behind(dana) -> None:
    days = (TODAY - date(2026, 10, 1)).days + 1
    pace = BY_DAY[1000 * days // 92]
    leads = sorted(row["attainment"] / pace - 1 for row in dana if row["role"] == "executive")
    assert all(lead < -0.3 for lead in leads[:2])
    assert all(-0.12 < lead < 0.08 for lead in leads[2:5])
    assert all(lead > 0.08 for lead in leads[5:])


def test_a_quarter_is_worth_what_a_team_of_seven_books(team: DuckDBEngine) -> None:
    scope = scope_of(team, DANA, TODAY)
    for period in ("2025-Q4", "2026-Q1", "2026-Q3"):
        rows = rows_of(team, "attainment", asked(team, period), scope)
        (own,) = [row for row in rows if row["person_name"] == DANA]
        assert 4_000_000 < own["booked_usd"] < 8_500_000, period
        (rate,) = rows_of(team, "win_rate", asked(team, period), scope)[:1]
        assert 0.25 < rate["win_rate"] < 0.45


def test_last_quarter_looked_different_from_today(team: DuckDBEngine) -> None:
    then = rows_of(team, "funnel", asked(team, as_of=date(2026, 8, 25)))
    now = rows_of(team, "funnel", asked(team))
    assert then != now
    assert sum(row["deals"] for row in then) > 100


def test_an_account_moved_in_the_middle_of_a_quarter_takes_its_open_deals_along(team) -> None:
    """A deal open over the move has one owner before it and another after."""
    with team.looking() as cursor:
        found = cursor.execute(
            "select count(distinct deal_id) from deal_version as now where exists ("
            " select 1 from deal_version as was where was.deal_id = now.deal_id"
            " and was.owner_id <> now.owner_id and was.valid_to = now.valid_from"
            " and was.superseded_at is null) and now.superseded_at is null"
        ).fetchall()
    assert found[0][0] > 20


def test_there_are_420_accounts_in_24_modules_and_12_are_strategic(team: DuckDBEngine) -> None:
    with team.looking() as cursor:
        names = cursor.execute(
            "select account_name, is_strategic, city || state from account_version"
            " where superseded_at is null and valid_to = date '9999-12-31'"
        ).fetchall()
        modules = cursor.execute(
            "select count(distinct module_id) from module_account where superseded_at is null"
        ).fetchall()
    assert len(names) == len({name for name, _, _ in names}) == 420
    assert sum(is_strategic for _, is_strategic, _ in names) == 12
    assert len({place for _, _, place in names}) >= 55
    assert modules == [(24,)]


def test_nobody_real_is_in_it(team: DuckDBEngine) -> None:
    with team.looking() as cursor:
        texts = cursor.execute(
            "select account_name from account_version union select person_name from person"
            " union select partner from deal_version where partner is not null"
            " union select email from contact"
        ).fetchall()
    words = {word for (text,) in texts for word in re.split(r"[^a-z]+", text.lower())}
    assert not words & set(REAL)
    assert all(text.endswith(".example") for (text,) in texts if "@" in text)


def test_its_newest_export_changes_nothing_in_it(made: Path, tmp_path: Path) -> None:
    copied = DuckDBEngine(shutil.copy(made, tmp_path / "demo.duckdb"))
    newest = max((made.parent / "demo").glob("*.csv"))
    staged = stage(copied, Dropped(newest.name, newest.read_bytes()), scope=OWNER, today=TODAY)
    assert staged.report["questions"] == staged.report["warnings"] == []
    done = commit(copied, staged)
    assert {kind for kind, count in done["changes"].items() if count} == {"unchanged"}


def test_its_last_three_exports_begin_a_history_of_ones_own(made: Path, engine) -> None:
    changes = []
    for path in sorted((made.parent / "demo").glob("*.csv")):
        staged = stage(engine, Dropped(path.name, path.read_bytes()), scope=OWNER, today=TODAY)
        changes.append(commit(engine, staged)["changes"])
    assert len(changes) == 3
    assert changes[0]["new"] > 500
    assert all(later["new"] and later["changed"] for later in changes[1:])
    own = rows_of(engine, "attainment", asked(engine))
    assert next(row for row in own if row["person_id"] == "all")["booked_usd"] > Decimal(9_000_000)


def test_a_database_that_holds_something_is_refused(made: Path, capsys) -> None:
    before = made.read_bytes()
    with pytest.raises(Refused, match="holds something"):
        demo.make(made, TODAY)
    assert cli.main(["--db", str(made), "demo", "--json"]) == 1
    assert '"refused"' in capsys.readouterr().out
    assert made.read_bytes() == before


def test_what_a_killed_process_left_behind_is_thrown_away(tmp_path: Path, monkeypatch) -> None:
    left = tmp_path / "demo.half-1.duckdb"
    with DuckDBEngine(left).transaction():
        pass
    monkeypatch.setattr(demo, "fill", lambda engine, *_: half_filled(engine))
    with pytest.raises(KeyboardInterrupt):
        demo.make(tmp_path / "demo.duckdb", TODAY)
    assert not left.exists()
    assert not (tmp_path / "demo.duckdb").exists()


def half_filled(engine: DuckDBEngine) -> None:
    with engine.transaction():
        pass
    raise KeyboardInterrupt


def test_progress_runs_from_nothing_to_all(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    told: list[tuple[float, str]] = []
    demo.fill(DuckDBEngine(MEMORY), TODAY, told=lambda *one: told.append(one), months=1)
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(line for _, line in told)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2028, 2, 29)])
def test_any_day_will_do(day: date, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = DuckDBEngine(MEMORY)
    made = demo.fill(engine, day, months=1)
    assert [file.exported_on for file in made.exports][-1] == day
    assert made.exports[0].exported_on == day - timedelta(days=14)
    assert not verify(engine).faults


def test_each_view_shows_what_that_one_may_see(team: DuckDBEngine, monkeypatch) -> None:
    seen = {}
    for name in views.VIEWS:
        monkeypatch.setattr(views, "view", lambda name=name: name)
        scope = views.scope(team, TODAY)
        seen[name] = len(rows_of(team, "team", asked(team), scope))
    assert seen == {DANA: 8, RAY: 20, views.EXECUTIVE: 1, views.EVERYONE: 20}
    assert len(EXECUTIVES) == 16


def test_a_view_is_read_from_the_address_and_repaired() -> None:
    assert views.view_in([]) == (None, [])
    assert views.view_in(["ray calloway"]) == (RAY, [])
    found, repairs = views.view_in(["Somebody"])
    assert found is None
    assert "Somebody" in repairs[0]
    assert views.view_in([RAY, DANA])[0] == RAY


def test_looking_as_another_is_put_into_the_record(engine: DuckDBEngine) -> None:
    view_as(engine, ViewedAs("ray-calloway", "area_director"), scope=OWNER)
    (entry,) = rows_of(engine, "audit", asked(engine))
    assert (entry["command"], entry["actor"]) == ("ViewedAs", "owner")
    with pytest.raises(Refused, match="Only the owner"):
        view_as(engine, ViewedAs("x", "owner"), scope=Scope("dana-whitlock", "director"))
    assert len(rows_of(engine, "audit", asked(engine))) == 1
