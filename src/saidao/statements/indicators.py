"""Puts together the noun phrase that a figure measures, from the words before it, behind it, and the figure before."""

from __future__ import annotations

import re

from saidao.statements.behind import head_use, size_of_what, words_behind
from saidao.statements.clause_cues import ClauseCues
from saidao.statements.clauses import ClauseWords, Head, Meaning
from saidao.statements.figures import Quantity
from saidao.statements.owners import benefit, echo, named_between, operator, subject_before, topic_before
from saidao.statements.standards import Standards

_LONGEST_SIZED = 24
_LONG_OWNER = 14
"""From which length a phrase may hold an owner that is longer than what it does."""
_SIZED = re.compile("[0-9十百千万亿][^0-9]{0,4}$")


def chosen(
    head: Head,
    post: str,
    previous: Meaning | None,
    quantity: Quantity,
    words: ClauseWords,
    text: str,
    begin: int,
    since: int,
    standards: Standards,
    *,
    listed: bool = False,
    alike: bool = False,
) -> str | None:
    """The indicator of a figure: the words before it, joined with those behind it, or those of the figure before.

    Args:
        head: what the words before it say.
        post: the words behind it.
        previous: what the figure before measures, in the same sentence.
        quantity: the figure.
        words: the words that clauses are taken apart with.
        text: the folded text.
        begin: where its clause starts.
        since: where the figure before ends; a clause without a figure that stands between names a subject of its own.
        standards: the standard indicators.
        alike: it counts in the unit of the figure before.
        listed: it follows the words behind the figure before in a list: `384亿元救灾款和|740亿元重建资金`.
    """
    counts = quantity.family in ("count", "person", "area", "length", "scale", "energy") or quantity.unit in ("%",)
    fresh, phrase = head.fresh, head.phrase
    subject = previous.indicator if previous is not None else None
    if fresh and ((phrase in words.areas and subject) or (post and counts and words.cues.whole_area.fullmatch(phrase))):
        fresh = False  # 柳州|保持第一, 全国|50%的县: where, and nothing of what
    if fresh and post == phrase and subject:
        return subject  # 从15个|县|扩大到57个|县
    if fresh and post and counts and words.cues.placeless.fullmatch(phrase):
        fresh = False  # 5个|方面|20个标准
    grade = words.cues.grades.match(phrase)
    if len(phrase) > _LONG_OWNER and not head.word and (new := words.new.search(phrase)) is not None:
        added = len(phrase) - new.start()
        if added > 5 and 3 * new.start() > 4 * added:
            phrase = phrase[new.start() :]  # 长沙全球研发中心城市建设|新增研发机构
    attribute = phrase in words.attribute or (grade is not None and phrase[grade.end() :] in words.attribute)
    named = None
    if not fresh or attribute:
        named = named_between(text, since, begin, words, standards)
    if fresh:
        if post and counts and phrase.endswith("等"):
            return post
        if (
            post
            and quantity.family == "count"
            and not head.word
            and words.cues.joins.search(text, begin, quantity.start)
        ):
            return _without_names(phrase, words) + post  # 国家级中心和|3所|省级中心投入运行
        if (
            quantity.family == "count"
            and not post
            and (example := words.cues.such_as.search(phrase))
            and "、" in phrase[: example.start()]
        ):
            noun = phrase[example.end() :]
            # 制定甲、乙等|标准: so short a noun keeps the last of its examples
            last = "" if len(noun) > 3 else phrase[phrase.rfind("、", 0, example.start()) + 1 : example.end()]
            return _opening_verb(phrase, words) + last + noun
        if len(post) > 2 and "、" in phrase and not head.word and quantity.family == "count":
            return _without_names(phrase, words) + post
        if text.startswith("的", quantity.end) and (sized := size_of_what(text, quantity, phrase, words)):
            return sized
        if subject and (graded := _of_grade(phrase, subject, words.cues)):
            return graded
        if phrase in words.cues.pairs and subject:
            other = other_of_pair(subject, phrase, words.cues)
            if other or text.endswith("，", 0, begin) or subject in standards.indicators:
                return other or phrase
            return with_attribute(subject, phrase, words.cues)
        if attribute and post and counts and words.strong.fullmatch(phrase):
            return phrase + post  # 惠及|3万名|学生
        again = alike and subject and not post and text.startswith(("，", "、"), since)
        if again and words.verb.fullmatch(phrase) and phrase not in words.cues.whole_verbs:
            return _done_too(phrase, subject or "", words)
        if phrase in words.cues.makers and not post:
            # 发电设备，今年|生产|80万千瓦: what the sentence began with
            if topic := subject or topic_before(text, begin, phrase, words):
                return topic
        if subject and text.startswith("、", since) and words.cues.contribution.match(phrase):
            return subject + phrase
        if attribute:
            if (
                text.endswith("，", 0, begin)
                and quantity.unit == "%"
                and head.predicate in ("rise", "fall")
                and words.cues.stands_alone.fullmatch(phrase)
            ):
                return phrase
            if named:
                return with_attribute(named, phrase, words.cues)
            if previous is not None and subject:
                if previous.kind == "delta" and words.cues.total.search(phrase):
                    subject = without_newness(subject, words)
                return with_attribute(subject, phrase, words.cues)
            if topic := topic_before(text, begin, phrase, words):
                return topic + phrase
            if words.cues.benefits.fullmatch(phrase) and (gain := benefit(text, begin, words)):
                return gain + phrase
        if quantity.family == "money" and (paid := _paid(text, quantity, phrase, post, words, head.word)):
            return paid
        if previous is None and (echoed := echo(text, begin, phrase, words)):
            return echoed
        apart = previous is None or text.find("，", since, max(since, begin - 1)) >= 0
        if apart and (runs := operator(text, begin, phrase, words)):
            return runs + phrase
        if previous is not None and text.startswith("、", since) and begin <= since + 1:
            phrase = _with_holder(phrase, previous, words)
        if (
            post
            and quantity.family in ("mass", "energy", "volume")
            and not head.word
            and words.cues.no_object.match(post) is None
            and len(member := phrase.rsplit("、", 1)[-1]) + len(post) <= _LONGEST_SIZED
        ):
            return member + post  # 白银集团|7万吨|锌基合金
        made = words.verb.fullmatch(phrase) or phrase in words.cues.makers
        if post and made and quantity.family in ("area", "length", "energy", "mass"):
            return phrase + post
        if post and quantity.unit == "%" and not head.word and words.cues.goes_to.match(post):
            return phrase + post
        if post and counts and _wants_object(phrase, quantity, words):
            if quantity.family in ("percent", "fraction") and (
                head.word or text.startswith("的", quantity.end) or not words.cues.part_of.match(post)
            ):
                return phrase
            return _join(phrase, post, words)
        return phrase
    if post and quantity.family == "money" and words.cues.whole_area.fullmatch(text[begin : quantity.start].strip()):
        return post  # 我区|308亿元|绿色农畜产品
    if post and quantity.family == "money" and (listed or text[begin : quantity.start].strip() in words.cues.disposal):
        return post
    if (
        post
        and quantity.family in ("count", "person", "percent", "fraction", "area", "length", "energy", "mass", "data")
        and not (previous is not None and head.predicate in ("rise", "fall") and quantity.unit == "%")
    ):
        if quantity.family in ("percent", "fraction") and words.cues.growth_after.match(post):
            return subject
        if head.word and quantity.family in ("count", "person") and words.new.search(text[begin : quantity.start]):
            m = words.new.search(text[begin : quantity.start])
            return (m.group() if m else "") + post
        if (gains := words.cues.benefits.match(post)) and post[gains.end() :][:1] in ("", "的"):
            return (benefit(text, begin, words) or subject or "") + post  # 发放补贴，|6700万人|受益
        return post
    if named:
        return named
    if previous is not None and subject:
        if previous.kind == "delta" and words.cues.total.search(text[begin : quantity.start]):
            return without_newness(subject, words)
        return subject
    return subject_before(text, begin, words) or post or None


