"""What each field is likely to hold: header words in all languages, and the share of its cells that fit."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from scanner.fold import composed
from scanner.model import WEIGHTS, Batch, Hint
from scanner.rules import RuleSet, rules_dir
from scanner.vocabulary import Vocabulary, normalise

# Shares of cells that fit a pattern of names: so many likely names prove persons, so few deny them.
NAMES, NO_NAMES = 0.5, 0.1
ASKED, MIN_DENIED = 200, 5
# Entity types that a few cells of any column of numbers fit by chance.
BY_CHANCE = ("PHONE_NUMBER", "CREDIT_CARD")
_PARTIES = {"sender", "recipient"}
_PARTS = ("PERSON", "PHONE_NUMBER", "ADDRESS")
_CONTACTS = {"PHONE_NUMBER", "EMAIL_ADDRESS"}
MAJORITY = 0.8
MIN_CELLS = 5
MIN_SURE = 3  # so few cells prove persons where all fit and more than half are likely names
MIN_NUMBERS = 20
_NUMBER = r"^[+-]?[0-9]+(?:\.[0-9]+)?$"
_UNNAMED = re.compile(r"(?:\A|\.)column [0-9]+\Z")  # what readers call a column without a header
_OF_TABLE = re.compile(r"[^$.]+\.[^.]+\Z")
# of what DynamoDB exports, what stands above the attributes, each of which ends with its type
_DYNAMODB = re.compile(r"(?<=\A\$)\.(?:Items?|NewImage|OldImage)(?:\[\*\])?(?=\..*\.[SN]\Z)")
# what describes the columns of a table, as query services do
_OF_COLUMNS = re.compile(
    r"\.(?:columns|cols|fields|headers?|schema|rowType|ColumnInfo)\[\*\]\.(?:(?:display|friendly)_?)?(?i:name|title|label)\Z"
)
_PAIRED = re.compile(r"(?:\A|\.)name\Z")
_PLURAL = re.compile(r"(?<=[a-z]{3})s\b")
_EAST_ASIA = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]+\\Z")
_KEPT = 1 << 14  # field names that are remembered


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """What is known of a field: the entity types its header may name, whose it is, and what most of its cells are.

    `other`: it holds numbers or keys of another kind; `thing`: it names things, not people.
    """

    header: frozenset[str] = frozenset()
    role: str | None = None
    other: bool = False
    majority: frozenset[str] = frozenset()
    thing: bool = False

    def hint(self, languages: frozenset[str] = frozenset()) -> Hint:
        """What matching may expect of the field in a file that is written in these languages."""
        if self.header:
            return Hint(self.header, WEIGHTS["header"], languages)
        return Hint(self.majority, WEIGHTS["majority"] if self.majority else 0.0, languages)


@dataclass(slots=True)
class Profile:
    """The profiles of all fields seen in the head of a file, and the languages it is written in.

    Fields that come later are judged by header alone.
    """

    headers: Headers
    fields: dict[str | None, FieldProfile] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()

    def of(self, name: str | None) -> FieldProfile:
        """The profile of a field; text without a field has none."""
        known = self.fields.get(name)
        return known if known is not None else self.headers.read(name)


class Headers:
    """Reads field names. Picklable; built once from the rules."""

    def __init__(self, rules: RuleSet) -> None:
        """Collect the header words of `rules` and of rules/columns.toml."""
        common = tomllib.loads((rules_dir() / "columns.toml").read_text(encoding="utf-8"))
        self._entities = Vocabulary((word, rule.entity_type) for rule in rules.rules for word in rule.columns)
        self._roles = Vocabulary((word, role) for role, words in common["roles"].items() for word in words)
        self._other = Vocabulary((word, "other") for word in common["other"]["words"])
        self._things = Vocabulary((word, "thing") for word in common["things"]["words"])
        self._parts = Vocabulary((word, "part") for word in common["parts"]["words"])
        self._usual = frozenset(map(normalise, common["usual"]["words"]))
        self._cache: dict[str, FieldProfile] = {}

    def read(self, name: str | None) -> FieldProfile:
        """Judge a field by its name alone."""
        if name is None or _UNNAMED.search(name):
            return FieldProfile()
        if _OF_COLUMNS.search(name):
            return FieldProfile(thing=True)
        if name not in self._cache:
            if len(self._cache) >= _KEPT:
                self._cache.clear()
            path = _DYNAMODB.sub("", name)
            self._cache[name] = self._of_table(path) if _OF_TABLE.match(path) else self._judge(normalise(path))
        return self._cache[name]

    def known(self, cells: Sequence[str]) -> bool:
        """Whether a row holds field names: at least one cell that we know, and none so long that it is prose."""
        return any(self._is_name(normalise(cell)) for cell in cells)

    def words(self) -> pl.Series:
        """What fields are called in the scripts of East Asia, a String series: no name of a person is written so."""
        every = {word for known in (self._entities, self._roles, self._other, self._things) for word in known.words}
        return pl.Series(sorted(filter(_EAST_ASIA.match, every)), dtype=pl.String)

    def certain(self, name: str) -> bool:
        """Whether a cell or key is just one of our words: it names a field, whatever else it may mean."""
        text = normalise(name)
        return any(text in known for known in (self._entities, self._roles, self._other, self._things))

    def names(self, key: str) -> bool:
        """Whether a key of an object names a field; it stands alone, so it may name a thing or be any usual word."""
        text = normalise(key)
        return text in self._usual or self._is_name(text, self._things)

    def _is_name(self, text: str, *more: Vocabulary) -> bool:
        """Known words make up most of the cell."""
        known = [word for words in (self._entities, self._roles, self._other, *more) for word in words.find(text)]
        covered = {at for word in (*known, *self._parts.find(text)) for at in range(word.start, word.end)}
        return bool(known) and len(covered) >= 0.6 * len(text.replace(" ", ""))

    def _of_table(self, name: str) -> FieldProfile:
        """A column of a table: it says what it holds, the table whose that is, and of what kind."""
        table, _, column = name.rpartition(".")
        own = self._judge(normalise(column))
        whole = self._judge(f"{_PLURAL.sub('', normalise(table))} {normalise(column)}")
        return whole if own.header or not whole.header else replace(own, role=whole.role)

    def _judge(self, text: str) -> FieldProfile:
        roles, entities = self._roles.find(text), self._entities.find(text)
        role = next(iter(roles[-1].meanings)) if roles else None
        plain = [word for word in entities if not any(r.start <= word.start and word.end <= r.end for r in roles)]
        found = plain or entities
        header = max(found, key=lambda word: (word.end, word.end - word.start)).meanings if found else frozenset()
        if not header and roles:
            header = frozenset({"PERSON"})
        thing = bool(self._things.find(text))
        if thing:
            header -= {"PERSON"}
        return FieldProfile(header, role, other=not header and bool(self._other.find(text)), thing=thing)


# Which distinct cells of a batch fit an entity type from end to end: a row a cell, with `column` and `cell` (UInt32).
Fits = Callable[[Batch, str], pl.DataFrame]
# Which of some cells are likely names of persons by their words: a Boolean for each.
AreNames = Callable[[Sequence[str]], Sequence[bool]]


def profile(headers: Headers, batch: Batch, fits: Fits, are_names: AreNames) -> Profile:
    """Profile the fields of a file's head by their names and their cells."""
    result = Profile(headers, {column.field: headers.read(column.field) for column in batch.columns})
    _names_of_values(result)
    _people(result, batch, fits, are_names)
    silent = [column for column in batch.columns if column.field is not None and _silent(result.of(column.field))]
    _numbers(result, replace(batch, columns=silent), fits)
    _roles(result, [column.field for column in batch.columns if column.field is not None])
    return result


