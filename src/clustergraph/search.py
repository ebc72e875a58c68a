"""The search index of a release: a file of SQLite with full text (FTS5); this is the one door to sqlite3.

::

    thing     what can be found, and how it is shown
    name      every spelling of it
    spelling  the full text of their folded words
    word      each word there is, to find those that are spelt alike
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clustergraph.errors import ReleaseError
from clustergraph.names import fold, foldings, similar

#: Name of the file in a release.
INDEX = "search.sqlite"
#: Longest text to search for, in characters: few names are as long.
LONGEST = 200
#: How a spelling belongs to its thing, the nearest first.
HOWS = ("name", "acronym", "code", "also", "written", "where", "publisher")
#: The kinds of things, in the order in which those found equally well are shown; documents and sources always last.
KINDS = (
    "edition", "person", "organisation", "place", "region", "country", "event", "session", "topic", "policy",
    "document", "source",
)  # fmt: skip
LAST = ("document", "source")
#: Similar spellings are looked for where fewer things than this are found as typed.
FEW = 3
#: And only in queries of at most so many words: nobody misspells a whole page.
MOST_WORDS = 12
SCHEMA = """
PRAGMA journal_mode = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, lang TEXT, detail TEXT, weight INTEGER,
                    sort TEXT);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, how INTEGER, text TEXT, folded TEXT);
CREATE VIRTUAL TABLE spelling USING fts5 (
  words, content = '', columnsize = 0, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);
CREATE VIRTUAL TABLE word USING fts5vocab (spelling, row);
PRAGMA user_version = 1;
"""
#: Each thing with the best of its names; of each kind, the places asked for. The score is lower for a name that is
#: the words asked for, starts with them, holds them in a row, holds them at all; then for one that is the words that
#: are likely meant, starts with them, holds similar ones.
FIND = """
WITH hit AS (
  SELECT name.thing, name.text, name.how, similar,
         MIN(name.how + 10 * CASE WHEN similar THEN 4 + (name.folded <> :meant)
                                           + (substr(name.folded, 1, length(:meant)) <> :meant)
                                  WHEN name.folded = :folded THEN 0
                                  WHEN substr(name.folded, 1, length(:folded)) = :folded THEN 1
                                  WHEN instr(' ' || name.folded, ' ' || :folded) THEN 2
                                  ELSE 3 END) AS score
  FROM (
    SELECT rowid AS id, rowid NOT IN (SELECT rowid FROM spelling WHERE spelling MATCH :typed) AS similar
    FROM spelling WHERE spelling MATCH :wanted
  ) JOIN name USING (id)
  GROUP BY name.thing
), ranked AS (
  SELECT thing.*, hit.text, hit.how, hit.similar,
         ROW_NUMBER() OVER of_kind AS place,
         COUNT(*) OVER (PARTITION BY kind) AS number,
         MIN(score) OVER (PARTITION BY kind) AS best
  FROM hit JOIN thing ON thing.id = hit.thing
  WINDOW of_kind AS (PARTITION BY kind ORDER BY score, weight DESC, sort, iri)
)
SELECT iri, kind, label, lang, detail, weight, text, how, similar, number, best / 10 FROM ranked
WHERE place > :after AND place <= :after + :most AND kind = ifnull(:kind, kind)
ORDER BY place
"""


@dataclass(frozen=True)
class Thing:
    """Something to be found.

    :ivar kind: as in ``/page/{kind}/{slug}``.
    :ivar lang: language tag of the label, or empty.
    :ivar detail: what tells it from others of the same label, or empty.
    :ivar weight: in how many editions it took part; what else sources say of it counts nothing.
    """

    iri: str
    kind: str
    label: str
    lang: str
    detail: str
    weight: int


@dataclass(frozen=True)
class Spelling:
    """A name of a thing.

    :ivar iri: the thing.
    :ivar how: one of :data:`HOWS`.
    :ivar text: as it is written.
    :ivar words: the folded words by which it is found, each once, in every way they may be typed.
    """

    iri: str
    how: str
    text: str
    words: str

    @property
    def folded(self) -> str:
        """The text folded, in its own order of words."""
        return fold(self.text)


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    :ivar thing: the thing.
    :ivar how: how the name that was found belongs to it, one of :data:`HOWS`.
    :ivar name: the name that was found.
    :ivar similar: whether that name holds words like those asked for, not these themselves.
    """

    thing: Thing
    how: str
    name: str
    similar: bool


@dataclass(frozen=True)
class Found:
    """Things of one kind that were found.

    :ivar kind: their kind, as in ``/page/{kind}/{slug}``.
    :ivar number: how many there are.
    :ivar hits: those asked for, the best first.
    """

    kind: str
    number: int
    hits: list[Hit]


