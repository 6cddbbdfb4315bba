"""Japanese lists."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from mecab import Connections, Entry, entries
from sources import Lists, package, rows

# Classes of the lexicon by the features of UniDic; the first that begins a word's features counts.
CLASSES = {
    "名詞,固有名詞,人名,姓": "S",
    "名詞,固有名詞,人名,名": "G",
    "名詞,固有名詞,人名,一般": "H",
    "名詞,固有名詞,地名": "P",
    "名詞,数詞": "D",
    "名詞": "N",
    "形状詞": "N",
    "副詞": "N",
    "代名詞": "N",
    "感動詞": "N",
    "接尾辞": "X",
    "接頭辞": "R",
    "動詞": "V",
    "形容詞": "V",
}
LINKED = "SGPNDXRV"
_KANJI = re.compile("[一-鿿豈-﫿々ヶヵノ]{1,5}")
_KATAKANA = re.compile("[ァ-ヴー]{2,}")
_EDGES = ("の", "が", "は", "を", "に", "と", "も", "、", "。", "・")
_USUAL = 9500  # costs up to this one count for the connections of a class
_RARE_LETTER = 10500  # a surname of one character that costs more is left out
_SCALE = 10
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_MISSING = 980  # the cost of a frequent surname that UniDic lacks


def lists(npm_folder: Path) -> Lists:
    """The lexicon of kanji words with their costs, name parts in kana, cities, wards, towns."""
    del npm_folder
    folder = package("unidic_lite") / "dicdir"
    found = list(entries(folder))
    kanji = _lexicon(found, _KANJI)
    for name in _surnames():
        kanji[name].setdefault("S", _MISSING)
    yield "ja-lexicon", _lines(kanji)
    yield "ja-links", _links(found, Connections(folder))
    yield "ja-letters", _letters(kanji)
    katakana = _lexicon(found, _KATAKANA)
    yield "ja-katakana", _lines(katakana)
    yield "ja-katakana-pairs", _pairs(katakana)
    yield "ja-kana-given", {name for name in _both_kana(_given_readings()) if len(name) > 1}
    yield "ja-kana-surnames", _both_kana(row[2] for row in _dataset("last_name_org.csv"))
    yield "jp-cities", {row[1] for row in rows("jp_addresses.csv") if len(row[1]) > 1}


def _class(features: list[str]) -> str | None:
    joined = ",".join(features[:4])
    return next((letter for begin, letter in CLASSES.items() if joined.startswith(begin)), None)


def _lexicon(found: Iterable[Entry], shape: re.Pattern[str]) -> dict[str, dict[str, int]]:
    """Words of one shape, and of each its classes with the lowest cost in each, divided by `_SCALE`."""
    lexicon: dict[str, dict[str, int]] = defaultdict(dict)
    for entry in found:
        letter = _class(entry.features)
        if letter is None or not shape.fullmatch(entry.word) or not _kept(letter, entry):
            continue
        cost = max(1, round(entry.cost / _SCALE))
        lexicon[entry.word][letter] = min(cost, lexicon[entry.word].get(letter, cost))
    return lexicon


def _kept(letter: str, entry: Entry) -> bool:
    """Whether an entry is worth its place: no full names of people, no letters that are rarely a surname."""
    if letter == "H":
        return bool(_KATAKANA.fullmatch(entry.word))
    return letter != "S" or len(entry.word) > 1 or entry.cost <= _RARE_LETTER


def _lines(lexicon: dict[str, dict[str, int]]) -> Iterator[str]:
    """A line for each word: `田中`, a tab, `G1267S818`."""
    for word, costs in lexicon.items():
        yield word + "\t" + "".join(f"{letter}{cost}" for letter, cost in sorted(costs.items()))


def _links(found: Iterable[Entry], connections: Connections) -> dict[str, int]:
    """What it costs that a class follows another: `SG`; E is what follows a noun phrase and what stands before one."""
    rights: dict[str, Counter[int]] = defaultdict(Counter)
    lefts: dict[str, Counter[int]] = defaultdict(Counter)
    for entry in found:
        edge = entry.word in _EDGES and entry.features[0] in ("助詞", "補助記号")
        usual = entry.cost < _USUAL and _KANJI.fullmatch(entry.word)
        letter = "E" if edge else _class(entry.features) if usual else None
        if letter is not None and letter in LINKED + "E":
            rights[letter][entry.right] += 1
            lefts[letter][entry.left] += 1
    return {a + b: round(connections.mean(rights[a], lefts[b]) / _SCALE) for a in "E" + LINKED for b in "E" + LINKED}


def _letters(lexicon: dict[str, dict[str, int]]) -> dict[str, int]:
    """Costs of a character as the first (`明`, a minus) and last (`-明`) of given names of two or more: -50 ln(share)."""
    given = [word for word, costs in lexicon.items() if "G" in costs and len(word) > 1]
    counts = Counter(letter for word in given for letter in (word[0] + "-", "-" + word[-1]))
    return {letter: round(-50 * math.log(count / len(given))) for letter, count in counts.items() if count > 2}


def _pairs(lexicon: dict[str, dict[str, int]]) -> dict[str, int]:
    """10 log2 of how much oftener two letters follow each other in foreign names than in other words; ^ and $ are ends."""
    names, others = Counter[str](), Counter[str]()
    for word, costs in lexicon.items():
        counts = names if costs.keys() & set("HGS") else others
        edged = f"^{word}$"
        counts.update(map("".join, pairwise(edged)))
    share = others.total() / names.total()
    return {
        pair: round(10 * math.log2((names[pair] + 1) * share / (others[pair] + 1)))
        for pair in names | others
        if names[pair] + others[pair] > 2
    }


def _dataset(file: str) -> list[list[str]]:
    path = package("japanese_personal_name_dataset") / "dataset" / file
    return [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]


def _surnames() -> list[str]:
    """The 2,000 most frequent surnames."""
    return [row[0] for row in _dataset("last_name_org.csv")]


def _given_readings() -> set[str]:
    """Given names in hiragana."""
    return {row[0] for sex in ("man", "woman") for row in _dataset(f"first_name_{sex}_org.csv")}


def _both_kana(readings: Iterable[str]) -> set[str]:
    """Hiragana, and the same in katakana."""
    hiragana = set(readings)
    return hiragana | {reading.translate(_TO_KATAKANA) for reading in hiragana}
