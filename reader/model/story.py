"""A story: the unit that is read, starred, found and exported; and what the reader did with it."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from reader.model.block import Block, Blocks, leave_out, outdented

Span = tuple[int, int]
"""Two positions in the text of the issue: where something begins, and where it has ended."""


class Link(NamedTuple):
    """A link of a story."""

    url: str
    text: str
    source: bool = False
    """Whether the story cites it ("Read more: …") rather than mentions it. A source's url may be ""."""


class Story(NamedTuple):
    """One item of an issue: a range of the issue's text, and what is known of it. It never changes."""

    key: str
    """Equal on two machines that never spoke: issue key, "#", a slug of the title, a fingerprint."""
    title: str
    start: int
    end: int
    heads: tuple[Span, ...] = ()
    """The spans, inside start to end, that are title and dek and so no part of the body."""
    dek: str = ""
    section: str = ""
    """The headings above it, outermost first, joined by " / "."""
    title_derived: bool = False
    """Whether the issue gives it no title; the title is then its first sentence."""
    sponsored: bool = False
    words: int = 0
    """Of the body; a CJK character counts as half a word."""
    url: str = ""
    """Where the story leads: the link of its title, else its first source, else ""."""
    links: tuple[Link, ...] = ()

    def body(self, blocks: tuple[Block, ...]) -> Blocks:
        """Return its body, given the blocks of its issue."""
        return outdented(leave_out(blocks, self.start, self.end, self.heads))


class State(NamedTuple):
    """What the reader has done with a story. It outlives the story's text and may arrive before it."""

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    position: int = 0
    """How far the reader came: a position counted from the start of the story's body."""
    starred_at: str = ""
    """When it was starred: ISO 8601, UTC; "" when it is not starred."""
    read_at: str = ""


NOTHING_DONE = State()


def united(one: State, other: State) -> State:
    """Return the state of a story of which there are two: whatever was done with either was done with it.

    The earlier of two times counts, and two notes stand one below the other.
    """
    notes = dict.fromkeys(note for note in (one.note, other.note) if note.strip())
    return State(
        read=one.read or other.read,
        starred=one.starred or other.starred,
        tags=tuple(sorted({*one.tags, *other.tags})),
        note="\n\n".join(notes),
        position=max(one.position, other.position),
        starred_at=_earlier(one.starred_at, other.starred_at),
        read_at=_earlier(one.read_at, other.read_at),
    )


def _earlier(*times: str) -> str:
    return min(filter(None, times), default="")


_ADDRESS = 64
"""Characters of an address that are shown."""
_DOTS = r"^[\s….]+|[\s…]+$|\s*\.{3}\s*$"


def shown_title(title: str) -> str:
    """Return a title as it is shown: on one line, without the colon that led on to the text; never ""."""
    return " ".join(title.split()).rstrip(":： ") or "Untitled"


def shown_dek(dek: str) -> str:
    """Return a dek as it is shown: on one line, without the dots that stood around it."""
    return re.sub(_DOTS, "", " ".join(dek.split())).strip()


def shown_address(url: str) -> str:
    """Return "example.org/maps" for an address of the web; "" for any other."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # "http://["
        return ""
    place = unquote(f"{host.removeprefix('www.')}{parts.path}").rstrip("/") if host else ""
    return place if len(place) <= _ADDRESS else f"{place[:_ADDRESS]}…"
