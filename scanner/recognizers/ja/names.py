"""Japanese names in text: after a label, beside 様, a phone number or an address, and in running text."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.clues import clue, follow
from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.ja import addresses, beside, katakana, prose
from scanner.recognizers.ja.lexicon import begins_with_surname
from scanner.recognizers.ja.prose import KANJI
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, clear, lazy

CUES = listed(
    "宛名 氏名 お名前 受取人 お届け先 届け先 送り主 差出人 ご依頼主 依頼主 名義人 口座名義 注文者 契約者 購入者"
    " フリガナ ふりがな カナ氏名 氏名カナ ﾌﾘｶﾞﾅ"
)
_ANY = f"{KANJI}ぁ-んァ-ヶー"
_NAME = rf"(?P<name>[{KANJI}]{{1,4}}[ 　]?[{_ANY}]{{1,5}}?|[ァ-ヶー]{{2,6}}[ 　][ァ-ヶー]{{2,7}})"
_LABEL = rf"(?:{'|'.join(CUES)})(?:名|氏名)?"
_KANA = "ぁ-んァ-ヴ"
NOMINATE = (
    "|".join(
        (
            f"[{_KANA}]",
            r"[一-鿿々][ 　]?[様殿]",
            rf"{_LABEL} ",
            "[一-鿿々].*0[0-9]{1,3}[ -]?[0-9]{1,4}[ -]?[0-9]{4}|[0-9]{4}.*[一-鿿々]{2}",
            *addresses.NOMINATE,
            rf"(?m:^)[{KANJI}]{{1,3}}[ 　]?[{KANJI}]{{1,3}}(?m:$)",
        )
    ),
)
_LABELS = Gazetteer(more=CUES)
_CLUES = (clue(_LABELS, rf"{_LABEL}[ 　]{_NAME}(?=[ 　]?(?:様|殿))", 0.7, "a name between a Japanese label and 様"),)
_BARE_LABEL = lazy(rf"{_LABEL}[ 　]{{1,3}}")
_OVER = "(?=[ 　\\t,、]|$)"
# the parts of a name with a space between, or none
_SHAPES = (
    lazy(rf"(?m)(?:[{KANJI}]{{1,4}}[ 　][{KANJI}ぁ-んァ-ヴー]{{1,5}}|[ァ-ヴー]{{2,6}}[ 　][ァ-ヴー]{{2,7}}){_OVER}"),
    lazy(rf"(?m)(?:[{KANJI}]{{2,6}}|[ァ-ヴー]{{4,12}}){_OVER}"),
)
_LABELLED = lazy(rf"{_NAME}(?=[ 　]?(?:様|さま|殿|さん)|[^{_ANY}]|$)")
# a name by its sound, in half width or with its parts run together
_READING = lazy("(?P<name>[ァ-ヴー]{4,12}|[ｦ-ﾟ]{4,18}|[ｦ-ﾟ]{2,9} [ｦ-ﾟ]{2,9})(?:[ 　]?(?:様|サマ|ｻﾏ))?(?![ぁ-んァ-ヴーｦ-ﾟ])")
_NO_NAMES = ("部", "課", "会社", "店", "市", "都", "県", "区", "町", "村", "駅", "大学", "学校", "高校", "銀行", "病院")
_LETTER = rf"(?:(?![様殿])[{KANJI}])"
_HONOURED = lazy(
    rf"(?<![{_ANY}A-Za-z])(?P<name>{_LETTER}{{1,4}}(?:[ 　]?[{_ANY}]{{1,5}}?)?|[ァ-ヴー]{{2,6}}[ 　][ァ-ヴー]{{2,6}})"
    r"[ 　]?\Z"
)
_HONORIFIC = lazy(rf"[様殿](?:(?![{KANJI}])|(?=[分宅邸宛方]))")
_WINDOW = 16
_EDGE = ("", "\n")


def find(text: str) -> list[Span]:
    """Return the Japanese names of `text`."""
    labelled = (span for span in follow(_CLUES, text) if not text[span.start : span.end].endswith(_NO_NAMES))
    return clear(
        text,
        (*labelled, *_under_label(text), *_honoured(text), *beside.find(text), *prose.find(text), *katakana.find(text)),
    )


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. After labels of other languages a known surname is needed; after a bare one more."""
    if trust == Trust.OWN and (reading := _READING.match(text, at)) and beside.is_reading(reading["name"]):
        return reading.end("name")
    match = _LABELLED.match(text, at)
    if match is None or match["name"].endswith(_NO_NAMES):
        return None
    sure = trust == Trust.OWN or (beside.is_name if trust == Trust.BARE else begins_with_surname)(match["name"])
    return match.end() if sure else None


def _under_label(text: str) -> Iterator[Span]:
    """Names with nothing but space between them and a label, as where lines of a form were joined: `氏名 佐藤 美咲`."""
    for line in _LABELS.lines(text):
        for label in _BARE_LABEL.finditer(text, *line):
            for shape in _SHAPES:
                name = shape.match(text, label.end())
                if name and _is_whole(name.group()):
                    yield Span(*name.span(), 0.65, "a Japanese name under a label")
                    break


def _is_whole(name: str) -> bool:
    """Whether a name has a given name where a space is in it, rather than what follows a place or a firm."""
    if " " in name or "　" in name:
        return beside.is_full_name(name) or beside.is_reading(name)
    return beside.is_name(name) or beside.is_reading(name)


def _honoured(text: str) -> Iterator[Span]:
    for honorific in _HONORIFIC.finditer(text):
        end = honorific.start()
        match = _HONOURED.search(text, max(0, end - _WINDOW, text.rfind("\n", 0, end) + 1), end)
        if match and (beside.is_name(match["name"]) or beside.is_lone_surname(match["name"], "N")):
            yield Span(*match.span("name"), 0.65, "a Japanese name before 様 or 殿")
        elif match and text[match.start() - 1 : match.start()] in _EDGE and text[end + 1 : end + 2] in _EDGE:
            yield Span(*match.span("name"), 0.2, "all of a line before 様 or 殿, a name if the header says so")
