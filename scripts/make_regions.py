"""Makes `src/saidao/data/regions.csv` from a folder with the code tables province.csv, city.csv and area.csv.

    python scripts/make_regions.py FOLDER

The tables are those of GB/T 2260 (columns code and name). What they lack or still hold stands in
`region_changes.csv` beside this script; changing it twice changes nothing.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "saidao" / "data" / "regions.csv"
ENGLISH = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia", "21": "Liaoning",
    "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu", "33": "Zhejiang", "34": "Anhui",
    "35": "Fujian", "36": "Jiangxi", "37": "Shandong", "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong",
    "45": "Guangxi", "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet|Xizang", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia", "65": "Xinjiang",
    "66": "Xinjiang Production and Construction Corps", "71": "Taiwan", "81": "Hong Kong", "82": "Macao|Macau",
}  # fmt: skip
CITIES = {
    "130100": "Shijiazhuang", "140100": "Taiyuan", "150100": "Hohhot", "210100": "Shenyang", "210200": "Dalian",
    "220100": "Changchun", "230100": "Harbin", "320100": "Nanjing", "320200": "Wuxi", "320500": "Suzhou",
    "330100": "Hangzhou", "330200": "Ningbo", "340100": "Hefei", "350100": "Fuzhou", "350200": "Xiamen",
    "360100": "Nanchang", "370100": "Jinan", "370200": "Qingdao", "370600": "Yantai", "410100": "Zhengzhou",
    "420100": "Wuhan", "430100": "Changsha", "440100": "Guangzhou", "440300": "Shenzhen", "440600": "Foshan",
    "441900": "Dongguan", "450100": "Nanning", "460100": "Haikou", "510100": "Chengdu", "520100": "Guiyang",
    "530100": "Kunming", "540100": "Lhasa", "610100": "Xi'an", "620100": "Lanzhou", "630100": "Xining",
    "640100": "Yinchuan", "650100": "Urumqi",
}  # fmt: skip
# Names of the peoples in the names of autonomous areas; the short form leaves them out.
PEOPLES = (
    "壮族|回族|维吾尔|苗族|彝族|藏族|蒙古族|蒙古|土家族|侗族|布依族|朝鲜族|白族|哈尼族|傣族|景颇族|傈僳族|羌族|哈萨克族|"
    "哈萨克|柯尔克孜|黎族|畲族|瑶族|仫佬族|毛南族|仡佬族|水族|满族|锡伯族|达斡尔族|鄂伦春族|鄂温克族|纳西族|拉祜族|佤族|"
    "布朗族|普米族|怒族|独龙族|裕固族|保安族|东乡族|撒拉族|土族|塔吉克|门巴族|珞巴族|京族|各族"
)
SHORT = {"150000": "内蒙古", "450000": "广西", "540000": "西藏", "640000": "宁夏", "650000": "新疆", "660000": "兵团",
         "810000": "香港", "820000": "澳门", "710000": "台湾"}  # fmt: skip


def level_of(code: str) -> str:
    """Administrative level by the code; divisions governed by the province itself (90) count as counties."""
    if code == "100000":
        return "central"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, known: dict[str, str]) -> str:
    """Code of the division above."""
    if code == "100000":
        return ""
    if code.endswith("0000"):
        return "100000"
    above = code[:4] + "00"
    return above if not code.endswith("00") and above in known else code[:2] + "0000"


def short_of(code: str, name: str) -> str:
    """The name in common use, without the kind of division; the name itself where that leaves less than two signs."""
    if code in SHORT:
        return SHORT[code]
    plain = re.sub(r"(自治[区州县旗]|特别行政区|省|市|地区|盟|林区|新区|矿区|区|县|旗)$", "", name)
    if re.search(r"自治[区州县旗]$", name):
        while (less := re.sub(rf"({PEOPLES})$", "", plain)) != plain and len(less) >= 2:
            plain = less
    return plain if len(plain) >= 2 else name


def main(folder: Path) -> None:
    """Write the table."""
    names: dict[str, str] = {"100000": "全国"}
    for table in ("province", "city", "area"):
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            names |= {row["code"]: row["name"] for row in csv.DictReader(file)}
    with (HERE / "region_changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["action"] == "drop":
                names.pop(row["code"], None)
            elif row["name"]:
                names[row["code"]] = row["name"]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "name", "variants", "level", "parent", "english"])
        for code in sorted(names):
            # 市辖区 below a municipality repeats its own name in some tables; the municipality itself stands for it.
            if code[2:] == "0100" and code[:2] in {"11", "12", "31", "50"}:
                continue
            name = names[code]
            short = "" if code == "100000" else short_of(code, name)
            english = ENGLISH.get(code[:2], "") if code.endswith("0000") else CITIES.get(code, "")
            variants = "中国|我国" if code == "100000" else ("" if short == name else short)
            english = "China" if code == "100000" else english
            out.writerow([code, name, variants, level_of(code), parent_of(code, names), english])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
