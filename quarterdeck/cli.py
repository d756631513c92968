"""The same doors as the pages, for a shell, scheduled jobs and tests."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from quarterdeck import asking, catalog, clock, demo, reads
from quarterdeck.commands import backups, disclosing, erasing
from quarterdeck.commands.backups import NotSound
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.staging import Dropped, Staged, put_away, stage
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused

DATABASE, FOLDER = "QUARTERDECK_DB", "QUARTERDECK_DATA"
DONE, REFUSED = 0, 1
Answer = dict[str, Any]


def main(words: list[str]) -> int:
    """Do what the words say; 0 done, 1 refused, 2 wrong usage (by argparse)."""
    said = _parser().parse_args(words)
    if said.db:
        os.environ[DATABASE] = said.db
    if said.today:
        clock.set_today(said.today)
    try:
        document = said.does(said)
    except QuestionsOpen as asking_first:
        _refuse(said, asking_first, {"questions": asking_first.questions})
        return REFUSED
    except NotSound as unsound:
        verdict = unsound.verdict
        _refuse(said, unsound, {"tables": verdict.tables, "faults": list(verdict.faults)})
        return REFUSED
    except Refused as refusal:
        _refuse(said, refusal, {})
        return REFUSED
    _print(said, document)
    return DONE


def _run(said: argparse.Namespace) -> Answer:
    from quarterdeck.serving import serve  # a server is no part of the other commands

    serve(said.port, not said.no_browser)
    return {}


def _demo(said: argparse.Namespace) -> Answer:
    path = Path(os.environ.get(DATABASE, _folder() / "demo.duckdb")).absolute()
    made = demo.make(path, clock.today(demo.ZONE), said.seed, _progress)
    print(file=sys.stderr)
    folder = path.parent / "demo"
    exports = [str(folder / file.name) for file in made.exports]
    return {"database": str(path), "seed": said.seed, "counts": made.counts, "exports": exports}


def _progress(share: float, line: str) -> None:
    print(f"\r{share:4.0%} {line:<60}", end="", file=sys.stderr, flush=True)


def _stage(said: argparse.Namespace) -> Answer:
    with _engine() as engine:
        staged = _staged(said, engine)
    put_away(staged)
    return staged.report


def _import(said: argparse.Namespace) -> Answer:
    with _engine() as engine:
        staged = _staged(said, engine)
        try:
            return commit_import(
                engine, staged, scope=OWNER, key=new_key(), only_good=said.only_good
            )
        finally:
            put_away(staged)


def _undo(said: argparse.Namespace) -> Answer:
    with _engine() as engine:
        undone = undo_import(engine, said.batch_id, scope=OWNER)
    return {
        "batch_id": undone.batch_id,
        "entity": undone.entity,
        "file_name": undone.file_name,
        "kept": list(undone.kept),
    }


def _backup(said: argparse.Namespace) -> Answer:
    with _engine() as engine:
        return {"backup": str(backups.back_up(engine, said.file))}


def _restore(said: argparse.Namespace) -> Answer:
    kept = backups.restore(_path(), said.file)
    return {"restored": str(said.file), "kept": str(kept) if kept else None}


def _erase(said: argparse.Namespace) -> Answer:
    erased = erasing.erase(_path(), said.person_id)
    return {
        "person_id": erased.person_id,
        "person_name": erased.person_name,
        "databases": list(erased.databases),
        "files": list(erased.files),
        "next": "Erase them in the CRM too: a later export that names them brings the name back.",
    }


def _about(said: argparse.Namespace) -> Answer:
    return {"person_id": said.person_id, "tables": disclosing.disclose(_path(), said.person_id)}


def _verify(said: argparse.Namespace) -> Answer:
    with _engine() as engine:
        verdict = backups.verify(engine)
    if verdict.faults:
        raise NotSound(verdict)
    return {"sound": True, "tables": verdict.tables, "faults": []}


def _answer(said: argparse.Namespace) -> Answer:
    with _engine() as engine:
        question = asking.question(engine, said.query, said.person, said.set, _today(engine))
        found = reads.exact(engine, question.scope, question.filters, question.name)
    return {
        "query": question.name,
        "parameters": _plain(question.filters.parameters()),
        "columns": [{"name": column.name, "unit": column.unit} for column in found.columns],
        "rows": [[_plain(value) for value in row] for row in found.rows],
    }


@contextmanager
def _engine() -> Iterator[DuckDBEngine]:
    """The database, closed again so that the next process finds it free."""
    engine = DuckDBEngine(_path())
    try:
        yield engine
    finally:
        engine.close()


def _path() -> Path:
    return Path(os.environ.get(DATABASE, _folder() / "quarterdeck.duckdb")).absolute()


def _folder() -> Path:
    return Path(os.environ.get(FOLDER, "data"))


def _today(engine: DuckDBEngine) -> date:
    return clock.today(reads.settings(engine)["time_zone"])


def _staged(said: argparse.Namespace, engine: DuckDBEngine) -> Staged:
    extent = "full" if said.full else "partial" if said.partial else None
    content, answers = _bytes(said.file), _answers(said.answers)
    dropped = Dropped(said.file.name, content, answers, said.exported_on, extent, said.entity)
    return stage(engine, dropped, scope=OWNER, today=_today(engine))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(
            f"The file cannot be read: {error.strerror}.",
            str(file),
            "Check the name and the rights.",
        ) from error


def _answers(file: Path | None) -> dict[str, str]:
    """The {question id: choice} of a JSON file."""
    if file is None:
        return {}
    try:
        answers = json.loads(_bytes(file))
    except ValueError as error:
        raise Refused(
            "The answers are no JSON.", f"{file}: {error}", "Write {question id: choice}."
        ) from error
    if not isinstance(answers, dict):
        raise Refused("The answers are no JSON object.", str(file), "Write {question id: choice}.")
    return {str(question): str(choice) for question, choice in answers.items()}


def _refuse(said: argparse.Namespace, refusal: Refused, more: Answer) -> None:
    if said.json:
        print(json.dumps({"refused": refusal.parts(), **more}, ensure_ascii=False))
        return
    for part in filter(None, (refusal.what, refusal.where, refusal.do)):
        print(part, file=sys.stderr)
    for question in more.get("questions", []):
        print(f"  {question['id']}: {question['ask']} {question['choices']}", file=sys.stderr)


def _print(said: argparse.Namespace, document: Answer) -> None:
    if said.json:
        print(json.dumps(document, ensure_ascii=False))
    elif "rows" in document and "columns" in document and "query" in document:
        print("\t".join(column["name"] for column in document["columns"]))
        for row in document["rows"]:
            print("\t".join("" if value is None else str(value) for value in row))
    elif document:
        print(json.dumps(document, ensure_ascii=False, indent=1))


def _plain(value: Any) -> Any:
    """What JSON can hold without losing a cent or a day: money and dates are text."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_plain(held) for held in value]
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day like 2026-11-25") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m quarterdeck", description=__doc__)
    parser.add_argument("--db", metavar="FILE", help="the database file")
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day it is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = _command(commands, "run", _run, "serve the dashboard")
    run.add_argument("--port", type=int, default=8501)
    run.add_argument("--no-browser", action="store_true", help="serve without opening a browser")
    inventing = _command(commands, "demo", _demo, "fill an empty database with an invented team")
    inventing.add_argument("--seed", type=int, default=demo.SEED, help="another team's number")
    _file_command(commands, "stage", _stage, "read and check a file, change nothing")
    importing = _file_command(commands, "import", _import, "stage a file and commit it")
    importing.add_argument("--only-good", action="store_true", help="leave rejected rows behind")
    undo = _command(commands, "undo", _undo, "take one import back")
    undo.add_argument("batch_id")
    backup = _command(commands, "backup", _backup, "a verified copy of the database")
    backup.add_argument("file", type=Path, nargs="?", help="where to; else data/backups/")
    restore = _command(commands, "restore", _restore, "put a backup in the database's place")
    restore.add_argument("file", type=Path)
    _command(commands, "verify", _verify, "check references, versions and records")
    erase = _command(commands, "erase", _erase, "take out who somebody was, for good")
    erase.add_argument("person_id", help="the numbers stay, under Former executive n")
    about = _command(commands, "about", _about, "everything that is known of one person")
    about.add_argument("person_id")
    answer = _command(commands, "answer", _answer, "one question of queries/")
    answer.add_argument("query", choices=catalog.names(), metavar="QUERY")
    answer.add_argument("--person", help="who asks: an id, e-mail or exact name")
    answer.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    return parser


def _file_command(
    commands: Any, name: str, does: Callable[[argparse.Namespace], Answer], words: str
) -> argparse.ArgumentParser:
    command = _command(commands, name, does, words)
    command.add_argument("file", type=Path)
    command.add_argument("--entity", help="what the rows are, where the file does not tell")
    command.add_argument("--answers", type=Path, metavar="FILE", help="{question id: choice}")
    command.add_argument("--exported-on", type=_day, metavar="DATE")
    extent = command.add_mutually_exclusive_group()
    extent.add_argument("--full", action="store_true", help="the export holds every deal")
    extent.add_argument("--partial", action="store_true", help="the export holds some deals")
    return command


def _command(
    commands: Any, name: str, does: Callable[[argparse.Namespace], Answer], words: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    command.set_defaults(does=does)
    return command
