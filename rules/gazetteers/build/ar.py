"""Arabic lists: names with the weight of their being names, common words, places.

Words are folded as the recognizers fold texts: letters with hamza or madda on alif to the bare alif, one for one.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import egydata.cities
import egydata.governorates
from ar_foreign import add_foreign
from ar_places import CITIES, COUNTRIES
from sources import Lists, faker, listed, package

_FOLD = str.maketrans("أإآٱ", "اااا", "".join(map(chr, (0x640, 0x670, *range(0x64B, 0x653)))))
_LETTERS = re.compile("[ء-ي]{2,14}")
_ARTICLE = "ال"
# what is written onto a word that is no name: the less a name takes of these, the more it is one
_VERB_ENDINGS = ("ت", "وا", "ون", "ني", "تم", "هما")
_FOREIGN = 20  # a word that occurs so many times as often as what is written onto it is foreign
_ENDINGS = ("ه", "ها", "هم", "ك", "نا", "ين", "ات", "ي", "ا")
# words that lead a part of a name and so are no names themselves
_PARTICLES = frozenset(listed("عبد ابو ابا ابي ام بن ابن بنت ال بني بنو ولد دي دا دو دل ديل فان فون دير لا لو سان"))
# titles, ranks and words of dates, faith and form that the packages count as names
_NO_NAMES = frozenset(
    listed(
        """السيد الشيخ الامام الامير الملك الحاج الدكتور شيخ ملك امام السلطان الله الدين رب حاج اسلام الاسلام
        الحق النور الزمان الرب القران السلام الانسان العالم القلم الشمس القمر النجم البحر الجبل النهر الكبير
        الصغير الاول الثاني الثالث الرابع الخامس الغربي الشرقي الشمالي الجنوبي العربي العربيه الاسلامي
        المسيحي اليهودي الرومان الروماني اليوناني محرم صفر ربيع رجب شعبان رمضان شوال مايو يوليو يونيو ابريل
        الاحد الخميس الجمعه السبت اللاعب الرئيس الوزير المدير الكاتب العضو الملكي الوطني السامي مصر العراق
        تونس الجديد القديم الاخير الحالي الذهبي الماسي الفضي البرونزي البحري الجوي البري المدني العسكري الحر
        القائد الطبيب المحامي المعلم النجار الاستاذ الاخ الاب الام العم الخال الجد البنت الابن المركزي
        المحلي الدولي العالمي العلمي التقني الطبيعي الصناعي التجاري الزراعي القومي السياسي الثقافي التاريخي
        الحديث الاعلي الادني الاوسط الاعظم الاكبر الاصغر الاحمر الازرق الاخضر الاسود الابيض الاصفر الورد
        الريم بحر نهر قمر نجم ورده زهره شمس جبل صخر ذهب فضه حديد نحاس مساء ليل نهار يوم سنه شهر عام قرن ريال
        ثاني ثابت ثالث رابع زمان رمز رقم هاتف جوال كود طلب على الى الا اما ردا علية عليه احدى جامع مسجد مشهد
        ليف نواة نواه كوريا سوريا سورية سوريه"""
    )
)
_CLAMP = 100
_PRIOR = 300  # of 270 million words; the list ends at 50, and prose has rarer words than subtitles
_TOPIC = 1_500  # what a heading of an encyclopedia counts, in words of subtitles
_DULL = 50  # what a name that is also a place or a people loses
_LEAST = -20
_FREQUENT, _SURELY, _DOUBTFUL = 3_000, 60, 44  # a frequent word is no name on its own, unless it surely is one
_KNOWN_BY_MANY = 40  # so many people make a place's name a name


def fold(word: str) -> str:
    """A word without marks, each alif bare."""
    return word.translate(_FOLD)


def _spellings(word: str) -> Iterator[str]:
    """A word, and as it is also written at its end: ي and ى, ه and ة."""
    yield word
    other = {"ي": "ى", "ى": "ي", "ه": "ة", "ة": "ه"}.get(word[-1])
    if other:
        yield word[:-1] + other


def _general() -> Counter[str]:
    """How often words occur in subtitles."""
    path = package("spellchecker") / "resources" / "ar.json.gz"
    counts: Counter[str] = Counter()
    for word, count in json.loads(gzip.decompress(path.read_bytes())).items():
        counts[fold(word)] += count
    for word, count in _topics().items():
        counts[word] += _TOPIC * count
    return counts


def _strings(value: object) -> Iterator[str]:
    """The strings in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


def _topics() -> Counter[str]:
    """How many headings of an encyclopedia a word stands in, of headings that name no person and no place."""
    folder = package("ArWikiCats") / "jsons"
    files = [*(path for name in ("keys", "jobs", "taxonomy") for path in folder.glob(f"{name}/*.json"))]
    files.append(folder / "cities" / "yy2.json")
    found: Counter[str] = Counter()
    for path in files:
        for heading in _strings(json.loads(path.read_text(encoding="utf-8"))):
            found.update(set(fold(heading).split()))
    return found


def _wikidata() -> tuple[Counter[str], Counter[str]]:
    """How many people have a given name and a family name, of those that Wikidata counts; a word each."""
    path = package("arabic_name_romanizer") / "resources" / "names.sqlite3"
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    sql = "SELECT arabic_key, role, SUM(count) FROM units WHERE source = 'wikidata' GROUP BY 1, 2"
    for key, role, count in sqlite3.connect(path).execute(sql):
        words = fold(key).split()
        target = given if role == "given" else family
        if words[0] == "عبد" and len(words) == 2:
            given["".join(words)] += count
        target[words[-1]] += count
    return given, family


