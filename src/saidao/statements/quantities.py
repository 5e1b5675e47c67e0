"""Finds quantities in a folded text: numeral, unit, bound and range, each with its span.

A scan over the characters that can start a numeral; at each the grammar below decides. What is a date, a name, an
enumerator or a figure of speech is left out here; what the quantity means is the next modules' work.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from saidao.lexicon import Lexicon
from saidao.statements.counting import count_counts, duration_counts, skip_name, without_unit
from saidao.statements.figures import (
    Quantity,
    UnitWords,
    bound_before,
    bounded,
    climbs,
    names_class,
    unit_at,
    unit_words,
)
from saidao.statements.groups import COMPOSITION, composition_parts, same_points
from saidao.statements.numerals import MULTIPLIERS, arabic, chinese, guess
from saidao.statements.ranks import double, first, group_of, ordinal, top

_START = re.compile("[0-9零一二两三四五六七八九十百千万亿半翻首榜第前廿几数]")
_QUOTED = re.compile('“[^”\n]{1,40}”|《[^》\n]{1,80}》|‘[^’\n]{1,30}’|"[^"\n]{1,30}"|「[^」\n]{1,30}」|https?://[!-~]+')
_ARABIC = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:，[0-9]{3}){2,}|(?<![0-9第])[1-9][0-9]{0,2}，[0-9]{3}(?![0-9.年%])"
    r"|[0-9]+(?:[.·][0-9]+)?"
)
_SPACED = re.compile(r"[0-9](?: [0-9.]){2,}")
_CHINESE = re.compile("[零一二两三四五六七八九十百千万亿廿]+(?:点[零一二三四五六七八九]+[万亿]*)?")
_MULTIPLIER = re.compile("[十百千]?亿亿|[十百千]?万亿|[十百千万]?亿|[十百千]?万|[百千]")
_MORE = "多余几来"
_JOIN = re.compile(r" ?(?:—{1,2}|–|-|~|至|到|－) ?")
_PERCENT_OF = re.compile("(百|千|万)分之 ?")
_FRACTION = re.compile("([二三四五六七八九十]+)分之([一二两三四五六七八九十]+)")
_SLASH = re.compile("([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/年月日])")
_ENUMERATED = re.compile("第[0-9]{1,3}[至—-]$")
_TENTHS_END = re.compile("[以左上下的，。；、多五]|\\Z")
_SCALE = re.compile("(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|[百千])$")


def find(text: str, lexicon: Lexicon) -> list[Quantity]:
    """Every quantity of a folded text, in order, spans disjoint."""
    words = lexicon.compiled("statements.quantities", unit_words)
    cues = words.cues
    masks = [
        m.span() for m in _QUOTED.finditer(text) if not (m.end() - m.start() > 9 and cues.states.search(m.group()))
    ]
    mask_starts = [a for a, _ in masks]
    found: list[Quantity] = []
    search = _START.search
    at = 0
    while True:
        m = search(text, at)
        if m is None:
            return same_points(text, found)
        p = m.start()
        if mask_starts:
            k = bisect_right(mask_starts, p) - 1
            if k >= 0 and p < masks[k][1]:
                at = masks[k][1]
                continue
        c = text[p]
        if c in "0123456789":
            composition = COMPOSITION.match(text, p)
            if composition and "结构" in text[max(0, p - 30) : p]:
                found.extend(composition_parts(composition))
                at = composition.end()
                continue
            quantity, at = _arabic(text, p, words)
        elif c == "第":
            quantity, at = ordinal(text, p, cues)
        elif c == "前":
            quantity, at = top(text, p, cues)
        elif c == "首" or c == "榜":
            quantity, at = first(text, p, cues)
        elif c == "翻":
            quantity, at = double(text, p, words)
        elif c in "半几数":
            quantity, at = None, p + 1
        else:
            quantity, at = _chinese(text, p, words)
        if quantity is not None:
            if found and quantity.start < found[-1].end:
                quantity.start = found[-1].end
                if quantity.start > quantity.number_start:
                    continue
            found.append(quantity)
            at = max(at, quantity.end)


def _arabic(text: str, p: int, words: UnitWords) -> tuple[Quantity | None, int]:
    before = text[p - 1] if p else ""
    m = _ARABIC.match(text, p)
    assert m is not None
    end = m.end()
    if (
        before
        and before.isascii()
        and (before.isalnum() or before in "_+×*/#.&")
        and not words.cues.latin_indicator.search(text[max(0, p - 4) : p])
    ):
        return None, skip_name(text, end)
    if before and before in "-–—" and p >= 2 and text[p - 2].isascii() and text[p - 2].isalnum():
        return None, skip_name(text, end)
    if before in ("至", "—", "-") and _ENUMERATED.search(text, max(0, p - 6), p):
        return None, end
    if before == "每" or (before == "新" and text.startswith("条", end)) or text.startswith("第 ", max(0, p - 2)):
        return None, end
    strong = words.cues.strong.match(text, p)
    if strong:
        return group_of(text, p, strong)
    slash = _SLASH.match(text, p)
    if slash:
        low = Decimal(slash.group(1)) * 100 / Decimal(slash.group(2))
        if slash.group(1) != "0" and int(slash.group(1)) < int(slash.group(2)):
            return bounded(text, p, slash.end(), low, low, "%", "fraction", words), slash.end()
    spaced = _SPACED.match(text, p)
    if spaced:
        return _finish(text, p, spaced.end(), arabic(spaced.group().rstrip(" .")), words, weak=False)
    return _finish(text, p, end, arabic(m.group()), words, weak=False)


def _chinese(text: str, p: int, words: UnitWords) -> tuple[Quantity | None, int]:
    before = text[p - 1] if p else ""
    percent = _PERCENT_OF.match(text, p)
    if percent:
        return _percent_of(text, p, percent, words)
    m = _CHINESE.match(text, p)
    if m is None:
        return None, p + 1
    end = m.end()
    run = m.group()
    if run[-1] == "千" and len(run) > 1 and text[end : end + 1] in words.cues.unit_of_thousand:
        run, end = run[:-1], end - 1  # 八十万|千瓦
    fraction = _FRACTION.match(text, p)
    if fraction:
        whole, part = chinese(fraction.group(1)), chinese(fraction.group(2))
        if whole and part and part < whole:
            low = part * 100 / whole
            return bounded(text, p, fraction.end(), low, low, "%", "fraction", words), fraction.end()
        return None, end
    if words.not_quantity.match(text, p):
        return None, end
    strong = words.cues.strong.match(text, p)
    if strong:
        return group_of(text, p, strong)
    if before == "每" or before == "第" or text.startswith("第 ", p - 2):
        return None, end
    # 几十, 数百: no figure is named
    if before in "几数好" and before:
        return None, end
    if _SCALE.fullmatch(run):
        return _order_of_magnitude(text, p, run, words)
    guessed = guess(run)
    if guessed is not None:
        low, high = guessed
        return _finish(text, p, end, low, words, weak=len(run) < 3, high=high)
    value = chinese(run)
    if value is None:
        return None, end
    if before and before in words.cues.one_in_word and len(run) == 1:
        return None, end
    weak = len(run) == 1 or (value < 100 and "点" not in run)
    return _finish(text, p, end, value, words, weak=weak, one=run == "一")


def _percent_of(text: str, p: int, m: re.Match[str], words: UnitWords) -> tuple[Quantity | None, int]:
    whole = {"百": 1, "千": 10, "万": 100}[m.group(1)]
    read = _number(text, m.end())
    if read is None:
        return None, m.end()
    low, end = read
    high = low
    more = end < len(text) and text[end] in _MORE
    if more:
        end += 1
    join = _JOIN.match(text, end)
    if join:
        again = _PERCENT_OF.match(text, join.end())
        read = _number(text, again.end() if again else join.end())
        if read is not None and read[0] > low:
            high, end = read
    quantity = bounded(text, p, end, low / whole, high / whole, "%", "percent", words)
    if more and quantity.bound == "eq":
        quantity.bound = "ge"
    return quantity, end


def _number(text: str, p: int, thousands: frozenset[str] = frozenset()) -> tuple[Decimal, int] | None:
    m = _ARABIC.match(text, p)
    if m:
        return arabic(m.group()), m.end()
    m = _CHINESE.match(text, p)
    if m:
        run = m.group()
        if run[-1] == "千" and len(run) > 1 and text[m.end() : m.end() + 1] in thousands:
            run = run[:-1]
        value = chinese(run)
        if value is not None:
            return value, p + len(run)
    return None


def _order_of_magnitude(text: str, p: int, run: str, words: UnitWords) -> tuple[Quantity | None, int]:
    """`千亿级`, `近千公里`, `亿元以上`, `突破百万吨`: a power of ten that states a size."""
    end = p + len(run)
    value = Decimal(MULTIPLIERS[run])
    more = end < len(text) and text[end] in "余多"
    if more:
        end += 1
    if run[-1] in "千百" and len(run) > 1:
        return None, end
    _, bound, _ = bound_before(text, p, words, scale=True)
    unit = unit_at(text, end, words)
    if unit is not None and run[-1] == "亿" and words.cues.class_noun.match(text, end):
        unit = None  # 百亿县区: a size in 元 of what is no unit here
    # the 千 of 千瓦, 千米 belongs to the unit
    if run == "千" and unit is None:
        unit = unit_at(text, p, words)
        if unit:
            return None, p + 1
    if unit is not None and unit[0] != "级":
        base, family, unit_end = unit
        if _graded(text, unit_end):
            return _scale(p, unit_end + 1, value, base, text, words), unit_end + 1
        if family in ("count", "duration", "person") and bound is None and not more and run in ("百", "千", "万", "十"):
            return None, end
        if family in ("duration", "data"):
            return None, end
        quantity = bounded(text, p, unit_end, value, value, base, family, words, scale=True)
        if more and quantity.bound == "eq":
            quantity.bound = "ge"
        if quantity.bound == "eq":
            if words.cues.size_of.match(text[unit_end : unit_end + 8]):
                return None, unit_end
            if base == "元" and not words.cues.climb.search(text[max(0, p - 4) : p]) and run in ("百", "千", "万"):
                return None, unit_end
            quantity.bound = "ge"
        quantity.names_class = quantity.names_class or names_class(text, quantity, words.cues)
        return quantity, quantity.end
    if text.startswith("级", end) and run not in ("百", "千"):
        if run in ("万", "十万", "百万", "千万") and not words.cues.size_level.match(text[end : end + 3]):
            return None, end
        return _scale(p, end + 1, value, "元", text, words), end + 1
    if (len(run) >= 2 and run[-1] == "亿") or (bound is not None and run in ("亿", "千万", "百万")):
        if bound is not None or words.cues.scale_of.match(text[end : end + 5]):
            unit_name = "斤" if text.startswith("斤", end) else "元"
            quantity = bounded(text, p, end, value, value, unit_name, "scale", words, scale=True)
            if quantity.bound == "eq":
                quantity.bound = "ge"
            quantity.names_class = words.cues.class_noun.match(text, end) is not None
            return quantity, end
    return None, end


def _graded(text: str, at: int) -> bool:
    """Whether a size is one of a class (千亿|级)."""
    return text.startswith("级", at) and not text.startswith("级别", at)


def _scale(p: int, end: int, value: Decimal, unit: str, text: str, words: UnitWords) -> Quantity:
    start, bound, _ = bound_before(text, p, words, scale=True)
    named = words.cues.class_noun.match(text, end) is not None
    return Quantity(start, end, value, value, unit, "scale", bound or "ge", p, end, named)


def _finish(
    text: str,
    p: int,
    end: int,
    low: Decimal,
    words: UnitWords,
    *,
    weak: bool,
    one: bool = False,
    high: Decimal | None = None,
) -> tuple[Quantity | None, int]:
    """From the numeral on: multiplier, 多 or 余, range, unit, bound; or None where the figure states no quantity."""
    number_end = end
    high = low if high is None else high
    low, high, end, more, scaled = _scaled(text, low, high, end, words.cues.unit_of_thousand)
    if low >= 10**8 and _graded(text, end):
        return _scale(p, end + 1, low, "元", text, words), end + 1  # 两万亿级
    unit = unit_at(text, end, words)
    if unit is None and text.startswith(" ", end):
        unit = unit_at(text, end + 1, words)
    join = _JOIN.match(text, end if unit is None else unit[2])
    if join and (unit is None or unit[1] != "duration"):
        read = _number(text, join.end(), words.cues.unit_of_thousand)
        if read is not None:
            to_low, to_end = read
            _, to_high, to_end, to_more, to_scaled = _scaled(text, to_low, to_low, to_end, words.cues.unit_of_thousand)
            to_unit = unit_at(text, to_end, words)
            if to_unit is not None and (unit is None or unit[0] == to_unit[0]):
                if unit is None and to_scaled != 1 and scaled == 1:
                    low = low * to_scaled
                if to_high > low and not (
                    unit is not None and re.search("[从由][^，。；]{0,12}$", text[max(0, p - 14) : p])
                ):
                    high, end, unit, more, weak, one = to_high, to_end, to_unit, to_more, False, False
    if unit is None:
        return without_unit(text, p, number_end, end, low, high, scaled, more, words)
    base, family, unit_end = unit
    if family == "duration":
        if not duration_counts(text, p, low, base, unit_end, words.cues):
            return None, unit_end
    elif family == "count":
        if not count_counts(text, p, unit_end, low, base, weak=weak, one=one, words=words):
            return None, unit_end
        tail = text[unit_end : unit_end + 1]
        if base == "岁" and not words.cues.age.search(text[max(0, p - 20) : p]):
            return None, unit_end
        if (
            base == "级"
            or (base == "届" and low >= 1000)
            or (base in words.cues.numbering_units and weak)
            or tail == "号"
        ):
            return None, unit_end
    elif family == "person" and weak and one:
        return None, unit_end
    if family == "tenth":
        if not _TENTHS_END.match(text, unit_end) and (
            bound_before(text, p, words)[1] is None or words.cues.not_tenths.match(text, unit_end)
        ):
            return None, unit_end
        low, high, base = low * 10, high * 10, "%"
        if text.startswith("半", unit_end):
            low, high, unit_end = low + 5, high + 5, unit_end + 1
    if family == "multiple" and one:
        q = bound_before(text, p, words)[0]
        if not words.cues.grown.search(text[max(0, q - 3) : q]):
            return None, unit_end
    if base == "‰":
        base, low, high = "%", low / 10, high / 10
    if family == "person" and text.startswith("位", end) and words.cues.ranking.search(text, max(0, p - 12), p):
        base, family = "位", "rank"
    quantity = bounded(text, p, unit_end, low, high, base, family, words)
    if (
        quantity.start < p
        and family == "count"
        and text.startswith("突破", quantity.start)
        and words.cues.breakthrough.match(text, unit_end)
    ):
        quantity.start, quantity.bound = p, "eq"
    if more and quantity.bound == "eq":
        quantity.bound = "ge"
    if quantity.bound == "eq" and words.cues.at_least.search(text, max(0, p - 24), p):
        quantity.bound = "ge"
    if quantity.bound == "eq" and climbs(text, p, unit_end, words.cues):
        quantity.bound = "ge"
    if text.startswith("级", quantity.end) and family in ("mass", "energy", "money"):
        quantity.end += 1
        quantity.bound = "ge" if quantity.bound == "eq" else quantity.bound
    quantity.names_class = names_class(text, quantity, words.cues)
    return quantity, quantity.end


def _scaled(
    text: str, low: Decimal, high: Decimal, end: int, thousands: frozenset[str]
) -> tuple[Decimal, Decimal, int, bool, int]:
    """Reads 多, multiplier, 多 after a numeral; returns values, end, whether 多 stood there, and the multiplier."""
    more = False
    n = len(text)
    if end < n and text[end] in _MORE and not text.startswith("来自", end):
        after = _MULTIPLIER.match(text, end + 1)
        if after or text[end] in "多余":
            more, end = True, end + 1
    scale = 1
    blank = end + 1 if text.startswith(" ", end) else end
    m = _MULTIPLIER.match(text, blank)
    if m:
        word = m.group()
        # 千瓦, 千米, 千克: the 千 belongs to the unit unless a unit follows it
        if word[-1] == "千" and m.end() < n and text[m.end()] in thousands and word == "千":
            pass
        else:
            scale = MULTIPLIERS.get(word, 1)
            end = m.end()
            # 1亿2千万: what follows the first multiplier is added
            rest = _ARABIC.match(text, end)
            if rest and scale >= 10**4:
                second = _MULTIPLIER.match(text, rest.end())
                if second and MULTIPLIERS.get(second.group(), scale) < scale:
                    extra = arabic(rest.group()) * MULTIPLIERS[second.group()]
                    low, high = low * scale + extra, high * scale + extra
                    return low, high, second.end(), more, scale
    if scale != 1 and end < n and text[end] in "多余":
        more, end = True, end + 1
    return low * scale, high * scale, end, more, scale