def _names_of_values(result: Profile) -> None:
    """A `name` beside a `value`, as of headers and parameters, is that of a thing until its cells say otherwise."""
    for name, known in list(result.fields.items()):
        if name is not None and _PAIRED.search(name) and f"{name[:-4]}value" in result.fields:
            result.fields[name] = replace(known, header=known.header - {"PERSON"})


def _people(result: Profile, batch: Batch, fits: Fits, are_names: AreNames) -> None:
    """Where most cells look like names and are, a nameless field holds persons; where few are, `name` means a thing."""
    names = [column.field for column in batch.columns if column.field is not None]
    people = {name for name in names if _may_be_people(result.of(name)) or _has_contacts(name, names, result)}
    asked = [column for column in batch.columns if column.field in people]
    fitting = fits(replace(batch, columns=asked), "PERSON") if asked else pl.DataFrame()
    for number, cells in fitting.group_by("column").agg("cell").rows() if len(fitting) else ():
        column, known = asked[number], result.of(asked[number].field)
        chosen = composed(column.values.unique(maintain_order=True).gather(sorted(cells)[:ASKED])).to_list()
        share = sum(are_names(chosen)) / len(chosen)
        if not known.header and share >= NAMES and _most(column.values, len(cells), sure=share > NAMES):
            result.fields[column.field] = replace(known, majority=frozenset({"PERSON"}))
        elif known.header and share <= NO_NAMES and len(chosen) >= MIN_DENIED:
            result.fields[column.field] = replace(known, header=known.header - {"PERSON"})


