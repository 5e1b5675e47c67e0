"""The matrix: every number worked out by hand, gaps that are no zeros, totals that are the store's, all its outputs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from hand import Hand, Said
from saidao.analyses.crowding import crowding
from saidao.analyses.similarity import nearest
from saidao.analyses.specialisation import quotients
from saidao.analyses.tree import rolled, tree
from saidao.cli import main
from saidao.errors import UsageError
from saidao.lexicon import load

HUNAN, HUBEI, HENAN = "430000", "420000", "410000"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three provinces in 2026, two of them with a report of 2025.

    Mentions of 2026: Hunan 新能源 3, 光伏 1; Hubei 新能源 1, 生物医药 2, one that is in no list; Henan 生物医药 1.
    Of 2025: Hunan 新能源 1, 生物医药 1; Henan 生物医药 1, 光伏 1.
    """
    hand = Hand(tmp_path_factory.mktemp("matrix") / "hand.duckdb")
    hand.report(
        HUNAN, 2026,
        Said("做强新能源、光伏产业，新能源装机达到500万千瓦。", ["new_energy", "photovoltaics"], ["plan_target"],
             targets=[("500万千瓦", "new_energy")]),
        Said("设立新能源产业基金，建设2个新能源产业集群。", ["new_energy"], ["industrial_fund", "cluster_park"], ["build_strength"],
             carriers=[{"quote": "2个新能源产业集群", "type": "cluster", "number": 2, "industries": ["new_energy"]}]),
        Said("新能源增加值增长8%，制造业提质。", ["new_energy", "manufacturing"], status="done"),
    )  # fmt: skip
    hand.report(
        HUNAN, 2025, Said("发展新能源。", ["new_energy"], ["plan_target"]), Said("发展生物医药。", ["biomedicine"])
    )
    hand.report(
        HUBEI, 2026,
        Said("壮大生物医药、新能源。", ["biomedicine", "new_energy"], ["rd_tech"]),
        Said("生物医药和绞股蓝产业更强。", ["biomedicine", ":绞股蓝产业"], ["rd_tech"]),
    )  # fmt: skip
    hand.report(HENAN, 2026, Said("发展生物医药。", ["biomedicine"], ["plan_target"]))
    hand.report(HENAN, 2025, Said("发展生物医药、光伏。", ["biomedicine", "photovoltaics"], ["plan_target"]))
    hand.report("430100", 2026, Said("发展光伏。", ["photovoltaics"]))
    hand.report(HUNAN, 2026, Said("光伏不在报告里。", ["photovoltaics"]), type="plan")
    return hand.close()


def cells(path: Path, **wanted: Any) -> dict[tuple[str, str, int], dict[str, Any]]:
    with saidao.open(path) as database:
        rows = database.matrix(**wanted).rows()
    return {(r.get("region") or r.get("industry_id"), r.get("tool") or r["industry_id"], r["year"]): r for r in rows}


def test_counts_of_a_cell(path: Path) -> None:
    cell = cells(path, year=2026)["湖南省", "new_energy", 2026]
    names = ("mentions", "planned", "done", "sentences", "commitments", "tools", "carriers")
    assert {name: cell[name] for name in names} == {
        "mentions": 3, "planned": 2, "done": 1, "sentences": 3, "commitments": 1, "tools": 3, "carriers": 1,
    }  # fmt: skip
    assert cell["tool_ids"] == ["cluster_park", "industrial_fund", "plan_target"]


def test_share_and_quotient(path: Path) -> None:
    found = cells(path, year=2026, level="province")
    hunan = found["湖南省", "new_energy", 2026]
    # 3 of Hunan's 4 mentions (制造业 is a class and does not count); 4 of all 9, the one without a row among them
    assert hunan["share"] == Decimal("75.0000")
    assert hunan["quotient"] == (Decimal(3) / 4 / (Decimal(4) / 9)).quantize(Decimal("0.0001"))
    assert found["河南省", "biomedicine", 2026]["quotient"] == Decimal("3.0000")  # 1 of 1, over 3 of 9
    assert found["湖北省", "unlisted", 2026]["mentions"] == 1


