"""A small organisation in which every row says by a made-up word, and by its cents, whose it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from quarterdeck.commands.credits import SetCredit, set_credit
from quarterdeck.commands.identities import SetAccess, set_access
from quarterdeck.commands.people import AddPerson, SetManager, SetRole, add_person, set_manager
from quarterdeck.commands.people import set_role as give_role
from quarterdeck.commands.plans import (
    PlanMoves,
    PlanRealignment,
    PlanRule,
    plan_moves,
    plan_realignment,
    plan_rule,
)
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, Scope
from tests.coached import coach, draft_word, private_word
from tests.conftest import TODAY, commit, looked_at

FIRST, MOVED, BEFORE = date(2026, 9, 15), date(2026, 11, 10), date(2026, 11, 5)
ALWAYS, NEXT = date(2026, 1, 1), date(2026, 12, 1)
MONTHS = ("2026-10", "2026-11", "2026-12")
DECEMBER = (date(2026, 12, 1),)
AREAS = {"rayzumo": ("danfyqu", "noowexo"), "rubvexi": ("colhyzi", "ernkyvo")}
TEAMS = {
    "danfyqu": ("anapluz", "bengriz", "disfrok", "vacvuny"),
    "noowexo": ("cyqotra", "evebrux"),
    "colhyzi": ("faynyxo", "gusdrem"),
    "ernkyvo": ("hanvopt", "ikewuzt"),
}
MOVER, OPERATIONS, CLOSED, SEAT = "movjyxa", "solkweb", "disfrok", "vacvuny"
"""The mover went from danfyqu's team, and area, to colhyzi's on MOVED."""
WAS, NOW, SHARED, NOBODYS = "mowasix", "monowyk", "sharxap", "uqyzbon"
"""Of the mover: won before the move, and open; a deal of two teams; rows without an owner."""
EXECUTIVES = tuple(each for team in TEAMS.values() for each in team if each != SEAT)
PEOPLE = (*AREAS, *TEAMS, *EXECUTIVES, MOVER, OPERATIONS, SEAT)
"""Everybody's name, which is the id too."""
HOLDERS = (*TEAMS, *EXECUTIVES)


def rows_word(person_id: str) -> str:
    """The word in all that somebody has: accounts, deals, contacts, notes, modules, places."""
    return person_id[::-1]


def plan_word(person_id: str) -> str:
    """The word in a plan: never what two names side by side make, as in the bytes of a table."""
    return f"{person_id[3:]}w{person_id[:3]}"


ROWS_OF = {rows_word(each): each for each in HOLDERS} | {
    WAS: MOVER, NOW: MOVER, SHARED: "anapluz", NOBODYS: "",
}  # fmt: skip
"""Each word of rows → whose they are."""
PLANS_OF = {plan_word(each): each for each in (*TEAMS, *AREAS)}
COACHED = tuple(each for team in TEAMS.values() for each in team[:2])
DRAFTS_OF = {draft_word(each): each for each in COACHED}
PRIVATE = tuple(private_word(each) for each in COACHED)
"""What is not shared, and what is nobody's but its author's: of those who are coached."""
WORDS = (*PEOPLE, *ROWS_OF, *PLANS_OF, *DRAFTS_OF, *PRIVATE)
DEAL_HEAD = (
    "deal id,deal name,owner,account,stage,amount,created,close date,actual close date,"
    "loss reason,next step,product line,channel,currency\n"
)
STAGES = (
    "stage,pipeline,position,outcome\nQualify,,1,open\nPropose,,2,open\nClosed Won,,4,won\n"
    "Closed Lost,,5,lost\n"
)
PRODUCTS = "product,product line\nFibre,Cloud\nRacks,Hosting\n"


def usd(word: str, number: int) -> Decimal:
    """An amount that nobody else has: the cents say whose it is."""
    place = list(ROWS_OF).index(word)
    return Decimal(100_000 + place * 7_919 + number * 613) + Decimal(place * 4 + 1) / 100


def amounts() -> dict[Decimal, str]:
    """Every amount of the files → the word of its owner."""
    return {usd(word, number): word for word in ROWS_OF for number in range(12)}


def name_of(person_id: str) -> str:
    return person_id.capitalize()


def email_of(person_id: str) -> str:
    return f"{person_id}@canary.example"


