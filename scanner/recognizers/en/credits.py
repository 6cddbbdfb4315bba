"""Names that give credit: authors of code in its comments, copyright notices, lists of references, things named after
people. They are public, and what tells of them stands in their own line.
"""

from __future__ import annotations

from scanner.recognizers.spans import lazy

_REACH = 160  # code points of a line that are looked at on either side
_NOTICE = lazy(r"(?i:copyright|©|\(c\))[^\n\x0b]{0,60}\Z|(?<![A-Za-z])named (?:for|after) (?:the )?\Z")
# at the start of a line, behind a comment sign or none: `# Written by …`, `:author: …`, `This module was written by …`
_WROTE = lazy(
    r"(?:^|[\n\x0b])[ \t]*(?:(?:#+|//+|/?\*+|--|;+|%+|\"{3}|'{3}|[@:]|__|\.\.)[ \t]*)?"
    r"(?i:(?:(?:original|main|the|this|module|package|program|file|code|software|was|is|initially|originally) ){0,5}"
    r"(?:(?:module|section|code)?authors?|maintainers?|contributors?"
    r"|(?:re)?(?:written|implemented|maintained|ported|adapted|contributed)(?: [a-z0-9_]{1,12}){0,4} by))"
    r"(?![a-z])[^\n\x0b]{0,60}\Z"
)
_COMMENT = lazy(r"(?:^|[\n\x0b])[ \t>.]*(?:#+|//+|;;) [^\n\x0b]*\Z")
_NUMBERED = lazy(r"[ \t#*]*(?:\.\. )?\[[A-Za-z0-9+_-]{1,12}\] ")
# what stands beside authors who are written with their initials first, in lists of publications
_PUBLISHED = lazy(
    r"(?<![A-Za-z])(?:pp?|[Vv]ol|[Ee]ds?|[Tt]ransl|et al|Proc|Trans|Univ)\.|(?<![A-Za-z])(?:Journal|doi|arXiv)(?![a-z])"
    r"|, [\"*“][A-Z]|\((?:19|20)[0-9]{2}[a-z]?\)|(?:[A-Z]\. ?){1,3}[A-Z][a-z]+, (?:and )?(?:[A-Z]\. ?){1,3}[A-Z][a-z]"
    r"|[A-Z][a-z]+, (?:[A-Z]\.){1,3},? and "
)
_CONTACT = lazy(r"@[A-Za-z0-9]|[0-9](?:[ ().-]{0,2}[0-9]){7}")


def credited(text: str, start: int, end: int) -> bool:
    """Whether the line of a name says that somebody made, wrote or reported something there."""
    low = max(0, start - _REACH)
    if _NOTICE.search(text, low, start) or _WROTE.search(text, low, start):
        return True
    before = max(text.rfind("\n", low, start), text.rfind("\v", low, start)) + 1 or low
    after = min((at for sign in "\n\v" if (at := text.find(sign, end, end + _REACH)) >= 0), default=end + _REACH)
    if _CONTACT.search(text, before, after):
        return False
    if _COMMENT.search(text, low, start):
        return bool(text[before:start].strip(" \t#/;") or text[end:after].strip())
    initials = text[start + 1] == "."
    return bool(_NUMBERED.match(text, before) or (initials and _PUBLISHED.search(text, before, after)))
