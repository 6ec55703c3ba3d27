"""The index of the words of pages: what the worker writes and web searches.

It is derived data, by the hash of a PDF, in a database file of its own: it is not copied by a
backup, and made again where it is missing. The worker is its only writer.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from documents.search.folding import query_tokens, tokens
from documents.search.matching import Closeness

MOST_PAGES = 100_000
"""Numbers of rows that one document has for itself."""
_writing = threading.Lock()
"""Held by what may write: SQLite before 3.51.3 can lose a commit to a simultaneous checkpoint."""
MOST_SECONDS = 2.0
"""Time of a search; then it fails (sqlite3.OperationalError)."""
RECIPE = 1
"""Raise it when the index has to be made again."""


class Hit(NamedTuple):
    """A page that matches."""

    sha256: str
    page: int
    closeness: Closeness


class SearchIndex(Protocol):
    """An index of pages. Calls block: call them in a native thread."""

    def put(self, sha256: str, pages: Mapping[int, str]) -> None:
        """Replace the pages of a document by these texts, by page number."""
        ...

    def forget(self, documents: Iterable[str]) -> None:
        """Erase the words of documents, also from pages of the file that no table uses."""
        ...

    def known(self) -> set[str]:
        """The documents in the index."""
        ...

    def remove(self) -> None:
        """Delete the index, to be made again."""
        ...

    def find(self, query: str, documents: Iterable[str], most: int) -> list[Hit]:
        """Pages of these documents that match, best first. query: any text."""
        ...


class Fts5Index:
    """An index in SQLite's FTS5.

    One column for exact words and one for folded ones. The words stand in a table beside it: FTS5
    removes a row without a copy of its own by its words only (`'delete'`). Rows of a document are
    numbered in one range.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, sha256: str, pages: Mapping[int, str]) -> None:
        """See SearchIndex. Raises: sqlite3.Error."""
        with _writing, closing(self._open()) as connection, connection:
            self._remove(connection, [sha256])
            (document,) = connection.execute(
                "INSERT INTO document (sha256) VALUES (?) RETURNING id", [sha256]
            ).fetchone()
            rows = [
                (document * MOST_PAGES + number, *_forms(text)) for number, text in pages.items()
            ]
            connection.executemany("INSERT INTO page (id, exact, folded) VALUES (?, ?, ?)", rows)
            connection.executemany(
                "INSERT INTO words (rowid, exact, folded) VALUES (?, ?, ?)", rows
            )

    def forget(self, documents: Iterable[str]) -> None:
        """See SearchIndex. Raises: sqlite3.Error."""
        with _writing, closing(self._open()) as connection:
            with connection:
                removed = self._remove(connection, documents)
            if removed:
                # The old words stay in segments until they are merged, and in the log of writes.
                with connection:
                    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def known(self) -> set[str]:
        """See SearchIndex. Raises: sqlite3.Error."""
        with _writing, closing(self._open()) as connection:
            return {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM document")}

    def remove(self) -> None:
        """See SearchIndex."""
        with _writing:
            for file in self._path.parent.glob(f"{self._path.name}*"):
                file.unlink(missing_ok=True)

    def find(self, query: str, documents: Iterable[str], most: int) -> list[Hit]:
        """See SearchIndex. Empty while there is no index. Raises: sqlite3.Error."""
        wanted = query_tokens(query)
        if not wanted or not self._path.exists():
            return []
        exact, folded = (" ".join(form) for form in zip(*wanted, strict=True))
        every = " AND ".join(f'folded : "{word}"' for word in {one.folded for one in wanted})
        steps = (
            (Closeness.EXACT_PHRASE, f'exact : "{exact}"'),
            (Closeness.PHRASE, f'folded : "{folded}"'),
            (Closeness.WORDS, every),
        )
        found: dict[int, Closeness] = {}
        uri = f"{self._path.as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
            ends = time.monotonic() + MOST_SECONDS
            connection.set_progress_handler(lambda: time.monotonic() > ends, 10_000)
            names = msgspec.json.encode(list(documents)).decode()
            within = dict(connection.execute(_WITHIN, [names]).fetchall())
            numbers = msgspec.json.encode(list(within)).decode()
            for closeness, match in steps if len(wanted) > 1 else steps[:2]:
                if len(found) >= most:
                    break
                for (row,) in connection.execute(_FIND, [match, MOST_PAGES, numbers, most]):
                    found.setdefault(row, closeness)
        return [
            Hit(within[row // MOST_PAGES], row % MOST_PAGES, closeness)
            for row, closeness in list(found.items())[:most]
        ]

    def _open(self) -> sqlite3.Connection:
        """A connection that writes; makes the tables, again after a change of RECIPE."""
        connection = sqlite3.connect(self._path, timeout=10)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        (recipe,) = connection.execute("PRAGMA user_version").fetchone()
        if recipe != RECIPE:
            connection.executescript(_TABLES + f"PRAGMA user_version = {RECIPE};")
        return connection

    @staticmethod
    def _remove(connection: sqlite3.Connection, documents: Iterable[str]) -> int:
        removed = 0
        for sha256 in documents:
            row = connection.execute("SELECT id FROM document WHERE sha256 = ?", [sha256])
            for (document,) in row.fetchall():
                span = [document * MOST_PAGES, (document + 1) * MOST_PAGES - 1]
                connection.execute(_REMOVE_WORDS, span)
                connection.execute("DELETE FROM page WHERE id BETWEEN ? AND ?", span)
                connection.execute("DELETE FROM document WHERE id = ?", [document])
                removed += 1
        return removed


def _forms(text: str) -> tuple[str, str]:
    """A text as the columns `exact` and `folded` hold it."""
    words = tokens(text)
    return " ".join(word.exact for word in words), " ".join(word.folded for word in words)


_TABLES = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS page;
DROP TABLE IF EXISTS document;
CREATE TABLE document (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE);
CREATE TABLE page (id INTEGER PRIMARY KEY, exact TEXT NOT NULL, folded TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    exact, folded, content='page', content_rowid='id', tokenize="unicode61 remove_diacritics 0"
);
"""
_REMOVE_WORDS = """
INSERT INTO words (words, rowid, exact, folded)
SELECT 'delete', id, exact, folded FROM page WHERE id BETWEEN ? AND ?
"""
_WITHIN = "SELECT id, sha256 FROM document WHERE sha256 IN (SELECT value FROM json_each(?))"
_FIND = """
SELECT rowid FROM words
WHERE words MATCH ? AND rowid / ? IN (SELECT value FROM json_each(?))
ORDER BY rank LIMIT ?
"""
