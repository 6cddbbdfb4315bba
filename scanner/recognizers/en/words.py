"""What names in Latin letters are made of, as pieces of regexes."""

from __future__ import annotations

LETTERS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽȘȚ"
_SMALL = "[a-zß-öø-ÿāăąćčďđēėęěğģīıķĺļľłńņňōőřśşšţťūůűźżžșț]"
_SIMPLE = rf"[{CAPITALS}]{_SMALL}{{1,20}}"
WORD = (
    rf"(?:(?:[DdLl]|O|[{CAPITALS}]{_SMALL})[’']{_SIMPLE}|(?:Ma?c|De|La|Le|Di|Du|Fitz|Van){_SIMPLE}|{_SIMPLE})"
    rf"(?:-[{CAPITALS}]?{_SMALL}{{1,20}}){{0,2}}"
)
INITIAL = r"[A-Z](?:\.|(?= ))"
PARTICLES = r"(?:(?:de|da|dos?|du|del|della|di|van|von|der|den|ten|ter|zu|bin|ibn|al|el|la|le|y|e|ap|af|av) ){0,3}"
# a capitalised word of any kind, quick to scan for: a class leads, and nothing is given back
TOKEN = rf"[{CAPITALS}](?:[{LETTERS}-]++(?:[’'][{CAPITALS}][{LETTERS}-]++)?+|[’'][{CAPITALS}][{LETTERS}-]++|\.)?+"
