"""`saidao doctor`: what is installed, whether the data files are in order, and whether a database keeps its promises."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib import metadata
from typing import Any

import click

from saidao import lexicon
from saidao.cli.framework import NOTHING, Command
from saidao.errors import LexiconError, SaidaoError
from saidao.outputs.messages import Messages

SENTENCE = "今年地区生产总值增长5%左右。"
"""What the self-test reads: one figure, of one indicator."""

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*\(?>=\s*([0-9.]+)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")

Finding = tuple[str, str]
"""`ok`, `note` or `problem`, and the line that says it."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str | None) -> int:
        problems = 0
        for state, line in findings(database, say):
            problems += state == "problem"
            print(f"{say(f'doctor.{state}')}{line}")
        print(say("doctor.problems", count=problems) if problems else say("doctor.well"))
        return NOTHING if problems else 0

    return Command(
        name="doctor",
        say=say,
        callback=run,
        params=[click.Argument(["database"], metavar="[DB]", required=False, type=click.Path())],
    )


def findings(database: str | None, say: Messages) -> Iterator[Finding]:
    """Everything that is looked at, in order; of a file too, where one is given."""
    from saidao import __version__

    yield "ok", say("doctor.program", version=__version__, python=platform.python_version(), system=platform.platform())
    yield from _packages(say)
    yield from _data_files(say)
    yield from _self_test(say)
    yield from _fonts(say)
    if database is not None:
        yield from _database(database, say)


def _packages(say: Messages) -> Iterator[Finding]:
    """The packages that `pyproject.toml` declares, at least in the version it asks for."""
    try:
        declared = metadata.requires("saidao") or []
    except metadata.PackageNotFoundError:
        yield "note", say("doctor.not_installed")
        return
    extras: dict[str, list[tuple[str, str]]] = {}
    for line in declared:
        needed, only = _REQUIREMENT.match(line), _EXTRA.search(line)
        if needed is not None:
            extras.setdefault(only[1] if only else "", []).append((needed[1], needed[2]))
    for extra, packages in extras.items():
        states = [_package(name, least) for name, least in packages]
        named = ", ".join(f"{name} {version or '—'}" for name, version, _ in states)
        wrong = [name for name, _, fits in states if not fits]
        if not wrong:
            yield (
                "ok",
                say("doctor.extra", extra=extra, packages=named) if extra else say("doctor.packages", packages=named),
            )
        elif extra:
            yield "note", say("doctor.extra_missing", extra=extra, packages=", ".join(wrong))
        else:
            yield "problem", say("doctor.packages_missing", packages=", ".join(wrong))


def _package(name: str, least: str) -> tuple[str, str | None, bool]:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return name, None, False
    return name, version, _numbers(version) >= _numbers(least)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version)[:3])


def _data_files(say: Messages) -> Iterator[Finding]:
    rows = 0
    names = lexicon.names()
    wrong = []
    for name in names:
        try:
            rows += len(lexicon.load().rows(name))
        except LexiconError as error:
            wrong.append(error.text(say.language))
    try:
        from saidao.terms.files import shipped

        dictionaries = len(shipped())
    except SaidaoError as error:
        dictionaries = 0
        wrong.append(error.text(say.language))
    for said in wrong:
        yield "problem", say("doctor.data_wrong", detail=said)
    if not wrong:
        yield "ok", say("doctor.data", files=len(names), rows=f"{rows:,}", dictionaries=dictionaries)


def _self_test(say: Messages) -> Iterator[Finding]:
    """Reads one sentence, which compiles every list that reading needs."""
    import saidao

    try:
        found = [(s.quote, s.indicator_id, s.status) for s in saidao.extract(SENTENCE, year=2026)]
        coded = len(saidao.code(SENTENCE))
    except Exception as error:  # whatever is broken here is what the doctor is asked for
        yield "problem", say("doctor.self_test_failed", detail=f"{type(error).__name__}: {error}")
        return
    if found == [("5%左右", "gdp", "target")] and coded == 1:
        yield "ok", say("doctor.self_test", sentence=SENTENCE)
    else:
        yield "problem", say("doctor.self_test_failed", detail=str(found))


def _fonts(say: Messages) -> Iterator[Finding]:
    from saidao.outputs import charts

    try:
        font = charts.font()
    except ImportError:
        return  # without matplotlib, which the extra `charts` brings, nothing is drawn
    yield ("ok", say("doctor.font", font=font)) if font else ("note", say("charts.no_font"))


def _database(database: str, say: Messages) -> Iterator[Finding]:
    import saidao
    from saidao.store import issues

    try:
        with saidao.open(database) as opened:
            info = opened.info()
            quotes = issues.verify(opened.connection)
    except SaidaoError as error:
        yield "problem", error.text(say.language)
        return
    counts = {name: f"{count:,}" for name, count in info.counts.items()}
    yield "ok", say(
        "doctor.database", database=database, version=info.schema_version, documents=counts["documents"],
        statements=counts["statements"], rejects=counts["rejects"], notes=counts["notes"],
    )  # fmt: skip
    yield from _runs(info.runs, database, say)
    for table in quotes:
        values: dict[str, Any] = {
            "table": say.label(f"table.{table.table}", table.table),
            "records": f"{table.records:,}",
        }
        if table.wrong:
            yield (
                "problem",
                say("doctor.quotes_wrong", wrong=f"{table.wrong:,}", examples=", ".join(table.examples), **values),
            )
        elif table.records:
            yield "ok", say("doctor.quotes", **values)


def _runs(runs: list[dict[str, Any]], database: str, say: Messages) -> Iterator[Finding]:
    if not runs:
        yield "note", say("doctor.no_runs")
        return
    last = runs[0]
    state = "ok" if last["state"] == "done" else "note"
    said = say(
        "doctor.run", id=last["id"], started=last["started"], state=say.label(f"state.{last['state']}", last["state"]),
        version=last["version"],
    )  # fmt: skip
    yield state, said if state == "ok" else said + say("doctor.run_again")
