"""What a reader asks for: words and filters, as typed in the search field."""

import re
from typing import NamedTuple

_WORD = r"""
    (?P<field>is|newsletter|tag):(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))
    | "(?P<phrase>[^"]*)"?
    | (?P<word>\S+)
"""
"""What is typed is read with it seldom: a start does not compile it."""


class Query(NamedTuple):
    """Words that must all be found, and what the story must be besides."""

    terms: tuple[str, ...] = ()
    """Words and "quoted phrases"; the last word may be a beginning (see `prefix`)."""
    prefix: bool = True
    """Whether the last term may go on: it was not closed by a space or a quote."""
    starred: bool | None = None
    read: bool | None = None
    newsletter: str = ""
    """A part of the newsletter's name or its key, in any case."""
    tag: str = ""

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.terms or self.newsletter or self.tag) and self.starred is None and self.read is None


def parse_query(text: str) -> Query:
    """Read what was typed: `chip design is:starred newsletter:"import ai"`. Nothing typed is an error."""
    terms: list[str] = []
    prefix = False
    starred: bool | None = None
    read: bool | None = None
    names = {"newsletter": "", "tag": ""}
    for match in re.finditer(_WORD, text, re.VERBOSE):
        field, value = match["field"], match["quoted"] or match["plain"] or ""
        prefix = False
        if field == "is" and value in ("starred", "unstarred"):
            starred = value == "starred"
        elif field == "is" and value in ("read", "unread"):
            read = value == "read"
        elif field in names:
            names[field] = value
        elif match["phrase"]:
            terms.append(match["phrase"])
        elif match["word"]:
            terms.append(match["word"])
            prefix = match.end() == len(text)
    return Query(tuple(terms), prefix, starred, read, names["newsletter"], names["tag"])
