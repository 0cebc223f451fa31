"""Beginnings that too many words have: what a search asks for instead of them while somebody types.

FTS5 gathers every place of every word that begins with "t" before it tells the first of them, which
takes 0.2 s in a large library. So the index notes which beginnings are that wide, and which words they
mostly stand for; those it finds at once.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
import time
from collections.abc import Iterator

SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(found, row);
CREATE TABLE IF NOT EXISTS wide (prefix TEXT PRIMARY KEY, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
_WIDE = 4000
"""Stories, counted once for each word that a beginning stands for."""
_WORDS = 12
_LONGEST = 8
"""Characters: what is longer than this stands for few words."""
_TERMS = "SELECT term, doc FROM vocabulary WHERE term > ? ORDER BY term"


class _Prefix:
    """A beginning, while the words that have it go by."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._stories = 0
        self._words: list[tuple[int, str]] = []

    def add(self, word: str, stories: int) -> None:
        self._stories += stories
        if len(self._words) < _WORDS:
            heapq.heappush(self._words, (stories, word))
        else:
            heapq.heappushpop(self._words, (stories, word))

    @property
    def row(self) -> tuple[str, str] | None:
        """What is noted of it; nothing when it is narrow, or one word is all that has it."""
        words = [word for _, word in sorted(self._words, reverse=True)]
        if self._stories < _WIDE or words == [self.text]:
            return None
        return self.text, json.dumps([self.text, *(word for word in words if word != self.text)])


class Survey:
    """Goes through the vocabulary of an index, a slice at a time, and notes the wide beginnings."""

    def __init__(self) -> None:
        self._last = ""
        self._open: list[_Prefix] = []

    def go_on(self, connection: sqlite3.Connection, until: float) -> bool:
        """Look at words until that time; return whether some are left."""
        found: list[tuple[str, str]] = []
        words = connection.execute(_TERMS, (self._last,))
        ended = True
        for word, stories in words:
            found += self._see(word, stories)
            if time.perf_counter() > until:
                ended = False
                break
        words.close()
        if ended:
            found += self._closed("")
        connection.executemany("INSERT OR REPLACE INTO wide VALUES (?, ?)", found)
        return not ended

    def _see(self, word: str, stories: int) -> list[tuple[str, str]]:
        found = list(self._closed(word))
        for length in range(len(self._open) + 1, min(len(word), _LONGEST) + 1):
            self._open.append(_Prefix(word[:length]))
        for prefix in self._open:
            prefix.add(word, stories)
        self._last = word
        return found

    def _closed(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield what is noted of the beginnings that this word and all later ones do not have."""
        while self._open and not (word and word.startswith(self._open[-1].text)):
            if row := self._open.pop().row:
                yield row


def words(connection: sqlite3.Connection, prefix: str) -> list[str] | None:
    """Return the words that a wide beginning mostly stands for; None when it is narrow."""
    row = connection.execute("SELECT words FROM wide WHERE prefix = ?", (prefix,)).fetchone()
    return list(json.loads(row[0])) if row else None
