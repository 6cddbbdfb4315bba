"""Addresses that words before them announce: `lives at …`, `Ship it to …`, `address: …`, `addr=…`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.recognizers.en.postal import CAPITALISED, GAP, LETTERS, NAME_WORD, NUMBER, STOP, UNITS_OF_THINGS
from scanner.recognizers.gazetteer import Gazetteer, listed
from scanner.recognizers.spans import lazy

_REACH = 30  # code points in which a cue ends before an address
_CUES = tuple(
    cue.replace("_", " ")
    for cue in listed(
        """ship_to shipped_to deliver_to delivered_to delivery_to sent_to send_to send_it_to send_them_to send_this_to
        new_one_to moved_to return_to return_it_to taxi_to meet_at meet_me_at meet_you_at arrived_at is_at is_it it_is
        it's_in it’s_in it's_at is_on off_at"""
    )
)
# after these stands an address and little else
_SURE_CUES = tuple(
    cue.replace("_", " ")
    for cue in listed(
        """address address_is addr live_at live_in live_on lives_at lives_in lives_on lived_at living_at living_in
        resides_at residing_at located_at located_in address_with home_is"""
    )
)
_ADDRESS = Gazetteer(more=("address", "addr"), ignore_case=True)
_LABEL = lazy(
    r"(?<![A-Za-z0-9])(?i:(?:(?:home|street|postal|mailing|shipping|billing|delivery|current|permanent|his|her|my|your"
    r"|customer|user|full)[ _-]?)?addr(?:ess)?)(?i:[ _-]?(?:line)?[ _-]?1)?[\"']?[ \t]*[:=]\s*[\"']?(?=[^\s\"'])"
)
_OTHER_ADDRESSES = lazy(
    r"(?<![A-Za-z])(?i:ip|mac|e-?mail|mail|web|memory|bus|base|start|end|wallet|physical|virtual|contract|site|network|host|server|remote"
    r"|local|source|target|src|dst|peer|listen|bind|bitcoin|btc|port)[ _-]?\Z"
)
_NUMBERED = lazy(
    rf"{NUMBER}(?:,? {NUMBER})?,? (?:[{LETTERS}][{LETTERS}.'’-]{{0,20}} ){{0,5}}[{LETTERS}][{LETTERS}'’-]{{2,20}}"
    r"(?: [0-9]{1,5}[A-Za-z]?)?(?![0-9A-Za-z_:/=(@])"
)
_NAMED = lazy(rf"{CAPITALISED}(?: {NAME_WORD}){{0,3}}?,? [0-9]{{1,4}}[A-Za-z]?(?=[.]?(?:{GAP}|$|[\n\"';]))")


def worth(text: str, start: int) -> int:
    """What words before `start` say for an address there: 0, 1 or, where they announce little else, 2."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2].lower().rstrip(" \t\"'")
    before = before.removesuffix("the").rstrip(" :=?,\x0b\"'")
    return 2 if before.endswith(_SURE_CUES) else int(before.endswith(_CUES))


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of number and words, or words and number, behind a label of addresses."""
    for line in _ADDRESS.lines(text):
        for label in _LABEL.finditer(text, *line):
            if _OTHER_ADDRESSES.search(text, max(0, label.start() - 12), label.start()):
                continue
            at = label.end()
            match = _NUMBERED.match(text, at) or _NAMED.match(text, at)
            if match and not _is_prose(match.group()):
                yield match.span()


def _is_prose(words: str) -> bool:
    return any(word in STOP or word.lower() in UNITS_OF_THINGS for word in words.split())
