"""Chinese names in running text: where a name explains a run of characters better than words do.

A candidate begins with a family name. What it is worth is how much cheaper the characters around it are with the name
than without, by `lattice` and `people`, and what stands before and after it. All texts are in Simplified characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from scanner.recognizers.gazetteer import listed, weights
from scanner.recognizers.spans import OfLine, Span, lazy
from scanner.recognizers.zh.lattice import cost, known_words
from scanner.recognizers.zh.people import (
    candidates,
    compound_candidates,
    foreign_cost,
    foreign_size,
    is_foreign,
    likelihood,
    name_cost,
)
from scanner.recognizers.zh.script import HAN, codes, is_japanese

# 10 * log2 of the odds from which on a name is reported, with nothing and with a word beside it that asks for one
ENOUGH, SUPPORTED = 10, -30
# and what it adds that no Chinese character stands before, or after
ALONE = 8
_WINDOW, _LONGEST = 6, 4
# a character that the corpus of the dictionary holds less often (10 * log2) stands there in quotations
_SEEN = 45
_BEFORE = listed(
    """我叫 名叫 叫做 叫 记者 导演 演员 主演 主唱 歌手 作者 编剧 教授 博士 医生 院士 主席 总统 总理 部长 书记 市长
    省长 县长 局长 院长 校长 经理 主任 董事长 总裁 律师 法官 警官 队长 教练 选手 球员 代表 委员 专家 学者 画家
    作家 诗人 老师 嘉宾 主持人 明星 先生 女士 同学 同事 朋友 客户 员工 患者 被告人 原告 嫌疑人 司机 女儿 儿子 丈夫
    妻子 父亲 母亲 通讯员 发言人 联系 回复 @"""
)
_AFTER = listed(
    """说 表示 称 认为 指出 介绍 告诉 回忆 透露 坦言 强调 饰演 主演 先生 女士 小姐 老师 同学 教授 医生 主任 经理
    总经理 博士 院士 主席 部长 书记 市长 局长 院长 校长 律师 警官 教练 同志 师傅 老板 大哥 姐姐 哥哥 阿姨 叔叔 收
    等人 夫妇 一家"""
)
_AND = "、和与及跟"
_CUE_BEFORE = lazy(rf"(?:{'|'.join(_BEFORE)})[:：]?[ 　]?\Z")
_CUE_AFTER = lazy(rf"[ 　]?(?:{'|'.join(_AFTER)})")
# what a place ends with, as the last character of a name or right after it
_PLACE = lazy(
    "[语郡府州岛县镇乡村路街苑省市区]|.(?:[语族郡府州岛省市区镇乡]|[县村](?!长)|[路街道](?![^ ,，。\\n]{0,2}[上过]))"
)
# a firm is called like its founder, perhaps with the place of a branch behind it
_FIRM = lazy(
    "(?![在的与和去到是])[一-龥]?(?:[（(][^（）()\\n]{2,6}[)）])?(?:律师事务所|会计师事务所|事务所|有限公司|股份公司|集团公司)"
)
_RUN_BEFORE = lazy(rf"[{HAN}]*\Z")
_RUN_AFTER = lazy(rf"[{HAN}]*")
_FOREIGN = (
    "阿埃艾爱安昂奥巴白班鲍贝本比彼毕宾波伯勃博布采查达大戴丹道德登狄迪蒂丁东杜顿多恩尔法范菲费芬佛弗夫福富盖甘高"
    "戈哥格葛根古哈海汉豪赫黑亨洪胡"
    "华怀霍基吉加贾简杰金津卡凯坎康考柯科克肯孔库夸奎拉莱赖兰朗劳勒雷蕾李里理丽利莉连列林琳灵龙卢鲁路露伦罗洛吕马"
    "玛迈麦曼芒梅门蒙孟米密敏明摩"
    "莫默姆木穆拿内纳娜南瑙尼妮涅宁纽努诺欧帕潘佩彭皮珀普奇齐契强乔切琼丘让热仁日荣儒茹瑞若萨塞赛桑瑟森沙莎山尚舍"
    "申圣施什史士舒斯丝司松苏孙"
    "索塔泰坦汤唐陶特腾提汀廷图托瓦万旺威韦维魏温文翁沃乌武西希锡席夏香肖谢辛欣休许雅亚延扬耶叶伊易因英尤约泽詹珍"
    "芝治朱祖佐卓兹治赛娅桃"
    # Uyghur, Kazakh and Tibetan names
    "买卜依江孜吾汗玉素再仙罕守肉铁台则坤义牙扎边次央宗珠曲旦增平措堆吐合甫力逊衣茨"
)
_FIRST = rf"(?:[{_FOREIGN}]|不[都力拉里])"
# what stands before names in a sentence
_FUNCTIONS = "和与及跟是由叫我你他她为对向被把让给从在的说找请问见到以将同按据而但或即当有连于了"
_DOT = lazy("[·•‧・]")
_DOTTED = lazy(rf"(?<![{_FOREIGN}]){_FIRST}{{1,7}}(?:{_DOT.pattern}[{_FOREIGN}]{{1,8}}){{1,3}}")


class _Candidate(NamedTuple):
    """What may be a name, 10 * log2 of the odds of it, and whether a word beside it asks for one."""

    start: int
    end: int
    odds: int
    cue: bool


def find(text: str) -> Iterator[Span]:
    """Yield the names of running text, which may overlap; `text` is in Simplified characters."""
    japanese = OfLine(text, is_japanese)
    for match in _dotted(text):
        if not japanese(match.start()):
            start = match.start() - _first_letters(_run_before(text[max(0, match.start() - _WINDOW) : match.start()]))
            yield Span(start, match.end(), 0.55, "a name in Chinese sounds, its parts set apart by dots")
    found = [name for name in _candidates(text) if not japanese(name.start)]
    sure = [name for name in found if name.cue or name.odds >= ENOUGH]
    starts, ends = {name.start for name in sure}, {name.end for name in sure}
    for name in found:
        if name.cue:
            yield Span(*name[:2], min(0.6 + max(name.odds, 0) / 5000, 0.64), "a Chinese name with a word for people")
        elif name.odds >= ENOUGH:
            yield Span(*name[:2], min(0.5 + name.odds / 5000, 0.55), "a Chinese name rather than words")
        elif _is_listed(text, name, starts, ends):
            yield Span(*name[:2], 0.5, "a Chinese name in a list of such")


def _dotted(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_DOTTED` matches, which is slow, of the lines with dots."""
    end = -1
    for dot in _DOT.finditer(text):
        if dot.start() > end:
            end = text.find("\n", dot.end())
            end = len(text) if end < 0 else end
            yield from _DOTTED.finditer(text, text.rfind("\n", 0, dot.start()) + 1, end)


