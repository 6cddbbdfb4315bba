"""What follows the number of a Korean address: building, 동, 층, 호, and the legal town in brackets."""

from __future__ import annotations

import re

from scanner.recognizers.gazetteer import word_set
from scanner.recognizers.spans import lazy

_MEASURES = (
    r"일|월|년|시간|시(?![가-힣])|분|초|개|명|인분|원|만|천|억|위|회|살|세(?![가-힣])|[Kk][Mm]|m(?![A-Za-z])|kg|%"
    r"|번[ 째]|번 ?출구|번(?![가-힣])|호선|박|배(?![가-힣])|대(?![가-힣])|차로|차선|층|호|동|도(?![가-힣])|점|편|권|건"
    r"|차례|가(?:지|[역에]|(?![가-힣]))|단계|주(?![가-힣])|승|패|인(?![가-힣])|종(?![가-힣])"
)
# how a telephone number of this country begins
PHONE_START = "0(?:1[016789]|2|[3-6][1-5]|70|50[0-9])"
_PHONE = rf"{PHONE_START}[-. )]?[0-9]{{3,4}}[-. ]?[0-9]{{4}}(?![0-9])"
# the number of a building or a lot; a telephone number may be glued to it
NUMBER = rf"(?:[0-9]{{1,5}}(?:-[0-9]{{1,4}})?(?![0-9]|-[0-9]| ?(?:{_MEASURES}))|[0-9]{{1,4}}(?={_PHONE}))"
_BUILDINGS = (
    "아파트|빌라|빌딩|오피스텔|타워|맨션|상가|주택|연립|빌|캐슬|팰리스|센터|하이츠|원룸|기숙사|단지|[0-9]차|스퀘어"
    "|플라자|프라자|몰|자이|래미안|푸르지오|힐스테이트|더샵|아이파크|편한세상|위브|빌리지|파크|하우스|학교|병원|교회"
    "|호텔|마트|회관|공장|사옥|백화점|은행|약국|연구소|사무실|식당|카페|본사|지점|청사|시청|구청|도서관|학원|어린이집|유치원|별관|본관|신관|관리사무소|시티|뷰|APT"
)
_UNIT = (
    r"(?:(?:제 ?)?[0-9]{1,4}동|[A-Za-z가나다라마바사아자차카타파하]동(?![가-힣]))(?: [0-9]{3,4}(?![0-9가-힣-]))?"
    r"|(?:지하|지상|B|비)? ?[0-9]{1,3}(?:층|F(?![A-Za-z]))|지층|반지하|옥탑방?|B[0-9]{1,2}(?![0-9A-Za-z호])"
    r"|(?:[Bb]|지하|비|[A-Z]-?)?[0-9]{1,5}(?:-[0-9]{1,4})?호실?(?![선기])"
)
_AFTER_BUILDING = r"(?![가-힣A-Za-z])|(?=(?:으로|로|에|에서|입니다|이에요|예요|앞|안|옆)(?![가-힣]{2}))"
_NOTE = "공동|현관|비밀|비번|경비|부재|문앞|문 앞|연락|배송|요청|택배|전화|수령|받는|보내|이름|성함|[0-9]+ "
_WORD = rf"(?!{_NOTE})[가-힣A-Za-z0-9]{{2,14}} "
_PHASE = "(?:[0-9]{1,2}(?:차|단지))?"
_NAMED = rf"(?:{_WORD}){{0,2}}?(?!{_NOTE})[가-힣A-Za-z0-9]{{0,14}}?(?:{_BUILDINGS}){_PHASE}(?:{_AFTER_BUILDING})"
_BEFORE_UNIT = rf"(?:(?:{_WORD}){{1,3}}?|(?!{_NOTE})[가-힣A-Za-z]{{2,14}}|)"
# a building that no word tells for one, and its unit, which is no telephone number of twice four digits
_PLAIN = f"(?!{_NOTE})[가-힣]{{2,9}}[0-9]{{0,2}}"
_DASHED = "(?:[0-9]{2,4}-[0-9]{3}|[0-9]{2,3}-[0-9]{4})"
_ITEMS = (
    r"\((?P<bracket>[^()\n]{1,30})\)",
    f"(?P<unit>{_BEFORE_UNIT}(?:{_UNIT}))",
    f"(?P<building>{_NAMED})",
    f"(?P<dash>(?:(?<=[,가-힣] )[0-9]{{2,4}}-[0-9]{{3,4}}|(?:{_WORD})?{_PLAIN} {_DASHED})(?![0-9-]))",
    "(?P<town>[가-힣]{1,5}[0-9]?(?:동|가|리)(?![가-힣0-9]))",
)
_ITEM = lazy(f",? ?(?:{'|'.join(_ITEMS)})")
_IN_BRACKETS = lazy(rf"[가-힣0-9·]*[동리가읍면로](?:,|$)|.*(?:{_BUILDINGS})|.*[동층호]$|(?!{_NOTE})[가-힣]{{4,9}}$")
_ROOM = "(?:[0-9]{1,2}층 ?)?[0-9]{1,5}호"
HOME = lazy(
    rf"(?:제?[0-9]{{1,4}}|[A-Za-z가나다라])동 ?,? ?{_ROOM}|[0-9]{{1,2}}층 ?[0-9]{{1,5}}호|[0-9]{{2,5}}호(?![선기])"
)
IS_BUILDING = lazy(rf"[가-힣A-Za-z0-9]*(?:{_BUILDINGS}){_PHASE}\Z")


def details(text: str, end: int) -> tuple[int, bool]:
    """Return where the details of an address end that begin at `end`, at most 8, and whether there is a unit."""
    has_unit = False
    for _ in range(8):
        match = _ITEM.match(text, end)
        if match is None or not _belongs(match):
            break
        end = match.end()
        has_unit = has_unit or match["unit"] is not None or match["dash"] is not None
    return end, has_unit


def _belongs(match: re.Match[str]) -> bool:
    if match["bracket"] is not None:
        return _IN_BRACKETS.match(match["bracket"]) is not None
    return match["town"] is None or match["town"] in word_set("kr-towns")
