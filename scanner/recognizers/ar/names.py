"""Arabic names in text: after a label, beside a telephone number or an address, in running text."""

from __future__ import annotations

from scanner.recognizers.ar import addresses
from scanner.recognizers.ar.beside import beside, run_end, with_family_name
from scanner.recognizers.ar.letters import plain
from scanner.recognizers.ar.people import is_common, name_at
from scanner.recognizers.ar.prose import in_prose
from scanner.recognizers.gazetteer import listed
from scanner.recognizers.labels import Trust
from scanner.recognizers.spans import Span, best, clear

CUES = listed("""المستلم المرسل الاسم العميل الزبون المستفيد المريض السيد السيدة الأستاذ الأستاذة الدكتور الدكتورة""")
NOMINATE = ("[ء-ي]{2}",)
_PLACE = "an address"
_REACH = 80  # a name is no longer


def find(text: str) -> list[Span]:
    """Return the Arabic names of `text`; streets are named after people, and are none."""
    places = addresses.find(text)
    found = best([*in_prose(text), *(Span(place.start, place.end, 1, _PLACE) for place in places)])
    return clear(text, [*(span for span in found if span.reason is not _PLACE), *beside(text, places)])


def after_label(text: str, at: int, trust: Trust) -> int | None:
    """See `labels.AfterLabel`. Only after labels in Arabic the first word need not be known as a name."""
    end = run_end(text, at, min(len(text), at + _REACH))
    if end is None:
        return None
    if (name := name_at(text, at, end)) and name.first > 0 and (end > name.end or name.parts > 1):
        return with_family_name(text, at, name, end)
    words = text[at:end].split(" ")
    return end if trust == Trust.OWN and 2 <= len(words) <= 5 and not is_common(plain(words[0])) else None
