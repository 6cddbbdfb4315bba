"""Which keys of JSON objects are names of fields, and which are data, that is, may be personal themselves.

What a key looks like is judged for each key alone, what kind of object it stands in for each object alone, so that
nothing depends on what else a reader has seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

# members from which on objects of one structure, and values, make a map
MANY, MANY_VALUES = 8, 32
_KEPT = 100_000  # judgements
_DENSE = 0.5  # share of the cells that are filled when the members are rows of a table

SCALARS = {str, int, float, bool, type(None)}
_NUMBERED = re.compile(r"[:/#][0-9]|^[0-9]+\Z")  # `user:17`, as key-value stores have it
# ids such as `-NdaJIfahgkID_b717g2`, but not `orderItemShippingAddress2`: kinds of characters alternate
_RANDOM = re.compile("(?=.*[0-9][A-Za-z])[A-Za-z0-9_-]{16,}")
_KINDS = re.compile("[A-Z]+|[a-z]+|[0-9]+|[_-]+")
_ACTIONS = {"index", "create", "update", "delete"}
_ROUTES = {"routing", "version", "version_type", "pipeline", "retry_on_conflict", "require_alias", "dynamic_templates"}
_ROUTES |= {"if_seq_no", "if_primary_term", "require_data_stream", "list_executed_pipelines"}
_SURROGATE = re.compile("[\ud800-\udfff]")

# For each of some keys: whether it names a field (True) or is data (False); None where nothing tells.
Judge = Callable[[Sequence[str]], Sequence[bool | None]]


class Keys:
    """Remembers what was judged; one for each process."""

    def __init__(self, judge: Judge | None = None) -> None:
        """Without `judge` the looks of a key decide."""
        self._judge = judge
        self._known: dict[str, bool | None] = {}
        self._asked: dict[str, bool] = {}  # not judged yet; whether they were asked for in a map

    def hides(self, key: str) -> bool:
        """Whether a key is data, as far as it was judged."""
        return looks_like_data(key) or self._verdict(key, in_map=False) is False

    def names(self, key: str) -> bool:
        """Whether a key is known to name a field, even in a map."""
        return not looks_like_data(key) and self._verdict(key, in_map=True) is True

    def unjudged(self, keys: Iterable[str]) -> bool:
        """Whether some keys were not judged yet that do not look like data anyway."""
        return self._judge is not None and any(key not in self._known and not looks_like_data(key) for key in keys)

    def judge(self, more: Iterable[str] = ()) -> bool:
        """Judge the keys that were asked for in vain, and `more`; True when what was said of one was wrong."""
        asked, self._asked = self._asked, {}
        new = [key for key in {**asked, **dict.fromkeys(more)} if key not in self._known]
        if self._judge is None or not new:
            return False
        shown = list(dict.fromkeys(map(encodable, new)))  # keys that differ in lone surrogates alone are one
        judged = dict(zip(shown, self._judge(shown), strict=True))
        verdicts = {key: judged[encodable(key)] for key in new}
        self._known |= verdicts
        return any(verdicts[key] is in_map for key, in_map in asked.items() if key in verdicts)

    def forget(self) -> None:
        """Make room: of too many judgements only the names of fields are kept. Not while records are flattened."""
        if len(self._known) > _KEPT:
            self._known = {key: verdict for key, verdict in self._known.items() if verdict}

    def _verdict(self, key: str, *, in_map: bool) -> bool | None:
        verdict = self._known.get(key)
        if verdict is None and self._judge is not None and key not in self._known:
            self._asked[key] = in_map
        return verdict


def looks_like_data(key: str) -> bool:
    """Whether a key is a number, has as many digits as a telephone number, or letters and digits in a random order."""
    if "@" in key or len(key) > 64 or len(re.findall(r"\d", key)) >= 6 or _NUMBERED.search(key):
        return True
    return _RANDOM.fullmatch(key) is not None and 3 * len(_KINDS.findall(key)) > len(key)


def encodable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which JSON may have and UTF-8 has not."""
    return _SURROGATE.sub("\ufffd", text)


def is_map(value: dict[str, Any]) -> bool:
    """Whether an object's members are alike, so that its keys are data: `{"kim": {"age": 1}, "lee": {"age": 2}, …}`."""
    return len(value) >= MANY and all(type(member) is dict for member in value.values()) and alike(value.values())


def is_map_of_maps(value: Any) -> bool:
    """Whether the first members of an object are maps themselves, and so many, or such, that its keys are data, too."""
    return _holds_maps(value) and (len(value) >= MANY_VALUES or 2 * sum(map(looks_like_data, value)) > len(value))


def _holds_maps(value: Any) -> bool:
    return type(value) is dict and 2 * sum(map(_is_map_by_keys, value.values())) > len(value)


def _is_map_by_keys(value: Any) -> bool:
    """Whether an object holds objects, most of them under keys that look like data."""
    objects = type(value) is dict and value and all(type(member) is dict for member in value.values())
    return bool(objects) and 2 * sum(map(looks_like_data, value)) > len(value)


def may_hold_records(value: Any) -> bool:
    """Whether the first members of an object are of one kind, and alike or many, so that its keys decide."""
    if type(value) is not dict or not value or _holds_maps(value):
        return False
    if all(type(member) in SCALARS for member in value.values()):
        data = sum(map(looks_like_data, value))
        return len(value) >= MANY_VALUES or (len(value) >= MANY and 2 * data > len(value))
    return is_map(value) or _is_map_by_keys(value)


def hold_records(keys: Keys, value: dict[str, Any]) -> bool:
    """Whether they are records under keys that are data, by these keys.

    Most keys of objects name no field, or there are too many; most keys of values are data, and none names a field.
    """
    keys.judge(value)
    names = sum(map(keys.names, value))
    if any(type(member) is dict for member in value.values()):
        return 2 * names <= len(value) or len(value) >= MANY_VALUES
    return not names and 2 * sum(map(keys.hides, value)) > len(value)


def titles(keys: Keys, row: Any) -> tuple[str, ...]:
    """What a row calls the columns of a table, "" where that is no known name; empty if it does not.

    Titles are different texts, at least two or most of them names of fields and none data; some may be missing.
    """
    texts = [cell for cell in row if type(cell) is str] if type(row) is list else []
    if not texts or len(texts) + row.count(None) < len(row) or len(set(texts)) < len(texts):
        return ()
    if any(map(looks_like_data, texts)):
        return ()
    keys.judge(texts)
    known = {text for text in texts if keys.names(text)}
    if (len(known) < 2 and 2 * len(known) <= len(row)) or any(map(keys.hides, texts)):
        return ()
    return tuple(cell if cell in known else "" for cell in row)


def is_action(value: Any) -> bool:
    """Whether a record says what a bulk request of Elasticsearch does with the next one, `{"index": {"_id": "1"}}`.

    https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
    """
    if type(value) is not dict or len(value) != 1:
        return False
    ((key, meta),) = value.items()
    return key in _ACTIONS and type(meta) is dict and all(name.startswith("_") or name in _ROUTES for name in meta)


def alike(rows: Collection[Collection[str]]) -> bool:
    """Whether many objects, given by their keys, could be the rows of one table."""
    width = len(set().union(*rows))
    return len(rows) >= MANY and width > 0 and sum(map(len, rows)) >= _DENSE * width * len(rows)
