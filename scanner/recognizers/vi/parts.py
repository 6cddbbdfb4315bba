"""The parts of a Vietnamese address: number and street, lane, hamlet, building, ward, district, province.

Each reader below yields the parts that may begin at a place of a line: where one ends, its rank, and what it tells
that this is an address, in tenths of a plain unit with its level (`Quận 1`).
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.gazetteer import listed
from scanner.recognizers.spans import lazy
from scanner.recognizers.vi.letters import LOWER, any_of, is_syllable
from scanner.recognizers.vi.lines import BLANK, Line, Part, gaps, lane_word, words
from scanner.recognizers.vi.places import (
    COUNTRY,
    DISTRICT,
    LOCAL,
    POSTCODE,
    PROVINCE,
    SHORT,
    SINGLE,
    WARD,
    is_street,
    ranks,
)

_NUMBER = lazy(
    r"(?:(?:so nha|nha so|so|sn|nha|no|lo|can|km|dia chi so)[.:]? ?)?#?[a-z]{0,2}[0-9]{1,5}(?:bis|ter|[a-h](?![a-z]))?"
    r"(?:(?: ?[/-] ?|\.)[a-z]{0,2}[0-9]{1,4}(?:bis|ter|[a-h](?![a-z]))?){0,5}(?![0-9%₫$])"
)
_CODE = lazy(r"(?:so )?(?:[a-z]{0,3}[0-9]{1,4}[a-z]?(?:/[0-9]{1,2})?|[0-9]{1,2} thang [0-9]{1,2})(?![0-9a-z])")
_SEPARATED = lazy(r" {0,2}[,–—-]|\. ")
_LEVELS = (
    (WARD, "ward|phường|phuong|xã|xa|thị trấn|thi tran|đặc khu|dac khu", "p|x|tt|ph"),
    (DISTRICT, "district|dist|quận|quan|huyện|huyen|thị xã|thi xa", "q|h|tx"),
    (PROVINCE, "tỉnh|tinh", "t"),
    (0, "thành phố|thanh pho", r"tp|t\.p"),
)
_LEVEL = lazy(
    "|".join(
        rf"(?P<r{rank}>(?:{full})(?:[.:] ?| |(?=[0-9]))|(?:{short})(?:\. ?| ?(?=[0-9])| ))"
        for rank, full, short in _LEVELS
    )
)
_ORDINAL = lazy("0?[1-9][0-9]?(?![0-9/])|(?:i{1,3}|iv|vi{0,3}|ix|x)(?! ?[a-z])")
_GLUED_CITY = lazy(r"t\.?p\.?-? ?(?:hcm|hn|hp|đn)(?![a-z])|hcm(?![a-z])")
_DOUBLE = lazy("(?:ba ria ?[-–] ?vung tau|thua thien ?[-–] ?hue|(?P<city>phan rang ?[-–] ?thap cham))(?![a-z])")
_LANE_ID = lazy(
    r"(?:so )?(?:[a-z]{0,3}-?[0-9]{1,4}[a-z]?(?:[./-][a-z]?[0-9]{1,4}[a-z]?){0,4}|[a-z](?![a-z]))(?![0-9a-z])"
)
# names of buildings may be of any language and end in a number: up to a comma
_TOWER = lazy("(?![hpqx][0-9]{1,2} )[a-z]{1,3}[0-9]{1,4}[a-z]?(?= [a-z])")
_BUILDING_NAME = lazy(r"[^,;:|()/\x00–—-]{2,32}?(?=,| ?[–—-] )")


_STREETS = """đường_số duong_so đường duong phố pho đại_lộ dai_lo quốc_lộ quoc_lo tỉnh_lộ tinh_lo hương_lộ huong_lo
    xa_lộ xa_lo ql tl hl đt đl dl"""
_STREET = lazy(rf"(?:{any_of(_STREETS)})(?:[. ] ?|(?=[0-9]))|[đd](?:\. ?| (?=[0-9]))")
_COUNTRY = lazy("(?:việt nam|viet nam|vietnam|vn)(?![a-z])")
_POSTCODE = lazy("[1-9][0-9]{4,5}(?![0-9a-zđ.,₫]|,[0-9])")
# words that stand after a count or a date, not after a house number
_COUNTED = """tháng năm người triệu tỷ tỉ nghìn ngàn đồng giờ phút ngày tuổi cái chiếc quần quận huyện xã phường
    tỉnh bàn áo đôi hộp chai gói bộ loại món đơn lần tấn kg km m cm giây tuần trong và đến trên cho vụ trận bạn"""
_COUNTED_PLAIN = """thang nam nguoi trieu nghin ngan dong gio phut ngay tuoi cai chiec con ca ao hop goi mon tuan
    va den cho thi"""
_IS_COUNTED = lazy(rf"(?:{any_of(_COUNTED)})(?![{LOWER}])")
_IS_COUNTED_PLAIN = lazy(rf"(?:{any_of(_COUNTED_PLAIN)})(?![a-z])")
# words in small letters that are of no name
_FUNCTION = frozenset(
    listed(
        """tại ở của và có này là được cho từ đến trong với bị đã đang sẽ các những một nhận giao gần sau trước khi nhé
        nha ạ ơi mình gặp tăng giảm cua va duoc nhung giao nhe nha truoc gap"""
    )
)


def units(line: Line, position: int) -> Iterator[Part]:
    """Wards, districts, provinces: with their level, or known by their name alone."""
    if city := _GLUED_CITY.match(line.low, position):
        yield Part(city.end(), PROVINCE, 10)
    level = _LEVEL.match(line.low, position)
    if double := _DOUBLE.match(line.flat, level.end() if level else position):
        yield Part(double.end(), DISTRICT if double["city"] else PROVINCE, 10)
    elif level:
        yield from _named_unit(line, level.end(), int((level.lastgroup or "r0")[1:]))
    else:
        yield from _bare_unit(line, position)


def _named_unit(line: Line, position: int, rank: int) -> Iterator[Part]:
    """What follows the word for a level; rank 0 for a city, which may be a district or a province."""
    ordinal = _ORDINAL.match(line.flat, position)
    if ordinal and rank in (WARD, DISTRICT):
        yield Part(ordinal.end(), rank, 10)
        return
    found = words(line, position)
    count, known = line.unit(position)
    if count:
        for each in [rank] if rank else {DISTRICT, max(DISTRICT, *known)}:
            yield Part(_numbered(line, found[count - 1][1]), each, 10 if count > 1 else 7)
    for end in name_ends(line, position, 4):
        if count < 2 or end > found[count - 1][1]:
            yield Part(_numbered(line, end), rank or DISTRICT, 8 if count else 6)


def _bare_unit(line: Line, position: int) -> Iterator[Part]:
    """A known name without its level: the longest, and those that are shorter, at each of its ranks."""
    found = words(line, position)
    flat = [line.flat[start:end] for start, end in found]
    count, _ = line.unit(position)
    for size in range(count, 0, -1):
        name = " ".join(flat[:size])
        if size > 1 or name in SHORT or (name in SINGLE and _ALONE.match(line.flat, position)):
            for rank in ranks(name):
                yield Part(_numbered(line, found[size - 1][1]), rank, _BARE[rank])


_ALONE = lazy(r"(?<=[,–-] |.[,0-9])[a-z]+(?! ?[a-z])|(?<=[0-9] )[a-z]+(?! ?[a-z])")
_BARE = {WARD: 4, DISTRICT: 8, PROVINCE: 10}
# what may follow a name: the number of a quarter, the level in English
_QUARTER = lazy(" [1-9](?![0-9/a-z]|[.,][0-9])| (?:ward|district|province|city)(?![a-z])")
_ROAD = lazy(" (?:street|road|avenue|boulevard|st|rd|ave)(?![a-z])")


def _numbered(line: Line, end: int) -> int:
    """The end of a unit's name with what may belong to it, as in `Mỹ Đình 1`, `Ben Nghe Ward`."""
    match = _QUARTER.match(line.flat, end)
    return match.end() if match else end


