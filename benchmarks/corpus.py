"""Small work reports of own words, the same in every run: what the benchmarks of whole builds read.

usage: python benchmarks/corpus.py COUNT FOLDER
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

PROVINCES = [
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
]
INDUSTRIES = [
    "新能源汽车",
    "集成电路",
    "生物医药",
    "高端装备",
    "新材料",
    "现代农业",
    "工业软件",
    "商业航天",
    "海洋装备",
    "绿色食品",
]

DONE = (
    "地区生产总值达到{a}.{b}万亿元、增长{c}.{b}%。",
    "规模以上工业增加值增长{c}.{d}%，高技术制造业投资增长1{c}.{b}%。",
    "粮食总产量{n}万吨，新建高标准农田{m}万亩。",
    "新增{industry}企业{n}家，培育专精特新企业{m}家以上。",
    "城镇新增就业{m}.{d}万人，居民人均可支配收入增长{c}.{d}%左右。",
    "{industry}产业链产值突破{n}亿元，占规模以上工业的{m}%。",
)
PLANNED = (
    "今年主要预期目标是：地区生产总值增长{c}%左右，固定资产投资增长{d}%以上。",
    "改造老旧小区{n}个，新开工保障性住房{m}万套。",
    "力争{industry}产业规模超过{n}亿元，研发经费投入强度提高0.{d}个百分点。",
    "单位地区生产总值能耗下降{c}%，建成{industry}重点项目{m}个。",
    "到2030年，{industry}企业达到{n}家，税收年均增长{c}%以上。",
)
PLAIN = (
    "我们坚持稳中求进，各项工作都有新的进展。",
    "要把{industry}摆在更加突出的位置，完善政策，优化服务。",
    "基层反映的问题还不少，一些企业经营比较困难。",
)


def document(number: int) -> str:
    """One report in Markdown; its words follow from its number alone."""
    dice = random.Random(number)
    year = dice.randint(2012, 2026)
    province = dice.choice(PROVINCES)

    def passage(sentences: tuple[str, ...], count: int) -> str:
        return "".join(
            dice.choice(sentences + PLAIN).format(
                a=dice.randint(1, 9), b=dice.randint(1, 9), c=dice.randint(3, 9), d=dice.randint(1, 9),
                m=dice.randint(11, 99), n=dice.randint(101, 4999), industry=dice.choice(INDUSTRIES),
            )
            for _ in range(count)
        )  # fmt: skip

    return "\n\n".join(
        [
            f"---\ntitle: {year}年{province}省政府工作报告（第{number}件样稿）\nissuer: {province}省人民政府\ndate: {year}-01-15\n---",
            f"# {year}年{province}省政府工作报告（第{number}件样稿）",
            f"## 一、{year - 1}年工作回顾",
            *(passage(DONE, 6) for _ in range(3)),
            f"## 二、{year}年主要目标和重点工作",
            *(passage(PLANNED, 6) for _ in range(3)),
        ]
    )


def write(count: int, folder: Path) -> int:
    """Writes the first `count` documents below a folder, a thousand in each subfolder; returns their characters."""
    characters = 0
    for number in range(count):
        file = folder / f"{number // 1000:03}" / f"{number:06}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = document(number)
        file.write_text(text, "utf-8")
        characters += len(text)
    return characters


if __name__ == "__main__":
    print(f"{write(int(sys.argv[1]), Path(sys.argv[2])):,} characters")
