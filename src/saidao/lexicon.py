"""Reads, checks and indexes the data files in which Saidao's knowledge stands.

A data file is a CSV (UTF-8, LF, header). A folder of the user's own files, with the same names and columns, adds rows;
a row with an id that exists replaces cells of the shipped one. Several spellings in a cell are separated by `|`. What a
column may hold stands in `schemas.csv`; a mistake is refused with file and line, whoever made it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from saidao import schemas
from saidao.errors import LexiconError, Said

Row = dict[str, str]
T = TypeVar("T")
_SLOT = re.compile("{([a-z_]+)}")


class Lexicon:
    """The data files, read once. Stages keep what they compile from it with `compiled`.

    Args:
        overlay: a folder with files of the user's own, or None.

    Raises:
        LexiconError: the overlay is no folder, or one of its files has a mistake or is called like none of the data files.
    """

    def __init__(self, overlay: Path | str | None = None) -> None:
        self.overlay = Path(overlay) if overlay is not None else None
        if self.overlay is not None and not self.overlay.is_dir():
            raise LexiconError("lexicon.no_folder", path=self.overlay)
        self._rows: dict[str, list[Row]] = {}
        self._places: dict[str, list[tuple[str, Row]]] = {}
        """The rows with their places, until what reads them has said what else is wrong with one."""
        self._compiled: dict[str, Any] = {}
        # A mistake of the user's is told before anything is read with it, and not once for each document.
        for name in self._overlaid():
            self.rows(name)

    def _overlaid(self) -> list[str]:
        """The data files that the overlay adds to."""
        if self.overlay is None:
            return []
        known = [name for name in names() if name != "schemas"]
        own = sorted(self.overlay.glob("*.csv"))
        for file in own:
            if file.stem not in known:
                raise LexiconError("lexicon.unknown_file", path=file, name=file.name, names=", ".join(known))
        return [file.stem for file in own]

    def __reduce__(self) -> tuple[Callable[..., Lexicon], tuple[Path | None]]:
        return (load, (self.overlay,))

    def rows(self, name: str, fault: Callable[[Row], Said | None] | None = None) -> list[Row]:
        """The rows of `data/NAME.csv`, the user's own merged in, in file order.

        Args:
            name: the file's name without its ending.
            fault: says what else is wrong with a row, if anything is; it is asked when the file is first read.

        Raises:
            LexiconError: the file has a mistake, named with its line.
        """
        if name not in self._rows:
            read = _parse(_shipped(name), f"{name}.csv", name)
            self._check(name, read, f"{name}.csv")
            rows = [row for _, row in read]
            self._places[name] = [(f"{name}.csv:{line}", row) for line, row in read]
            if self.overlay is not None and (file := self.overlay / f"{name}.csv").is_file():
                own = _parse(file.read_bytes(), str(file), name, partial=True)
                ids = {row["id"] for row in rows if "id" in row}
                if name == "cues":
                    known = frozenset(row["set"] for row in rows)
                    self._ask([(f"{file}:{line}", row) for line, row in own], partial(_cue_fault, known=known))
                rows, merged = _merge(rows, own, list(schemas.schemas().get(name, {})))
                self._check(name, merged, str(file), ids | {row["id"] for _, row in merged if "id" in row})
                self._places[name] += [(f"{file}:{line}", row) for line, row in merged]
            self._rows[name] = rows
        if fault is not None and name in self._places:
            self._ask(self._places.pop(name), fault)
        return self._rows[name]

    def _ask(self, places: list[tuple[str, Row]], fault: Callable[[Row], Said | None]) -> None:
        for place, row in places:
            if (said := fault(row)) is not None:
                raise LexiconError("lexicon.at", place=place, fault=said)

    def _check(self, name: str, rows: list[tuple[int, Row]], label: str, ids: Collection[str] | None = None) -> None:
        """Raises at the first row that breaks the rules of its file; `ids` are those of the file itself."""
        own = ids if ids is not None else {row["id"] for _, row in rows if "id" in row}
        wrong = schemas.fault(name, [row for _, row in rows], lambda file: own if file == name else self._ids(file))
        if wrong is not None:
            raise LexiconError("lexicon.at", place=f"{label}:{rows[wrong[0]][0]}", fault=wrong[1])

    def _ids(self, name: str) -> Collection[str]:
        """What other files may refer to: the ids of a file, or its sets where it has none."""
        return self.compiled(
            f"ids.{name}", lambda lexicon: {row.get("id", row.get("set", "")) for row in lexicon.rows(name)}
        )

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
            raise LexiconError("lexicon.at", place="cues.csv", fault=Said("lexicon.no_set", {"name": name}))
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


def type_id(name: str | None, lexicon: Lexicon) -> str | None:
    """The id of a kind of document that is given by its id, its Chinese or its English name."""
    if name is None:
        return None
    for row in lexicon.rows("types"):
        if name in (row["id"], row.get("zh"), row.get("en")):
            return row["id"]
    return next((row["id"] for row in lexicon.rows("types") if row.get("zh") and row["zh"] in name), None)


def _shipped(name: str) -> bytes:
    file = resources.files("saidao") / "data" / f"{name}.csv"
    if not file.is_file():
        raise LexiconError("lexicon.no_file", name=f"{name}.csv")
    return file.read_bytes()


def _cue_sets(lexicon: Lexicon) -> dict[str, list[Row]]:
    sets: dict[str, list[Row]] = {}
    for row in lexicon.rows("cues"):
        sets.setdefault(row["set"], []).append(row)
    return sets


def _cue_fault(row: Row, known: frozenset[str]) -> Said | None:
    """What is wrong with a row of the user's `cues.csv`, which may only add to the sets that are `known`."""
    return None if row["set"] in known else Said("lexicon.no_set", {"name": row["set"]})


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


