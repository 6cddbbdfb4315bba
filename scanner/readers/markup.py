"""HTML cut into tags and text, with the place of each in code points; nothing is left out, however broken it is.

A tag is what https://html.spec.whatwg.org/multipage/parsing.html takes for one, with a name of letters, digits and
`:_-`, and without `<` outside of quotes; other `<` are text, such as that of `<kim@example.com>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

MAX_TAG = 4 << 20  # code points of a tag or of a line of a script; what is longer is text, or cut
_TEXT_AND_TAG = re.compile(r"""([^<]*+)<(/?)([A-Za-z][A-Za-z0-9:_-]*+)(?=[\s/>])((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_-]*+)(?=[\s/>])([^<>]*+)>")
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_COMMENT = re.compile(r"<!--(?:-?>)?")
_NO_TAGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in ("script", "style", "xmp", "iframe")}
_COMMENT_END = re.compile(r"--!?>")
_NO_TAG = re.compile(r"(?:<(?![A-Za-z!?]|/[A-Za-z]|/?\Z))+")
_LONGEST_END = 12  # code points of what ends text without tags
_LONGEST_ENTITY = 40
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|([^\s"'>][^\s>]*+)))?|["']+([^"']++)"""
)
_FLAG = re.compile(r"[A-Za-z:-]++")  # an attribute without a value
_NUMBER = re.compile(r"[0-9][0-9.-]{6}")


class Tag(NamedTuple):
    """A tag; `name` in small letters; `inside`: what follows the name, and `source` where that begins."""

    name: str
    closes: bool
    inside: str
    source: int

    def attributes(self) -> Iterator[tuple[str, str, int]]:
        """Name in small letters, value with its entities, and where the value begins; "" where there is no name.

        A name that holds a long number comes as such a value, too.
        """
        for found in _ATTRIBUTE.finditer(self.inside):
            group = found.lastindex or 1
            if group > 1:
                if found[1] and _NUMBER.search(found[1]):
                    yield "", found[1], self.source + found.start()
                yield (found[1] or "").lower(), found[group], self.source + found.start(group)
            elif not _FLAG.fullmatch(found[1]):
                yield "", found[1], self.source + found.start()


class Page(Protocol):
    """Takes what stands in a page, in order; `source`: the code point at which it begins."""

    def text(self, text: str, source: int) -> None:
        """Text between tags, with its entities, or a part of it."""

    def raw(self, text: str, source: int) -> None:
        """A line of what holds no tags: a comment, a script, a style."""

    def tag(self, tag: Tag) -> None:
        """A tag."""


@dataclass(slots=True)
class Tokens:
    """Cuts a text that comes in chunks. Where chunks end alters nothing but how text between tags is parted."""

    page: Page
    at: int = 0  # what comes next
    _rest: str = ""
    _until: re.Pattern[str] | None = None  # ends what holds no tags

    def feed(self, chunk: str, *, last: bool = False) -> None:
        """Give the page what is sure of the next chunk; `last`: no more chunks come."""
        data, done = self._rest + chunk, 0
        before: tuple[int, object] | None = None
        while done < len(data) and before != (done, self._until):
            before = done, self._until  # an empty script has an end, but no text
            if self._until is None:
                done = self._tags(data, done)
                done = self._marked(data, done, last) if self._until is None else done
            else:
                done = self._lines(data, done, last)
        self._rest, self.at = data[done:], self.at + done

    def _tags(self, data: str, start: int) -> int:
        """Tags, and the text before each; returns where something else comes."""
        page, at, match = self.page, self.at, _TEXT_AND_TAG.match
        while (found := match(data, start)) is not None and found.end() - start <= MAX_TAG:
            text, slash, name, inside = found.groups()
            if text:
                page.text(text, at + start)
            name, start = name.lower(), found.end()
            page.tag(Tag(name, bool(slash), inside, at + found.start(4)))
            if not slash and name in _NO_TAGS:
                self._until = _NO_TAGS[name]
                break
        return start

    def _marked(self, data: str, start: int, last: bool) -> int:
        """What comes next in text with tags, and is no plain tag."""
        end = data.find("<", start)
        if end < 0:
            end = len(data)
            entity = data.rfind("&", max(start, end - _LONGEST_ENTITY), end)
            end = entity if entity >= 0 and not last else end
        if end > start:
            self.page.text(data[start:end], self.at + start)
            return end
        return self._odd(data, start, last) if start < len(data) else start

    def _odd(self, data: str, start: int, last: bool) -> int:
        """Something that begins with `<`."""
        if not last and len(data) - start < _LONGEST_END:
            return start
        if comment := _COMMENT.match(data, start):
            self._until = None if comment[0].endswith(">") else _COMMENT_END
            return comment.end()
        if alone := _NO_TAG.match(data, start):
            self.page.text(alone[0], self.at + start)
            return alone.end()
        if not last and len(data) - start < MAX_TAG:
            return start
        if found := _LOOSE_TAG.match(data, start, start + MAX_TAG):
            name = found[2].lower()
            self._until = None if found[1] else _NO_TAGS.get(name)
            self.page.tag(Tag(name, bool(found[1]), found[3], self.at + found.start(3)))
            return found.end()
        if found := _DECLARATION.match(data, start, start + MAX_TAG):
            self.page.raw(found[0], self.at + start)
            return found.end()
        self.page.text("<", self.at + start)
        return start + 1

    def _lines(self, data: str, start: int, last: bool) -> int:
        """The next lines of what holds no tags."""
        assert self._until is not None
        found = self._until.search(data, start)
        if found is not None or last:
            end = found.start() if found else len(data)
            after = found.end() if found and self._until is _COMMENT_END else end
            self._until = None
        else:
            end = after = data.rfind("\n", start, len(data) - _LONGEST_END) + 1 or start
            if end <= start and len(data) - start > MAX_TAG:
                end = after = len(data) - _LONGEST_END
        for line in data[start:end].split("\n") if end > start else ():
            self.page.raw(line, self.at + start)
            start += len(line) + 1
        return after
