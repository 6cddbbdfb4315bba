"""East Asian names in Latin letters: a romanised surname beside syllables that given names are made of.

Romanisations: Revised Romanization and McCune-Reischauer with the usual spellings of passports (Korean), Hanyu Pinyin
(Chinese), without diacritics (Vietnamese). Japanese names stand in the lists of names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import lazy

LIKELY, NO = 130, -100
_KOREAN = frozenset(
    listed(
        """kim lee yi rhee park bak pak choi choe jung jeong chung kang gang cho jo yoon yun jang chang lim im rim han
        oh seo suh shin sin kwon gwon hwang ahn an song hong yoo yu ryu jeon jun chun ko go koh moon mun yang son sohn
        bae baek paik heo hur huh nam noh roh ha ju joo min byun byeon eom um chae sim shim bang"""
    )
)
_CHINESE = frozenset(
    listed(
        """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang
        han feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su lu jiang cai jia ding wei xue ye yan pan du
        dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao
        meng long wan duan qian yin yi chang qiao lai gong wen"""
    )
)
_VIETNAMESE = frozenset(
    listed("nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh truong trinh")
)
_KOREAN_SYLLABLE = (
    "(?:a|ah|bin|bo|byung|byeong|chan|cheol|chul|chun|da|dae|dan|do|dong|doo|du|eun|ga|geun|gi|gil|gun|gyu|ha|hae|han"
    "|hee|ho|hui|hun|hwa|hwan|hye|hyeok|hyeon|hyo|hyuk|hyun|in|ja|jae|jeong|ji|jin|joo|joon|ju|jun|jung|kang|ki|kwang"
    "|kyoung|kyu|kyung|mi|min|mo|moon|mun|myeong|myung|na|nam|ra|rae|ran|rim|rin|ryeong|sang|se|seo|seok|seon|seong"
    "|seung|shin|si|sik|so|soo|sook|su|suk|sun|sung|tae|uk|un|wha|won|woo|wook|woong|ye|yeon|yeong|yi|yoo|yoon|young"
    "|yu|yun|yung)"
)
_PINYIN = (
    "(?:(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|van|an|ao|ai|ei|en|in|ie|iu"
    "|ia|ou|ui|un|ue|uo|ua|a|e|i|o|u)|er)"
)
_GIVEN_KOREAN = lazy(f"{_KOREAN_SYLLABLE}[- ]?{_KOREAN_SYLLABLE}")
_GIVEN_CHINESE = lazy(f"{_PINYIN}-?{_PINYIN}?")
_GIVEN_VIETNAMESE = lazy(r"(?:van|thi|duc|minh|thanh|quang|ngoc|xuan|huu|thu|kim|hoang|bao)(?: [a-z]{1,6}){1,2}")
_NO_GIVEN = frozenset(
    listed("tang song dan long chi tai sun man pan pin gang china shanghai mandarin he she me no so to")
)


def together(words: Sequence[str], common: Callable[[str], bool]) -> int:
    """How much folded words, surname first or last, speak for a whole name; as `people.together` counts.

    `common` tells everyday words: none is a given name, and one that is a surname needs a given name of two syllables.
    """
    first, *rest = words
    *front, last = words
    for surname, given in ((first, " ".join(rest)), (last, " ".join(front))):
        if _fits(surname, given) and not common(given) and (len(given) > 5 or not common(surname)):
            return LIKELY
    return NO


def _fits(surname: str, given: str) -> bool:
    if surname in _KOREAN and _GIVEN_KOREAN.fullmatch(given):
        return True
    if surname in _VIETNAMESE and _GIVEN_VIETNAMESE.fullmatch(given):
        return True
    return surname in _CHINESE and given not in _NO_GIVEN and bool(_GIVEN_CHINESE.fullmatch(given))