def _may_be_people(field: FieldProfile) -> bool:
    return "PERSON" in field.header or (_silent(field) and not field.thing)


def _has_contacts(name: str, names: Sequence[str], result: Profile) -> bool:
    """Whether a name of things, by what it stands in alone, has a telephone number or mail address beside it: `items`
    may be people."""
    parent, _, own = name.rpartition(".")
    if not (parent and result.of(name).thing and "PERSON" in result.headers.read(own).header):
        return False
    return any(result.of(each).header & _CONTACTS for each in names if each.rpartition(".")[0] == parent)


def _roles(result: Profile, names: Sequence[str]) -> None:
    """Of a sender and a recipient the one who has no field of a type called his has those that say of nobody.

    Of `recipient, phone, sender, sender phone` the first phone is the recipient's.
    """
    records: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        records[name.rpartition(".")[0]].append(name)
    for fields in records.values():
        known = {name: result.of(name) for name in fields}
        if _PARTIES - {each.role for each in known.values()}:
            continue
        for kind in _PARTS:
            of_kind = {name: each for name, each in known.items() if kind in each.header | each.majority}
            missing = _PARTIES - {each.role for each in of_kind.values()}
            if len(missing) == 1:
                (role,) = missing
                bare = {name: replace(each, role=role) for name, each in of_kind.items() if each.role is None}
                result.fields.update(bare)


def _numbers(result: Profile, batch: Batch, fits: Fits) -> None:
    """Columns of bare numbers of which less than half fit any type that fits by chance hold mere numbers.

    Those of which most have the check digit of a payment card hold cards: by chance a tenth has it.
    """
    columns = [column for column in batch.columns if _holds_numbers(column.values)]
    often: set[int] = set()
    for entity in BY_CHANCE if columns else ():
        for number, count in fits(replace(batch, columns=columns), entity).group_by("column").len().rows():
            field, cells = columns[number].field, columns[number].values.n_unique()
            if 2 * count >= cells:
                often.add(number)
            if entity == "CREDIT_CARD" and count >= MAJORITY * cells:
                result.fields[field] = replace(result.of(field), majority=frozenset({entity}))
    for number in set(range(len(columns))) - often:
        result.fields[columns[number].field] = replace(result.of(columns[number].field), other=True)


def _holds_numbers(values: pl.Series) -> bool:
    cells = values.drop_nulls().unique()
    cells = cells.filter(cells != "")
    return len(cells) >= MIN_NUMBERS and int(cells.str.contains(_NUMBER).sum()) >= MAJORITY * len(cells)


def _silent(field: FieldProfile) -> bool:
    return not field.header and not field.other


def _most(values: pl.Series, count: int, *, sure: bool) -> bool:
    """Whether `count` are most of the distinct cells, of few all of them and `sure`."""
    if count < MIN_SURE:
        return False
    cells = int((values.drop_nulls().unique() != "").sum())
    return count >= MAJORITY * cells if cells >= MIN_CELLS else sure and count == cells