def people() -> str:
    above = {each: area for area, directors in AREAS.items() for each in directors}
    above |= {each: director for director, team in TEAMS.items() for each in team}
    above |= {MOVER: "danfyqu"}
    lines = ["name,email,manager,base zip"]
    for each in PEOPLE:
        if each not in (SEAT, OPERATIONS):
            manager = name_of(above[each]) if each in above else ""
            lines.append(f"{name_of(each)},{email_of(each)},{manager},99201")
    return "\n".join(lines) + "\n"


def account_of(word: str) -> str:
    return f"{word}-yard"


def owner_of(word: str) -> str:
    return name_of(ROWS_OF[word]) if ROWS_OF[word] else ""


def accounts() -> str:
    lines = ["account,industry,segment,strategic,owner,city,state,zip,employees,potential"]
    for number, word in enumerate(ROWS_OF):
        place = f"{name_of(word)}ville,OR," if number % 3 else ",,99201"
        lines.append(
            f"{name_of(word)} yard,{word} trade,{word} size,{'yes' if number % 2 else 'no'},"
            f"{owner_of(word)},{place},40,{usd(word, 0)}"
        )
    return "\n".join(lines) + "\n"


def modules() -> str:
    lines = ["module,account,owner"]
    for word in ROWS_OF:
        if word != SHARED:
            lines.append(f"{name_of(word)} book,{name_of(word)} yard,{owner_of(word)}")
    return "\n".join(lines) + "\n"


def quotas() -> str:
    lines = ["person,period,product line,quota"]
    for word, person_id in ROWS_OF.items():
        months = {WAS: ("2026-10",), NOW: ("2026-11", "2026-12")}.get(word, MONTHS)
        if person_id and word != SHARED:
            for month in months:
                line, number = "Cloud" if month == MONTHS[2] else "", MONTHS.index(month) + 1
                lines.append(f"{name_of(person_id)},{month},{line},{usd(word, number)}")
    return "\n".join(lines) + "\n"


def contacts() -> str:
    lines = ["contact id,account,name,role,email,influence"]
    for word in ROWS_OF:
        said = f"c-{word},{name_of(word)} yard,Pat {word},Buyer of {word},{word}@buyer.example"
        lines.append(f"{said},high")
    return "\n".join(lines) + "\n"


def activities() -> str:
    lines = ["activity id,kind,person,account,deal,happened at,outcome,subject,place,miles"]
    for word in ROWS_OF:
        lines.append(
            f"a-{word},Call {word},{owner_of(word)},{name_of(word)} yard,{word}-due,"
            f"2026-11-18 09:30,held {word},About {word},{word}town,12"
        )
    return "\n".join(lines) + "\n"


def services() -> str:
    lines = ["service id,account,product,mrr,activation date,renewal date"]
    for word in ROWS_OF:
        yard = f"{name_of(word)} yard"
        lines.append(f"s-{word},{yard},Fibre {word},{usd(word, 4)},2026-02-01,2027-01-15")
    return "\n".join(lines) + "\n"


KINDS = ("due", "won", "lost", "old", "slip", "odd", "late", "bare")
"""Due, won and lost in the quarter, won before it, slipped, in euros, overdue, without a day."""


def deals(day: date) -> str:
    """What an export of that day says: half of it moves until the next one."""
    is_later = day > FIRST
    lines = [DEAL_HEAD.rstrip("\n")]
    for word in ROWS_OF:
        if word == SHARED:
            kinds: tuple[str, ...] = ("due",)
        elif word in (WAS, NOW):
            kinds = ("won", "lost", "old") if word == WAS else ("due", "slip", "odd", "late")
        else:
            kinds = KINDS
        lines += [deal(word, kind, is_later=is_later) for kind in kinds]
    return "\n".join(lines) + "\n"


def deal(word: str, kind: str, *, is_later: bool) -> str:
    first = {"won": ("Propose", "2026-10-20", ""), "lost": ("Qualify", "2026-11-25", "")}
    states = {
        "due": ("Propose" if is_later else "Qualify", "2026-12-15", ""),
        "won": ("Closed Won", "2026-10-20", "2026-10-20"),
        "lost": ("Closed Lost", "2026-10-25", "2026-10-25"),
        "old": ("Closed Won", "2026-05-05", "2026-05-05"),
        "slip": ("Qualify", "2027-02-01" if is_later else "2026-12-10", ""),
        "odd": ("Qualify", "2026-12-20", ""),
        "late": ("Propose", "2026-10-01", ""),
        "bare": ("Qualify", "", ""),
    }  # fmt: skip
    stage, close, closed = (states if is_later else states | first)[kind]
    created = "" if kind == "bare" else "2026-04-01" if kind == "old" else "2026-07-01"
    cells = (
        f"{word}-{kind}", f"{name_of(word)} {kind}", owner_of(word), f"{name_of(word)} yard", stage,
        usd(word, 5 + KINDS.index(kind) % 7), created, close, closed,
        f"Beaten by {word}" if kind == "lost" else "", f"Ask {word}", "Cloud", f"Via {word}",
        "EUR" if kind == "odd" else "USD",
    )  # fmt: skip
    return ",".join(map(str, cells))


