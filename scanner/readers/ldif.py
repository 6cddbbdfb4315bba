"""LDIF, the export of a directory such as LDAP or Active Directory (RFC 2849): a record an entry, a field an attribute.

Changes are read like entries. Names of persons, such as `cn`, have `.name` added to their field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scanner.decode import detect
from scanner.mail.headers import unbased
from scanner.model import Batch
from scanner.readers.fieldnames import Names, judge_by
from scanner.readers.folded import Line, lines
from scanner.readers.gathered import Gathered, Lines, Run
from scanner.readers.jsonkeys import Keys

_ATTRIBUTE = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*)((?:;[A-Za-z0-9-]+)*)(::|:<|:)[ ]*")
_PEOPLE = frozenset(["cn", "commonname", "sn", "gecos", "displayname", "initials"])
# What a directory needs for itself.
_NOISE = frozenset(["changetype", "objectclass", "version", "control", "objectcategory", "structuralobjectclass"])
_NAME = re.compile(r"(?i)(?:[a-z][a-z0-9-]*=(?:[^,+\\]|\\.)*[,+]\s*)+[a-z][a-z0-9-]*=(?:[^,+\\]|\\.)*\Z")
_STEP = re.compile(r"([A-Za-z][A-Za-z0-9-]*)=((?:[^,+\\]|\\.)*)")
_HEAD = re.compile(rb"(?:\s++|#[^\n]*+\n|version:[^\n]*+\n)*+dn::? ", re.I)


def is_ldif(sample: bytes) -> bool:
    """Whether a text begins as LDIF does."""
    return _HEAD.match(sample) is not None


def read(
    blocks: Iterable[bytes], *, line: int = 1, record: int = 1, batch_bytes: int = 1 << 20, keys: Keys | None = None
) -> Iterator[Batch]:
    """Read valid UTF-8 blocks, `batch_bytes` at a time; `line` and `record` number what comes first.

    What is no attribute is text. Memory: see `folded.MAX_LINE`; an entry may come in several batches.
    """
    places, gathered = Lines(line), Gathered(record)
    names = Names(judge_by(keys or Keys()))
    for some in lines(blocks, batch_bytes, places):
        for one in some:
            _take(one, gathered, names)
        if (batch := gathered.batch(places)) is not None:
            yield batch


def _take(line: Line, gathered: Gathered, names: Names) -> None:
    if not line.text.strip():
        gathered.end()
        return
    found = _ATTRIBUTE.match(line.text)
    if found is None or line.text.startswith("#"):
        gathered.add(None, *line.part(0, len(line.text)))
        return
    name, at = found[1], found.end()
    if name.lower() in _NOISE:
        return
    if found[3] == "::":
        text = _decoded(line.text[at:])
        gathered.binary += not text and not line.text[at:].isspace() and at < len(line.text)
        _add(name, *line.stands_for(at, text), gathered, names)
    else:
        _add(name, *line.part(at, len(line.text.rstrip())), gathered, names)


def _add(name: str, text: str, runs: list[Run], gathered: Gathered, names: Names) -> None:
    """A value; of the name of an entry each step for itself."""
    if not _NAME.match(text):
        gathered.add(_field(name, name, names), text, runs)
        return
    for step in _STEP.finditer(text):
        gathered.add(_field(name, step[1], names), *Line(text, runs).part(*step.span(2)))


def _field(name: str, says: str, names: Names) -> str | None:
    """How the field is called of which an attribute, or a step of a name, `says` what it holds."""
    field = names.field(name)
    return f"{name}.name" if field is not None and says.lower() in _PEOPLE else field


def _decoded(text: str) -> str:
    """The text that base64 stands for; none of pictures, certificates and keys."""
    data = unbased(text.encode())
    try:
        found = data.decode()
    except UnicodeDecodeError:
        found = ""
    if found.isprintable() and found:
        return found
    encoding = detect(data, complete=True)
    return "" if encoding.kind == "binary" else data[encoding.bom :].decode(encoding.name, "replace")
