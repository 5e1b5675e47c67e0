"""Random, damaged, cut off and mutated input gives documents or rejects: never an exception or a hang."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import forms
import fuzz
from hostile import CODES, code, load, put
from saidao.models import Raw

MADE = {name: make() for name, make in forms.FORMS.items()}
FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("name", MADE)
@FUZZ
@given(data=st.binary(max_size=300))
def test_random_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    load(put(tmp_path, name, data))


@pytest.mark.parametrize("name", MADE)
@FUZZ
@example(seed=49687829, count=1)  # a Parquet file that says it has no rows
@given(seed=st.integers(0, 2**32), count=st.sampled_from([1, 2, 5, 20, 100]))
def test_damaged_files(tmp_path: Path, name: str, seed: int, count: int) -> None:
    chance = random.Random(seed)
    data = bytearray(MADE[name])
    for _ in range(count):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                del data[at : at + chance.randrange(1, 30)]
            case 1:
                data[at:at] = chance.randbytes(chance.randrange(1, 30))
            case _:
                data[at] = chance.randrange(256)
        data = data or bytearray(b"\x00")
    load(put(tmp_path, name, bytes(data)))


@pytest.mark.parametrize("name", MADE)
def test_truncated_files(tmp_path: Path, name: str) -> None:
    whole = MADE[name]
    intact = [each.text for each in load(put(tmp_path, name, whole)) if isinstance(each, Raw)]
    assert intact
    for cut in sorted({1, 2, 5, len(whole) - 1, len(whole) - 3, *range(3, len(whole), max(1, len(whole) // 25))}):
        load(put(tmp_path, name, whole[:cut]))


@pytest.mark.parametrize("name", ["report.docx", "reports.xlsx", "reports.parquet", "reports.zip", "reports.json"])
def test_half_a_file_is_named_truncated(tmp_path: Path, name: str) -> None:
    assert code(put(tmp_path, name, MADE[name][: len(MADE[name]) // 2])) == "truncated_file"


@pytest.mark.parametrize("form", fuzz.FORMS)
def test_mutated_files_end_in_documents_or_rejects(form: str, tmp_path: Path) -> None:
    """A sample of what `python tests/fuzz.py` does, through all the stages; a failure names the input's number."""
    found = {}
    for number in range(20):
        file = put(tmp_path, form, fuzz.input_of(form, "suite", number))
        try:
            found[number] = fuzz.outcome(file, frozenset(CODES))
        except AssertionError as error:
            raise AssertionError(f"python tests/fuzz.py --form {form} --seed suite --only {number}: {error}") from None
    assert len({tuple(codes) for codes in found.values()}) > 1, "the mutations are all alike"


def test_the_fuzzer_tells_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path, "a.bin", b"\x00\x01\x02\x03" * 50)
    assert fuzz.outcome(file, frozenset(CODES)) == ["unknown_binary"]
    with pytest.raises(AssertionError, match="unknown code unknown_binary"):
        fuzz.outcome(file, frozenset())
    put(tmp_path, "a.txt", forms.text())
    monkeypatch.setattr("saidao.pipeline.stages.structure", lambda *_: 1 / 0)
    with pytest.raises(AssertionError, match="internal_error: ZeroDivisionError"):
        fuzz.outcome(tmp_path / "a.txt", frozenset(CODES))
    # A process that a C library kills, or that hangs, is told from its last line.
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert fuzz.run("report.txt", 1, "suite").failures == ["report.txt 0: crash or hang, exit code 1: "]


@FUZZ
@given(text=st.text(max_size=400), name=st.sampled_from(["a.md", "a.html", "a.txt", "a.csv", "a.json", "a.jsonl"]))
@example(text="---\n", name="a.md")
@example(text="\u3000\n<!-->", name="a.html")
@example(text='{"text": "\ud7ff"}', name="a.json")
def test_any_text(tmp_path: Path, text: str, name: str) -> None:
    load(put(tmp_path, name, text.encode()))


@FUZZ
@given(
    marks=st.lists(
        st.sampled_from([*"#*_[]()!<>`~|-=+&;:\\ \n\t文字5%", "](", "**", "<p>", "</p>", "<div hidden>", "<table><tr><td>",
                         "</td>", "<img src=http://a.cn/1.png>", "<h2>", "---\n", "```\n", "<br>", "<a href=x>"]),
        max_size=60,
    ),
    name=st.sampled_from(["a.md", "a.html"]),
)  # fmt: skip
def test_any_markup(tmp_path: Path, marks: list[str], name: str) -> None:
    load(put(tmp_path, name, "".join(marks).encode()))


@FUZZ
@given(value=st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.integers(),
                          lambda x: st.lists(x, max_size=4) | st.dictionaries(st.sampled_from(["text", "title", "data", "正文"])
                                                                  | st.text(max_size=3), x, max_size=4)))  # fmt: skip
def test_any_json(tmp_path: Path, value: object) -> None:
    load(put(tmp_path, "a.json", json.dumps(value).encode()))
    load(put(tmp_path, "a.jsonl", json.dumps(value).encode()))