def _first_letters(before: str) -> int:
    """How much of a dotted name stands before its known sounds: one character that begins the run, as in 谭雅·…."""
    return int(len(before) == 1 and before not in _FUNCTIONS)


def _candidates(text: str) -> Iterator[_Candidate]:
    for start, size in (*candidates(codes(text), SUPPORTED), *compound_candidates(text)):
        if likelihood(text[start : start + size]) >= SUPPORTED and (found := _judged(text, start, start + size)):
            yield found


def _is_listed(text: str, name: _Candidate, starts: set[int], ends: set[int]) -> bool:
    """Whether another name stands before or after it, one sign between them."""
    return (name.start - 1 in ends and text[name.start - 1] in _AND) or (
        name.end + 1 in starts and text[name.end] in _AND
    )


def is_name(text: str) -> bool:
    """Whether a whole text is a name rather than words."""
    return 2 <= len(text) <= _LONGEST and _odds("", text, "") >= ENOUGH


def name_at_end(run: str, least: int = ENOUGH) -> int:
    """The size of the name that a run of characters ends with, 0 if none: of those that fit the likeliest."""
    sizes = range(2, min(_LONGEST, len(run)) + 1)
    odds, size = max(((_odds(run[:-size][-_WINDOW:], run[-size:], ""), size) for size in sizes), default=(least - 1, 0))
    return size if odds >= least else 0


def name_at_start(text: str, at: int, least: int = ENOUGH) -> int:
    """The size of the name that a text has at `at`, 0 if none: of those that fit the likeliest."""
    run = _run_after(text[at : at + _LONGEST + _WINDOW])
    sizes = range(2, min(_LONGEST, len(run)) + 1)
    odds, size = max(((_odds("", run[:size], run[size:]), size) for size in sizes), default=(least - 1, 0))
    return size if odds >= least else 0


@cache
def _characters() -> frozenset[str]:
    """What Chinese names are written with: others, such as 恵 and 桜, are Japanese."""
    lists = ("zh-given-first", "zh-given-last", "zh-given-only", "zh-surnames")
    usual = {word for word, weight in known_words().items() if len(word) == 1 and weight > _SEEN}
    return frozenset(usual.union(*(letter for names in map(weights, lists) for letter in names)))


def _judged(text: str, start: int, end: int) -> _Candidate | None:
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    odds = _odds(_run_before(before), text[start:end], _run_after(after))
    if odds < SUPPORTED or _PLACE.match(text, end - 1) or not _characters() >= set(text[start:end]):
        return None
    if _FIRM.match(text, end):
        return None
    return _Candidate(start, end, odds, bool(_CUE_BEFORE.search(before) or _CUE_AFTER.match(after)))


def _run_before(text: str) -> str:
    match = _RUN_BEFORE.search(text)
    return match.group() if match else ""


def _run_after(text: str) -> str:
    match = _RUN_AFTER.match(text)
    return match.group() if match else ""


@lru_cache(maxsize=1 << 14)
def _odds(before: str, name: str, after: str) -> int:
    """10 * log2 of how much likelier the characters are with the name than without."""
    with_name = cost(before) + name_cost(name) + cost(after)
    without = cost(before + name + after)
    alone = ALONE * (not before) + ALONE * (not after)
    if without - with_name + alone >= SUPPORTED and is_foreign(name):
        without = min(without, _as_foreign(before, name, after))
    return without - with_name + alone


def _as_foreign(before: str, name: str, after: str) -> int:
    """The cost of the characters when those of the name, and what can be around it, are a name from abroad."""
    left = foreign_size(before[::-1])
    right = foreign_size(after)
    whole = before[len(before) - left :] + name + after[:right]
    return cost(before[: len(before) - left]) + foreign_cost(whole) + cost(after[right:])
