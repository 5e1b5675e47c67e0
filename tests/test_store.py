"""The database file: schema, checks, exact numbers, views, and what is said when it cannot be opened."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import store
from saidao.errors import StoreError
from saidao.models import Batch, Document, Found, Image, Note, Raw, Reject, Section, Sentence, Source, Statement
from saidao.store import schema
from saidao.store.problems import DatabaseError

TEXT = "今年地区生产总值增长5%左右。\n粮食产量613.5亿斤。"


def batch(text: str = TEXT, path: str = "a.txt", title: str = "报告", **changes: Any) -> Batch:
    key = hashlib.sha256(text.encode()).hexdigest()[:16]
    values: dict[str, Any] = {
        "id": key, "text": text, "title": title, "issuer": "湖南省人民政府", "level": "province", "adcode": "430000",
        "region": "湖南省", "type": "work_report", "year": 2026, "date": "2026-02-03", "session": None,
        "publisher": None, "aggregator": None, "url": None, "categories": ("要闻", "经济"),
    }  # fmt: skip
    document = Document(**(values | changes))
    at = text.find("5%左右")
    statements = [statement(text, at, at + 4)] if at >= 0 else []
    sentences, start = [], 0
    for line in text.split("\n"):
        if line:
            sentences.append(Sentence(start, start + len(line)))
        start += len(line) + 1
    return Batch(
        document, Raw(Source(path, format="text"), ""), [Section(0, len(text), "plan_year")], sentences,
        Found(statements),
        [Image("http://x/y.jpg", 3, width=2**40, height=20)], [], [Note("x", "y")],
    )  # fmt: skip


def statement(text: str, start: int, end: int, low: str = "5", **changes: Any) -> Statement:
    values: dict[str, Any] = {
        "start": start, "end": end, "quote": text[start:end], "indicator": "地区生产总值", "kind": "growth",
        "low": Decimal(low), "high": Decimal(low), "unit": "%", "bound": "approx", "status": "target",
        "period": "2026", "region": None, "industry": None, "section": "plan_year",
    }  # fmt: skip
    return Statement(**(values | changes))


def entry(made: Batch, digest: str = "d", reading: str = "00000000000000aa", extractor: str = "x") -> store.Entry:
    return store.flatten(made, extractor=extractor, reading=reading, digest=digest)


def write(database: Path, *entries: store.Entry) -> None:
    connection = store.create_or_open(database)
    try:
        writer = store.Writer(connection, str(database))
        for one in entries:
            writer.add(one)
        writer.commit()
    finally:
        connection.close()


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_the_script_says_what_every_column_is(tmp_path: Path) -> None:
    store.create_or_open(tmp_path / "a.duckdb").close()
    found = ask(
        tmp_path / "a.duckdb",
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
        " AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index",
    )
    declared = [
        (table.name, column.name, column.type.replace(", ", ","), column.meaning)
        for table in sorted(schema.tables().values(), key=lambda table: table.name)
        for column in table.columns
    ]
    assert found == declared
    assert all(table.meaning for table in schema.tables().values())


def test_numbers_are_exact_and_long_text_is_compressed(tmp_path: Path) -> None:
    text = TEXT + "\n" + "\n".join(f"第{n}项投资{n}亿元。" for n in range(4000))
    made = batch(text)
    made.found.statements = [
        statement(text, 8, 10, "5530000000000"),
        statement(text, 9, 10, "0.1"),
        statement(text, 0, 2),
    ]
    made.found.statements[2].low = Decimal("99999999999999999999999999.999999999999")
    write(tmp_path / "a.duckdb", entry(made))
    found = ask(tmp_path / "a.duckdb", 'SELECT low FROM statements ORDER BY "start"')
    assert found == [
        (Decimal("99999999999999999999999999.999999999999"),), (Decimal("5530000000000"),), (Decimal("0.1"),),
    ]  # fmt: skip
    stored = ask(
        tmp_path / "a.duckdb",
        "SELECT DISTINCT column_name, compression FROM pragma_storage_info('documents')"
        " WHERE column_name = 'text' AND segment_type = 'VARCHAR'",
    )
    assert stored == [("text", "ZSTD")]


def test_a_picture_of_absurd_size_has_none(tmp_path: Path) -> None:
    write(tmp_path / "a.duckdb", entry(batch()))
    assert ask(tmp_path / "a.duckdb", "SELECT width, height FROM images") == [(None, 20)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: setattr(made.found.statements[0], "quote", "6%左右"),
        lambda made: setattr(made.found.statements[0], "start", made.found.statements[0].start - 1),
        lambda made: setattr(made.found.statements[0], "end", 10_000),
        lambda made: made.sentences.append(Sentence(0, 3)),
        lambda made: made.sections.append(Section(5, 10_000, "other")),
    ],
)
def test_a_row_that_would_be_wrong_is_refused_by_name(spoil: Any) -> None:
    made = batch()
    spoil(made)
    with pytest.raises(StoreError, match=made.document.id):
        entry(made)


def test_a_text_with_half_a_character_pair_or_another_hash_is_refused() -> None:
    with pytest.raises(StoreError):
        entry(batch(id="0" * 16))
    made = batch()
    object.__setattr__(made.document, "text", "\ud800" + TEXT[1:])
    with pytest.raises(StoreError):
        entry(made)


def test_statements_on_one_span_have_ids_of_their_own() -> None:
    made = batch()
    made.found.statements *= 2
    ids = [row[0] for row in entry(made).tables["statements"]]
    assert len(set(ids)) == 2
    assert ids[0] == store.statement_id(made.document.id, made.found.statements[0].start, made.found.statements[0].end)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_the_smallest_source_is_primary_whatever_the_order_and_the_groups(names: list[str], cuts: list[bool]) -> None:
    connection = duckdb.connect()
    connection.execute(schema.script())
    writer = store.Writer(connection, "memory")
    for name, cut in zip(names, cuts, strict=False):
        writer.add(entry(batch(path=f"{name}.txt", title=name), digest=name))
        if cut:
            writer.commit()
    writer.commit()
    found = connection.execute("SELECT path, title FROM documents").fetchall()
    assert found == [(f"{min(names)}.txt", min(names))]
    assert connection.execute("SELECT count(*) FROM statements").fetchall() == [(1,)]


def test_a_group_that_fails_leaves_nothing(tmp_path: Path) -> None:
    connection = store.create_or_open(tmp_path / "a.duckdb")
    writer = store.Writer(connection, "a.duckdb")
    writer.add(entry(batch()))
    broken = entry(batch("另一篇报告。"))
    broken.tables["sentences"] = [(*broken.tables["sentences"][0][:2], None, *broken.tables["sentences"][0][3:])]
    writer.add(broken)
    with pytest.raises(DatabaseError):
        writer.commit()
    assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(0,)]
    assert connection.execute("SELECT count(*) FROM sources").fetchall() == [(0,)]
    connection.close()


def test_the_views_speak_chinese(tmp_path: Path) -> None:
    write(tmp_path / "a.duckdb", entry(batch()))
    [row] = ask(
        tmp_path / "a.duckdb", "SELECT 地区, 报告年份, 指标, 原文数值, 数值类型, 限定, 性质, 所在句子 FROM 量化事项"
    )
    expected = ("湖南省", 2026, "地区生产总值", "5%左右", "增速", "约", "目标", "今年地区生产总值增长5%左右。")
    assert row == tuple(expected)
    assert ask(tmp_path / "a.duckdb", "SELECT 标题, 层级 FROM 文件") == [("报告", "省级")]
    for view in ("来源", "篇章", "句子", "图片", "噪声", "存疑", "未收录", "运行记录"):
        ask(tmp_path / "a.duckdb", f"SELECT * FROM {view}")


def test_a_reject_is_explained_in_the_view(tmp_path: Path) -> None:
    connection = store.create_or_open(tmp_path / "a.duckdb")
    writer = store.Writer(connection, "a.duckdb")
    writer.reject(Reject(Source("x.doc", format="doc"), "doc_not_read"))
    writer.reject(Reject(Source("\udcff.bin"), "new_code", "half a pair \ud800"))
    writer.commit()
    connection.close()
    found = ask(tmp_path / "a.duckdb", "SELECT 说明 FROM 未收录 ORDER BY 1")
    assert ("new_code",) in found
    assert any(".docx" in text for (text,) in found)


def test_a_file_of_another_version_is_refused_with_advice(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    store.create_or_open(database).close()
    for version, said in (("99", "newer Saidao"), ("0", "older Saidao")):
        with duckdb.connect(str(database)) as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [version])
        for attempt in (store.open_existing, store.create_or_open):
            with pytest.raises(DatabaseError, match=said):
                attempt(database)


def test_what_is_no_database_of_ours_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database " * 1000)
    with pytest.raises(DatabaseError, match="no DuckDB database"):
        store.create_or_open(text)
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(foreign)) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(DatabaseError, match="did not make"):
        store.create_or_open(foreign)
    assert ask(foreign, "SELECT table_name FROM duckdb_tables()") == [("mine",)]


def test_a_missing_file_or_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        store.open_existing(tmp_path / "none.duckdb")
    with pytest.raises(DatabaseError, match="is a folder"):
        store.create_or_open(tmp_path)
    with pytest.raises(DatabaseError, match="folder does not exist"):
        store.create_or_open(tmp_path / "no" / "a.duckdb")


def test_a_locked_file_is_said(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    store.create_or_open(database).close()
    holder = f"import duckdb, sys; c = duckdb.connect({str(database)!r}); print('held', flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        with pytest.raises(DatabaseError, match=rf"another program .*PID {process.pid}.* is writing"):
            store.open_existing(database)
    finally:
        process.communicate(timeout=20)


@pytest.mark.parametrize(("language", "word"), [("zh", "另建一份"), ("en", "build beside")])
def test_a_file_that_is_served_says_how_to_build_beside_it(tmp_path: Path, language: str, word: str) -> None:
    database = tmp_path / "a.duckdb"
    store.create_or_open(database).close()
    code = "import sys, saidao; d = saidao.open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(database)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        with pytest.raises(DatabaseError) as error:
            store.create_or_open(database)
    finally:
        process.communicate(timeout=20)
    told = error.value.text(language)
    assert error.value.code == "in_use"
    assert word in told
    assert f"PID {process.pid}" in told
    assert told.endswith(f"mv next.duckdb {database}"), "what to do, to be copied"


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    write(database, entry(batch()))
    content = bytearray(database.read_bytes())
    content[4096 : 4096 * 4] = bytes(4096 * 3)
    database.write_bytes(content)
    with pytest.raises(DatabaseError):
        store.open_existing(database)


def test_problems_speak_both_languages() -> None:
    problem = DatabaseError("missing", path="x.duckdb")
    assert "saidao build" in problem.text("zh")
    assert problem.text("zh") != problem.text("en") == str(problem)
