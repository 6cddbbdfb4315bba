"""European names in Arabic letters: spellings that rules allow, of these those that Arabic texts are known to use."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice, product

LOCALES = ("en_US", "en_GB", "fr_FR", "es_ES", "es_MX", "de_DE", "it_IT", "pt_PT", "pt_BR", "nl_NL", "sv_SE", "tr_TR")
_NAMES = 40_000  # the people that a locale's list stands for, beside those of Wikidata
# A piece of Latin spelling, and how it is written in Arabic, the most usual first; longer pieces before shorter ones.
_RULES: dict[str, str] = {
    "^a": "ا", "^e": "ا اي", "^i": "ا اي", "^o": "او ا", "^u": "او ا ي", "^y": "ي", "^ch": "تش ش ك", "^j": "ج خ ي",
    "^x": "ز ش خ", "^h": "ه", "^wr": "ر", "^kn": "ن كن", "^th": "ث ت", "^sch": "ش", "^gi": "جي غي خي", "^ge": "ج جي غ غي خي",
    "eau$": "و", "aux$": "و", "ez$": "يز يس", "es$": "س يس يز", "e$": "_ ي", "ie$": "ي", "y$": "ي", "ey$": "ي اي", "ay$": "اي ي",
    "a$": "ا ه ة", "o$": "و", "s$": "س ز", "tt$": "ت", "er$": "ر ير", "or$": "ور ر", "en$": "ن ين", "el$": "ل يل",
    "er": "ر ير", "ar": "ار ر", "tsch": "تش", "sch": "ش", "tch": "تش", "sh": "ش", "ch": "تش ش ك خ", "ph": "ف", "th": "ث ت",
    "ck": "ك", "qu": "ك كو ك", "gh": "غ _", "gn": "ن ني غن", "gli": "لي", "ng": "نغ نج", "gue": "غ غي", "gui": "غي", "ll": "ل ي",
    "rr": "ر", "ss": "س", "tt": "ت", "nn": "ن", "mm": "م", "pp": "ب", "bb": "ب", "dd": "د", "ff": "ف", "gg": "غ ج", "zz": "تز ز",
    "cc": "ك تش", "ce": "س سي تشي", "ci": "سي تشي", "cy": "سي", "ge": "ج جي غ غي خي", "gi": "جي غي خي", "ee": "ي", "ea": "ي يا",
    "ie": "ي ا", "ei": "اي ي", "ai": "اي ي", "ay": "اي ي", "oo": "و", "ou": "و او", "ow": "او و", "au": "او و", "eu": "و او يو",
    "ue": "وي ي و", "ui": "وي ي", "ia": "يا", "io": "يو", "oa": "وا و", "a": "ا _", "e": "ي _", "i": "ي _", "o": "و _", "u": "و ا _",
    "y": "ي", "b": "ب", "c": "ك", "d": "د", "f": "ف", "g": "غ ج", "h": "ه _", "j": "ج خ", "k": "ك", "l": "ل", "m": "م",
    "n": "ن", "p": "ب", "q": "ك", "r": "ر", "s": "س ز", "t": "ت", "v": "ف", "w": "و ف", "x": "كس", "z": "ز س",
}  # fmt: skip
_SPELLINGS = 3_000
_SURE = 12  # so many people make a word of subtitles that a rule allows a name


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.lower().replace("ß", "ss").replace("ı", "i").replace("ø", "o"))
    return "".join(letter for letter in decomposed if "a" <= letter <= "z")


def spellings(name: str) -> Iterator[str]:
    """The spellings of a Latin name in Arabic letters that the rules allow, the most usual first, at most 3,000."""
    pieces, at, latin = [], 0, _ascii(name)
    while at < len(latin):
        pieces.append(_RULES[_rule(latin, at)].split())
        at += len(_rule(latin, at).strip("^$"))
    for choice in islice(product(*pieces), _SPELLINGS):
        yield re.sub(r"(.)\1+", r"\1", "".join(choice).replace("_", ""))


def _rule(latin: str, at: int) -> str:
    """The longest rule that fits; one for the beginning or the end of a name before one for anywhere."""
    fitting = [
        rule
        for rule in _RULES
        if latin.startswith(piece := rule.strip("^$"), at)
        and (not rule.startswith("^") or at == 0)
        and (not rule.endswith("$") or (at and at + len(piece) == len(latin)))
    ]
    return max(fitting, key=lambda rule: (len(rule.strip("^$")), len(rule)))


def add_foreign(given: Counter[str], family: Counter[str], names: set[str], words: set[str]) -> None:
    """Add European names, with their share of a locale's people, in spellings that are known.

    `names`: words known as names; `words`: words that may be something else too.
    """
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ("first_names_male", "first_names_female", "first_names"):
            _add(given, getattr(provider, attribute, ()), names, words)
        _add(family, getattr(provider, "last_names", ()), names, words)


def _add(counts: Counter[str], people: Mapping[str, float] | tuple[str, ...], names: set[str], words: set[str]) -> None:
    shares = dict(people.items() if isinstance(people, Mapping) else ((name, 1.0) for name in people))
    total = sum(shares.values())
    for name, share in shares.items():
        known = [word for word in dict.fromkeys(spellings(name)) if len(word) > 2 and (word in names or word in words)]
        count = max(2, round(_NAMES / len(LOCALES) * share / total))
        for word in known[:3]:
            counts[word] += count if word in names or count > _SURE else 2