def test_the_change_needs_both_reports(path: Path) -> None:
    found = cells(path, year=2026)
    hunan = found["湖南省", "new_energy", 2026]
    assert (hunan["last_mentions"], hunan["mentions_change"], hunan["trend"]) == (1, 2, "more")
    assert (hunan["last_share"], hunan["share_change"]) == (Decimal(50), Decimal(25))
    gone = found["湖南省", "biomedicine", 2026]
    assert (gone["mentions"], gone["last_mentions"], gone["trend"], gone["quotient"]) == (0, 1, "gone", None)
    assert found["湖南省", "photovoltaics", 2026]["trend"] == "new"
    assert found["河南省", "biomedicine", 2026]["trend"] == "same"
    hubei = found["湖北省", "biomedicine", 2026]  # no report of 2025: no change, not a rise from zero
    assert (hubei["trend"], hubei["last_mentions"], hubei["mentions_change"]) == (None, None, None)


def test_a_balanced_matrix_has_every_cell_of_regions_with_a_report(path: Path) -> None:
    wanted: dict[str, Any] = {"level": "province", "year": 2026}
    plain, balanced = cells(path, **wanted), cells(path, **wanted, balanced=True)
    regions, industries = {key[0] for key in balanced}, {key[1] for key in balanced}
    assert (len(regions), len(industries)) == (3, 4)
    assert len(balanced) == len(regions) * len(industries)
    for key, cell in plain.items():
        assert {**balanced[key], "quotient": None} == {**cell, "quotient": None}
        assert (balanced[key]["quotient"] or 0) == (cell["quotient"] or 0)
    empty = balanced["湖北省", "photovoltaics", 2026]
    assert (empty["mentions"], empty["share"], empty["quotient"], empty["trend"]) == (0, 0, 0, None)
    assert empty["last_mentions"] is None
    assert all(cell["quotient"] is None for cell in cells(path, level="prefecture", balanced=True).values())
    with saidao.open(path) as database, pytest.raises(UsageError, match="balanced"):
        database.matrix(by="industry-tool", balanced=True)


def test_crowding(path: Path) -> None:
    with saidao.open(path) as database:
        found = {r["industry_id"]: r for r in database.matrix(year=2026, level="province", part="crowding")}
    energy, medicine = found["new_energy"], found["biomedicine"]
    assert (energy["mentions"], energy["regions"], energy["regions_all"]) == (4, 2, 3)
    assert energy["herfindahl"] == Decimal("0.625")  # (3/4)² + (1/4)²
    assert energy["alike"] == Decimal("1.6")
    assert energy["most"] == ["湖南省", "湖北省"]
    # of the two provinces with both reports: one names it now, both did; 1 mention now, 2 then
    assert (medicine["paired_regions"], medicine["paired_mentions"], medicine["last_mentions"]) == (2, 1, 2)
    assert (medicine["last_regions"], medicine["came"], medicine["went"]) == (2, [], ["湖南省"])
    assert "unlisted" not in found


def test_similarity(path: Path) -> None:
    with saidao.open(path) as database:
        rows = database.matrix(year=2026, level="province", part="similarity").rows()
    found = {(r["region"], r["peer"]): r for r in rows}
    # Hunan (3, 1, 0), Hubei (1, 0, 2) over 新能源, 光伏, 生物医药: 3 / (√10 √5)
    assert found["湖南省", "湖北省"]["cosine"] == Decimal("0.4243")
    assert found["湖北省", "河南省"]["cosine"] == Decimal("0.8944")  # 2 / √5
    assert found["湖北省", "河南省"]["rank"] == 1
    assert found["湖北省", "河南省"]["common"] == ["biomedicine"]
    assert ("湖南省", "河南省") not in found  # nothing in common


def test_gaps_are_told(path: Path) -> None:
    with saidao.open(path) as database:
        gaps = database.matrix(year=2026, level="province", part="gaps").rows()
        rows = database.matrix(year=2026).rows()
    reasons = Counter(gap["reason"] for gap in gaps)
    assert reasons == {"no_report": 28, "no_last_report": 1}
    assert not {gap["region"] for gap in gaps if gap["reason"] == "no_report"} & {row["region"] for row in rows}


def test_levels_are_not_mixed(path: Path) -> None:
    city = cells(path, year=2026)["长沙市", "photovoltaics", 2026]
    assert (city["level"], city["mentions"], city["quotient"]) == ("prefecture", 1, None)  # alone among cities
    assert not any(region == "湖南省" for region, *_ in cells(path, within="湖南"))