def _done_too(verb: str, subject: str, words: ClauseWords) -> str:
    """`制定规章2件、|废止|22件`: what is done to more of the things before."""
    first = words.verb.match(subject)
    thing = subject[first.end() :] if first is not None else subject
    last = next((m for m in words.verb.finditer(thing, 2) if m.end() == len(thing)), None)
    thing = thing[: last.start()] if last is not None else thing
    if (new := words.new.match(thing)) is not None:
        thing = thing[new.end() :]
    return verb + thing if 1 < len(thing) < 20 else verb


def _paid(text: str, quantity: Quantity, phrase: str, post: str, words: ClauseWords, predicate: str) -> str | None:
    """What a sum is for, where the words before it end in a verb: `投入|3亿元|支持中试平台`, `筹资|3亿元，建成医院`."""
    if post and words.verb.search(phrase[-3:]) and len(post) <= 12 and not predicate:
        return phrase + post
    if post and text.startswith("的", quantity.end):
        verbs = list(words.verb.finditer(phrase))
        if verbs and len(phrase) - verbs[-1].end() <= 2:
            return verbs[-1].group() + post
    if len(phrase) <= 4 and (words.verb.fullmatch(phrase) or phrase in words.cues.spending):
        behind = words_behind(text, quantity, words.cues)
        if behind:
            return phrase + behind
        if text.startswith("，", quantity.end) and phrase in words.cues.spending:
            use = head_use(text, quantity.end + 1, words)
            return phrase + use if use else None
    return None


