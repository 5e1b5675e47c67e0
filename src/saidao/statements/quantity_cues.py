"""The patterns that figures are told by: their skeletons are grammar, their words stand in `cues.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class QuantityCues:
    """Patterns whose words stand in `cues.csv`; sets of words where no pattern is needed."""

    stage: re.Pattern[str]
    """`跃上500亿斤台阶`: what is climbed stands behind the figure."""
    climb: re.Pattern[str]
    class_noun: re.Pattern[str]
    """`亿元以上项目`: what the size names."""
    many_of: frozenset[str]
    duration: re.Pattern[str]
    not_duration: re.Pattern[str]
    within: re.Pattern[str]
    """50米内换乘比例: the distance is part of a name."""
    not_tenths: re.Pattern[str]
    """Behind 八成: another word (成立, 成功)."""
    early: re.Pattern[str]
    """提前3天: how much earlier, but not 提前一年完成."""
    plans: frozenset[str]
    duration_goes_on: frozenset[str]
    people: re.Pattern[str]
    households: re.Pattern[str]
    person: re.Pattern[str]
    users: re.Pattern[str]
    audience: re.Pattern[str]
    one_more: re.Pattern[str]
    reaching: re.Pattern[str]
    vague_units: frozenset[str]
    small_units: frozenset[str]
    rank: re.Pattern[str]
    top: re.Pattern[str]
    top_tail: re.Pattern[str]
    first: re.Pattern[str]
    not_first: re.Pattern[str]
    states: re.Pattern[str]
    """Something quoted that states a figure is no name."""
    strong: re.Pattern[str]
    latin_indicator: re.Pattern[str]
    breakthrough: re.Pattern[str]
    """突破50项关键技术 is a verb, no bound."""
    at_least: re.Pattern[str]
    one_in_word: frozenset[str]
    size_of: re.Pattern[str]
    size_level: re.Pattern[str]
    scale_of: re.Pattern[str]
    age: re.Pattern[str]
    numbering_units: frozenset[str]
    grown: re.Pattern[str]
    unit_of_thousand: frozenset[str]
    per_time: re.Pattern[str]
    """元/月: what stands behind the stroke is no unit of its own."""
    ranking: re.Pattern[str]
    """全国排名46位, 排名由289位: the unit is that of ranks."""


def quantity_cues(lexicon: Lexicon) -> QuantityCues:
    """Compiles them."""
    pattern, words = lexicon.pattern, lexicon.words
    return QuantityCues(
        stage=pattern("{stages}"),
        climb=pattern("{climbs}(?:了|新的)?$"),
        class_noun=pattern("(?:的)?{class_attributes}*{class_nouns}"),
        many_of=frozenset(words("many_of")),
        duration=pattern("{duration_cues}"),
        not_duration=pattern("{not_durations}|[0-9][年月]$"),
        within=pattern("{within}[^，。；、0-9]{2}"),
        not_tenths=pattern("{not_tenths}"),
        early=pattern("{early}[^，。；]{0,4}$"),
        plans=frozenset(words("plans_by_years")),
        duration_goes_on=frozenset(words("duration_goes_on")),
        people=pattern("{people_before}[^，。；]{0,6}$"),
        households=pattern("[^，。；、0-9]{0,6}?{households}"),
        person=pattern("[^，。；、0-9]{0,9}?{people_behind}"),
        users=pattern("{users}"),
        audience=pattern("{audiences}"),
        one_more=pattern("{one_more}"),
        reaching=pattern("{before_bare_count}$"),
        vague_units=frozenset(words("vague_units")),
        small_units=frozenset(words("small_units")),
        rank=pattern(
            r"{rank_cues}(?:{rank_fields}|{rank_peers}[^，。；]{0,6}|[^，。；、\d]{0,4})?$|第[0-9一二三四五六七八九十]+位?[、和]$"
        ),
        top=pattern("{top_cues}"),
        top_tail=pattern(r"[，。；、）]|\Z|\n|的|和|{top_tails}"),
        first=pattern("{first_cues}"),
        not_first=pattern("{first_goes_on}"),
        states=pattern("[，。；]|{stating_verbs}[0-9]|{stating_bounds}|[0-9]%|翻[一两]?番"),
        strong=pattern("([0-9]+|百|千|[一二三四五六七八九]?十|[一二三四五]百){strong}"),
        latin_indicator=pattern(r"(?:{latin_indicators}|）|\))$"),
        breakthrough=pattern("[^，。；、0-9]{0,20}{breakthrough_nouns}"),
        at_least=pattern("{at_least}[^，。；：]{0,20}$"),
        one_in_word=frozenset(words("one_in_word")),
        size_of=pattern("(?:地区)?{output_nouns}"),
        size_level=pattern("级{size_nouns}"),
        scale_of=pattern("{scale_nouns}"),
        age=pattern("{age_nouns}"),
        numbering_units=frozenset(words("numbering_units")),
        grown=pattern("{grown}了?$"),
        unit_of_thousand=frozenset(words("units_of_thousand")),
        per_time=pattern("{per_times}(?:[·/]{per_times})?"),
        ranking=re.compile(f"{lexicon.any_of('rankings')}[^，。；的]{{0,12}}(?<!升)(?<!移)(?<!进)(?<!降)(?<!高)$"),
    )