def write(file: Path, things: Sequence[Thing], spellings: Sequence[Spelling]) -> None:
    """Write an index to a new file; the same things and spellings give the same bytes.

    :param spellings: those of other things are left out.
    """
    numbers = {thing.iri: number for number, thing in enumerate(things, 1)}
    named = [each for each in spellings if each.iri in numbers]
    with closing(sqlite3.connect(file, isolation_level=None)) as index:
        index.executescript(SCHEMA)
        index.execute("BEGIN")
        index.executemany(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((numbers[t.iri], t.iri, t.kind, t.label, t.lang, t.detail, t.weight, fold(t.label)) for t in things),
        )
        index.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?, ?)",
            ((n, numbers[s.iri], HOWS.index(s.how), s.text, s.folded) for n, s in enumerate(named, 1)),
        )
        index.executemany(
            "INSERT INTO spelling (rowid, words) VALUES (?, ?)", ((n, s.words) for n, s in enumerate(named, 1))
        )
        index.execute("INSERT INTO spelling (spelling) VALUES ('optimize')")
        index.execute("COMMIT")
        index.execute("VACUUM")


class Index:
    """The index of a release, read-only, for any number of threads.

    :param file: the file.
    :raises ReleaseError: it is missing or is no index.
    """

    def __init__(self, file: Path) -> None:
        self._address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._file = file
        with self._open() as index:
            index.execute("SELECT 1 FROM thing LIMIT 1").fetchone()

    def find(self, text: str, most: int, kind: str | None = None, after: int = 0) -> list[Found]:
        """What is called by all words of a text, or starts with them, kind by kind, the best kind first.

        Where few things are, those with similar words are found, too.

        :param text: words in any spelling, letter case and order; no syntax.
        :param most: how many things of each kind.
        :param kind: only this kind.
        :param after: how many of each kind to leave out at the start.
        """
        typed = _expression(text, {})
        if not typed:
            return []
        values: dict[str, str | int | None] = {"folded": fold(text), "typed": typed, "wanted": typed, "meant": ""}
        values |= {"kind": kind, "most": most, "after": after}
        with self._open() as index:
            if len(text.split()) <= MOST_WORDS and self._few(index, typed):
                slips = self._slips(text)
                values["wanted"] = _expression(text, slips)
                values["meant"] = " ".join((slips.get(word) or [word])[0] for word in fold(text).split())
            return _groups(index.execute(FIND, values))

    def _few(self, index: sqlite3.Connection, typed: str) -> bool:
        found = index.execute(
            "SELECT COUNT(DISTINCT thing) FROM "
            "(SELECT thing FROM spelling JOIN name ON name.id = spelling.rowid WHERE spelling MATCH ? LIMIT 100)",
            (typed,),
        ).fetchone()
        return bool(found[0] < FEW)

    def _slips(self, text: str) -> dict[str, list[str]]:
        return {word: similar(word, self._words) for way in foldings(text) for word in way.split()}

    @cached_property
    def _words(self) -> list[str]:
        with self._open() as index:
            return [term for (term,) in index.execute("SELECT term FROM word ORDER BY term")]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question: it costs a fifth of a millisecond, and threads share nothing."""
        try:
            with closing(sqlite3.connect(self._address, uri=True)) as index:
                yield index
        except sqlite3.Error as error:
            raise ReleaseError(f"{self._file} cannot be read: {error}; build again") from error


def _expression(text: str, slips: dict[str, list[str]]) -> str:
    """The text as an expression of FTS5: each word in one of its spellings, as the start of a word.

    :param slips: further words that may stand for a word.
    """
    words = [_alternatives(word, slips) for word in text.split()]
    return " AND ".join(f"({word})" for word in words if word)


def _alternatives(word: str, slips: dict[str, list[str]]) -> str:
    ways = [" AND ".join(_starts(part, slips) for part in way.split()) for way in foldings(word)]
    return " OR ".join(f"({way})" for way in ways)


def _starts(part: str, slips: dict[str, list[str]]) -> str:
    return "(" + " OR ".join([f'"{part}"*', *(f'"{slip}"' for slip in slips.get(part, ()))]) + ")"


def _groups(rows: sqlite3.Cursor) -> list[Found]:
    """What was found, kind by kind: the kind found best first, and what people look for before what says so."""
    groups: dict[str, Found] = {}
    order = {}
    for *columns, text, how, alike, number, best in rows:
        thing = Thing(*columns)
        order[thing.kind] = (thing.kind in LAST, best, KINDS.index(thing.kind))
        groups.setdefault(thing.kind, Found(thing.kind, number, [])).hits.append(
            Hit(thing, HOWS[how], text, bool(alike))
        )
    return sorted(groups.values(), key=lambda group: order[group.kind])