def test_depth_counts_under_ancestors(path: Path) -> None:
    found = cells(path, year=2026, depth=1, region="湖南")
    above = rolled(tree(load()), depth=1)
    assert above["photovoltaics"] == above["new_energy"] == "energy"
    assert found["湖南省", "energy", 2026]["mentions"] == 4
    assert found["湖南省", "energy", 2026]["sentences"] == 3  # a sentence that names both counts once
    below = cells(path, year=2026, region="湖南", industry="new_energy", depth=1)
    assert list(below) == [("湖南省", "new_energy", 2026)]  # no higher than what was asked for


def test_filters(path: Path) -> None:
    assert cells(path, year=2026, tool="产业基金")["湖南省", "new_energy", 2026]["mentions"] == 1
    assert cells(path, year=2026, theme="build_strength")["湖南省", "new_energy", 2026]["sentences"] == 1
    assert cells(path, year=2026, status="done")["湖南省", "new_energy", 2026]["mentions"] == 1
    one = cells(path, year=2026, industry="光伏", region="湖南")["湖南省", "photovoltaics", 2026]
    assert one["share"] == Decimal(25)  # of all that the report names, not of what is shown
    assert cells(path, year=2026, generic=True)["湖南省", "manufacturing", 2026]["mentions"] == 1
    assert cells(path, year=2026, industry="制造业")["湖南省", "manufacturing", 2026]["share"] == Decimal(20)
    assert cells(path, type="规划")["湖南省", "photovoltaics", 2026]["mentions"] == 1
    for wrong in ({"industry": "无此产业"}, {"tool": "无此工具"}, {"region": "无此地"}, {"by": "x"}, {"part": "x"}):
        with pytest.raises(UsageError):
            cells(path, **wrong)


def test_tools(path: Path) -> None:
    found = cells(path, by="region-tool", year=2026, level="province")
    fund = found["湖南省", "industrial_fund", 2026]
    assert (fund["measures"], fund["planned"], fund["industries"]) == (1, 1, 1)
    assert fund["share"] == (Decimal(100) / 3).quantize(Decimal("0.0001"))
    assert fund["quotient"] == Decimal("2.0000")  # 1 of 3 uses, over 1 of 6
    both = cells(path, by="industry-tool", year=2026, level="province")
    cell = both["biomedicine", "rd_tech", 2026]
    assert (cell["measures"], cell["regions"], cell["regions_all"], cell["region_names"]) == (2, 1, 3, ["湖北省"])
    plan = both["biomedicine", "plan_target", 2026]  # of Hunan and Henan alone, which have both reports
    assert (plan["paired_regions"], plan["paired_measures"], plan["last_measures"]) == (2, 1, 1)


@pytest.mark.parametrize("by", ["region-industry", "region-tool", "industry-tool"])
@pytest.mark.parametrize("wanted", [{}, {"depth": 1}, {"tool": "rd_tech"}, {"generic": True}, {"region": "湖南"}])
def test_cells_add_up_to_their_evidence(path: Path, by: str, wanted: dict[str, Any]) -> None:
    with saidao.open(path) as database:
        found = database.matrix_report(by=by, evidence=True, **wanted)
    counted = Counter(record["counted"] for record in found.evidence)
    pairs = {"mention": "mentions", "commitment": "commitments", "carrier": "carriers"}
    for kind, name in pairs.items() if by == "region-industry" else [("measure", "measures")]:
        assert sum(cell[name] for cell in found.cells) == counted[kind], kind
    with duckdb.connect(str(path), read_only=True) as connection:
        texts = dict(connection.execute("SELECT id, text FROM documents").fetchall())
    for record in found.evidence:
        assert texts[record["document"]][record["start"] : record["end"]] == record["quote"]


def test_all_mentions_of_the_store_are_counted(path: Path) -> None:
    with saidao.open(path) as database:
        stored = database.industries(type="work_report").rows()
        rows = database.matrix(generic=True).rows()
    assert sum(row["mentions"] for row in rows) == len(stored) > 10


def test_a_second_version_is_not_counted(tmp_path: Path) -> None:
    hand = Hand(tmp_path / "twice.duckdb")
    hand.report(HUNAN, 2026, Said("发展光伏。", ["photovoltaics"]))
    hand.report(HUNAN, 2026, Said("发展光伏，发展光伏。", ["photovoltaics"]))
    hand.report(HUNAN, None, Said("发展光伏吗。", ["photovoltaics"]))
    path = hand.close()
    assert cells(path)["湖南省", "photovoltaics", 2026]["mentions"] == 1
    with saidao.open(path) as database:
        reasons = Counter(gap["reason"] for gap in database.matrix(part="gaps"))
    assert (reasons["repeated"], reasons["unplaced"]) == (1, 1)


COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), max_size=6)
ATTENTION = st.dictionaries(st.sampled_from("RSTUV"), COUNTS, min_size=2, max_size=5)


@given(ATTENTION)
def test_indices_keep_their_bounds(attention: dict[str, dict[str, int]]) -> None:
    totals = {region: sum(counts.values()) for region, counts in attention.items()}
    found = quotients(attention, totals)
    whole = sum(totals.values())
    for item in "abcdef":
        overall = sum(counts.get(item, 0) for counts in attention.values())
        if overall:  # weighted by the regions' sizes, the quotients of an industry have the mean 1
            mean = sum(found[r].get(item, Decimal()) * totals[r] for r in attention) / whole
            assert abs(mean - 1) < Decimal("0.001")
    for crowd in crowding(attention).values():
        assert Decimal(1) / crowd.regions - Decimal("0.0001") <= crowd.index <= 1
        assert crowd.total == sum(counts.get(crowd.item, 0) for counts in attention.values())
    peers = {(peer.region, peer.peer): peer.cosine for peer in nearest(attention, 10)}
    for (region, peer), cosine in peers.items():
        assert region != peer
        assert 0 < cosine <= 1
        assert peers[peer, region] == cosine


def test_the_command_in_all_forms(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, words in (("zh", ("没有报告", "相近地区", "新能源")), ("en", ("no report", "nearest", "New energy"))):
        assert main(["matrix", str(path), "--year", "2026", "--level", "province", "--lang", lang]) == 0
        printed = capsys.readouterr().out
        assert all(word in printed for word in words), printed
    for name in ("m.csv", "m.jsonl", "m.parquet", "m.dta", "m.xlsx"):
        assert main(["matrix", str(path), "--year", "2026", "-o", str(tmp_path / name)]) == 0
        again = (tmp_path / name).read_bytes()
        assert main(["matrix", str(path), "--year", "2026", "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes() == again, "the same matrix gives the same file"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig"))))
    lines = [json.loads(line) for line in (tmp_path / "m.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len(lines) == len(cells(path, year=2026))
    capsys.readouterr()
    for part in ("crowding", "similarity", "gaps", "evidence"):
        assert main(["matrix", str(path), "--part", part, "--format", "csv"]) == 0
        assert capsys.readouterr().out.count("\n") > 1
    assert main(["matrix", str(path), "--industry", "咖啡"]) == 1


def test_numbers_of_the_workbook_lead_to_their_sentences(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "m.xlsx"
    assert main(["matrix", str(path), "--year", "2026", "--level", "province", "--lang", "zh", "-o", str(target)]) == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["2026 矩阵", "明细", "拥挤度", "相近地区", "空缺", "证据"]
    sheet, evidence = book["2026 矩阵"], book["证据"]
    names = [cell.value for cell in sheet[3]]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "湖南省")
    cell = row[names.index("新能源")]
    assert cell.value == 3
    place = cell.hyperlink.location.partition("!A")[2]
    heads = [head.value for head in evidence[1]]
    led = dict(zip(heads, (each.value for each in evidence[int(place)]), strict=True))
    assert (led["地区"], led["产业"], led["原文"]) == ("湖南省", "新能源", "新能源")
    missing = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "四川省")
    assert missing[1].value == "没有报告"


def test_charts(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for by in ("region-industry", "region-tool", "industry-tool"):
        for name in ("m.svg", "m.png"):
            target = tmp_path / f"{by}{name}"
            assert (
                main(["matrix", str(path), "--by", by, "--year", "2026", "--level", "province", "--chart", str(target)])
                == 0
            )
            first = target.read_bytes()
            assert (
                main(["matrix", str(path), "--by", by, "--year", "2026", "--level", "province", "--chart", str(target)])
                == 0
            )
            assert target.read_bytes() == first
    capsys.readouterr()
    drawn = (tmp_path / "region-industrym.svg").read_text("utf-8")
    assert "新能源" in drawn or "New energy" in drawn
    assert main(["matrix", str(path), "--chart", "m.pdf"]) == 2
