"""Two hundred texts that want to be more than text, and a database that shows them everywhere."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck.commands.credits import SetCredit, set_credit
from quarterdeck.commands.holidays import SetDayOff, set_day_off
from quarterdeck.commands.modules import CreateModule, create_module
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.plans import (
    PlanMoves,
    PlanRealignment,
    PlanRule,
    plan_moves,
    plan_realignment,
    plan_rule,
)
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, commit, looked_at, rows_of
from tests.conftest import asked as filters

MARKDOWN = (
    "![a1](http://evil.example/a1.png)", "![a2](https://evil.example/a2.svg?x=1)",
    "![a3](//evil.example/a3.gif)", "![a4](data:image/png;base64,iVBORw0KGgo=)",
    "[a5](http://evil.example/a5)", "[a6](javascript:alert(6))", "[a7](data:text/html,<b>7</b>)",
    "[a8]: http://evil.example/a8", "[![a9](http://evil.example/b.png)](http://evil.example/a9)",
    "<http://evil.example/a10>", "http://evil.example/a11", "www.evil.example/a12",
    "mail a13@evil.example now", "ftp://evil.example/a14", "# a15 heading", "###### a16 six",
    "- a17 item", "1. a18 item", "> a19 quoted", "| a20 | b |", "---a21", "***a22***", "__a23__",
    "~~a24~~", "`a25`", "```a26```", "a27  \\", "a28\\*", "[^a29]: foot", "<!-- a30 -->",
    "a31 &lt;b&gt; &amp; &#106;", "[x] a32", "==a33==", "a34^up^ ~down~", "\\[a35\\]",
)  # fmt: skip
HTML = (
    "<script>alert('b1')</script>", "<img src=x onerror=alert('b2')>",
    "<svg onload=alert('b3')>", "<svg><script>alert('b4')</script></svg>",
    "<iframe src=http://evil.example/b5></iframe>", "<body onload=alert('b6')>",
    "<a href=javascript:alert('b7')>b7</a>", "<b>b8</b>", "<style>*{display:none}/*b9*/</style>",
    "<link rel=stylesheet href=http://evil.example/b10.css>", "<meta http-equiv=refresh b11>",
    "<base href=http://evil.example/b12/>", "<form action=http://evil.example/b13><input>",
    "<details open ontoggle=alert('b14')>", "<video src=http://evil.example/b15.mp4>",
    "\"><script>alert('b16')</script>", "'><img src=x onerror=alert('b17')>",
    "</title><script>alert('b18')</script>", "</textarea><svg onload=alert('b19')>",
    "<math><mi xlink:href=javascript:alert('b20')>", "<object data=http://evil.example/b21>",
    "<embed src=http://evil.example/b22>", "<ScRiPt>alert('b23')</sCrIpT>",
    "<img src=http://evil.example/b24.png>", "javascript:alert('b25')", "vbscript:b26",
    "<a href='&#106;avascript:alert(27)'>b27</a>", "<input autofocus onfocus=alert('b28')>",
    "<template><img src=x onerror=alert('b29')></template>", "<<b30>>", "<b31", "b32>",
    "<audio src=//evil.example/b33 autoplay>", "%3Cscript%3Ealert('b34')%3C/script%3E",
    "&lt;script&gt;alert('b35')&lt;/script&gt;",
)  # fmt: skip
DIRECTIVES = (
    ":material/delete: c1", ":red[c2]", ":blue-background[c3]", ":rainbow[c4]", ":smile: c5",
    ":streamlit: c6", "$c7$", "$$c8 + x^2$$", "$\\href{http://evil.example}{c9}$", "\\(c10\\)",
    "{{ c11 }}", "{{ 7 * 7 }} c12", "{% for x in c13 %}", "{# c14 #}", "{{ c15.__class__ }}",
    "${c16}", "#{c17}", "<%= c18 %>", "[[c19]]", "{c20}", "{0.__class__} c21", "%s%s%n c22",
    "%(c23)s", "$(c24)", "`id` c25", "; rm -rf c26", "| cat c27", "&& c28", ":small[c29]",
    ":violet-badge[c30]", ":shield: c31", "datum.c32", "=datum['c33']", "{{config}} c34",
    "<{c35}>",
)  # fmt: skip
UNICODE = (
    "d1 \u202egnp.exe", "d2 \u2066left\u2069", "d3\u200bzero\u200bwidth", "d4 \ufeffmark",
    "d5 e\u0301\u0301\u0301\u0301\u0301\u0301", "d6 Z\u0351\u0344\u036f\u0321algo",
    "d7 \U0001f600", "d8 \U0001f468\u200d\U0001f469\u200d\U0001f467", "d9 \U0001f1fa\U0001f1f8",
    "d10 \u05e9\u05dc\u05d5\u05dd", "d11 \u0645\u0631\u062d\u0628\u0627", "d12 \u65e5\u672c\u8a9e",
    "d13 \u00df\u1e9e", "d14 \u0130i\u0131I", "d15 \uff1cscript\uff1e", "d16 \u2028line",
    "d17 \u00a0hard\u00a0space", "d18 \ufffd", "d19 \U0001d4b3", "d20 \u0e01\u0e33\u0e49",
    "d21 \u2060joined", "d22 \u00ad soft", "d23 caf\u00e9", "d24 cafe\u0301 too",
    "d25" + "W" * 180, "d26 " + "word " * 35 + "end", "d27 \u2603\ufe0f",
    "d28 \u0430\u0440\u0440l\u0435", "d29 \u202dforced\u202c", "d30 \uff0e\uff0e\uff0f",
    "d31 \u2024\u2024/", "d32 \u037e", "d33 \u061c mark", "d34 \ue000 private",
    "d35 \U000e0041 tag",
)  # fmt: skip
FORMULAS = (
    "=1+1", "=HYPERLINK(\"http://evil.example/e2\",\"e2\")", "=cmd|' /C calc'!A3",
    "=DDE(\"cmd\",\"/C calc\",\"e4\")", "=WEBSERVICE(\"http://evil.example/e5\")",
    "=IMPORTXML(\"http://evil.example/e6\",\"//a\")", "+1+6", "+cmd|' /C calc'!A8", "-2+3+9",
    "-cmd|' /C calc'!A10", "@SUM(1+11)", "@evil.example e12", "=\u00a0e13", " =1+14", "  +1+15",
    "\t=1+16", "\r=1+17", "\n=1+18", "=A1 e19", "==e20", "=-1+21", "+-22", "--23", "=1+24;=2",
    "\"=1+25\"", "'=1+26", "=IF(1,\"e27\",\"\")", "=INDIRECT(\"e28\")", "=RTD(\"e29\",,\"x\")",
    "=CALL(\"e30\",\"x\")", "-e31", "+e32", "@e33", "\uff1d1+34", "\uff0b1+35",
)  # fmt: skip
SQL = (
    "' or '1'='1", "'; drop table person; --", "\"; drop table deal_version; --", "f4' --",
    "f5'); delete from quota; --", "1; attach 'f6.db'", "' union select * from audit_log --",
    "') or 1=1 --", "f9\\'; --", "$f10", "$viewer_id", "?f12", "f13%", "_f14_", "%' or '%'='",
    "'||(select version())||'", "f17/**/or/**/1=1", "'; copy person to 'f18.csv'; --",
    "read_csv('/etc/passwd')", "'; pragma f20; --", "'; install httpfs; --", "{'f22': 1}",
    "[1, 2, 'f23']", "null f24", "NaN f25", "-1e999", "'; set f27 = 1; --", "f28''",
    "getenv('HOME')", "sleep(30)",
)  # fmt: skip
PATHS = (
    "../../../../etc/passwd", "..\\..\\windows\\g2.ini", "/etc/passwd", "C:\\g4\\con",
    "file:///etc/g5", "\\\\evil.example\\g6", "g7.csv/../../x", "con", "nul", "aux.txt",
    "a/b:c*g11", "..", "~g13", "g14\\0", "%2e%2e%2fg15", "g16;ls", "\"g17\"", "'g18'", "g19,\"a\"",
    "g20\"\"b", "g21\nsecond line", "g22\tTab", "g23\x07bell", "g24\x1b[31mred", "g25\x7f",
    "true", "0", "00123", "1e5", "2026-11-25",
)  # fmt: skip
FAMILIES = (MARKDOWN, HTML, DIRECTIVES, UNICODE, FORMULAS, SQL, PATHS)
ALL: tuple[str, ...] = tuple(
    family[at] for at in range(max(map(len, FAMILIES))) for family in FAMILIES if at < len(family)
)[:200]  # fmt: skip
DIRECTOR = "Dana Plain"


@dataclass(frozen=True)
class Book:
    """The words in one database, a plan that holds some of them, and what was refused, in words."""

    words: tuple[str, ...]
    plan_id: str
    refused: tuple[str, ...]


def book(engine: DuckDBEngine, words: Sequence[str]) -> Book:
    """Fill an empty database so that each of the words stands in each field of each kind."""
    for name, rows in _files(tuple(words)).items():
        text = _written(rows)
        staged = looked_at(engine, text, name, entity=_ENTITY[name])
        answers = {one["id"]: one["assumed"] for one in staged.report["questions"]}
        if answers:
            staged = looked_at(engine, text, name, entity=_ENTITY[name], answers=answers)
        commit(engine, staged, only_good=True)
    return _said(engine, words)


_ENTITY = {
    "people.csv": "person", "stages.csv": "stage", "products.csv": "product",
    "accounts.csv": "account", "quotas.csv": "quota", "deals.csv": "deal",
    "contacts.csv": "contact", "services.csv": "service", "activities.csv": "activity",
}  # fmt: skip
_CITIES = ("Spokane", "Boise", "Portland", "Missoula")


def _files(words: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """The files, in the order in which they are dropped."""
    return {
        "people.csv": [
            ("Person ID", "Name", "Email", "Role", "Manager", "Region", "Home ZIP code"),
            ("dana", DIRECTOR, "dana@plain.example", "director", "", "", ""),
            *((f"p{at}", word, f"p{at}@plain.example", "", DIRECTOR, word, "99201")
              for at, word in enumerate(words)),
        ],
        "stages.csv": [
            ("Stage", "Pipeline", "Position", "Outcome"),
            *((word, "", at, "open") for at, word in enumerate(words)),
            ("Closed Won", "", 900, "won"), ("Closed Lost", "", 901, "lost"),
        ],
        "products.csv": [("Product", "Product line"), *((word, word) for word in words)],
        "accounts.csv": [
            ("Account ID", "Account", "Industry", "Segment", "Strategic", "Owner", "Street", "City",
             "State", "ZIP code", "Phone", "Website", "Potential"),
            *((f"a{at}", word, word, word, "yes" if at % 3 else "no", _next(words, at, 1),
               word, word if at % 2 else _CITIES[at % 4], "WA", "99201", word, word, 1000 + at)
              for at, word in enumerate(words)),
        ],
        "quotas.csv": [
            ("Person ID", "Period", "Product line", "Quota"),
            *((f"p{at}", "2026-Q4", "", 50_000) for at in range(len(words))),
        ],
        "deals.csv": [
            ("Deal ID", "Deal name", "Account ID", "Account", "Owner ID", "Stage", "Amount",
             "Close date", "Created date", "Product line", "Channel", "Next step", "Loss reason",
             "Lead source", "Partner", "Deal type", "Product"),
            *(_deal(words, at, kind) for at in range(len(words)) for kind in range(3)),
        ],
        "contacts.csv": [
            ("Contact ID", "Account", "Name", "Role", "Email", "Influence"),
            *((f"c{at}", f"a{at}", word, word, word, word) for at, word in enumerate(words)),
        ],
        "services.csv": [
            ("Service ID", "Account", "Product", "MRR", "Renewal date"),
            *((f"s{at}", f"a{at}", word, 100 + at, "2027-03-01") for at, word in enumerate(words)),
        ],
        "activities.csv": [
            ("Activity ID", "Kind", "Person", "Account", "Happened at", "Outcome", "Subject",
             "Place"),
            *((f"v{at}", word, f"p{at}", f"a{at}", "2026-11-18 09:30", word, word, word)
              for at, word in enumerate(words)),
        ],
    }  # fmt: skip


def _deal(words: tuple[str, ...], at: int, kind: int) -> tuple[Any, ...]:
    """A deal that is open, won or lost, with a hostile text in each of its cells."""
    stage, closes = ((words[at], "2026-12-10"), ("Closed Won", "2026-11-02"),
                     ("Closed Lost", "2026-11-03"))[kind]  # fmt: skip
    near, far = _next(words, at, kind), _next(words, at, kind + 2)
    return (
        f"d{kind}{at:03d}", words[at], f"a{at}", words[at], f"p{(at + kind) % len(words)}", stage,
        10_000 + at, closes, "2026-07-01", near, far, near, words[at], far, far, near, near,
    )  # fmt: skip


def _next(words: tuple[str, ...], at: int, by: int) -> str:
    return words[(at + by) % len(words)]


def _written(rows: Iterable[tuple[Any, ...]]) -> str:
    page = io.StringIO(newline="")
    csv.writer(page, quoting=csv.QUOTE_ALL).writerows(rows)
    return page.getvalue()


def _said(engine: DuckDBEngine, words: Sequence[str]) -> Book:
    """What is typed in: modules, objectives, a day off, reasons of splits, plans with their rules.

    A word that cannot be a name there is refused, in words, and left out.
    """
    held = rows_of(engine, "territory_accounts", filters(engine))
    accounts = sorted((row["account_id"] for row in held), key=lambda each: int(each[1:]))
    refused: list[str] = []

    def do(command: Callable[..., Any], said: Any) -> Any:
        try:
            return command(engine, said, scope=OWNER)
        except Refused as error:
            refused.append(str(error))
            return None

    for at, word in enumerate(words):
        who, parts = f"p{at}", (Decimal("0.4"), Decimal("0.6"))
        do(create_module, CreateModule(word, who, TODAY, tuple(accounts[at : at + 1])))
        do(set_objective, SetObjective(who, word[:40], "week", Decimal(3), TODAY))
        do(set_credit, SetCredit(f"d0{at:03d}", ("dana", who), parts, TODAY, word))
    do(set_day_off, SetDayOff(date(2026, 11, 27), words[0][:80]))
    plans = [do(plan_realignment, PlanRealignment(word, TODAY)) for word in words]
    known = [each for each in plans if each]
    for account, word in zip(accounts[1:], words, strict=False):
        do(plan_rule, PlanRule(known[0], "pin", (account,), "p0", word))
    do(plan_moves, PlanMoves(known[0], "person", tuple(accounts[:1]), ("p1",)))
    return Book(tuple(words), known[0], tuple(refused))


def as_read(text: str) -> str:
    """A text as it stands before somebody's eyes: without unseen signs, spaces as one."""
    seen = "".join(sign for sign in text if sign == "\n" or not _is_unseen(sign))
    return " ".join(seen.split())


def _is_unseen(sign: str) -> bool:
    return sign not in "\t\r" and unicodedata.category(sign) in ("Cc", "Cf")
