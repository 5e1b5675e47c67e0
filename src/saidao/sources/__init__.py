"""Stage 1: files become raw documents. `discover` finds what may be read, `read` reads one unit of it.

Nothing is lost silently: whatever does not become a document is a `Reject` with a code of `data/rejects.csv`. Folders
within archives and rows without any cell are not inputs, and yield nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import IO, cast

from saidao import lexicon as lexicons
from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import formats
from saidao.sources.content import opened
from saidao.sources.discovery import discover
from saidao.sources.formats import FORMATS
from saidao.sources.units import Unit

__all__ = ["FORMATS", "Unit", "discover", "read"]

_Reader = Callable[[IO[bytes], Source, Mapping[str, str] | None, Lexicon], Iterator[Raw | Reject]]
_READERS = {
    "markdown": ("markdown", "read"),
    "html": ("pages", "read"),
    "text": ("plain", "read"),
    "docx": ("docx", "read"),
    "pdf": ("pdf", "read"),
    "csv": ("delimited", "read"),
    "tsv": ("delimited", "read"),
    "json": ("jsons", "read"),
    "jsonl": ("jsons", "read_lines"),
    "parquet": ("parquet", "read"),
    "xlsx": ("xlsx", "read"),
}
"""Module and function of each format's reader; imported when first needed, since some libraries are heavy."""


def read(
    unit: Unit, mapping: Mapping[str, str] | None = None, lexicon: Lexicon | None = None
) -> Iterator[Raw | Reject]:
    """The documents in one unit: one for a text, one a row for a data set.

    Args:
        unit: what `discover` yielded.
        mapping: for data sets, field of a `Raw` to column name; it goes before the usual names.
        lexicon: the data files; the shipped ones if None.

    Yields:
        Raw documents, and a reject for each record, or the whole unit, that cannot be read. Never raises for bad input.
    """
    source = unit.source
    try:
        with opened(unit) as stream:
            kind = formats.guess(stream, unit.name)
            source = replace(source, format=kind)
            if kind == formats.ARCHIVE:
                raise SourceError("unreadable", "it has become an archive since it was found")
            stream.seek(0)
            found = False
            for each in _reader(kind)(stream, source, mapping, lexicon or lexicons.load()):
                found = True
                yield each
            if not found:  # an empty data set, or a damaged one that says it is empty: either way it is told
                yield Reject(source, "no_text")
    except SourceError as error:
        yield Reject(source, error.code, error.detail)
    except OSError as error:
        yield Reject(source, "unreadable", error.strerror or type(error).__name__)
    except (MemoryError, RecursionError) as error:
        yield Reject(source, "too_large", type(error).__name__)
    except Exception as error:  # one input must not end a run over thousands; the code says that it is our fault
        yield Reject(source, "reader_failed", f"{type(error).__name__}: {error}"[:300])


def _reader(kind: str) -> _Reader:
    module, function = _READERS[kind]
    return cast("_Reader", getattr(import_module(f"saidao.sources.{module}"), function))
