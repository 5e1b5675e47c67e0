"""Builds a database: the order of the stages on one screen."""

from __future__ import annotations

import datetime
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import duckdb

from saidao import store
from saidao.analyses import kept
from saidao.errors import UsageError
from saidao.lexicon import Lexicon, load
from saidao.models import Reject
from saidao.pipeline import plan
from saidao.pipeline.pool import Pool
from saidao.pipeline.stages import found_in
from saidao.pipeline.summary import Progress, Summary
from saidao.pipeline.version import extractor_of, reader_of
from saidao.pipeline.work import Settings, TakeRaws, run
from saidao.store import upkeep
from saidao.store.problems import explained

AHEAD = 4
"""Tasks in flight for each job: enough to keep it busy, few enough to keep memory flat."""

STEPS = 2_000
"""Steps that may wait, tasks or not."""

FIELDS = frozenset({"text", "title", "issuer", "region", "year", "date", "url", "type", "publisher"})
"""What `mapping` may name a column for."""


def build(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    database: str | os.PathLike[str],
    *,
    jobs: int | None = None,
    lexicon: Lexicon | None = None,
    mapping: Mapping[str, str] | None = None,
    prune: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Reads every document below the paths and writes the database file.

    What is in the file already is kept: unchanged files are passed over, changed ones replace what they gave before.

    Args:
        paths: files and folders; one, or several.
        database: the DuckDB file, made where it is missing.
        jobs: worker processes; as many as there are processors unless told.
        lexicon: the data files; the shipped ones unless told.
        mapping: column names of data sets by field: `{"text": "正文"}`.
        prune: remove what was read from files that are gone.
        progress: called with the state of things after each file.

    Raises:
        UsageError: a path that does not exist, a field that does not exist, or no job.
        DatabaseError: the database cannot be opened or written.
    """
    roots = [os.fspath(paths)] if isinstance(paths, str | os.PathLike) else [os.fspath(path) for path in paths]
    roots = [_slashed(root) for root in roots]
    _check(roots, jobs, mapping)
    lexicon = lexicon or load()
    connection = store.create_or_open(Path(database), lexicon)
    try:
        run_ = _Build(connection, os.fspath(database), lexicon, mapping, jobs or os.cpu_count() or 1, progress)
        return run_(roots, prune=prune)
    finally:
        connection.close()


class _Build:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        database: str,
        lexicon: Lexicon,
        mapping: Mapping[str, str] | None,
        jobs: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._connection = connection
        self._database = database
        self._extractor = extractor_of(lexicon)
        self._report = progress
        self._progress = Progress()
        self._summary = Summary(jobs=jobs, database=database)
        self._writer = store.Writer(connection, database, lambda entry: found_in(entry, lexicon))
        with explained(database):
            known = self._writer.readings(self._extractor)
        self._settings = Settings(lexicon, mapping, self._extractor, known)
        self._pool = Pool(jobs, self._settings)
        self._plan = plan.Plan(connection, reader_of(lexicon, mapping), mapping, self._pool.submit, database)

    def __call__(self, roots: list[str], *, prune: bool) -> Summary:
        begun = time.monotonic()
        number = self._open_run(roots)
        try:
            self._read(roots)
            self._settle(roots, prune)
            with explained(self._database):
                kept.keep(self._connection, load())  # questions are answered with the shipped data files
        except KeyboardInterrupt:
            self._pool.close(kill=True)
            # What is complete is kept; the next build goes on from here.
            self._writer.commit()
            self._close_run(number, "interrupted", begun)
            raise
        except BaseException:
            self._pool.close(kill=True)
            raise
        self._pool.close()
        self._close_run(number, "done", begun)
        return self._summary

    def _read(self, roots: list[str]) -> None:
        waiting: deque[plan.Step] = deque()
        tasks = 0
        for step in self._plan.steps(roots):
            waiting.append(step)
            tasks += _opens_task(step)
            while tasks > AHEAD * self._summary.jobs or len(waiting) > STEPS:
                tasks -= _opens_task(waiting[0])
                self._take(waiting.popleft())
        while waiting:
            self._take(waiting.popleft())
        self._writer.commit()

    def _take(self, step: plan.Step) -> None:
        match step:
            case plan.Work():
                self._results(step)
            case plan.Begin():
                self._writer.begin(step.path, step.known)
            case plan.End():
                self._writer.finish(step.path, step.read)
                self._summary.files_read += 1
                self._tell(step.path, step.size)
            case plan.Skip():
                self._summary.files_skipped += 1
                self._tell(step.path, step.size)
            case plan.Touch():
                with explained(self._database):
                    upkeep.touch(self._connection, step.read)
                self._summary.files_skipped += 1
                self._tell(step.read.path, step.read.size)
            case Reject():
                self._writer.reject(step)
        if self._writer.full:
            self._writer.commit()

    def _results(self, step: plan.Work) -> None:
        if not step.ticket.submitted:
            self._plan.flush()
        found = self._pool.results(step.ticket)[step.index]
        if found is not None:
            self._add(found)
            return
        # A unit with more documents than a worker gives back at once.
        assert step.unit is not None
        for chunk in self._plan.rows_here(step.unit):
            for part in run(TakeRaws(tuple(chunk)), self._settings):
                self._add(part or [])

    def _add(self, found: list[store.Entry | Reject]) -> None:
        for item in found:
            if isinstance(item, Reject):
                self._writer.reject(item)
            else:
                self._writer.add(item)
            if self._writer.full:
                self._writer.commit()

    def _settle(self, roots: list[str], prune: bool) -> None:
        with explained(self._database):
            gone = upkeep.gone(self._connection, roots)
            if prune and gone:
                upkeep.remove_paths(self._connection, gone)
            removed, stale = upkeep.settle(self._connection)
        self._summary.files_gone, self._summary.pruned = gone, prune
        self._summary.documents_removed += removed
        again = [path for path in stale if Path(path).is_file()]
        if again:
            # The primary source of a document has gone, and another one takes its place.
            with explained(self._database):
                upkeep.forget_visits(self._connection)
            self._read(again)

    def _open_run(self, roots: list[str]) -> int:
        with explained(self._database):
            number: int = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM runs").fetchall()[0][0]
            self._connection.execute(
                "INSERT INTO runs (id, started, state, version, extractor, paths) VALUES (?, ?, 'running', ?, ?, ?)",
                [number, _now(), _version(), self._extractor, roots],
            )
        return number

    def _close_run(self, number: int, state: str, begun: float) -> None:
        counts, summary = self._writer.counts, self._summary
        summary.documents_new, summary.documents_changed = counts.new, counts.changed
        summary.documents_same, summary.statements_written = counts.same, counts.statements
        summary.rejects, summary.characters = dict(sorted(counts.rejects.items())), counts.characters
        with explained(self._database):
            count = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM statements)"
            summary.documents, summary.statements = self._connection.execute(count).fetchall()[0]
            summary.seconds = time.monotonic() - begun
            self._connection.execute(
                "UPDATE runs SET finished = ?, state = ?, files_read = ?, files_skipped = ?, documents_new = ?,"
                " documents_changed = ?, documents_removed = ?, statements = ?, rejects = ?, characters = ?,"
                " seconds = ? WHERE id = ?",
                [
                    _now(), state, summary.files_read, summary.files_skipped, counts.new, counts.changed,
                    summary.documents_removed, counts.statements, sum(counts.rejects.values()), counts.characters,
                    summary.seconds, number,
                ],
            )  # fmt: skip

    def _tell(self, path: str, size: int) -> None:
        self._progress.files += 1
        self._progress.bytes += size
        self._progress.path = path
        self._progress.documents = self._writer.counts.documents
        self._progress.statements = self._writer.counts.statements
        if self._report is not None:
            self._report(self._progress)


def _opens_task(step: plan.Step) -> bool:
    return isinstance(step, plan.Work) and step.index == 0


def _check(roots: list[str], jobs: int | None, mapping: Mapping[str, str] | None) -> None:
    if not roots:
        raise UsageError("build.nothing")
    for root in roots:
        if not Path(root).exists():
            raise UsageError("build.no_path", path=root)
    if jobs is not None and jobs < 1:
        raise UsageError("build.no_jobs", jobs=jobs)
    unknown = sorted(set(mapping or ()) - FIELDS)
    if unknown:
        raise UsageError("build.no_field", names=", ".join(unknown), fields=", ".join(sorted(FIELDS)))


def _slashed(path: str) -> str:
    slashed = path.replace(os.sep, "/")
    return slashed.rstrip("/") or "/"


def _version() -> str:
    from saidao import __version__

    return __version__


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
