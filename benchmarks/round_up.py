"""How long the yearly round-up and the ledger take as reports grow in number: 31 provinces × 2 years to 300 cities × 20.

The reports are generated, the same in every run. Seconds are those of whole commands, from the database to the file.

usage: python benchmarks/round_up.py [--largest]
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import saidao
from saidao.lexicon import load

SIZES = ((31, 2, "province"), (100, 5, "prefecture"), (300, 20, "prefecture"))
REPORT = """{year}年{place}政府工作报告
各位代表：
现在，我代表{place}人民政府向大会报告工作，请予审议。
一、{past}年工作回顾
过去一年，{place}地区生产总值增长{a}.{b}%，一般公共预算收入增长{c}.{b}%，规模以上工业增加值增长{a}.{c}%，固定资产投资增长{c}.{a}%。
社会消费品零售总额增长{b}.{c}%，进出口总额增长{c}.{c}%，城镇新增就业{n}.{b}万人，居民人均可支配收入增长{a}.{a}%，粮食总产量{m}万吨。
城镇调查失业率{a}.{b}%，居民消费价格上涨0.{c}%，单位地区生产总值能耗下降{c}.{a}%，全社会研发投入强度达到2.{b}%。
二、{year}年工作安排
今年经济社会发展主要预期目标是：地区生产总值增长{a}%左右，一般公共预算收入增长{c}%，规模以上工业增加值增长{a}.{b}%左右，固定资产投资增长{b}%以上，
社会消费品零售总额增长{a}.{b}%，进出口总额稳中提质，城镇新增就业{n}万人以上，城镇调查失业率{a}.{b}%以内，居民消费价格涨幅2%左右，
居民收入增长与经济增长同步，粮食总产量{m}万吨以上，单位地区生产总值能耗完成国家下达任务。
我们要办好{n}件实事，新建改建农村公路{m}公里，培育产业集群{b}个，到{due}年全社会研发投入强度达到3.{a}%。
"""


def main() -> None:
    """Prints a table, a line a size."""
    print(
        "| regions | years | reports | build, s | targets to XLSX, s | targets to CSV, s | ledger to CSV, s | ms a report |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    sizes = SIZES if "--largest" in sys.argv else SIZES[:2]
    for regions, years, level in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder / "reports", regions, years, level)
            database = folder / "observatory.duckdb"
            started = time.perf_counter()
            saidao.build(folder / "reports", database)
            built = time.perf_counter() - started
            year = str(2025 + 1)
            book = timed("targets", database, "--year", year, "-o", folder / "targets.xlsx")
            table = timed("targets", database, "-o", folder / "targets.csv")
            kept = timed("ledger", database, "-o", folder / "ledger.csv")
            reports = regions * years
            print(
                f"| {regions} | {years} | {reports:,} | {built:.1f} | {book:.2f} | {table:.2f} | {kept:.2f} "
                f"| {1000 * table / reports:.1f} |",
                flush=True,
            )


def write(folder: Path, regions: int, years: int, level: str) -> None:
    """Writes the reports of some regions for the years to 2026."""
    folder.mkdir()
    places = [row["name"] for row in load().rows("regions") if row["level"] == level][:regions]
    for place in places:
        for year in range(2027 - years, 2027):
            numbers = random.Random(f"{place} {year}")
            values = {letter: numbers.randint(2, 8) for letter in "abc"}
            text = REPORT.format(
                place=place, year=year, past=year - 1, due=year + 3, n=numbers.randint(10, 99), m=numbers.randint(100, 999),
                **values,
            )  # fmt: skip
            (folder / f"{place}{year}.txt").write_text(text, encoding="utf-8")


def timed(*arguments: object) -> float:
    """The seconds of a command, from its start to its end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "saidao", *map(str, arguments)], check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
