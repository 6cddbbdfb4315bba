"""Which cells are worth a recognizer: regexes for the Rust engine (no lookaround), cheap because literals lead."""

from __future__ import annotations

PHONE = r"[+＋] ?[(（]?[1-9１-９][0-9０-９ ().\-/（）－]{5}|00[ -]?[1-9][0-9 ().\-]{7}|(?i:tel):[0-9(+]"
ADDRESS = "x"
DOOR_CODE = "x"
PERSON = "x"
