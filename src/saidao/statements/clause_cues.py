"""The patterns that clauses are read with: their skeletons are grammar, their words stand in `cues.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class ClauseCues:
    """Patterns whose words stand in `cues.csv`; sets of words where no pattern is needed."""

    place: re.Pattern[str]
    gap_to: re.Pattern[str]
    """高于全国0.5个百分点: what the figure is the distance to."""
    adjusted: re.Pattern[str]
    this_time: re.Pattern[str]
    each: re.Pattern[str]
    """均, 都: a figure holds for each member of the list before it."""
    reckoned: re.Pattern[str]
    becoming: re.Pattern[str]
    """成为全国第一个突破5000亿元的: who it is has been said."""
    total: re.Pattern[str]
    """Words before a figure that make it the whole of what the figure before it was added to."""
    stands_alone: re.Pattern[str]
    """投资, 进出口: behind a comma no size of what was named before."""
    whole_area: re.Pattern[str]
    """全省: before the name of an indicator, no part of it."""
    holder: re.Pattern[str]
    """省属企业完成: who it is that achieves one thing and another."""
    growth_goal: re.Pattern[str]
    growth_after: re.Pattern[str]
    compared: re.Pattern[str]
    """比上年预算减少, 较“十三五”时期增长: what the figure is compared with."""
    only_time: re.Pattern[str]
    goal: re.Pattern[str]
    goal_end: re.Pattern[str]
    """经济增长预期目标定: that a figure is aimed at is no part of the name."""
    planned: re.Pattern[str]
    """国民生产总值计划增长: likewise."""
    said: re.Pattern[str]
    """中央提出今年…: who says so."""
    planned_first: re.Pattern[str]
    """计划…: that it is planned."""
    area: re.Pattern[str]
    time: re.Pattern[str]
    """When: `到2027年`, `“十四五”时期`, `三年来`, `过去五年`."""
    running: tuple[str, ...]
    """Say no direction, so that a verb before them tells it."""
    ends: frozenset[str]
    trailing: re.Pattern[str]
    joined: frozenset[str]
    change_to: re.Pattern[str]
    help: re.Pattern[str]
    list: re.Pattern[str]
    joins: re.Pattern[str]
    """国家级中心和|3所: what stands before 和 is another thing."""
    whole: re.Pattern[str]
    no_name: re.Pattern[str]
    shared_ending: re.Pattern[str]
    ending: re.Pattern[str]
    own_size: re.Pattern[str]
    own_size_end: re.Pattern[str]
    stage: re.Pattern[str]
    """迈上4个万亿元台阶: what is climbed is no part of a name."""
    awarded: re.Pattern[str]
    """A sum that is given: the list before it says to whom."""
    about_ratio: re.Pattern[str]
    """约为全国平均的70%: the bound does not touch the figure."""
    ratio_to: re.Pattern[str]
    """分别约为全国平均的: what the figures are a share of."""
    share_noun: re.Pattern[str]
    growth_noun: re.Pattern[str]
    fall_noun: re.Pattern[str]
    new_money: re.Pattern[str]
    """Of money only a sum that is itself new counts: not the award for a 新认定的 centre."""
    more_of: re.Pattern[str]
    doubling: frozenset[str]
    always_delta: re.Pattern[str]
    growth_as_predicate: frozenset[str]
    plain_change: frozenset[str]
    share_predicates: frozenset[str]
    falling: re.Pattern[str]
    cut_head: re.Pattern[str]
    rise_head: re.Pattern[str]
    cut_end: re.Pattern[str]
    growth_end: re.Pattern[str]
    together: re.Pattern[str]
    give: re.Pattern[str]
    account: re.Pattern[str]
    """据12个省的不完全统计，: by whose account."""
    grades: re.Pattern[str]
    """国家级和22个省级中心: what is counted stands behind the next figure."""
    grade_list: re.Pattern[str]
    """市、县级, 农村: of what the figure before is told, too."""
    group_size: re.Pattern[str]
    """招生人数为：大学…，中学…: what is told of each thing behind the colon."""
    placeless: re.Pattern[str]
    """5个方面20个标准: 方面 is what the first figure counts."""
    makers: frozenset[str]
    """生产, 提供: what is made stands before the comma."""
    keep_subject: frozenset[str]
    """Verbs that say nothing without their subject: 覆盖, 带动."""
    divisions: re.Pattern[str]
    """7个设区市…进入前十: the places are counted, and the rest tells of them."""
    part_of: re.Pattern[str]
    """水泥行业70%以上产能改造: what a share is of, behind it."""
    will: re.Pattern[str]
    """吉林将新建…: behind a place that acts."""
    whole_verbs: frozenset[str]
    """造林, 上市: verbs that hold their object."""
    sizeless: re.Pattern[str]
    """Nouns that are no size of what the clause before is about."""
    no_topic: re.Pattern[str]
    """除…以外, 这里是: a clause with one of these names nothing whose size follows."""
    twin_endings: frozenset[str]
    """Last characters by which names of one kind are told: 县级、市级."""
    spending: frozenset[str]
    """Verbs and nouns of spending: what the sum is for stands behind it."""
    size_at_end: re.Pattern[str]
    """总规模1000亿元的基金: what the size is of stands behind it."""
    disposal: frozenset[str]
    """将3亿元资金…: the sum is what something is done with."""
    record: re.Pattern[str]
    """粮食总产再创历史新高: how well it did is no part of a name."""
    delta_noun: re.Pattern[str]
    relief: re.Pattern[str]
    """降低物流成本65亿元: a sum that is saved."""
    goes_to: re.Pattern[str]
    contribution: re.Pattern[str]
    """、对工业增长贡献率: of what the figure before tells."""
    such_as: re.Pattern[str]
    """甲、乙等|重点项目: what the list gives examples of."""
    aims_higher: re.Pattern[str]
    """增长7%以上、力争达到8%: what is aimed at beyond is of the same kind."""
    outside: frozenset[str]
    """区外就业率 behind 毕业生就业率: the owner is the same."""
    per_head: re.Pattern[str]
    improve: re.Pattern[str]
    improved: re.Pattern[str]
    aspect: re.Pattern[str]
    """改善200所学校|办学条件: the things are counted, not their conditions."""
    before_action: frozenset[str]
    """在 before the verb behind a count belongs to it."""
    benefits: re.Pattern[str]
    operator: re.Pattern[str]
    """中老铁路: what carries or runs."""
    operates: re.Pattern[str]
    no_object: re.Pattern[str]
    """任务, behind a size: no thing of that size."""
    summed: tuple[str, ...]
    """累计, 年均."""
    output: str
    so_many: tuple[str, ...]
    """前1%."""
    made_first: re.Pattern[str]
    """生产钾肥: what is made, whose output grows."""
    helped: re.Pattern[str]
    """为5万名农民工追回欠薪: what is done for those who are counted."""
    pairs: dict[str, tuple[str, ...]]
    """收入…、支出: what a noun takes the place of in the name before it."""


def clause_cues(lexicon: Lexicon) -> ClauseCues:
    """Compiles them."""
    pattern, words = lexicon.pattern, lexicon.words
    return ClauseCues(
        place=pattern("(?:在[^，、]{1,12}[中里内])?{place_verbs}[^，、]{0,12}$"),
        gap_to=pattern("(?:{above}|(?P<below>{below}))[^，、]{0,16}$"),
        adjusted=pattern("{adjusted}"),
        this_time=pattern("{this_year}|{last_year_words}"),
        each=pattern("{each}[^，。；]{0,12}$"),
        reckoned=pattern("{reckonings}(?:计算)?"),
        becoming=pattern("^成为(?:、?[^，。；、]{0,8}?(?:{first_of_kind}|第[0-9一二三四五六七八九十]+[个座家]))+"),
        total=pattern("^[、，和 ]*(?:{totals}|{totals}?{reaching}+)(?:{reaching})*$"),
        stands_alone=pattern("{own_growths}"),
        whole_area=pattern("{area_leads}"),
        holder=pattern("(?P<who>[^，。；、]{0,8}{holders}){achieves}(?=..)"),
        growth_goal=pattern("([^，。；、]{2,14}?)(?:预期)?{growth_goal_verbs}(?:的)?{growth_goal_nouns}"),
        growth_after=pattern("{growth_after_bounds}?的?(?:年均)?{growth_after}"),
        compared=pattern("{compared_adverbs}?{compared}[^，、]{1,14}$"),
        only_time=pattern("第?[一二三四1-4]季度|[0-9一二两三四五六七八九十]{1,3}年|{only_time}|第[一二三四]季度"),
        goal=pattern("(.+?)(?:的)?{goal_attributes}*目标{goal_is}"),
        goal_end=pattern("(?<=..)的?{goal_words}*{goal_nouns}{goal_set}?$"),
        planned=pattern("(?<=..){planned_words}$"),
        said=pattern("[^，。；、]{0,8}{proposes}(?={this_year}|{last_year_words}|[0-9一二][0-9九零]..年)"),
        planned_first=pattern("{planned_first}(?=..)"),
        area=pattern("{area_openers}[^，]{1,40}?{area_nouns}"),
        time=pattern(
            "{time_leads}?(?:“?十[一二三四五六]?五”?|[0-9]{4}|[一二]九?[零一二三四五六七八九]{2,3})(?: ?年)?(?:[—-][0-9]{2,4}年?)?"
            "(?:{time_spans}|年?[底末初]|末|前|{half_years}|前[0-9一二三]+个?[季度月]+|[0-9]+月[底末]?)?(?:[，,]|时)?"
            "|[0-9一二两三四五六七八九十]{1,3}年{within_years}|{years_apart}[0-9一二两三四五六七八九十]{1,3}年"
            "|[0-9]{1,2}月[份底末]?(?:[0-9]{1,2}日)?|(?:最?近|{years_past})[0-9一二两三四五六七八九十]+年[来中内间里]?"
            "|“?十[一二三四五六]?五”?(?:{time_spans}|末)?|“[一二三四五六七八九]五”(?:{plan_spans}|末)?"
            "|[一二三四五六七八九十]五(?:{plan_spans}|末)"
        ),
        running=lexicon.words("running_words"),
        ends=frozenset(words("predicates_to")),
        trailing=pattern("(?:[ 、和的]|{trailing_joins})+$"),
        joined=frozenset(words("joined_to_predicate")),
        change_to=pattern("{change_to_adverbs}?{change_to}(?:到|至|为)"),
        help=pattern("{help_verbs}$"),
        list=pattern("、|{list_joins}"),
        joins=pattern("{list_joins}$"),
        whole=pattern("{whole_names}|{whole_endings}$"),
        no_name=pattern("^(?:{purposes}|，)|[0-9.]+[十百千万亿]*{counted_units}?|{grand_numbers}"),
        shared_ending=pattern("(?:产业)?{ending_attributes}*(?:{ending_heads}(?:占[^、]+?)?)?{shared_endings}$"),
        about_ratio=pattern("{about_ratio}[^，。；、0-9]{1,14}的$"),
        ratio_to=pattern("(?:{ratio_verbs}[^，。；]*|{part_verbs}[^，。；]+的)$"),
        own_size=pattern("{own_sizes}"),
        own_size_end=pattern("{own_size_verbs}?{own_sizes}$"),
        stage=pattern("(?:{stage_attributes})*{stages}"),
        awarded=pattern("{give}|{awards}[^，。；]{0,4}$"),
        ending=pattern("{ending_characters}$"),
        share_noun=pattern("{share_nouns}$"),
        growth_noun=pattern("{growth_nouns}$"),
        fall_noun=pattern("{fall_nouns}$"),
        new_money=pattern("{new_money}"),
        more_of=pattern("{more_of}"),
        doubling=frozenset(words("doubling_predicates")),
        always_delta=pattern("{always_delta}"),
        growth_as_predicate=frozenset(words("growth_as_predicate")),
        plain_change=frozenset(words("plain_changes")),
        share_predicates=frozenset(words("share_predicates")),
        falling=pattern("{falling}"),
        cut_head=pattern("{change_adverbs}*{cut_verbs}"),
        rise_head=pattern("{change_adverbs}*{rise_verbs}"),
        cut_end=pattern("{cut_endings}$"),
        growth_end=pattern("{growth_endings}$"),
        together=pattern("{together}"),
        give=pattern("{give_adverbs}?{give}(?:[^，。；]{0,10})?$"),
        account=pattern("{by_account}[^，。；]{0,24}?{accounts}，"),
        grades=pattern("{grades}"),
        grade_list=pattern("(?:[省市县区乡州旗]、)*(?:{grades}|{grade_heads})"),
        group_size=pattern("{group_sizes}$"),
        placeless=pattern("{placeless}"),
        makers=frozenset(words("makers")),
        keep_subject=frozenset(words("keep_subject")),
        divisions=pattern("(?:(?P<whole>{divisions})|{villages})(?!{division_goes_on})"),
        part_of=pattern("(?!{no_part})[\u4e00-\u9fff]{2}"),
        will=pattern("{will}"),
        whole_verbs=frozenset(words("whole_verbs")),
        sizeless=pattern("{own_growths}|{sizeless}"),
        no_topic=pattern("{no_topics}"),
        twin_endings=frozenset(words("twin_endings")),
        spending=frozenset(words("spending")),
        size_at_end=pattern("{size_at_end}$"),
        disposal=frozenset(words("disposal")),
        record=pattern("(?<=..)(?:{record_adverbs}*{record_verbs}[^，。；、]{0,6}{records}|{stative_ends})$"),
        delta_noun=pattern("{delta_nouns}$"),
        relief=pattern("{relief_nouns}"),
        goes_to=pattern("{goes_to}[^，。；、0-9]{2,12}$"),
        contribution=pattern("^对[^，。；]{1,14}{contributions}$"),
        such_as=pattern("{and_so_on}(?=[^，。；、等]{4,16}$)|(?<=[^，。；]{12}){and_so_on}(?=[^，。；、等]{2,3}$)"),
        aims_higher=pattern("^[、，]?{aims_higher}"),
        outside=frozenset(words("outside")),
        per_head=pattern("每[百千万]{per_heads}"),
        improve=pattern("{improve}$"),
        improved=pattern("{improve}{aspects}的"),
        aspect=pattern("{aspects}$"),
        before_action=frozenset(words("before_action")),
        benefits=pattern("{benefits}"),
        operator=pattern("[^，。；、]{1,6}?{operators}"),
        operates=pattern("{operates}"),
        no_object=pattern("{no_object}"),
        summed=words("summed"),
        output=words("output")[0],
        so_many=words("so_many"),
        made_first=pattern("{made_first}(?=..)"),
        helped=pattern("{count_helped}$"),
        pairs={row["id"]: tuple(row["of"].split("|")) for row in lexicon.rows("pairs")},
    )
