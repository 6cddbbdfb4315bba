"""Which cells are worth a recognizer: regexes for the Rust engine (no lookaround, no `\\b`), which never match a line feed.

They let too much pass rather than too little; the recognizers decide.
"""

from __future__ import annotations

from scanner.recognizers import door_codes, names_ar, names_en, names_ja, names_ko, names_vi, names_zh
from scanner.recognizers.gazetteer import alternation
from scanner.recognizers.grammar_vi import LOWER, UPPER, plain
from scanner.recognizers.grammar_zh import PROVINCE


def _any(words: list[str]) -> str:
    return "|".join(words)


PHONE = r"[+＋] ?[(（]?[1-9１-９][0-9０-９ 　().\-/（）－]{5}|00[ -]?[1-9][0-9 ().\-]{7}|(?i:tel):[0-9(+]"

_ADDRESS = {
    "ko": r"[로길동리가읍면] ?(?:지하 ?|산 ?)?[0-9]|[0-9][호층]",
    "zh": rf"(?:[省市区县旗州區縣鄉港龍界]|{PROVINCE}).+[号號栋棟幢座楼樓层層室弄巷组組户房期路街道镇鎮乡村里邨区苑厦园场寓]",
    "ja": r"[都道府県市区町村郡].*[0-9０-９一二三四五六七八九十](?:丁目|番|[-－−‐ー][0-9０-９])",
    "vi": r"(?i:phường|phuong|quận|quan |huyện|huyen|xã |xa |tỉnh|tinh |thị trấn|thành phố|thanh pho|tp[. ]?|[ ,][pq]\.|hà nội|ha noi|đà nẵng|da nang|hải phòng|cần thơ|sài gòn|hcm)",
    "en": r"[0-9][A-Za-z]?,? [A-Z0-9].* (?i:street|st|avenue|ave?|boulevard|blvd|road|rd|lane|ln|parkway|pkwy|highway|hwy|turnpike|crescent|terrace|drive|dr|court|ct|place|pl|square|circle|cir|trail|trl|way|close|gardens|mews|row|plaza|sq|grove|hill)(?:[^A-Za-z]|$)"
    r"|(?i:box) [0-9#]|[0-9] .*[A-Za-z]{2}[.]?,? [0-9]{5}",
    "ar": "(?:شارع|طريق|حي) ",
}
ADDRESS = "|".join(_ADDRESS.values())

_KO_LABEL = _any(names_ko.CUES).replace("는", "는 ?")
_KO_SURNAME = alternation("ko-surnames")
_VI_LABEL = _any([*names_vi.CUES, *map(plain, names_vi.CUES)])
_PERSON = {
    "ko": rf"(?:{_KO_LABEL})(?:명|이름|성함)?[\"']?[ \t]*(?:[:=：은는]|[ ])[ \t\"']*[가-힣]|(?:{_KO_SURNAME})[가-힣]{{2}} ?(?:님|씨|귀하)"
    r"|[가-힣][ ,/\t(]{0,3}(?:\+82[ -]?)?0?1[016789][- .]?[0-9*]{3}|[0-9]{4}[ ,/\t)]{1,3}[가-힣]{3}|[0-9][호층)][ ,]{1,2}[가-힣]{3}",
    "zh": rf"(?:{_any(names_zh.CUES)})|[一-龥](?:{_any(names_zh.TITLES)})|[一-龥A-Za-z][ ,，:：、]{{0,4}}(?:\+?86[ -]?)?1[3-9][0-9][- ]?[0-9*]{{4}}"
    rf"|[0-9]{{4}}[ ,，、]{{0,4}}[一-龥]{{2}}|[号號室栋棟楼樓元层層房村路街镇鎮县縣区區苑园园座门門户厦][ ,，]+[一-龥]|[一-龥]{{2}}{PROVINCE}[省市自壮维回]",
    "ja": rf"(?:{_any(names_ja.CUES)})(?:名|氏名)?[ 　\t]*[:：= 　]|[一-龥々ぁ-んァ-ヶー][ 　]?[様殿]",
    "vi": rf"(?i:{_VI_LABEL}|tên)[ \t]*[:=：]|(?:{alternation('vi-surnames')}) [{UPPER}]",
    "en": rf"(?i:name|recipient|receiver|consignee|person|holder|ship to|deliver to|attn|attention|beneficiary|sender|customer|contact)[\"']?[ \t]*[:=：][ \t]*[\"']?[A-Z]"
    rf"|(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z]|(?:{names_en.given_prefixes()})[a-z]* (?:[A-Z]\. |de |v[ao]n )?[{UPPER}][{LOWER}]",
    "ar": rf"(?:{_any(names_ar.CUES)})[ :：=]",
}
PERSON = "|".join(_PERSON.values())

_PLACES = "|".join(language.places for language in door_codes.LANGUAGES.values())
DOOR_CODE = rf"(?i:{_PLACES}).*[0-9]{{3}}|[0-9]{{3}}.*(?i:{_PLACES})"
