"""The recognizers: what each finds, and which cells are worth its look.

Nominations are regexes for the Rust engine, without lookaround. They let too much pass rather than too little; the
recognizers decide. Each stays small enough for the engine's lazy automaton: one that outgrows its cache runs ten times
slower.
"""

from __future__ import annotations

from typing import NamedTuple

from scanner.recognizers import door_codes, person_labelled
from scanner.recognizers.ar import addresses as ar_addresses
from scanner.recognizers.ar import names as ar_names
from scanner.recognizers.en import addresses as en_addresses
from scanner.recognizers.en import names as en_names
from scanner.recognizers.ja import addresses as ja_addresses
from scanner.recognizers.ja import names as ja_names
from scanner.recognizers.ko import addresses as ko_addresses
from scanner.recognizers.ko import names as ko_names
from scanner.recognizers.vi import addresses as vi_addresses
from scanner.recognizers.vi import names as vi_names
from scanner.recognizers.zh import addresses as zh_addresses
from scanner.recognizers.zh import names as zh_names

_SIX_DIGITS = r"[1-9１-９](?:[ 　().\-/（）－‐‑‒–—−]{0,4}[0-9０-９]){5}"
_PHONE = (
    "|".join(
        (
            f"(?:(?:^|[^0-9+])[+＋]|%2[Bb]) ?[(（]?{_SIX_DIGITS}",
            f"(?:^|[^0-9A-Za-z_./+:#-])00[ -]?{_SIX_DIGITS}",
            "(?i:tel):[0-9(+]",
        )
    ),
)
_PLACES = "|".join(language.places for language in door_codes.LANGUAGES.values())
_ACTIONS = "|".join(language.actions for language in door_codes.LANGUAGES.values())
_DOOR_CODE = ("[0-9]{3}", f"(?i:{_PLACES})", f"(?i:{_ACTIONS})")


class Recognizer(NamedTuple):
    """A row of the table: `name` for people; `find` of a module of this package gives the spans of an entity type.

    A cell is worth a look when it matches all regexes of `nominate`; one of ASCII alone is none unless `ascii`. With
    `breaks` the recognizer reads the line breaks within a cell, see `base`. Only in texts that match `digits`, a regex
    that takes all digits for one, does it make a difference which digits stand there.
    """

    name: str
    entity_type: str
    module: str
    nominate: tuple[str, ...]
    ascii: bool = False
    breaks: bool = False
    digits: str = "[0-9]"


RECOGNIZERS: dict[str, Recognizer] = {
    "person-labelled": Recognizer(
        "Names of persons after a label, in any language",
        "PERSON",
        "person_labelled",
        person_labelled.NOMINATE,
        ascii=True,
    ),
    "person-in-text-ko": Recognizer(
        "Names of persons in Korean, in running text",
        "PERSON",
        "ko.names",
        ko_names.NOMINATE,
        digits=ko_addresses.DIGITS,
    ),
    "person-in-text-zh": Recognizer(
        "Names of persons in Chinese, in running text",
        "PERSON",
        "zh.names",
        zh_names.NOMINATE,
        digits=zh_addresses.DIGITS,
    ),
    "person-in-text-ja": Recognizer(
        "Names of persons in Japanese, in running text",
        "PERSON",
        "ja.names",
        ja_names.NOMINATE,
        digits=ja_addresses.DIGITS,
    ),
    "person-in-text-vi": Recognizer(
        "Names of persons in Vietnamese, in running text", "PERSON", "vi.names", vi_names.NOMINATE, ascii=True
    ),
    "person-in-text-en": Recognizer(
        "Names of persons in Latin letters, in running text",
        "PERSON",
        "en.names",
        en_names.NOMINATE,
        ascii=True,
        breaks=True,
    ),
    "person-in-text-ar": Recognizer(
        "Names of persons in Arabic, in running text", "PERSON", "ar.names", ar_names.NOMINATE
    ),
    "address-in-text-ko": Recognizer(
        "Addresses in Korean, in running text",
        "ADDRESS",
        "ko.addresses",
        ko_addresses.NOMINATE,
        ascii=True,
        digits=ko_addresses.DIGITS,
    ),
    "address-in-text-zh": Recognizer(
        "Addresses in Chinese, in running text",
        "ADDRESS",
        "zh.addresses",
        zh_addresses.NOMINATE,
        digits=zh_addresses.DIGITS,
    ),
    "address-in-text-ja": Recognizer(
        "Addresses in Japanese, in running text",
        "ADDRESS",
        "ja.addresses",
        ja_addresses.NOMINATE,
        digits=ja_addresses.DIGITS,
    ),
    "address-in-text-vi": Recognizer(
        "Addresses in Vietnamese, in running text", "ADDRESS", "vi.addresses", vi_addresses.NOMINATE, ascii=True
    ),
    "address-in-text-en": Recognizer(
        "Addresses in English and other Latin letters, in running text",
        "ADDRESS",
        "en.addresses",
        en_addresses.NOMINATE,
        ascii=True,
        breaks=True,
    ),
    "address-in-text-ar": Recognizer(
        "Addresses in Arabic, in running text", "ADDRESS", "ar.addresses", ar_addresses.NOMINATE
    ),
    "phone-international": Recognizer(
        "Phone numbers with a country code, and tel: URIs", "PHONE_NUMBER", "phone_numbers", _PHONE, ascii=True
    ),
    "door-code": Recognizer(
        "Door codes beside an entrance and how to enter them",
        "DOOR_CODE",
        "door_codes",
        _DOOR_CODE,
        ascii=True,
        digits=door_codes.DIGITS,
    ),
}
