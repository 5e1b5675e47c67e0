"""Feeds mutated, cut-off and hostile files of every format to the readers and the stages behind them.

    python tests/fuzz.py --count 2000
    python tests/fuzz.py --form report.pdf --only 1234 --keep out/    writes that one input to a folder

Every input must end in documents or rejects with a reason that Saidao knows, none of them a defect of its own
(`internal_error` and its like), within `PATIENCE` seconds of the processor and `MEMORY` megabytes. Each format is read in a process of its
own, so that a crash or a hang inside a C library is caught as well, and named with the number of its input. An input is
made from its format, seed and number alone.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import io
import json
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from array import array
from collections import Counter
from functools import lru_cache
from pathlib import Path

import forms
from saidao import lexicon, sources
from saidao.models import Raw, Reject
from saidao.pipeline import stages

PATIENCE = 20
"""Seconds of the processor that one input may take, so that a busy machine makes no difference. Most take thousandths."""

STILL = 300
"""Seconds by the clock after which an input counts as hanging that leaves the processor alone."""

MEMORY = 600
"""Megabytes that the process may grow to over all the inputs of a format."""

OURS = frozenset({"internal_error", "internal_check_failed", "reader_failed", "reader_crashed"})
"""Reasons that mean a defect of the program, not of the input."""

FORMS = (*forms.FORMS, "report-gbk.html", "report-utf16.txt", "reports-in-reports.zip")

HOSTILE = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x1a", b"\x0c", b"\xe2\x80\xa8", b"\xf4\x8f\xbf\xbf",
    b"<!--", b"-->", b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&#0;", b"&#x110000;", b"<table><tr><td>" * 40,
    b"</p></div></body>", b"<script>", b"<style>", b"<a href='" + b"x" * 400 + b"'>", b"<td colspan=999999 rowspan=999999>",
    b"---\n", b"```\n", b"|" * 200, b"[](" * 60, b"*" * 500, b"> " * 200, b"\n" * 300, b"\t" * 100, b" " * 2000,
    b'"', b'""', b'","', b"{" * 200, b"[" * 500, b'{"text":', b"\\ud800", b"1e999999", b"-" * 300, b"9" * 400,
    "亿".encode() * 60, "九" .encode() * 200, "％".encode(), "第一百零八".encode() * 9, "—".encode() * 90, b"1.2.3.4" * 30,
    "\u202e\u200d\u0301".encode() * 20, "增长5%；".encode() * 200, "一、".encode() * 80, "2025年".encode() * 80, "“".encode() * 90,
    b"obj", b"endobj", b"stream\n", b"endstream", b"/Length 99999999", b"/Kids [1 0 R]", b"0 0 R", b"trailer <<>>", b"%%EOF",
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PAR1", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80",
]  # fmt: skip
"""Pieces that parsers have tripped over: broken characters, entities, deep nesting, absurd numbers, foreign signatures."""


@lru_cache
def original(form: str) -> bytes:
    """A whole file of a form; its bytes are the same every time."""
    if form == "report-gbk.html":
        return forms.html("gb18030")
    if form == "report-utf16.txt":
        return forms.text("utf-16")
    if form == "reports-in-reports.zip":
        return forms.zipped({"a/report.docx": forms.docx(), "报告.zip": forms.zipped({"x.csv": forms.csv()})})
    made = forms.FORMS[form]()
    return forms.repacked(made, {}) if made[:2] == b"PK" else made


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four mutations; those of archives also within a member."""
    if data[:2] == b"PK" and chance.random() < 0.6:
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
            name = chance.choice(sorted(members))
            members[name] = mutated(members[name], other, chance)
            if chance.random() < 0.1:
                del members[chance.choice(sorted(members))]
            return forms.zipped(members)
    if chance.random() < 0.6:
        # A text stays a text: broken bytes alone would seldom get behind the decoder.
        with contextlib.suppress(UnicodeDecodeError):
            return _rewritten(data.decode(), other.decode("utf-8", "ignore"), chance).encode("utf-8", "ignore")
    made = bytearray(data)
    for _ in range(chance.randrange(1, 5)):
        size = len(made)
        at = chance.randrange(size + 1)
        length = min(chance.choice([1, 2, 8, 64, 512, 4096]), size)
        match chance.randrange(9):
            case 0:
                del made[at:]
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * chance.choice([1, 3, 50])
            case 3:
                made[at:at] = chance.choice(HOSTILE)
            case 4:
                made[at : at + length] = chance.randbytes(length)
            case 5:
                for _ in range(chance.choice([1, 5, 40])):
                    if made:
                        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
            case 6:
                start = chance.randrange(len(other) + 1)
                made[at : at + length] = other[start : start + length]
            case 7:
                made = bytearray(_renumbered(bytes(made), chance))
            case _:
                made[at : at + 4] = chance.choice([b"\x00" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80"])
    return bytes(made)


def _rewritten(text: str, other: str, chance: random.Random) -> str:
    """A text with one to six mutations that leave its characters whole."""
    for _ in range(chance.randrange(1, 7)):
        at = chance.randrange(len(text) + 1)
        length = chance.choice([1, 1, 2, 10, 60])
        match chance.randrange(7):
            case 0:
                text = text[:at] + text[at + length :]
            case 1:
                text = text[:at] + text[at : at + length] * chance.choice([2, 4, 60]) + text[at + length :]
            case 2 | 3:
                text = text[:at] + chance.choice(HOSTILE).decode("utf-8", "ignore") + text[at:]
            case 4:
                start = chance.randrange(len(other) + 1)
                text = text[:at] + other[start : start + length] + text[at + length :]
            case 5:
                text = _renumbered(text.encode(), chance).decode()
            case _:
                text = (
                    text[:at]
                    + chr(chance.choice([0, 7, 0x2028, 0x3000, 0xFF05, 0xE000, 0x20000, chance.randrange(32, 0xD000)]))
                    + text[at + 1 :]
                )
    return text


def _renumbered(data: bytes, chance: random.Random) -> bytes:
    """One of the numbers of a text replaced by an absurd one."""
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    found = chance.choice(numbers)
    absurd = chance.choice([b"0", b"-1", b"99999999999", b"4294967296", b"1e308", b"0.0000001", b"9" * 80])
    return data[: found.start()] + absurd + data[found.end() :]


def input_of(form: str, seed: str, number: int) -> bytes:
    """The input of a number."""
    chance = random.Random(f"{seed} {form} {number}")
    return mutated(original(form), original(chance.choice(FORMS)), chance)


def outcome(file: Path, codes: frozenset[str]) -> list[str]:
    """The codes of an input's rejects, and `document` for each document.

    Raises:
        AssertionError: the input ends in nothing, in an unknown code, in a defect, or in a wrong quote.
    """
    found: list[str] = []
    for unit in sources.discover([file]):
        for raw in [unit] if isinstance(unit, Reject) else sources.read(unit):
            entry = stages.read(raw, lexicon.load(), "x", array("Q")) if isinstance(raw, Raw) else raw
            if isinstance(entry, Reject):
                assert entry.code in codes, f"unknown code {entry.code}"
                assert entry.code not in OURS, f"{entry.code}: {entry.detail}"
                found.append(entry.code)
            else:
                text = entry.tables["documents"][0][15]
                for row in entry.tables["statements"]:
                    assert text[row[3] : row[4]] == row[5], row
                found.append("document")
    assert found, "lost silently"
    return found


def child(form: str, seed: str, first: int, count: int) -> None:
    """Reads inputs of one form and prints what became of each; the parent watches."""
    codes = frozenset(row["id"] for row in lexicon.load().rows("rejects"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / form
        for number in range(first, first + count):
            file.write_bytes(input_of(form, seed, number))
            print(json.dumps({"begin": number}), flush=True)
            # Either ends the process even where a C library has lost itself.
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            faulthandler.dump_traceback_later(STILL, exit=True)
            began = time.process_time()
            try:
                found: list[str] | str = outcome(file, codes)
            except Exception as error:
                found = f"{type(error).__name__}: {error}"
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.cancel_dump_traceback_later()
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(json.dumps([number, found, time.process_time() - began, megabytes]), flush=True)


class Result:
    """What became of the inputs of one form."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.inputs = 0
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self.megabytes = 0
        self.failures: list[str] = []

    def add(self, number: int, found: list[str] | str, seconds: float, megabytes: int) -> None:
        """Counts one input."""
        self.inputs += 1
        self.slowest, self.megabytes = max(self.slowest, seconds), max(self.megabytes, megabytes)
        if isinstance(found, str):
            self.failures.append(f"{self.form} {number}: {found}")
        else:
            self.outcomes["documents" if "document" in found else "rejects"] += 1


def run(form: str, count: int, seed: str) -> Result:
    """Reads `count` inputs of a form, in as many processes as crashes make necessary."""
    result, first = Result(form), 0
    while first < count:
        command = [sys.executable, __file__, "--child", form, seed, str(first), str(count - first)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        begun = first
        for line in done.stdout.splitlines():
            said = json.loads(line)
            if isinstance(said, dict):
                begun = said["begin"]
            else:
                result.add(*said)
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [""]
            result.add(begun, f"crash or hang, exit code {done.returncode}: {last[0]}", 0.0, 0)
        first = begun + 1
    if result.megabytes > MEMORY:
        result.failures.append(f"{form}: the process grew to {result.megabytes} MB")
    return result


def main() -> int:
    options = argparse.ArgumentParser(description="Fuzzes the readers with mutated files.")
    options.add_argument("--count", type=int, default=2000, help="inputs of each format")
    options.add_argument("--seed", default="1", help="another seed makes other inputs")
    options.add_argument("--form", choices=FORMS, action="append", help="only this format")
    options.add_argument("--only", type=int, help="one input, by its number")
    options.add_argument("--keep", type=Path, help="folder to write that input to")
    given = options.parse_args()
    chosen = given.form or FORMS
    if given.only is not None:
        for form in chosen:
            data = input_of(form, given.seed, given.only)
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / form).write_bytes(data)
            print(form, len(data), "bytes")
        return 0
    print("| file | inputs | with documents | rejected | failures | slowest, s | memory, MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    failures: list[str] = []
    for form in chosen:
        result = run(form, given.count, given.seed)
        failures += result.failures
        for failure in result.failures:
            print(failure, file=sys.stderr, flush=True)
        print(
            f"| `{form}` | {result.inputs:,} | {result.outcomes['documents']:,} | {result.outcomes['rejects']:,} |"
            f" {len(result.failures)} | {result.slowest:.2f} | {result.megabytes} |",
            flush=True,
        )
    print(f"\n{len(failures)} failures" if failures else "\nno failure")
    return 1 if failures else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    else:
        sys.exit(main())
