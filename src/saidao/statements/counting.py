"""Whether a numeral counts anything: streaks, small counts, and figures without a measure word."""

from __future__ import annotations

import re
from decimal import Decimal

from saidao.statements.figures import Quantity, UnitWords, bounded

_TIME_CUE = re.compile(
    "连续|压缩|缩短|压减|延长|提前|不少于|不超过|时限|时间|时长|寿命|年限|工作日|用时|工期|学制|任期|期限|提速|平均年龄|减少到|缩减|办结|减至|降至|停留"
)
_PEOPLE = re.compile("(?:人口|人员|职工|农民|学生|就业|劳动力|人数|移民|群众)[^，。；]{0,4}$")


def without_unit(
    text: str, p: int, number_end: int, end: int, low: Decimal, high: Decimal, scaled: int, more: bool, words: UnitWords
) -> tuple[Quantity | None, int]:
    """`130万“老工伤”人员`, `6600多万农村人口`: people and things counted without a measure word."""
    if low < 10**4 or (scaled == 1 and text[p] in "0123456789"):
        return None, skip_name(text, end)
    noun = text[end : end + 14].lstrip(" ")
    family, unit = "count", "个"
    person = re.match(
        "[^，。；、0-9]{0,9}?(?:人员|人口|职工|农民|学生|居民|群众|工人|干部|教师|儿童|老人|老年人|毕业生|劳动力|民众|户籍|贫困|市民|青年|军人|妇女|婴幼儿|者|劳力|民工|子女|党员|移民|知识分子|官兵)",
        noun,
    )
    if person or (noun[:1] in "以左，。；" and _PEOPLE.search(text[max(0, p - 10) : p])):
        family, unit = "person", "人"
    elif low >= 10**8 and (not noun[:1].isalnum() or noun[:1] == "的"):
        family, unit = _bare_hundred_millions(text[max(0, p - 16) : p])
    elif not noun[:1] or noun[:1] in "，。；、）":
        family, unit = "count", ""
    quantity = bounded(text, p, end, low, high, unit, family, words)
    if more and quantity.bound == "eq":
        quantity.bound = "ge"
    if unit == "":
        return None, end
    return quantity, quantity.end


def _bare_hundred_millions(before: str) -> tuple[str, str]:
    """What `达2.8亿，` counts, by the words before it: users, people, or else money."""
    if re.search("用户|客户|户数", before):
        return "count", "户"
    if re.search("人数|网民|人口|人员|人群|观众|游客", before):
        return "person", "人"
    return "money", "元"


def duration_counts(text: str, p: int, low: Decimal, unit: str, unit_end: int) -> bool:
    """Whether a duration is itself what is stated: a streak, a time limit, a life span."""
    if unit == "年" and low >= 1000:
        return False
    left = text[max(0, p - 12) : p]
    left = re.split("[，。；、：]", left)[-1]
    following = text[unit_end : unit_end + 2]
    if following in ("计划", "规划"):
        return False
    if following[:1] and following[0] in "来前后内末度底初代间级期生制产际":
        if not (following.startswith("以内") or (following[0] == "内" and _TIME_CUE.search(left))):
            return False
    return _TIME_CUE.search(left) is not None and not re.search("规划|计划|行动|[0-9][年月]$|(?:当地|北京)时间", left)


def count_counts(
    text: str, p: int, unit_end: int, low: Decimal, unit: str, *, weak: bool, one: bool, words: UnitWords
) -> bool:
    """Whether a count counts things: small Chinese numerals before abstract nouns do not."""
    if one:
        return bool(re.search("新[增建]|再|净增$", text[max(0, p - 2) : p])) and unit != "次"
    if weak:
        if low < 2:
            return False
        following = text[unit_end : unit_end + 12]
        if unit in (
            "个",
            "大",
            "种",
            "类",
            "项",
            "条",
            "方",
            "级",
            "面",
            "层",
            "重",
            "次",
            "期",
            "点",
        ) and words.abstract.match(following):
            return False
        if low < 10 and unit in (
            "种",
            "类",
            "面",
            "层",
            "级",
            "方",
            "点",
            "期",
            "段",
            "分",
            "字",
            "手",
            "头",
            "门",
            "道",
            "门",
            "股",
            "维",
            "路",
            "本",
            "节",
            "代",
            "笔",
            "样",
        ):
            return False
        if following[:1] in ("", "，", "。", "；", "、", "：", "）", "”") and unit == "个":
            left = text[max(0, p - 6) : p]
            if not re.search("[到达为有共成增至了]$", left):
                return False
    return True


def skip_name(text: str, p: int) -> int:
    """Past the rest of a name such as `AES100` or `2+3+N`, so that none of its digits is read alone."""
    m = re.compile("[0-9A-Za-z+×*._/-]*").match(text, p)
    return max(m.end() if m else p, p)
