"""The words behind a figure: what is counted, what a sum is for, and the verb that tells what became of it."""

from __future__ import annotations

import re

from saidao.statements.clause_cues import ClauseCues
from saidao.statements.clauses import ClauseWords
from saidao.statements.figures import Quantity

_STOP = re.compile("[，；。！？：:;、\n（()）]")
_END = re.compile("[，；。！？：:;\n]")
_BRACKETS = re.compile("（[^（）\n]{0,20}）|\\([^()\n]{0,20}\\)")
_DIGIT = re.compile("[0-9]")
_NOUN_BEHIND = re.compile(r"(?:[0-9]+余?多?[个项家座条])?(?P<noun>[^，。；、：（(\n0-9]{2,24})")
_SHARE_OF = re.compile("(?<=来看)占.{2,}$|^占.{2,}$")
_QUOTED_ACTION = re.compile("([^“”]{2,16})(“[^“”]{1,10}[办通享结达成]”)")
"""`197项|高频事项“免证可办”`"""
_IN_FIELD = re.compile("在[^，。；！？：\n]{2,60}的(?P<noun>[^的，。；、！？：\n]{2,14})(?=[，。；！？\n])")
_PRAISED = re.compile(
    "(?:[^，。；！？：\n]{2,50}、)?(?P<last>[^，。；、！？：\n的]{4,24})的(?P<noun>[^的，。；、！？：\n]{2,14})(?=[，。；！？\n])"
)
_EXAMPLE = re.compile("(?P<noun>[^和与及、“]{2,})(?:和|与|以?及)“[^”]+”等")
"""`22轮|强降水和“桦加沙”等|15个台风`: the name is an example of what the next figure counts."""
_LONGEST_MEMBER = 18
_LONGEST_LIST = 40


def span_after(quantities: list[Quantity], index: int, length: int) -> tuple[int, int]:
    """From where to where the words behind a figure reach; a size that touches it (`14个750千伏电网工程`) is skipped."""
    end = quantities[index].end
    for at in range(index + 1, len(quantities)):  # no slice: it would copy the rest of a long text for each figure
        following = quantities[at]
        if following.start > end:
            return end, following.start
        end = following.end
    return end, length


def words_counted(text: str, quantities: list[Quantity], index: int, words: ClauseWords) -> str:
    """The words behind a figure, with what a list of figures shares: the noun of `2个国家级和22个省级中心`, and the verb
    of `10名个人和6个团队入选计划`."""
    end, limit = span_after(quantities, index, len(text))
    if (
        index + 1 < len(quantities)
        and limit == quantities[index + 1].start
        and (sized := _of_size(text, quantities, index, words))
    ):
        return sized
    if placed := _that_rank(text, quantities, index, words):
        return placed
    post = words_after(text, quantities[index], end, limit, words)
    if (
        not post
        or index + 1 >= len(quantities)
        or limit != quantities[index + 1].start
        or limit - end > _LONGEST_MEMBER
    ):
        return post
    between = text[end:limit]
    if (example := _EXAMPLE.fullmatch(post)) is not None:
        return example["noun"]
    if not between.endswith(("和", "与", "及", "、")) or _END.search(between):
        return post
    alike = quantities[index].family in ("percent", "fraction") and quantities[index + 1].family in (
        "percent",
        "fraction",
    )
    if not alike and quantities[index + 1].family not in ("count", "person"):
        return post
    following = words_after(text, quantities[index + 1], *span_after(quantities, index + 1, len(text)), words)
    grade = words.cues.grades.match(following)
    if grade and words.cues.grades.fullmatch(post):
        return post + following[grade.end() :]
    action, of, noun = following.rpartition("的")
    if of and action and words.strong.match(action) and "的" not in post and len(noun) < _LONGEST_MEMBER:
        return f"{action}的{post}"
    return post


