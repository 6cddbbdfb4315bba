"""Which languages a text is written in, as far as its script tells."""

from __future__ import annotations

import re
import unicodedata

# Letters of each language and what one of them weighs: of Vietnamese ones about a third bear a mark of their own.
_LETTERS = {
    "ko": (re.compile("[가-힣]"), 1),
    "ja": (re.compile("[ぁ-ゖァ-ヺ]"), 2),
    "zh": (re.compile("[一-鿿]"), 1),
    "vi": (re.compile("[ăđơưĂĐƠƯẠ-ỹ]"), 3),
    "ar": (re.compile("[ء-ي]"), 1),
}
_SHARE = 0.2
_KANJI = 4  # Han for each kana that Japanese may have
_SAMPLE = 1 << 16  # code points


def languages(text: str) -> frozenset[str]:
    """Those of ko, ja, zh, vi and ar in which a good part of the beginning of `text` is written.

    English leaves no trace. Han is Japanese beside some kana, and Korean beside as much Hangul.
    """
    text = unicodedata.normalize("NFC", text[:_SAMPLE])
    weights = {name: weight * len(letters.findall(text)) for name, (letters, weight) in _LETTERS.items()}
    if weights["zh"] <= max(_KANJI * weights["ja"], weights["ko"]):
        weights["zh"] = 0
    return frozenset(name for name, weight in weights.items() if weight > _SHARE * sum(weights.values()))