def name_ends(line: Line, position: int, limit: int) -> list[int]:
    """Where a name that no list holds may end, the longest first: at most `limit` syllables, none a level."""
    found = words(line, position)[:limit]
    capital = bool(found) and line.raw[position].isupper()
    ends: list[int] = []
    for start, end in found:
        if capital != line.raw[start].isupper() or (ends and _ends_name(line, start)):
            break
        if not capital and (line.low[start:end] in _FUNCTION or not is_syllable(line.flat[start:end])):
            break
        ends.append(end)
    return [end for end in ends[::-1] if end == ends[-1] or _begins(line, end + 1)]


def _begins(line: Line, position: int) -> bool:
    """Whether a unit may begin there that has no more than a space before it."""
    return line.unit(position)[0] > 0


def _ends_name(line: Line, start: int) -> bool:
    """Whether a level, a lane or a family name of many begins there."""
    return any((_LEVEL.match(line.low, start), lane_word(True).match(line.low, start), _SURNAME.match(line.raw, start)))


_SURNAME = lazy("(?:Nguyễn|Nguyen|NGUYỄN|NGUYEN|Trần|Tran|TRẦN|TRAN|Phạm|Pham|Huỳnh|Huynh|Đặng|Bùi|Đỗ|Lê|Phan) [A-ZĐ]")