def _of_size(text: str, quantities: list[Quantity], index: int, words: ClauseWords) -> str:
    """`82个|产值过10亿元的重大项目`: a size between a count and what is counted belongs to the name of it."""
    count, size = quantities[index], quantities[index + 1]
    between = text[count.end : size.start]
    if (
        count.family not in ("count", "person")
        or size.family not in ("money", "scale", "area", "mass", "energy", "percent", "person", "count")
        or len(between) > _LONGEST_MEMBER
        or _STOP.search(between)
        or not (text.startswith("的", size.end) or size.names_class)
    ):
        return ""
    start = size.end + text.startswith("的", size.end)
    limit = quantities[index + 2].start if index + 2 < len(quantities) else len(text)
    action, of, noun = words_after(text, size, start, limit, words).rpartition("的")
    return f"{action}{of}{text[count.end : start]}{noun}" if noun else ""


def _that_rank(text: str, quantities: list[Quantity], index: int, words: ClauseWords) -> str:
    """`9家|高新区进入全国|前50强`: a rank behind a count tells which things are counted."""
    count = quantities[index]
    rank = quantities[index + 1] if index + 1 < len(quantities) else None
    if (
        rank is None
        or not (rank.family == "rank" or text.startswith(words.cues.so_many, rank.start - 1))
        or count.family != "count"
        or rank.start - count.end > _LONGEST_MEMBER
    ):
        return ""
    between = text[count.end : rank.start]
    verb = None if _STOP.search(between) else words.strong.search(between, 2)
    if verb is None or _END.match(text, rank.end) is None:
        return ""
    division = words.cues.divisions.match(between)
    noun = division.end() if division is not None else verb.start()  # 7个|设区市水质进入全国|前十
    return f"{between[noun:]}{text[rank.start : rank.end]}的{between[:noun]}"


def words_after(text: str, quantity: Quantity, end: int, limit: int, words: ClauseWords) -> str:
    """The noun phrase that follows a figure: `7家|高质量概念验证平台`; a verb phrase behind it is put before it."""
    if text.startswith("在", end) and (field := _IN_FIELD.match(text, end, min(limit, end + 80))):
        return field["noun"]  # 100个|在研发、生产等领域取得成效的典型项目
    if (praised := _PRAISED.match(text, end, min(limit, end + 80))) and words.strong.match(praised["last"]):
        return f"{praised['last']}的{praised['noun']}"  # 20家|效益突出、具有影响力的领军企业
    phrase, upto = _phrase(text, end, limit, words)
    if phrase[:1] == "的":
        phrase = phrase[1:]
        goal = words.cues.growth_goal.match(phrase)
        if goal:
            return goal.group(1)
    if not phrase or words.cues.change_to.match(phrase) or words.cues.stage.match(phrase):
        return ""
    figure_follows = upto == limit
    division = words.cues.divisions.match(phrase)
    if division is not None and words.cues.change_to.match(phrase, division.end()):
        return division.group()
    if division is not None and len(phrase) - division.end() > 3:
        rest = phrase[division.end() :].strip(" ")
        if words.verb.search(rest) if division["whole"] else words.verb.match(rest) or rest[0] == "通":
            return f"{rest}的{division.group()}" if len(rest) < 30 else division.group()
    bracket = text[end + 1 : end + 2] in ("（", "(") and phrase[1:2] not in ("和", "与", "及", "、")
    if bracket and phrase[0] in "省县市" and 3 < len(phrase) < 32 and words.verb.search(phrase):
        return f"{phrase[1:]}的{phrase[0]}"  # 17个|省（区、市）完成…
    if improved := _aspect_improved(text, quantity, phrase, words):
        return improved
    m = words.strong.search(phrase, 2)
    if m is None:
        quoted = _QUOTED_ACTION.fullmatch(phrase)
        return f"{quoted[2]}的{quoted[1]}" if quoted else words.cues.trailing.sub("", phrase)
    noun, action = _without_adverbs(phrase[: m.start()], words), phrase[m.start() :]
    if noun[-1:] in words.cues.before_action and len(noun) > 2:
        noun, action = noun[:-1], noun[-1] + action
    if figure_follows and words.cues.helped.search(text, max(0, quantity.start - 3), quantity.start):
        return f"{action}的{noun}"  # 为5万名|农民工追回欠薪|6亿元
    if figure_follows or len(action) > 24 or m.group() == "是":
        return words.cues.trailing.sub("", noun)
    return f"{action}的{noun}"


