"""What a worker process does: reads units, or takes raw documents, and gives back entries ready for the store."""

from __future__ import annotations

import os
import signal
import threading
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import connection, parent_process

from saidao import sources
from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.pipeline.stages import read
from saidao.store.entries import Entry

MANY = 256
"""Documents that a worker gives back for one unit; a unit with more is read by the main process, in chunks."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What every task of a build shares."""

    lexicon: Lexicon
    mapping: Mapping[str, str] | None
    extractor: str
    known: array[int]
    """Readings whose statements are stored, sorted."""


@dataclass(frozen=True, slots=True)
class ReadUnits:
    """Read these units and process what they yield."""

    units: tuple[sources.Unit, ...]

    @property
    def weight(self) -> int:
        """Roughly how many bytes of text there are to process."""
        return sum(unit.size or 0 for unit in self.units)

    def parts(self) -> list[Task]:
        """The task cut into its single units."""
        return [ReadUnits((unit,)) for unit in self.units]

    def sources(self) -> list[Source]:
        """What a reject of the whole task names."""
        return [unit.source for unit in self.units]


@dataclass(frozen=True, slots=True)
class TakeRaws:
    """Process these raw documents; rejects among them pass through in their order."""

    raws: tuple[Raw | Reject, ...]

    @property
    def weight(self) -> int:
        """Roughly how many bytes of text there are to process."""
        return 3 * sum(len(raw.text) for raw in self.raws if isinstance(raw, Raw))

    def parts(self) -> list[Task]:
        """The task cut into its single raws."""
        return [TakeRaws((raw,)) for raw in self.raws]

    def sources(self) -> list[Source]:
        """What a reject of the whole task names."""
        return [raw.source for raw in self.raws]


Task = ReadUnits | TakeRaws
Found = list[Entry | Reject]


def run(task: Task, settings: Settings) -> list[Found | None]:
    """For each unit of the task what it yields, None for a unit with too many documents; for raws one list."""
    if isinstance(task, TakeRaws):
        return [[_take(raw, settings) for raw in task.raws]]
    return [_unit(unit, settings) for unit in task.units]


def raws_of(unit: sources.Unit, mapping: Mapping[str, str] | None) -> Iterator[Raw | Reject]:
    """What a unit yields. A defect of a reader must not end the build: it becomes a reject."""
    try:
        yield from sources.read(unit, mapping)
    except SourceError as error:
        yield Reject(unit.source, error.code, error.detail)
    except Exception as error:
        yield Reject(unit.source, "internal_error", f"{type(error).__name__}: {error}"[:500])


def _unit(unit: sources.Unit, settings: Settings) -> Found | None:
    found: Found = []
    for raw in raws_of(unit, settings.mapping):
        if len(found) == MANY:
            return None
        found.append(_take(raw, settings))
    return found


def _take(raw: Raw | Reject, settings: Settings) -> Entry | Reject:
    if isinstance(raw, Reject):
        return raw
    return read(raw, settings.lexicon, settings.extractor, settings.known)


_settings: Settings | None = None


def prepare(settings: Settings) -> None:
    """Makes a fresh process a worker: it ignores Ctrl-C, which is the main process's to answer, and dies with it."""
    global _settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _settings = settings
    threading.Thread(target=_die_with_parent, daemon=True).start()


def run_prepared(task: Task) -> list[Found | None]:
    """`run` with the settings that `prepare` left in this process."""
    if _settings is None:
        raise RuntimeError("the worker has not been prepared")
    return run(task, _settings)


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        # A worker waits for tasks on a pipe that it holds open itself, so a killed parent would leave it waiting.
        connection.wait([parent.sentinel])
        os._exit(1)
