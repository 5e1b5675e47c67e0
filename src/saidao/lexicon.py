"""Reads, checks and indexes the data files in which Saidao's knowledge stands.

A data file is a CSV (UTF-8, LF, header). A folder of the user's own files, with the same names and columns, adds rows;
a row with an id that exists replaces the shipped one. Several spellings in a cell are separated by `|`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from saidao.errors import LexiconError

Row = dict[str, str]
T = TypeVar("T")
_SLOT = re.compile("{([a-z_]+)}")


class Lexicon:
    """The data files, read once. Stages keep what they compile from it with `compiled`.

    Args:
        overlay: a folder with files of the user's own, or None.

    Raises:
        LexiconError: a file lacks its header, repeats an id, or has a row of the wrong length.
    """

    def __init__(self, overlay: Path | str | None = None) -> None:
        self.overlay = Path(overlay) if overlay is not None else None
        if self.overlay is not None and not self.overlay.is_dir():
            raise LexiconError(f"{self.overlay}: not a folder")
        self._rows: dict[str, list[Row]] = {}
        self._compiled: dict[str, Any] = {}

    def __reduce__(self) -> tuple[Callable[..., Lexicon], tuple[Path | None]]:
        return (load, (self.overlay,))

    def rows(self, name: str, fault: Callable[[Row], str | None] | None = None) -> list[Row]:
        """The rows of `data/NAME.csv`, the user's own merged in, in file order.

        Args:
            name: the file's name without its ending.
            fault: says what is wrong with a row, if anything is; it is asked when the file is first read.
        """
        if name not in self._rows:
            fault = _cue_fault if name == "cues" else fault
            rows = _parse(_shipped(name), f"{name}.csv", fault)
            if self.overlay is not None and (file := self.overlay / f"{name}.csv").is_file():
                if name == "cues":
                    known = frozenset(row["set"] for row in rows)
                    fault = partial(_cue_fault, known=known)
                rows = _merge(rows, _parse(file.read_bytes(), str(file), fault))
            self._rows[name] = rows
        return self._rows[name]

    def compiled(self, key: str, build: Callable[[Lexicon], T]) -> T:
        """What `build` makes of this lexicon, made once under `key`."""
        if key not in self._compiled:
            self._compiled[key] = build(self)
        found: T = self._compiled[key]
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a set of `cues.csv`, those of all its rows, longest first."""
        found = [word for row in self._cues(name) for word in variants(row["words"])]
        return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))

    def any_of(self, name: str) -> str:
        """A pattern for any word of a set of `cues.csv`, longest first, guarded by what may not stand beside it."""
        guarded: dict[tuple[str, str], list[str]] = {}
        for row in self._cues(name):
            guarded.setdefault((row.get("not_after", ""), row.get("not_before", "")), []).extend(variants(row["words"]))
        if len(guarded) == 1:
            ((guards, words),) = guarded.items()
            return _guarded(sorted(dict.fromkeys(words), key=len, reverse=True), *guards)
        single = [(word, guards) for guards, words in guarded.items() for word in words]
        single.sort(key=lambda item: -len(item[0]))
        return "(?:" + "|".join(dict.fromkeys(_guarded([word], *guards) for word, guards in single)) + ")"

    def none_before(self, name: str) -> str:
        """A pattern that holds where no word of a set of `cues.csv` ends."""
        return _none_before(self.words(name))

    def pattern(self, skeleton: str) -> re.Pattern[str]:
        """Compiles a pattern in which `{name}` stands for any word of that set of `cues.csv`.

        Compiling takes time: keep what this returns, with `compiled`.
        """
        return re.compile(_SLOT.sub(lambda m: self.any_of(m.group(1)), skeleton))

    def _cues(self, name: str) -> list[Row]:
        sets = self.compiled("cues", _cue_sets)
        if name not in sets:
            raise LexiconError(f"cues.csv: no set is called {name}")
        return sets[name]

    def hash(self, names: Iterable[str]) -> str:
        """A hash over some data files and what the user's folder adds to them."""
        digest = hashlib.sha256()
        for name in sorted(set(names)):
            digest.update(name.encode() + b"\0" + _shipped(name))
            if self.overlay is not None and (file := self.overlay / f"{name}.csv").is_file():
                digest.update(b"\0" + file.read_bytes())
        return digest.hexdigest()[:16]


@lru_cache(maxsize=8)
def load(overlay: Path | str | None = None) -> Lexicon:
    """The lexicon with the user's folder merged in, kept for the life of the process."""
    return Lexicon(overlay)


def variants(cell: str) -> list[str]:
    """The spellings in a cell, which `|` separates."""
    return [v for v in cell.split("|") if v]


def _shipped(name: str) -> bytes:
    file = resources.files("saidao") / "data" / f"{name}.csv"
    if not file.is_file():
        raise LexiconError(f"{name}.csv: no such data file")
    return file.read_bytes()


def _cue_sets(lexicon: Lexicon) -> dict[str, list[Row]]:
    sets: dict[str, list[Row]] = {}
    for row in lexicon.rows("cues"):
        sets.setdefault(row["set"], []).append(row)
    return sets


def _cue_fault(row: Row, known: frozenset[str] | None = None) -> str | None:
    """What is wrong with a row of `cues.csv`; a user's file may only add to the sets that are `known`."""
    for column in ("set", "words"):
        if not variants(row.get(column, "")):
            return f"{column} is empty"
    if known is not None and row["set"] not in known:
        return f"no set is called {row['set']}"
    return None


def _none_before(words: Iterable[str]) -> str:
    """A pattern that holds where none of the words ends; one look-behind a length, which must be fixed."""
    words = tuple(words)
    return "".join(
        f"(?<!{'|'.join(re.escape(w) for w in words if len(w) == n)})" for n in sorted({len(w) for w in words})
    )


def _guarded(words: list[str], not_after: str, not_before: str) -> str:
    guard = _none_before(variants(not_after))
    behind = "|".join(map(re.escape, variants(not_before)))
    found = f"{guard}(?:{'|'.join(map(re.escape, words))})" + (f"(?!{behind})" if behind else "")
    return f"(?:{found})" if guard or behind else found


def _parse(content: bytes, label: str, fault: Callable[[Row], str | None] | None = None) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{label}: not UTF-8 ({error})") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, None)
    if not header:
        raise LexiconError(f"{label}: empty; the first line names the columns")
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for cells in reader:
        if not cells or cells[0].startswith("#"):
            continue
        line = reader.line_num
        if len(cells) != len(header):
            raise LexiconError(f"{label}:{line}: {len(cells)} cells, the header has {len(header)}")
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        if "id" in row:
            if not row["id"]:
                raise LexiconError(f"{label}:{line}: id is empty")
            if row["id"] in seen:
                raise LexiconError(f"{label}:{line}: id {row['id']} stands in line {seen[row['id']]} already")
            seen[row["id"]] = line
        if fault is not None and (wrong := fault(row)):
            raise LexiconError(f"{label}:{line}: {wrong}")
        rows.append(row)
    return rows


def _merge(shipped: list[Row], own: list[Row]) -> list[Row]:
    if not shipped or "id" not in shipped[0]:
        return shipped + own
    merged = {row["id"]: row for row in shipped}
    for row in own:
        merged[row["id"]] = merged.get(row["id"], {}) | row
    return list(merged.values())
