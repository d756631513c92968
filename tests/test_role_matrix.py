"""Everyone sees exactly their own, by any road: questions, pages, files and commands × roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from quarterdeck import catalog
from quarterdeck.commands.capacity import SetCapacity, set_capacity
from quarterdeck.commands.identities import SetSecondRole, claims_of, set_second_role, sign_in
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.people import SetManager, SetRole, set_manager, set_role
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused
from quarterdeck.ui import sections
from tests import matrix, registries
from tests.attempts import ATTEMPTS
from tests.canaries import BEFORE, CLOSED, DECEMBER, MOVER, WORDS, email_of
from tests.conftest import TODAY, Once, asked, faults, rows_of
from tests.exam.figures import IS_WIDE
from tests.matrix import FORGED, WAYS, World, answer_faults
from tests.refusals import command_faults, may
from tests.roles import ROLES, SIGHTED, WHOSE

OWN, PART, PLAN, COACH, LOG, ALL = "own", "part", "plan", "coach", "log", "all"
QUESTIONS = {
    # All that the owner of everything is told, cut to the people in sight.
    OWN: """
        account_activities account_contacts account_services activity activity_days activity_yield
        area attainment attainment_by_line attainment_by_quarter capacities choices closing_deals
        cohorts credited_deals customer_contacts data_span deal_credits executive_coverage funnel
        funnel_by last_contacts loss_reasons module_accounts module_gaps module_history
        module_owners modules objectives open_deals other_definitions pace_curve people person_uses
        quiet_accounts quota_history quota_months search sign_ins slipped slipped_deals
        stage_conversion stage_moves stuck stuck_deals team tending territory_accounts
        territory_balance territory_counties territory_market undated_deals unpriced untended_deals
        waterfall waterfall_deals white_space white_space_lines white_space_parts win_rate
    """,
    # Of those in sight the largest and the smallest, who has a base, or who shares a deal.
    PART: "account_deals territory_spread travel",
    # One's own realignments on trial; the area director also those that are shared.
    PLAN: """
        scenario_deals scenario_flows scenario_gone scenario_letters scenario_moves scenario_people
        scenario_pipeline scenario_quotas scenario_rules scenario_sums scenarios
    """,
    # What is shared with oneself, or all of it where one leads; nothing of it for operations.
    COACH: """
        action_items coaching_board coaching_deals coaching_facts coaching_open coaching_plans
        coaching_sessions learning_items skill_scores win_stories
    """,
    # What one did, or what was done to those in sight; addresses that somebody keeps or shares.
    LOG: "audit imports saved_views setting_changes",
    # The organisation's: days, rates and names of stages, and who answers to a name, before a role.
    ALL: "holidays months rates settings stages viewer",
}
KIND = {name: kind for kind, names in QUESTIONS.items() for name in names.split()}
PAGES = (
    "activity", "area", "attainment", "coaching", "definitions", "funnel", "quotas", "settings",
    "territory", "upload",
)  # fmt: skip
"""Each is open to everybody who is let in, and shows what its questions answer."""
FILES = {
    "coaching_sheet: bytes": "the team that stands on the page, made from what its viewer asked",
    "coaching_talk: bytes": "the agenda that stands on the page, made from what its viewer asked",
    "definitions: bytes": "formulas, the same for everybody",
    "history: bytes": "templates to fill in, the same for everybody",
    "preview: bytes": "the report of what oneself dropped",
    "restyling: bytes": "the template of the organisation's letters",
    "trying_letters: bytes": "made at the click from questions about one's own realignment",
    "explaining: query": "whichever question a number comes from: all of them are in this table",
}
"""Files that are no answer to one question, and why each is nobody else's."""
ALWAYS = ("director",)


