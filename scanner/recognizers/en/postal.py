"""What addresses are made of, as pieces of regexes: street types, directions, units, states, postal codes, countries.

Street types, units, states and military addresses: USPS Publication 28; postal codes of the United States, Canada, the
United Kingdom and Australia. A line feed within a cell is a vertical tab here, see `match.windows`; tabs part lines
too.
"""

from __future__ import annotations

from scanner.recognizers.en import countries, words
from scanner.recognizers.gazetteer import listed

# streets and towns may be Greek or Cyrillic
LETTERS = words.LETTERS + "Ͱ-Ͽἀ-῿Ѐ-ӿ"
CAPITALS = words.CAPITALS + "ΆΈ-ΏΑ-ΫЀ-Я"


def any_of(text: str) -> str:
    """An alternation of the words of `text`, the longest first; `_` stands for a space."""
    return "|".join(sorted(listed(text), key=lambda word: (-len(word), word))).replace("_", " ").replace(".", "[.]")


SURE_TYPES = any_of(
    """street st str avenue ave av aven boulevard blvd boul bvd bkvd road rd lane ln parkway pkwy pky highway hwy hiway
    turnpike tpke crescent cres crs terrace terr expressway expwy expy freeway fwy causeway cswy esplanade plz drove
    steet streets"""
)
OTHER_TYPES = any_of(
    """drive dr court ct place pl square sq circle cir trail trl way close gardens mews row plaza grove hill loop cove
    cv pike alley aly run walk pass path point pt ridge rdg center ctr centre bend view vw crossing xing park manor
    heights hts landing lndg hollow overlook wynd grade mall quay wharf rise vale parade pde estate commons common
    bypass spur mill mills villas lodge mainway crt ter"""
)
TYPE = f"(?i:{SURE_TYPES}|{OTHER_TYPES})"
# these lead the name of a street: `Calle Mayor 5`, `12 Avenue of the Examples`
LEADS = listed(
    """avenue ave av avda avenida boulevard boul calle camino alameda paseo carrera cra rua rúa praça travessa via viale
    piazza corso vicolo strada rue quai chemin ul ulica jalan"""
)
LEADING = any_of(" ".join(LEADS))
DIRECTION = r"(?i:[ns]\.?[ew]\.?|[nsew]\.?|(?:north|south)(?:east|west)?|east|west|so|no)"
SPELT = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Fifty|ONE|TWO|THREE|FIVE|TEN"
# house numbers: with a letter, hyphenated, with a fraction; on a grid; spelt out
NUMBERS = (
    # neither the rest of 1,234 nor of a telephone number
    r"(?:(?!0)|(?<![0-9] ))(?![0-9]{3}-[0-9]{4}(?![0-9]))[0-9](?<![0-9A-Za-z$€£./:_%+-].)"
    r"(?<![^0-9][0-9],.)(?<![^0-9][0-9]{2},.)(?<![^0-9][0-9]{3},.)"
    r"[0-9]{0,5}(?:[A-Za-z]|-[0-9]{1,5}[A-Za-z]?|-[A-Z])?(?:[ -][0-9]/[0-9])?",
    r"[NSEW](?<![0-9A-Za-z].)[0-9]{1,4} ?[NSEW][0-9]{1,6}",
    rf"(?:{SPELT})(?= [A-Z])",
)
NUMBER = f"(?:{'|'.join(NUMBERS)})"
NAME_WORD = rf"[{LETTERS}0-9][{LETTERS}0-9.'’&/-]{{0,20}}"
BREAK = r" {0,2}[\t\r\x0b][ \t\r\x0b>]*"
GAP = rf"(?: ?, {{0,2}}| {{1,2}}|,?{BREAK},? ?)"
# streets whose crossings are named
CROSSED = listed("street st avenue ave boulevard blvd road rd lane ln parkway pkwy highway hwy drive dr way turnpike")
# a unit in a building, and what else may stand before the city
UNIT_WORDS = any_of(
    """apt apartment suite ste unit flat floor flr fl room rm bldg building lot level lvl dept department studio
    penthouse ph tower block blk lockbox lock_box drawer bureau local trailer trlr slip space spc hangar mailstop
    pbm pmb mc case_postale"""
)
UNIT = (
    rf"(?:(?i:{UNIT_WORDS})\b[.:]? ?(?:no\.? ?)?#? ?(?:[A-Za-z]?[0-9][A-Za-z0-9-]{{0,6}}|[A-Za-z])(?![A-Za-z0-9])"
    rf"|# ?[A-Za-z0-9][A-Za-z0-9-]{{0,6}}(?![A-Za-z0-9])"
    rf"|(?i:[0-9]{{1,2}}(?:st|nd|rd|th)|(?:first|second|third|fourth|fifth|ground|top)) (?i:floor|flr?|fl)\b\.?)"
)
_STATES = """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho
Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri
Montana Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma Oregon
Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas Utah Vermont Virginia Washington West_Virginia
Wisconsin Wyoming D.C. N.Y. N.J. Ontario Quebec Québec Alberta Manitoba Saskatchewan Nova_Scotia New_Brunswick
Nouveau-Brunswick British_Columbia Newfoundland New_South_Wales Victoria Queensland South_Australia Tasmania"""
_CODES = """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS NT ON PE QC SK YT NSW VIC QLD ACT TAS SA"""
STATE = rf"(?:\(?(?:(?i:{any_of(_STATES)})|{any_of(_CODES)})\b\)?\.?)"
# those whose postal codes have four digits
_AUSTRALIAN = "New_South_Wales Victoria Queensland South_Australia Western_Australia Tasmania"
AUSTRALIAN = rf"(?:NSW|VIC|QLD|ACT|TAS|SA|WA|NT|(?i:{any_of(_AUSTRALIAN)}))"
SMALL_STATE = rf"(?:(?i:{any_of(_STATES)}|{any_of(_CODES)}|cal)\b\.?)"
STATE_CODES = frozenset(listed(_CODES))
# names and codes of states, in small letters
STATES = frozenset(word.replace("_", " ").lower().rstrip(".") for word in listed(f"{_STATES} {_CODES} cal"))
ZIP = r"(?:[0-9]{5}(?:[-—][0-9]{4}|[0-9]{4})?(?![0-9A-Za-z-]))"
POSTCODE = (
    r"(?:[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}(?![A-Za-z0-9])|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9](?![A-Za-z0-9])"
    r"|W[0-9]{2} [0-9][A-Z]{2}(?![A-Za-z0-9]))"
)
COUNTRIES = "|".join(sorted(countries.COUNTRIES, key=lambda name: (-len(name), name))).replace(".", "[.]")
COUNTRY = rf"(?:(?i:{COUNTRIES})(?![A-Za-z]))"
CITY_WORD = rf"\(?[{LETTERS}][{LETTERS}.'’-]{{0,20}}\)?"
CAPITALISED = rf"[{CAPITALS}][{LETTERS}'’.-]{{1,20}}"
# with what may link it to the next word of a town's name
LINKED = rf"{CAPITALISED}(?: (?:d[aeiou]s?|del|la|le|las|los|am|an der|im|sur|nad|u|upon|on|in|of|the))?"
# words that no name of a street or town holds when it is written in small letters
STOP = frozenset(
    listed(
        """a an and are as at be been but by can do does for from had has have he her his how i if in into is it its
        just me my not of on only or our out over per she so than that the their them then there these they this
        those to up         us was we were what when where which who will with would you your people person men
        women kids users ways years         year days day hours hour minutes minute min seconds weeks months times
        steps miles mile km meters metres feet         items item files file lines line pack pcs cars car bytes rows
        tests errors percent usd eur"""
    )
)
# after a number these count or measure
UNITS_OF_THINGS = frozenset(
    listed(
        """gb tb mb kb ghz mhz oz lb lbs ml cm mm ft inch inches pcs pack piece pieces set sets tier count ply watt
        amp volt bit byte port sq gauge gallon quart slot star stars speed month months dpi fps rpm"""
    )
)