def _aspect_improved(text: str, quantity: Quantity, phrase: str, words: ClauseWords) -> str:
    """`改善|200所|学校办学条件`: the schools are counted, whose conditions are bettered."""
    aspect = words.cues.aspect.search(phrase, 2)
    improve = aspect and words.cues.improve.search(text, max(0, quantity.start - 4), quantity.start)
    if not aspect or not improve or "的" in phrase[-len(aspect.group()) - 1 :]:
        return ""
    return f"{improve.group()}{aspect.group()}的{phrase[: aspect.start()]}"


def _phrase(text: str, end: int, limit: int, words: ClauseWords) -> tuple[str, int]:
    """The words up to the next mark, brackets and what stands in them left out, and where they end.

    What is counted may be a list of names (`3个平台、基地和中心`): it is read to its end; so is what a verb behind it is
    about (`90%的法院完成数据、语音系统建设`).
    """
    last = min(limit, end + 60)
    stop = _STOP.search(text, end, last)
    pieces = []
    while stop is not None and stop.group() in "（(" and (bracket := _BRACKETS.match(text, stop.start(), last)):
        pieces.append(text[end : stop.start()])
        end = bracket.end()
        stop = _STOP.search(text, end, last)
    upto = stop.start() if stop else last
    phrase = "".join([*pieces, text[end:upto]]).strip(" ")
    if stop is not None and stop.group() == "、" and len(phrase) > 1:
        rest = _END.search(text, upto, min(last, upto + _LONGEST_LIST))
        if rest is not None:
            members = text[upto : rest.start()]
            if not _DIGIT.search(members) and all(_is_name(member, words) for member in members[1:].split("、")):
                return phrase + _BRACKETS.sub("", members), rest.start()
    return phrase, upto


def _is_name(member: str, words: ClauseWords) -> bool:
    """Whether a member of a list names something and says nothing of it."""
    return (
        1 < len(member) <= _LONGEST_MEMBER
        and words.verb.match(member) is None
        and words.strong.search(member) is None
        and words.new.match(member) is None
        and words.lead.match(member) is None
    )


def words_behind(text: str, quantity: Quantity, cues: ClauseCues) -> str:
    """The words behind a figure up to the next mark of punctuation, digits left out."""
    end = quantity.end
    stop = _STOP.search(text, end, end + 40)
    return cues.no_name.sub("", text[end : stop.start() if stop else end + 40])


def _without_adverbs(noun: str, words: ClauseWords) -> str:
    for _ in range(3):
        for length in range(min(words.longest, len(noun) - 2), 0, -1):
            if noun[-length:] in words.adverbs:
                noun = noun[:-length]
                break
        else:
            break
    return noun


def size_of_what(text: str, quantity: Quantity, phrase: str, words: ClauseWords) -> str | None:
    """`组建总规模|1000亿元|的引导基金`: the size of what stands behind the figure; `占人口|80%|的农民` likewise."""
    behind = _NOUN_BEHIND.match(text, quantity.end + 1)
    if behind is None:
        return None
    noun = behind["noun"]
    if (verb := words.strong.search(noun, 2)) is not None:
        noun = noun[: verb.start()]
    if (share := _SHARE_OF.search(phrase)) is not None and quantity.unit == "%":
        return noun + share.group()
    size = words.cues.size_at_end.search(phrase)
    if size is None or (size.start() and words.verb.fullmatch(phrase, 0, size.start()) is None):
        return None
    return noun + size.group()


def head_use(text: str, start: int, words: ClauseWords) -> str | None:
    """What the clause behind a sum is about, its verbs left out: `投入100亿元，|实施|农村初中改造计划`."""
    end = _END.search(text, start, start + 40)
    clause = text[start : end.start()] if end is not None else ""
    verb = words.verb.match(clause)
    if verb is None or _DIGIT.search(clause):
        return None
    while verb is not None and verb.end() > verb.start():
        clause = clause[verb.end() :]
        verb = words.verb.match(clause)
    return clause if len(clause) > 2 else None
