"""Which cells are worth a recognizer: regexes for the Rust engine, without lookaround.

They let too much pass rather than too little; the recognizers decide. Each stays small enough for the engine's lazy
automaton: one that outgrows its cache runs ten times slower.
"""

from __future__ import annotations

from scanner.recognizers import door_codes, names_ar, names_en, names_ja, names_ko, names_vi, names_zh
from scanner.recognizers.gazetteer import alternation
from scanner.recognizers.grammar_vi import LOWER, UPPER, plain
from scanner.recognizers.grammar_zh import PROVINCE

PHONE = r"[+＋] ?[(（]?[1-9１-９][0-9０-９ 　().\-/（）－]{5}|00[ -]?[1-9][0-9 ().\-]{7}|(?i:tel):[0-9(+]"

_STREET_TYPES = (
    "street|st|avenue|ave?|boulevard|blvd|road|rd|lane|ln|parkway|pkwy|highway|hwy|turnpike|crescent|terrace|drive|dr"
    "|court|ct|place|pl|square|sq|circle|cir|trail|trl|way|close|gardens|mews|row|plaza|grove|hill"
)
_VI_LEVELS = (
    "phường|phuong|quận|quan |huyện|huyen|xã |xa |tỉnh|tinh |thị trấn|thành phố|thanh pho|tp[. ]?|[ ,][pq]\\.|hà nội"
    "|ha noi|đà nẵng|da nang|hải phòng|cần thơ|sài gòn|hcm"
)
ADDRESS = "|".join(
    (
        "[로길동리가읍면] ?(?:지하 ?|산 ?)?[0-9]|[0-9][호층]",
        f"(?:[省市区县旗州區縣鄉港龍界]|{PROVINCE}).+"
        "[号號栋棟幢座楼樓层層室弄巷組组户房期路街道镇鎮乡村里邨区苑厦园场寓]",
        "[都道府県市区町村郡].*[0-9０-９一二三四五六七八九十](?:丁目|番|[-－−‐ー][0-9０-９])",
        f"(?i:{_VI_LEVELS})",
        f"[0-9][A-Za-z]?,? [A-Z0-9].* (?i:{_STREET_TYPES})(?:[^A-Za-z]|$)",
        "(?i:box) [0-9#]|[0-9] .*[A-Za-z]{2}[.]?,? [0-9]{5}",
        "(?:شارع|طريق|حي) ",
    )
)

_KO_LABEL = "|".join(names_ko.CUES).replace("는", "는 ?")
_KO_NAME = rf"(?:{alternation('ko-surnames')})[가-힣]{{2}}"
_VI_LABEL = "|".join([*names_vi.CUES, *map(plain, names_vi.CUES), "tên"])
_EN_LABEL = (
    "name|recipient|receiver|consignee|person|holder|ship to|deliver to|attn|attention|beneficiary|sender"
    "|customer|contact"
)
PERSON = "|".join(
    (
        rf"(?:{_KO_LABEL})(?:명|이름|성함)?[\"']?[ \t]*(?:[:=：은는]|[ ])[ \t\"']*[가-힣]",
        rf"{_KO_NAME} ?(?:{'|'.join(names_ko.HONORIFICS)})",
        r"[가-힣][ ,/\t(]{0,3}(?:\+82[ -]?)?0?1[016789][- .]?[0-9*]{3}",
        r"[0-9]{4}[ ,/\t)]{1,3}[가-힣]{3}|[0-9][호층)][ ,]{1,2}[가-힣]{3}",
        "|".join(names_zh.CUES),
        f"[一-龥](?:{'|'.join(names_zh.TITLES)})",
        r"[一-龥A-Za-z][ ,，:：、]{0,4}(?:\+?86[ -]?)?1[3-9][0-9][- ]?[0-9*]{4}",
        "[0-9]{4}[ ,，、]{0,4}[一-龥]{2}",
        f"[{names_zh.ADDRESS_END}][ ,，]+[一-龥]|[一-龥]{{2}}{PROVINCE}[省市自壮维回]",
        rf"(?:{'|'.join(names_ja.CUES)})(?:名|氏名)?[ 　\t]*[:：= 　]|[一-龥々ぁ-んァ-ヶー][ 　]?[様殿]",
        rf"(?i:{_VI_LABEL})[ \t]*[:=：]|(?:{alternation('vi-surnames')}) [{UPPER}]",
        rf"(?i:{_EN_LABEL})[\"']?[ \t]*[:=：][ \t]*[\"']?[A-Z]|(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z]",
        rf"(?:{names_en.given_prefixes()})[a-z]* (?:[A-Z]\. |de |v[ao]n )?[{UPPER}][{LOWER}]",
        f"(?:{'|'.join(names_ar.CUES)})[ :：=]",
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
