"""Where may SQL stand, and who may run it?"""

from __future__ import annotations

import ast
import re

from tests.house.reading import Faults, at, functions, last_word, nodes, word

MAY_ASK = tuple(f"quarterdeck/{name}.py" for name in ("reads", "people", "engine", "spark"))
SQL_ROOMS = ("quarterdeck/engine.py", "quarterdeck/scratch.py")

# In lower case as we write it or in capitals as others do; a sentence begins with one capital.
_STARTS = re.compile(
    r"""^(?:\s|--[^\n]*\n|\()*(?:
        select\s+(?:distinct\b|\*|\d|'|\$|[\w.]+\(|.*\bfrom\b)
      | with\s+(?:recursive\s+)?\w+(?:\s*\([^)]*\))?\s+as\s+(?:(?:not\s+)?materialized\s+)?\(
      | insert\s+(?:or\s+\w+\s+)?into\b | delete\s+from\b | update\s+[\w".{}]+\s+set\b
      | merge\s+into\b | values\s*\( | pragma\s+\w+ | set\s+(?:variable\s+)?[\w.{}]+\s*=
      | (?:create|drop|alter)\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?
        (?:table|view|macro|function|index|schema|sequence|type|secret)\b
      | from\s+[\w".{}]+\s+(?:select|where|group|order|limit)\b
      | attach\s+(?:if\b|['$]|\{) | copy\s+(?:\(|from\s+database|[\w.{}]+\s+(?:to|from)\s+['$({])
    )""",
    re.X | re.S,
)
_PIECE = re.compile(
    r"""\bwhere\s+[\w."{}]+\s*(?:[=<>]|!=|in\s*[({$]|like\s*['{$]|is\s+(?:not\s+)?null)
      | \bwhere\s+[\w."{}]+\s+between\s+\S+\s+and\b | ^\s*and\s+[\w.{}]+\s*[=<>]
      | \border\s+by\s+[\w.{] | \bgroup\s+by\s+[\w.{] | \b(?:left|inner|cross)\s+join\s
      | \bselect\b.+\bfrom\b | \binsert\s+into\b""",
    re.X | re.S,
)
_RUNS = {"execute", "executemany", "sql"}


def _as_written(text: str) -> str:
    """Lower case if the first word is all capitals: `SELECT` is SQL, `Select` begins a sentence."""
    first = re.search(r"[A-Za-z]+", text)
    return text.lower() if first and first.group().isupper() else text


def starts_like_sql(text: str) -> bool:
    return bool(_STARTS.search(_as_written(text).strip()))


def holds_sql(text: str) -> bool:
    return starts_like_sql(text) or bool(_PIECE.search(_as_written(text)))


def docstrings(text: str) -> set[int]:
    """The ids of the constants that stand alone as a statement: words about code, not code."""
    return {id(node.value) for node in nodes(text) if isinstance(node, ast.Expr)}


def sql_outside_its_rooms(path: str, text: str) -> Faults:
    spoken, run = docstrings(text), {id(one) for node in nodes(text) for one in run_at_once(node)}
    for node in nodes(text):
        said = node.value if isinstance(node, ast.Constant) and id(node) not in spoken else None
        if not isinstance(said, str) or not (starts_like_sql(said) or id(node) in run):
            continue
        if path not in SQL_ROOMS:
            yield at(node, f"SQL text {said[:40]!r}: put it into queries/ or statements/")
        elif "\n" in said.strip():
            yield at(node, "SQL of more than one line: put it into queries/ or statements/")


def run_at_once(node: ast.AST) -> list[ast.expr]:
    """What is handed to .execute() or one of its kin."""
    return node.args[:1] if isinstance(node, ast.Call) and last_word(node) in _RUNS else []


def pieced_together(node: ast.AST) -> str | None:
    """The text that an f-string, `%`, `+`, .format, .join or .replace makes, holes as {}."""
    if isinstance(node, ast.JoinedStr):
        return "".join(plain(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return f"{plain(node.left)}{plain(node.right)}"
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return plain(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ("format", "format_map", "replace", "substitute"):
            return plain(node.func.value)
        if node.func.attr == "join" and node.args:
            return f"{plain(node.func.value)}{plain(node.args[0])}"
    return None


def plain(node: ast.AST) -> str:
    """What is known of a text before the program runs."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else "{}"
    if isinstance(node, ast.List | ast.Tuple):
        return " ".join(plain(part) for part in node.elts)
    if isinstance(node, ast.Call) and word(node).endswith("Template") and node.args:
        return plain(node.args[0])
    return pieced_together(node) or "{}"


# A name takes no parameter. COPY FROM DATABASE gets the database's, quoted; what is remembered
# lies in tables numbered by us.
PUTS_A_NAME = {
    ("quarterdeck/keeping.py", "step.replace('source_database', _quoted(source))"),
    ("quarterdeck/remembering.py", "step.replace('kept_here', table)"),
}


def sql_pieced_together(path: str, text: str) -> Faults:
    run = {id(one) for node in nodes(text) for one in run_at_once(node)}
    for node in nodes(text):
        made = pieced_together(node)
        if (path, ast.unparse(node)) in PUTS_A_NAME:
            continue
        if made and (holds_sql(made) or id(node) in run):
            yield at(node, f"SQL is pieced together ({made[:40]!r}): pass $parameters instead")


def shared_cursors(_path: str, text: str) -> Faults:
    """A cursor belongs to one run: a local name may hold it, nothing that outlives the call."""
    say = "keeps a cursor that others would share: make it in the call that uses it"
    for node in nodes(text):
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from (at(line, say) for line in node.body if assigned_cursor(line))
        elif any(isinstance(t, ast.Attribute | ast.Subscript) for t in assigned_cursor(node)):
            yield at(node, say)
    for function in functions(text):
        inner = list(ast.walk(function))
        shared = {name for one in inner if isinstance(one, ast.Global) for name in one.names}
        yield from (at(n, say) for n in inner if shared & {word(t) for t in assigned_cursor(n)})
        if any("cache" in word(decorator) for decorator in function.decorator_list):
            ends = (node for node in inner if isinstance(node, ast.Return))
            yield from (at(node, say) for node in ends if makes_cursor(node.value))


def assigned_cursor(node: ast.AST) -> list[ast.expr]:
    """What the statement assigns a new cursor to; nothing if it assigns none."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not makes_cursor(node.value):
        return []
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def makes_cursor(value: ast.AST | None) -> bool:
    """True for `x.cursor()` and for what hands the same cursor on, `x.cursor().execute(…)`."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    return value.func.attr == "cursor" or (
        value.func.attr in _RUNS and makes_cursor(value.func.value)
    )


def questions_past_reads(path: str, text: str) -> Faults:
    for node in nodes(text):
        asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if asks and re.search(r"\bengine\.(frame|rows)$", word(node)) and path not in MAY_ASK:
            yield at(node, "only reads asks the engine for answers: call answer() or exact()")