def unlisted(line: Line, position: int, rank: int) -> Iterator[Part]:
    """A name that no list holds between separators, of the next higher rank: worth something if others follow."""
    ends = name_ends(line, position, 4)
    if rank < DISTRICT and ends and line.flat[position - 1 : position] != BLANK and _SEPARATED.match(line.low, ends[0]):
        marked = line.raw[position].isupper() or line.low == line.raw
        yield Part(ends[0], rank + 1, -3 if marked else -9)


def lanes(line: Line, position: int) -> Iterator[Part]:
    """Lanes, hamlets, quarters, buildings, flats and floors, with a number or a name."""
    if tower := _TOWER.match(line.flat, position):
        yield Part(tower.end(), LOCAL, 0)
    lane = line.lane(position)
    if not lane:
        return
    if number := _LANE_ID.match(line.flat, lane.end()):
        yield Part(number.end(), LOCAL, 4, number=bool(lane["lane"]), open=bool(lane["lane"]))
        if lane["building"] and (name := _BUILDING_NAME.match(line.low, number.end())):
            yield Part(name.end(), LOCAL, 4)
    for end in name_ends(line, lane.end(), 5):
        yield Part(end, LOCAL, 4 if line.raw[lane.end()].isupper() else 2)
    name = _BUILDING_NAME.match(line.low, lane.end())
    if lane["building"] and name and name.group().partition(" ")[0] not in _FUNCTION:
        yield Part(name.end(), LOCAL, 1)


def streets(line: Line, position: int) -> Iterator[Part]:
    """Streets after their word (`đường`, `phố`, `quốc lộ`), with a name or a number."""
    street = _STREET.match(line.low, position)
    if not street:
        return
    if code := _CODE.match(line.flat, street.end()):
        yield Part(code.end(), LOCAL, 4, number=True)
    for part in street_names(line, street.end()):
        yield part._replace(worth=max(part.worth, 4), number=True)


def street_names(line: Line, position: int) -> Iterator[Part]:
    """The name of a street without its word."""
    found = words(line, position)
    flat = [line.flat[start:end] for start, end in found]
    for count in range(min(len(flat), 5), 0, -1):
        if is_street(" ".join(flat[:count])):
            end = found[count - 1][1]
            road = _ROAD.match(line.flat, end)
            yield Part(road.end() if road else end, LOCAL, 4)
            break
    if dated := _DATED.match(line.flat, position):
        yield Part(dated.end(), LOCAL, 4)
    weak = bool(found) and not line.raw[position].isupper()
    for end in name_ends(line, position, 5):
        if all(is_syllable(line.flat[first:last]) for first, last in found if last <= end):
            yield Part(end, LOCAL, -4 if weak else 0)


_DATED = lazy("(?:cach mang thang (?:8|tam)|cmt8|[0-9]{1,2} thang [0-9]{1,2}|(?:3/2|30/4|2/9|19/5|26/3))(?![0-9a-z])")


def numbers(line: Line, position: int) -> Iterator[Part]:
    """A house number with what follows it: a street, or nothing if a lane, a hamlet or a street with its word comes."""
    number = _NUMBER.match(line.flat, position)
    if not number:
        return
    worth = 3 * any(sign in number.group() for sign in "/-") + 3 * number.group().startswith(("so", "nha", "no", "sn"))
    after = gaps(line, number.end())
    if _LEVEL.match(line.low, after):
        yield Part(number.end(), LOCAL, worth - 8, number=True)
    elif _STREET.match(line.low, after) or line.lane(after) or _TOWER.match(line.flat, after):
        yield Part(number.end(), LOCAL, worth, number=True, open=True)
    written = line.raw[after : after + 1].isupper()
    counted = _IS_COUNTED.match(line.low, after) or (not written and _IS_COUNTED_PLAIN.match(line.flat, after))
    for part in street_names(line, after):
        if not counted or part.worth > 0:
            yield part._replace(worth=part.worth + worth, number=True)


def tails(line: Line, position: int, rank: int) -> Iterator[Part]:
    """The country, a postal code: after a district or a province."""
    if rank in (WARD, DISTRICT, PROVINCE) and (country := _COUNTRY.match(line.low, position)):
        yield Part(country.end(), COUNTRY, 3)
    if rank in (PROVINCE, COUNTRY) and (code := _POSTCODE.match(line.flat, position)):
        yield Part(code.end(), POSTCODE, 1)