def _without_names(phrase: str, words: ClauseWords) -> str:
    """`新建|沧河、澜河|2座水库`: the names of what is counted are left out, what is done with it is kept."""
    begin = phrase.rfind("、") + 1
    last = words.strong.search(phrase, begin + 1) or next(
        (verb for verb in words.verb.finditer(phrase, begin + 1) if verb.end() == len(phrase)), None
    )
    if last is not None:
        return phrase[last.start() :]  # 老旧小区、危旧房改造|惠及|3万户家庭
    return _opening_verb(phrase, words)


def _opening_verb(phrase: str, words: ClauseWords) -> str:
    """What is done, where a phrase begins with it."""
    first = words.new.match(phrase) or words.verb.match(phrase)
    if first is None or first.group() in words.cues.keep_subject:
        return ""
    second = words.verb.match(phrase, first.end() + 1) if phrase.startswith("、", first.end()) else None
    return phrase[: second.end() if second is not None else first.end()]


def _with_holder(phrase: str, previous: Meaning, words: ClauseWords) -> str:
    """`省属企业|完成投资…、|研发投入`: what the subject of a clause achieves is its own, each of it."""
    owner = previous.indicator or ""
    if phrase[:2] in words.cues.outside and words.cues.share_noun.search(phrase) and owner.endswith(phrase[2:]):
        return owner[: 2 - len(phrase)] + phrase  # 毕业生就业率…、|区外就业率
    holder = words.cues.holder.match(previous.indicator or "")
    return phrase if holder is None or phrase.startswith(holder["who"]) else holder["who"] + phrase


def _wants_object(phrase: str, quantity: Quantity, words: ClauseWords) -> bool:
    """Whether the words before a count end in a verb or a place, so that its noun stands behind the figure."""
    return quantity.family in ("count", "person", "scale", "percent", "fraction") or bool(words.new.search(phrase))


def _join(phrase: str, post: str, words: ClauseWords) -> str:
    if post.startswith(phrase) or words.cues.improved.match(post):
        return post
    if post.startswith("等"):
        return phrase + post
    if words.cues.benefits.match(post) and (helps := words.cues.help.search(phrase)) and helps.start() > 2:
        return phrase[: helps.start()] + post  # 饮水工程使|6000万|农民受益
    for verb in words.verb.finditer(phrase, 4):
        longer = verb.start() > len(phrase) - verb.start() + len(post)
        if (
            longer
            and verb.end() == len(phrase.rstrip("了")) > verb.start() + 1
            and verb.group() not in words.cues.keep_subject
        ):
            phrase = verb.group()  # who does it is longer than what is done
            break
    if "的" in post:
        if "、" in phrase or words.cues.help.search(phrase):
            return post
        action, noun = post.rsplit("的", 1)
        if (not words.strong.search(action) or _SIZED.search(action)) and len(phrase) + len(post) <= 24:
            return phrase + post  # 建设|产业集聚的特色园区
        if len(phrase) + len(noun) <= 24:
            return phrase + noun
        return phrase
    return phrase + post


def without_newness(subject: str, words: ClauseWords) -> str:
    """`新增上市企业` of which there are so many in all: 上市企业."""
    m = words.new.search(subject)
    if m is None or (m.start() and m.end() < len(subject)) or len(subject) - len(m.group()) < 2:
        return subject
    return (subject[: m.start()] + subject[m.end() :]).rsplit("等", 1)[-1]


def with_attribute(subject: str, noun: str, cues: ClauseCues) -> str:
    """`粮食播种面积` with `产量` is 粮食产量: one size takes the place of another, anything else is added."""
    if subject.endswith(noun):
        return subject
    if cues.own_size.fullmatch(noun):
        size = cues.own_size_end.search(subject)
        if size and size.start() > 1:
            return subject[: size.start()] + noun
    return subject + noun


def other_of_pair(subject: str, noun: str, cues: ClauseCues) -> str | None:
    """`一般公共预算收入` with `支出` is 一般公共预算支出: the other of a pair takes its place."""
    for other in cues.pairs[noun]:
        at = subject.rfind(other)
        if at >= 0 and at + len(other) + 3 > len(subject):
            return subject[:at] + noun
    return None


def _of_grade(phrase: str, subject: str, cues: ClauseCues) -> str | None:
    """`省级事项网上可办率…，|市、县级`: another grade of what the figure before is about."""
    own = cues.grade_list.fullmatch(phrase)
    other = cues.grade_list.match(subject)
    return phrase + subject[other.end() :] if own and other and other.end() < len(subject) else None