def ways(name: str, role: str) -> list[str]:
    """In every way where there is time; else the others plainly in each third, by turns."""
    if role == "disabled":
        return []
    if IS_WIDE:
        return list(WAYS)
    turn = sorted(KIND).index(name) + list(ROLES).index(role)
    is_forged = role in SIGHTED and turn % 6 == 1
    plainly = ["plainly"] if role in ALWAYS or turn % 3 == 0 else []
    forged = [FORGED[turn // 6 % len(FORGED)]] if is_forged else []
    return plainly + forged


CELLS = {
    (name, role, whose) for name in KIND for role in ROLES for whose in WHOSE if ways(name, role)
}
"""Each is looked at: the answer holds all of one's own and the team's, and nothing else's."""


@pytest.fixture(scope="module")
def world(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with matrix.organisation(once, tmp_path_factory.mktemp("matrix")) as found:
        yield found


def test_the_organisation_is_sound_and_no_word_hides_in_another(world: World) -> None:
    assert faults(world.engine) == []
    assert not [(a, b) for a in WORDS for b in WORDS if a != b and a in b]


def test_every_question_has_a_row() -> None:
    lacking = set(catalog.names()) ^ set(KIND)
    assert not lacking, f"{lacking}: say in QUESTIONS of whom each of them tells"


def test_every_page_has_a_row() -> None:
    known = set(registries.pages()) | set(sections.SAYS)
    assert known == set(PAGES), f"{known ^ set(PAGES)}: say in PAGES who may open it"


def test_every_file_to_download_has_a_row() -> None:
    for export in registries.exports():
        _, _, name = export.partition(": ")
        assert name in KIND or export in FILES, f"{export}: say in FILES why it is nobody else's"
    assert set(FILES) <= set(registries.exports())


def test_every_command_has_a_row() -> None:
    tried = {name.split(",")[0].rpartition(".")[2] for name in ATTEMPTS} | {"sign_out"}
    known = {name.rpartition(".")[2] for name in registries.changes()}
    assert known == tried, f"{known ^ tried}: try it in ATTEMPTS on what one does not see"


def test_there_are_more_than_a_thousand_cells() -> None:
    tries = {(name, role) for name in ATTEMPTS for role in ROLES if not may(name, role)}
    assert len(CELLS) > 1000
    assert len(tries) > 300


@pytest.mark.parametrize("role", ROLES)
def test_every_question_tells_of_those_in_sight_and_of_nobody_else(world: World, role: str) -> None:
    found = []
    for name in set(KIND) & set(catalog.names()):
        is_own = KIND[name] == OWN and role in SIGHTED
        for way in ways(name, role):
            found += answer_faults(world, (role, ROLES[role]), name, way, is_own=is_own)
    assert not found, "\n".join(found)


def test_whoever_is_kept_out_is_refused_at_the_door(world: World) -> None:
    said = {"iss": "https://sso.example", "sub": "1", "email_verified": True}
    with pytest.raises(Refused, match="closed"):
        sign_in(world.engine, claims_of(said | {"email": email_of(CLOSED)}), TODAY)
    for role in SIGHTED:
        who = ROLES[role].viewer_id
        token = said | {"sub": who, "email": email_of(who)}
        assert sign_in(world.engine, claims_of(token), TODAY).scope() == ROLES[role]


@pytest.mark.parametrize("role", ROLES)
def test_every_command_about_what_is_out_of_sight_is_refused_and_changes_nothing(
    world: World, role: str
) -> None:
    found = command_faults(world, (role, ROLES[role]), ATTEMPTS)
    assert not found, "\n".join(found)


def test_the_mover_s_old_team_keeps_what_it_won_and_sees_nothing_of_what_came_after(
    world: World,
) -> None:
    def deals(role: str, name: str, **said: object) -> set[str]:
        rows = rows_of(world.engine, name, asked(world.engine, **said), scope=ROLES[role])
        return {row["deal_id"] for row in rows if row["deal_id"].startswith(("mowasix", "monowyk"))}

    old, new = "director", "director of the other area"
    assert deals(old, "credited_deals") == {"mowasix-won"}
    assert deals(new, "credited_deals") == set()
    assert deals(old, "open_deals") == set()
    assert len(deals(new, "open_deals")) == 4
    assert len(deals(old, "open_deals", as_of=BEFORE)) == 4
    assert deals(new, "open_deals", as_of=BEFORE) == set()
    today = {"assignments": "as_is", "today": TODAY}
    assert deals(old, "credited_deals", **today) == set()
    assert deals(new, "credited_deals", **today) == {"mowasix-won"}


ROLES_GIVEN = {
    "a director to themselves": ("director", "danfyqu", "operations"),
    "a director to their executive": ("director", "anapluz", "operations"),
    "a director, an area": ("director", "anapluz", "area_director"),
    "an area director to themselves": ("area director", "rayzumo", "operations"),
    "an area director to their director": ("area director", "danfyqu", "operations"),
    "operations to themselves": ("operations", "solkweb", "area_director"),
}


@pytest.mark.parametrize(("role", "person_id", "given"), ROLES_GIVEN.values(), ids=ROLES_GIVEN)
def test_nobody_gives_a_role_that_sees_more_than_they_do(
    world: World, role: str, person_id: str, given: str
) -> None:
    before = world.engine.plan_version()
    with pytest.raises(Refused):
        set_role(world.engine, SetRole(person_id, given, TODAY), scope=ROLES[role])
    with pytest.raises(Refused):
        set_second_role(world.engine, SetSecondRole(person_id, given), scope=ROLES[role])
    assert world.engine.plan_version() == before


LATE: dict[str, Callable[[DuckDBEngine, Scope], object]] = {
    "a quota": lambda e, s: set_quota(e, SetQuota(MOVER, DECEMBER, Decimal(1), BEFORE), scope=s),
    "a role": lambda e, s: set_role(e, SetRole(MOVER, "director", BEFORE), scope=s),
    "a manager": lambda e, s: set_manager(e, SetManager(MOVER, "danfyqu", BEFORE), scope=s),
    "an objective": lambda e, s: set_objective(
        e, SetObjective(MOVER, "Call", "week", Decimal(1), BEFORE), scope=s
    ),
    "a leave": lambda e, s: set_capacity(
        e, SetCapacity(MOVER, "leave", Decimal(0), BEFORE), scope=s
    ),
}


@pytest.mark.parametrize("what", LATE)
def test_who_has_left_a_team_is_not_changed_from_a_day_on_which_they_were_in_it(
    world: World, what: str
) -> None:
    before = world.engine.data_version()
    with pytest.raises(Refused, match="no such person"):
        LATE[what](world.engine, ROLES["director"])
    assert world.engine.data_version() == before