def _split_people(given: Counter[str], family: Counter[str]) -> None:
    """Add the first and last words of names in Arabic letters of people from everywhere, each counted alone."""
    path = package("ArWikiCats") / "jsons" / "people" / "peoples.json"
    for name in json.loads(path.read_text(encoding="utf-8")).values():
        words = fold(name).split()
        if 2 <= len(words) <= 3:
            given[words[0]] += 2
            family[words[-1]] += 2


def _towns() -> set[str]:
    """Places of the world whose name is one word: most are no people's."""
    path = package("ArWikiCats") / "jsons" / "cities" / "cities_full.json"
    names = {fold(name).split("(")[0].strip() for name in json.loads(path.read_text(encoding="utf-8")).values()}
    return {name for name in names if " " not in name}


def _nationalities() -> set[str]:
    """Adjectives of peoples and countries, and the countries."""
    path = package("ArWikiCats") / "jsons" / "nationalities" / "nationalities_data.json"
    rows = json.loads(path.read_text(encoding="utf-8")).values()
    words = {fold(word) for row in rows for key, word in row.items() if key != "en"}
    return words | {f"{_ARTICLE}{word}" for word in words}


def _usual(word: str, general: Counter[str]) -> int:
    """How often a word occurs as a word of the language.

    One that takes no article, pronoun or ending is a foreign name, and occurs in subtitles as that.
    """
    inflected = sum(general[word + end] for end in _ENDINGS)
    inflected += 0 if word.startswith(_ARTICLE) else general[_ARTICLE + word]
    if word.endswith("ا") and len(word) > 4:
        inflected += general[word[:-1]] // 2
    inflected += general[word[:-3] + "ة"] // 2 if word.endswith("تين") else 0
    forms = inflected + sum(general[word + end] for end in _VERB_ENDINGS) + sum(general[c + word] for c in "سيتن")
    foreign = len(word) > 3 and not word.startswith(_ARTICLE) and forms * _FOREIGN < general[word]
    return inflected + general[word] // (_FOREIGN if foreign else 1)


def _weights(names: Counter[str], general: Counter[str], dull: set[str], least: int) -> dict[str, int]:
    """Ten times the binary logarithm of how much likelier a word is among names than among words."""
    total, words = sum(names.values()), sum(general.values())
    found: dict[str, int] = {}
    for name, count in names.items():
        if count < least or not _LETTERS.fullmatch(name) or name in _NO_NAMES or name in _PARTICLES:
            continue
        for word in _spellings(name):
            if word in _NO_NAMES:
                continue
            loss = 10 if word != name else 0  # another spelling than the one that was counted
            usual = _usual(word, general)
            ratio = (count - 0.5) / total / ((usual + _PRIOR) / words)
            weight = (
                min(_CLAMP, round(10 * math.log2(ratio)))
                - loss
                - (_DULL if word in dull and count < _KNOWN_BY_MANY else 0)
            )
            if general[word] > _FREQUENT and weight < _SURELY:
                weight = min(weight, _DOUBTFUL)
            if weight > _LEAST:
                found[word] = max(weight, found.get(word, 0))
    return found


def _common(general: Counter[str], names: Iterable[str]) -> Iterator[str]:
    """The 60,000 most frequent words that are no names."""
    taken = set(names)
    usual = (word for word, _ in general.most_common() if _LETTERS.fullmatch(word) and word not in taken)
    for word, _ in zip(usual, range(60_000), strict=False):
        yield word


def _places() -> set[str]:
    """Arab cities, governorates, districts of Egypt, in each of their spellings."""
    rows = [*egydata.cities.cities, *egydata.governorates.governorates]
    names = {row["name"] for row in rows if not row["name"].startswith(("حي ", "6 "))}
    path = package("algeria_wilayas_communes") / "data" / "wilayas.json"
    names |= {row["nom_ar"] for row in json.loads(path.read_text(encoding="utf-8"))["wilayas"]}
    names |= {name.replace("_", " ") for name in (*listed(CITIES), *listed(COUNTRIES))}
    return {_place(name) for name in names}


def _place(name: str) -> str:
    """A place as texts are searched for it: however its ends are written."""
    return fold(name).replace("ة", "ه").replace("ى", "ي")


def lists(npm_folder: Path) -> Lists:
    """Given and family names with weights, common words, places."""
    given, family = _wikidata()
    _split_people(given, family)
    general = _general()
    add_foreign(given, family, {*given, *family}, {*general, *_towns()})
    for name in faker("ar_AA", "first_names_male", "first_names_female"):
        if " " not in name:
            given[fold(name)] += 6
    for locale in ("ar_AA", "ar_DZ", "ar_PS", "ar_SA"):
        for name in faker(locale, "last_names"):
            family[fold(name).split()[-1]] += 3
    places = _places()
    dull = _towns() | _nationalities() | {word for place in places for word in _spellings(place)}
    first, last = _weights(given, general, dull, 2), _weights(family, general, dull, 2)
    yield "ar-given", first
    yield "ar-surnames", last
    strong = {word for found in (first, last) for word, weight in found.items() if weight >= 20}
    yield "ar-common", set(_common(general, strong)) | {word for word in _NO_NAMES if len(word) > 1}
    mostly_people = {word for word, weight in first.items() if weight >= 30}
    yield "ar-places", places - (mostly_people - set(map(_place, listed(CITIES))))
