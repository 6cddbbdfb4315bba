"""Which cells are worth a recognizer: regexes for the Rust engine, without lookaround.

They let too much pass rather than too little; the recognizers decide. Each stays small enough for the engine's lazy
automaton: one that outgrows its cache runs ten times slower.
"""

from __future__ import annotations

from scanner.recognizers import door_codes, labels, names_ar, names_en, names_ja, names_ko, names_vi, names_zh
from scanner.recognizers.gazetteer import alternation
from scanner.recognizers.grammar_en import STREET_TYPE
from scanner.recognizers.grammar_ko import BUILDING
from scanner.recognizers.grammar_vi import LEAD, LOWER, UPPER, plain
from scanner.recognizers.grammar_zh import PROVINCE

_SIX_DIGITS = r"[1-9１-９](?:[ 　().\-/（）－‐‑‒–—−]{0,4}[0-9０-９]){5}"
PHONE = "|".join(
    (
        f"(?:(?:^|[^0-9+])[+＋]|%2[Bb]) ?[(（]?{_SIX_DIGITS}",
        f"(?:^|[^0-9A-Za-z_./+:#-])00[ -]?{_SIX_DIGITS}",
        "(?i:tel):[0-9(+]",
    )
)

ADDRESS = "|".join(
    (
        "[로길동리가읍면] ?(?:산 ?)?(?:지하 ?)?[0-9]|[0-9][동호층]",
        f"[동리가] (?:[가-힣A-Za-z0-9]+ )*{BUILDING}",
        f"(?:[省市区县旗州區縣鄉鎮港龍界盟岛島嶼]|新城|委员会|{PROVINCE}).+"
        "[号號栋棟幢座楼樓层層元室弄巷組组户戶房期Ff路街道段镇鎮乡鄉村里邨区苑厦园场寓]",
        "[都道府県市区町村郡].*[0-9０-９一二三四五六七八九十](?:丁目|番|[-－−‐ー][0-9０-９一二三四五六七八九十])",
        LEAD,
        f"[0-9][A-Za-z]?,? [A-Z0-9].* {STREET_TYPE}(?:[^A-Za-z]|$)",
        "(?i:o[.]? ?box|office box) [0-9]|[0-9][A-Za-z]?,? [A-Z].*[A-Za-z]{2}[.]?,? [0-9]{5}",
        "(?:شارع|طريق|حي) ",
    )
)

_KO_LABEL = "|".join(names_ko.CUES).replace("는", "는 ?")
_LABEL = "|".join(
    (
        *(_KO_LABEL, *names_zh.CUES, *names_ja.CUES, *names_ar.CUES),
        f"(?i:{'|'.join([*names_vi.CUES, *map(plain, names_vi.CUES)])})",
        f"(?i:{labels.ENGLISH})",
    )
)
_LATIN = f"A-Za-z{UPPER}{LOWER}"
_KO_NAME = rf"(?:{alternation('ko-surnames')})[가-힣]{{2}}"
PERSON = "|".join(
    (
        rf"(?:{_LABEL}){labels.SUFFIX}[\\\"'\]]{{0,3}}[ \t]*[:=>][ \t\"'\\>]*"
        rf"(?:[가-힣一-龥々ヶァ-ー]|[ء-ي]+ [ء-ي]|[{_LATIN}][{_LATIN}'’.-]* [{_LATIN}])",
        rf"(?:{_KO_LABEL})[은는]? [가-힣]",
        rf"{_KO_NAME} ?(?:{'|'.join(names_ko.HONORIFICS)})",
        r"[가-힣][ ,/\t(]{0,3}(?:\+82[ -]?)?0?1[016789][- .]?[0-9*]{3}",
        r"[0-9]{4}[ ,/\t)]{1,3}[가-힣]{3}|[0-9][호층)][ ,]{1,2}[가-힣]{3}",
        "|".join(names_zh.CUES),
        f"[一-龥](?:{'|'.join(names_zh.TITLES)})",
        r"[一-龥A-Za-z][ ,，:：、]{0,4}(?:\+?86[ -]?)?1[3-9][0-9][- ]?[0-9*]{4}",
        "[0-9]{4}[ ,，、]{0,4}[一-龥]{2}",
        f"[{names_zh.ADDRESS_END}][ ,，]+[一-龥]|[一-龥]{{2}}{PROVINCE}[省市自壮维回]",
        rf"(?:{'|'.join(names_ja.CUES)})(?:名|氏名)? |[一-龥々ぁ-んァ-ヶー][ 　]?[様殿]",
        rf"(?:{alternation('vi-surnames')}) [{UPPER}]",
        "(?:^|[^A-Za-z])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)[.]? [A-ZÀ-ž]",
        rf"(?:^|[^A-Za-z0-9_/.-])(?:{names_en.given_prefixes()})[a-z]* (?:[A-Z]\. )?(?:de |v[ao]n )?"
        rf"[{UPPER}][{LOWER}'’]",
        f"(?:{'|'.join(names_ar.CUES)}) ",
    )
)

_PLACES = "|".join(language.places for language in door_codes.LANGUAGES.values())
_ACTIONS = "|".join(language.actions for language in door_codes.LANGUAGES.values())

# Of each recognizer: its entity type, and the regexes that a cell must all match to be worth a look.
NOMINATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "person": ("PERSON", (PERSON,)),
    "address": ("ADDRESS", (ADDRESS,)),
    "phone-international": ("PHONE_NUMBER", (PHONE,)),
    "door-code": ("DOOR_CODE", ("[0-9]{3}", f"(?i:{_PLACES})", f"(?i:{_ACTIONS})")),
}