def fill(engine: DuckDBEngine) -> None:
    """Everything, and what each director coaches."""
    fill_uncoached(engine)
    for director, team in TEAMS.items():
        for person_id in team[:2]:
            coach(engine, Scope(director, "director"), person_id)


def fill_uncoached(engine: DuckDBEngine) -> None:
    """Import it all, then what only commands say."""
    for day, name, text in (
        (ALWAYS, "people.csv", people()), (ALWAYS, "stages.csv", STAGES),
        (ALWAYS, "products.csv", PRODUCTS), (ALWAYS, "accounts.csv", accounts()),
        (ALWAYS, "modules.csv", modules()), (ALWAYS, "quotas.csv", quotas()),
        (ALWAYS, "services.csv", services()), (ALWAYS, "contacts.csv", contacts()),
        (FIRST, "deals.csv", deals(FIRST)), (date(2026, 11, 20), "deals.csv", deals(TODAY)),
        (TODAY, "activities.csv", activities()),
    ):  # fmt: skip
        commit(engine, looked_at(engine, text, name, exported_on=day))
    add_person(engine, AddPerson(name_of(OPERATIONS), email_of(OPERATIONS)), scope=OWNER)
    give_role(engine, SetRole(OPERATIONS, "operations", ALWAYS), scope=OWNER)
    add_person(engine, AddPerson(name_of(SEAT), kind="seat"), scope=OWNER)
    set_manager(engine, SetManager(SEAT, "danfyqu", ALWAYS), scope=OWNER)
    set_manager(engine, SetManager(MOVER, "colhyzi", MOVED), scope=OWNER)
    halves = (Decimal("0.5"), Decimal("0.5"))
    both = SetCredit(f"{SHARED}-due", ("anapluz", "cyqotra"), halves, ALWAYS, "Both sold it")
    set_credit(engine, both, scope=OWNER)
    for each in ("anapluz", "cyqotra", "faynyxo", MOVER):
        set_quota(engine, SetQuota(each, DECEMBER, Decimal("7.77"), TODAY, "Hosting"), scope=OWNER)
    set_aims(engine)
    for director in (*TEAMS, *AREAS):
        plan(engine, director)
    for director, team in TEAMS.items():
        raised = SetQuota(team[0], DECEMBER, Decimal("8.88"), TODAY, "Hosting")
        set_quota(engine, raised, scope=Scope(director, "director"))
    set_access(engine, SetAccess(CLOSED, is_open=False), scope=OWNER)


def set_aims(engine: DuckDBEngine) -> None:
    """What everybody sets out to do, and how much of a position they fill."""
    always, at = (date(1, 1, 1), date(9999, 12, 31)), datetime.fromisoformat("2026-01-02 12:00")
    holders = (*HOLDERS, MOVER)
    with engine.transaction() as cursor:
        cursor.executemany(
            "insert into person_capacity values (?, ?, 0.9, ?, ?, 'command', null, ?, null)",
            [(each, "part time", *always, at) for each in holders],
        )
        cursor.executemany(
            "insert into objective values (?, ?, 'week', 9, ?, ?, 'command', null, ?, null)",
            [(each, f"Call {rows_word(each)}", *always, at) for each in holders],
        )


def plan(engine: DuckDBEngine, director: str) -> str:
    """Somebody's realignment on trial: one account moves, one stays."""
    scope = Scope(director, "area_director" if director in AREAS else "director")
    mine = AREAS[director] if director in AREAS else TEAMS[director]
    first, second = (rows_word(each) for each in mine[:2])
    begun = PlanRealignment(f"Plan {plan_word(director)}", NEXT, is_shared=director == "danfyqu")
    scenario_id = plan_realignment(engine, begun, scope=scope)
    moving = PlanMoves(scenario_id, "account", (account_of(first),), (f"{second}-book",))
    plan_moves(engine, moving, scope=scope)
    reason = f"Licence {plan_word(director)}"
    locking = PlanRule(scenario_id, "lock", (account_of(second),), reason=reason)
    plan_rule(engine, locking, scope=scope)
    return scenario_id
