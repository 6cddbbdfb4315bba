"""Japanese names in running text, written in kanji or in kanji and kana: `山田太郎は`, `山田花子さん`, `佐藤ひかり`.

A run of kanji is read as words (see `lattice`); a surname before a given name is a name unless what stands beside it
says that the whole names a place or a firm. A line without kana is not taken for Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from scanner.recognizers.gazetteer import listed, word_set
from scanner.recognizers.ja.lattice import Word, read
from scanner.recognizers.ja.lexicon import NEVER, costs, is_surname
from scanner.recognizers.spans import Span, lazy

KANJI = "一-鿿豈-﫿々ヶ"
KANA = "ぁ-んァ-ヴー"
# what follows people only, or nearly so
HONORIFICS = listed(
    """さん さま ちゃん くん 氏 様 殿 君 嬢 先生 先輩 選手 投手 捕手 内野手 外野手 教授 准教授 助教授 名誉教授
    名誉教授 議員 衆院議員 参院議員 容疑者 被告 受刑者 死刑囚 弁護士 医師 牧師 神父 博士 記者 アナ アナウンサー
    親方 騎手 棋士 名人 初段 二段 三段 四段 五段 六段 七段 八段 九段 女流 夫人 夫妻 兄弟 姉妹"""
)
# what follows places and firms too
OFFICES = listed(
    """社長 副社長 会長 副会長 専務 常務 取締役 部長 課長 係長 主任 店長 校長 院長 所長 局長 室長 支店長 大統領
    首相 総理 知事 副知事 県知事 府知事 都知事 市長 町長 村長 区長 総裁 総長 学長 理事長 理事 書記 主席 委員長
    委員 代表 議長 国王 女王 皇帝 天皇 皇后 法皇 教皇 伯爵 男爵 公爵 侯爵 子爵 司令官 提督 司教 検事 判事 裁判官
    役 原作 指揮 演出"""
)
TITLES = listed(
    """監督 コーチ 次長 大臣 外相 蔵相 財務相 防衛相 文科相 厚労相 法相 長官 幹事長 書記長 第一書記 卿 将軍 元帥
    大将 中将 少将 大佐 中佐 少佐 大尉 中尉 少尉 艦長 枢機卿 師範 師匠 主将 自身 本人 一等兵 二等兵 軍曹 曹長
    参議 研究員 助教 講師 作詞 作曲 編曲 脚本 作画"""
)
_ANY_TITLE = "|".join(sorted((*HONORIFICS, *TITLES, *OFFICES), key=len, reverse=True))
# `選手` but not `選手権`, `脚本` but not `脚本家`
TITLE = lazy(rf"[ 　]?(?:{_ANY_TITLE})(?![権会者署官号員所割団職性等科庁省令家業界力用法])")
_ENDS_WITH_TITLE = lazy(rf"(?:{_ANY_TITLE})$")
_OF_PEOPLE = frozenset((*HONORIFICS, *TITLES))
# what goes on after a name in a sentence
_AFTER = lazy(
    r"[はがもをにとのらやでへ、。）)」』・,，（(]|から|より|など|こそ|しか|まで|って|たち|だ(?:[。っけ]|が)|です|な[らの]|$",
    re.M,
)
# a single character only before what is said to people
RUN = lazy(f"[{KANJI}]{{2,}}|[{KANJI}](?=さん|さま|くん|ちゃん)")
_CALLED = lazy("さん|さま|くん|ちゃん")
_KIN = frozenset("客神皆母父兄姉娘嫁奥爺婆孫隣親子医君仏鬼猫犬熊象象人叔伯坊王姫")
_GOES_ON = lazy("[ぁ-んァ-ヴー]")
_HIRAGANA = lazy("[ぁ-ん]{2,6}")
_KATAKANA = lazy("[ァ-ヴー]{2,8}")
_PIECE = lazy("[ァ-ヴーA-Za-z0-9]")
_HAS_KANA = lazy(f"[{KANA}]")
_VARIANTS = (("髙", "高"), ("﨑", "崎"), ("濵", "浜"))
_ADDRESS = lazy("[都道府県市区町村郡]")
_AFTER_PLACE = lazy("[ぁ-んァ-ヴー][市区町村郡](?!川|田|原|村|井|山)")
IN_SENTENCE = lazy("[はがもをにとのらやでへ、。]|から|より|たち|だ(?:。|った)")
_QUOTES = frozenset("「『【《〈")
_NO_GIVEN = frozenset(listed("しか だけ まで さえ のみ など ほか より ごと たち かも"))
_PARTICLES = frozenset("はがもをにとのやでへかさ")
_LONE = 40  # how much cheaper a run must be as a name than as anything else
_PLAIN, _PLAIN_LETTER = 100, 350  # the margin of a full name, and of one with a surname of one character
_UNSURE = 500  # the margin that it needs beside a word that is no title
_FREQUENT, _FREQUENT_LETTER = 1080, 700  # what a lone name may cost
_LONGEST = 60  # a run that is longer is no Japanese
_LETTER = 1000  # what a surname of one character may cost
_BARE, _TITLED = 0.55, 0.62


def is_titled(text: str, at: int) -> bool:
    """Whether what people are called stands at a place: `さん`, `監督`."""
    return TITLE.match(text, at) is not None


def find(text: str) -> Iterator[Span]:
    """Yield the names of `text` that are written in kanji or begin with it."""
    for variant, usual in _VARIANTS:
        text = text.replace(variant, usual)
    stop, japanese = -1, False
    for match in RUN.finditer(text):
        start, end = match.span()
        if start >= stop:
            begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            stop = len(text) if stop < 0 else stop
            japanese = _HAS_KANA.search(text, begin, stop) is not None
        if japanese and end - start == 1:
            yield from _letter(text, start)
        elif japanese:
            yield from _beside(text, start, end, in_run(match.group()) if end - start <= _LONGEST else _NOTHING)


def _letter(text: str, at: int) -> Iterator[Span]:
    """A surname of one character before what is said to people."""
    letter = text[at]
    if (
        letter not in _KIN
        and costs(letter).get("S", NEVER) < _LETTER
        and not _PIECE.match(text[at - 1 : at] if at else "")
    ):
        yield Span(at, at + 1, _TITLED, "a Japanese surname before what is said to people")


class Run(NamedTuple):
    """What a run may hold: full names (start, end, score), the lengths of a lone name and of a last surname.

    `called` tells that all of it is a surname, perhaps of a place too.
    """

    names: tuple[tuple[int, int, float], ...]
    lone: int
    surname: int
    called: bool


_NOTHING = Run((), 0, 0, False)


def _beside(text: str, start: int, end: int, run: Run) -> Iterator[Span]:
    """The names of the run from `start` to `end`, by what stands beside it."""
    if run == _NOTHING or _AFTER_PLACE.match(text, max(0, start - 1)):
        return
    for begin, done, score in run.names:
        if done < end - start or _may_end(text, end):
            yield Span(start + begin, start + done, score, "a Japanese surname and a given name")
    if run.called and _CALLED.match(text, end):
        yield Span(start, end, _TITLED, "a Japanese surname before what is said to people")
    yield from _judged(text, start, start + run.lone)
    yield from _with_kana(text, end - run.surname, end)


@lru_cache(1 << 16)
def in_run(run: str) -> Run:
    """What a run of kanji may hold, whatever stands beside it."""
    return Run(full_names(run) if len(run) > 2 else (), _lone(run), _last_surname(run), is_surname(run))


def _may_end(text: str, end: int) -> bool:
    """Whether a name may end here: neither katakana nor an ending of a verb or an adjective goes on with it."""
    return not _GOES_ON.match(text, end) or _AFTER.match(text, end) is not None or is_titled(text, end)


def full_names(run: str) -> tuple[tuple[int, int, float], ...]:
    """Start, end and score of the full names in a run of kanji."""
    words, margin = read(run)
    if not margin:
        return ()
    pairs = ((at, a, b) for at, (a, b) in enumerate(pairwise(words)) if a.kind + b.kind == "SG")
    scored = ((a.start, b.end, _score(run, words, at, margin)) for at, a, b in pairs)
    return tuple(name for name in scored if name[2])


def _score(run: str, words: tuple[Word, ...], at: int, margin: int) -> float:
    """The score of the name that begins with word `at` of a run."""
    name, rest = words[at : at + 2], words[at + 2 :]
    titled = _ENDS_WITH_TITLE.search(run, name[1].end) is not None or is_titled(run, name[1].end)
    if not titled and margin < (_PLAIN if name[0].end - name[0].start > 1 else _PLAIN_LETTER):
        return 0.0
    if at and (_ADDRESS.search(run, 0, name[0].start) or _is_piece(words[at - 1]) or name[0].end - name[0].start == 1):
        return 0.0
    if rest and not titled and (rest[0].kind != "N" or margin < _UNSURE):
        return 0.0
    return _TITLED if titled else _BARE


def _is_piece(word: Word) -> bool:
    """Whether a word before a surname rather belongs to it: `大` or `新`, or a character that is no word by itself."""
    return word.kind in "RV" or (word.kind in "NG" and word.end - word.start == 1)


def _lone(run: str) -> int:
    """The length of a surname or a given name that is all of a run, or all before a title; else 0."""
    title = next((at for at in range(1, len(run)) if TITLE.fullmatch(run, at)), len(run))
    known = costs(run[:title])
    name = min((known[kind] for kind in "SG" if kind in known), default=None)
    if name is None or name > (_FREQUENT_LETTER if title == 1 else _FREQUENT):
        return 0
    other = min((cost for kind, cost in known.items() if kind not in "SG"), default=name + 400)
    if "S" in known and run[title:] in _OF_PEOPLE:
        return title
    return title if title > 1 and other - name >= _LONE else 0


def _judged(text: str, start: int, end: int) -> Iterator[Span]:
    """A lone name, if it is not empty, by what stands beside it."""
    before = text[start - 1 : start] if start else ""
    if start == end or _PIECE.match(before):
        return
    if is_titled(text, end):
        yield Span(start, end, _TITLED, "a Japanese name before a title")
    elif IN_SENTENCE.match(text, end) and before not in _QUOTES:
        yield Span(start, end, 0.5, "a Japanese name in a sentence")


def _last_surname(run: str) -> int:
    """The length of the surname of two or more with which a run ends, and which is no place; 0 if it does not."""
    for size in (3, 2):
        if size <= len(run) and is_surname(run[-size:]):
            known = costs(run[-size:])
            words = read(run).words if size < len(run) else ()
            ends = not words or (words[-1].kind == "S" and words[-1].start == len(run) - size)
            return size if known["S"] < known.get("P", NEVER) and ends else 0
    return 0


def _with_kana(text: str, start: int, end: int) -> Iterator[Span]:
    """A surname, if it is not empty, before a given name in kana."""
    if start == end:
        return
    for kana in (_HIRAGANA, _KATAKANA):
        if match := kana.match(text, end):
            for size in range(len(match.group()), 1, -1):
                if _is_given(match.group()[:size], match.group()[size:]):
                    yield Span(start, end + size, 0.55, "a Japanese surname and a given name in kana")
                    return


def _is_given(kana: str, rest: str) -> bool:
    """Whether kana are a given name, and what follows may stand behind one."""
    if kana not in word_set("ja-kana-given") or kana in _NO_GIVEN or (kana[0] in _PARTICLES and len(kana) < 3):
        return False
    return not rest or (rest[0] in _PARTICLES and _AFTER.match(rest) is not None) or is_titled(rest, 0)