def names() -> list[str]:
    """The names of the data files, without their endings."""
    folder = resources.files("saidao") / "data"
    return sorted(file.name[:-4] for file in folder.iterdir() if file.name.endswith(".csv"))


def _parse(content: bytes, label: str, name: str, *, partial: bool = False) -> list[tuple[int, Row]]:
    """The rows of a file with the numbers of their lines; `partial`: it need not have all the columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LexiconError("lexicon.not_utf8", place=f"{label}:{line}") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, None)
    if not header:
        raise LexiconError("lexicon.empty", place=f"{label}:1")
    if (wrong := schemas.header_fault(name, header)) is not None:
        raise LexiconError("lexicon.at", place=f"{label}:1", fault=wrong)
    missing = schemas.missing_columns(name, header)
    if missing and (not partial or missing[0] == "id"):
        raise LexiconError("lexicon.no_column", place=f"{label}:1", name=missing[0])
    rows: list[tuple[int, Row]] = []
    seen: dict[str, int] = {}
    for cells in reader:
        if not cells or cells[0].startswith("#"):
            continue
        line = reader.line_num
        if len(cells) != len(header):
            raise LexiconError("lexicon.cells", place=f"{label}:{line}", count=len(cells), columns=len(header))
        row = dict(zip(header, cells, strict=True))
        if name not in _SPACED and (stray := next((c for c in header if row[c] != row[c].strip()), None)):
            raise LexiconError("lexicon.blank", place=f"{label}:{line}", column=stray, cell=row[stray].strip())
        if "id" in row:
            if not row["id"]:
                raise LexiconError("lexicon.no_id", place=f"{label}:{line}")
            if row["id"] in seen:
                raise LexiconError("lexicon.id_twice", place=f"{label}:{line}", id=row["id"], line=seen[row["id"]])
            seen[row["id"]] = line
        rows.append((line, row))
    return rows


_SPACED = frozenset({"messages", "labels", "report", "web"})
"""Files of words for people, in which a blank at an end may be meant: `, ` between two names."""


def _merge(
    shipped: list[Row], own: list[tuple[int, Row]], columns: list[str]
) -> tuple[list[Row], list[tuple[int, Row]]]:
    """All rows, and the user's own as they are once merged; columns that these leave out are empty."""
    blank = dict.fromkeys(columns, "")
    if not shipped or "id" not in shipped[0]:
        filled = [(line, blank | row) for line, row in own]
        return shipped + [row for _, row in filled], filled
    merged = {row["id"]: row for row in shipped}
    changed = []
    for line, row in own:
        merged[row["id"]] = merged.get(row["id"], blank) | row
        changed.append((line, merged[row["id"]]))
    return list(merged.values()), changed
