"""What stands on a story page, in the order it is read: pure data, no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reader.model import (
    Block,
    Blocks,
    IssuePage,
    Kind,
    Mark,
    Run,
    Story,
    StoryPage,
    shown_address,
    shown_dek,
    shown_title,
    starts_of,
)

if TYPE_CHECKING:
    from reader.ui.story.borders import Border

NOWHERE = -1
"""The start of a passage that is no part of the text that positions count in."""

_KEPT = "\u00a0"
_SHORT = 24
_BETWEEN = "\u00a0\u00a0·  "  # a line that breaks ends in the dot


class Role(StrEnum):
    """What a passage is on the page."""

    KICKER = "kicker"
    TITLE = "title"
    META = "meta"
    DEK = "dek"
    HEADING_1 = "heading 1"
    HEADING_2 = "heading 2"
    HEADING_3 = "heading 3"
    HEADING_4 = "heading 4"
    TEXT = "text"
    CODE = "code"
    TABLE = "table"
    WIDE_TABLE = "wide table"
    """A table that has more in its rows than the measure holds."""
    RULE = "rule"
    TERM = "term"
    DEFINITION = "definition"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    LABEL = "label"
    SOURCE = "source"
    NOTICE = "notice"
    MESSAGE = "message"


_ROLES = {
    Kind.PARAGRAPH: Role.TEXT,
    Kind.CODE: Role.CODE,
    Kind.TABLE: Role.TABLE,
    Kind.RULE: Role.RULE,
    Kind.TERM: Role.TERM,
    Kind.DEFINITION: Role.DEFINITION,
    Kind.CAPTION: Role.CAPTION,
    Kind.FOOTNOTE: Role.FOOTNOTE,
    Kind.SOURCE: Role.TEXT,
}
_HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)


Emphasis = tuple[int, int, Mark]
"""Two positions of the text, and how what stands between them is set off."""


class Passage(NamedTuple):
    """A block as it stands on the page."""

    role: Role
    block: Block
    start: int = NOWHERE
    """The position of its first character, where it is part of the text."""


class Sheet(NamedTuple):
    """Everything that a page shows."""

    passages: tuple[Passage, ...]
    location: str = ""
    """The file that the text came from: its images are beside it."""
    stories: tuple[tuple[int, int, str], ...] = ()
    """Of a whole issue: start, end and key of each story."""
    spans: tuple[Emphasis, ...] = ()
    """Of a whole issue: the titles and deks of its stories, by position."""
    root: str = ""
    """The folder that was opened, in which its images may lie."""
    borders: tuple[Border, ...] = ()
    """Of a whole issue: what is marked in its margin."""
    newsletter: str = ""
    """The key of the newsletter that it is from."""

    def at(self, index: int) -> Passage | None:
        """Return a passage as it is to be set: with the titles and deks in it set off; None beyond the ends.

        That is done as it is asked for, since an issue may have a thousand.
        """
        if not 0 <= index < len(self.passages):
            return None
        passage = self.passages[index]
        if passage.start == NOWHERE or not self.spans:
            return passage
        end = passage.start + len(passage.block.text)
        first = bisect_right(self.spans, passage.start, key=lambda span: span[1])
        last = bisect_left(self.spans, end, key=lambda span: span[0])
        return _set_off(passage, self.spans[first:last]) if first < last else passage

    @property
    def notes(self) -> Mapping[str, str]:
        """The words of the footnotes, by their labels."""
        notes = (passage.block for passage in self.passages if passage.role is Role.FOOTNOTE)
        return {note.marker: note.text for note in notes if note.marker}

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of its pictures, each once."""
        runs = (run for passage in self.passages for run in passage.block.all_runs)
        return tuple(dict.fromkeys(run.image for run in runs if run.image))

    @property
    def is_message(self) -> bool:
        """Whether it is a few words about there being nothing to read."""
        return bool(self.passages) and self.passages[0].role is Role.MESSAGE


def story_sheet(page: StoryPage) -> Sheet:
    """Lay out a story: kicker, title, dek, body, and its sources as a list at the end."""
    body = tuple(passages_of(page.body))
    cited = tuple(p._replace(role=Role.SOURCE) for p in body if p.block.kind is Kind.SOURCE)
    told = tuple(p for p in body if p.block.kind is not Kind.SOURCE)
    sources = (_line(Role.LABEL, "Sources" if len(cited) > 1 else "Source"), *cited) if cited else ()
    cut_here = page.issue.truncated and page.row.position == page.total
    return Sheet(
        (*_story_head(page), *told, *sources, *(_notice(page.issue.url) if cut_here else ())),
        page.issue.location,
        root=page.issue.root,
        newsletter=page.issue.newsletter,
    )


def issue_sheet(page: IssuePage) -> Sheet:
    """Lay out an issue as it was published, with the titles of its stories set off where they stand."""
    from reader.ui.story.borders import borders_of  # only who looks at whole issues needs it

    issue = page.issue
    minutes = max(1, round(sum(story.words for story in page.stories) / 230))
    count = len(page.stories)
    facts = (
        issue.author,
        shown_date(issue.published),
        f"{count} stories" if count > 1 else "",
        f"{minutes} min read",
    )
    body = tuple(passages_of(page.blocks))
    start = 0
    if _says(page.blocks, issue.title):
        title, body = body[0]._replace(role=Role.TITLE), body[1:]
        start = len(title.block.text)
    else:
        title = _line(Role.TITLE, shown_title(issue.title or page.label), issue.url)
    stories = tuple((story.start, story.end, story.key) for story in page.stories)
    notice = _notice(issue.url) if issue.truncated else ()
    passages = (title, meta_line(Role.META, facts), *body, *notice)
    spans, borders = _spans_of(page.stories), borders_of(page, start)
    return Sheet(passages, issue.location, stories, spans, issue.root, borders, issue.newsletter)


def text_sheet(title: str, blocks: Blocks, location: str = "", root: str = "", newsletter: str = "") -> Sheet:
    """Lay out a text that is no story: an issue's opening or closing."""
    head = (_line(Role.TITLE, shown_title(title)),) if title else ()
    return Sheet((*head, *passages_of(blocks)), location, root=root, newsletter=newsletter)


def message_sheet(message: str) -> Sheet:
    """Lay out a few words in the middle of an empty page; each line is a paragraph."""
    return Sheet(tuple(_line(Role.MESSAGE, line) for line in message.split("\n") if line))


def shown_date(published: str) -> str:
    """Return "19 October 2020" for an ISO date; what is no date is shown as it stands."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{day.day} {day:%B %Y}"


def _spans_of(stories: Sequence[Story]) -> tuple[Emphasis, ...]:
    """Return the titles and deks of stories, by position: the first of a story's heads is its title."""
    return tuple(
        sorted(
            (start, end, Mark.LEAD if number == 0 else Mark.ITALIC)
            for story in stories
            for number, (start, end) in enumerate(sorted(story.heads))
        )
    )


def _set_off(passage: Passage, spans: Sequence[Emphasis]) -> Passage:
    """Return a passage with the titles and deks in it set off where they stand."""
    block = passage.block
    if passage.role in (*_HEADINGS, Role.TITLE) or block.rows or block.kind is Kind.CODE:
        return passage
    if _covers(spans[0], passage) and not block.marker:
        if spans[0][2] is Mark.LEAD:
            return passage._replace(role=Role.HEADING_2)
        upright = tuple(replace(run, marks=run.marks & ~Mark.ITALIC) for run in block.runs)
        return passage._replace(role=Role.DEK, block=replace(block, runs=upright))
    runs = block.runs
    for start, end, mark in spans:
        runs = tuple(_marked(runs, start - passage.start, end - passage.start, mark))
    return passage._replace(block=replace(block, runs=runs))


def _covers(span: Emphasis, passage: Passage) -> bool:
    text = passage.block.text
    first, last = span[0] - passage.start, span[1] - passage.start
    return not text[: max(first, 0)].strip() and not text[max(last, 0) :].strip(" :…")


def _marked(runs: Sequence[Run], first: int, last: int, mark: Mark) -> Iterator[Run]:
    at = 0
    for run in runs:
        a, b = max(first - at, 0), min(last - at, len(run.text))
        at += len(run.text)
        if a >= b or run.image:
            yield run
            continue
        pieces = (
            (run.text[:a], run.marks),
            (run.text[a:b], run.marks | mark),
            (run.text[b:], run.marks),
        )
        yield from (replace(run, text=text, marks=marks) for text, marks in pieces if text)


def passages_of(blocks: Sequence[Block]) -> Iterator[Passage]:
    """Yield the blocks of a text as they stand on the page."""
    for block, start in zip(blocks, starts_of(blocks), strict=True):
        if block.kind is Kind.HEADING:
            yield Passage(_HEADINGS[min(max(block.level, 1), 4) - 1], block, start)
        else:
            yield Passage(_ROLES[block.kind], block, start)


def _story_head(page: StoryPage) -> Iterator[Passage]:
    row, story = page.row, page.story
    place = f"Story {row.position} of {page.total}" if page.total > 1 else ""
    kicker = (
        page.issue_label,
        row.section.rpartition(" / ")[2],
        "Sponsored" if story.sponsored else "",
        place,
        f"{row.minutes} min read" if row.words else "",
    )
    yield meta_line(Role.KICKER, kicker)
    # A derived title is the body's own first sentence, and would be read twice.
    if not story.title_derived:
        yield _line(Role.TITLE, shown_title(row.title), story.url)
    if dek := shown_dek(row.dek):
        yield _line(Role.DEK, dek)
    if address := shown_address(story.url):
        said = any(run.href == story.url for block in page.body for run in block.all_runs)
        yield from () if said else (_line(Role.META, address, story.url),)


def _notice(url: str) -> tuple[Passage, ...]:
    said = Run("This copy ends here.")
    if not url:
        return (Passage(Role.NOTICE, Block(runs=(said,))),)
    return (Passage(Role.NOTICE, Block(runs=(said, Run(" "), Run("Open the original.", href=url)))),)


def _says(blocks: Blocks, title: str) -> bool:
    """Whether the text begins with its own title as a heading."""
    first = blocks[0] if blocks else None
    return first is not None and first.kind is Kind.HEADING and shown_title(first.text) == shown_title(title)


def meta_line(role: Role, facts: Sequence[str]) -> Passage:
    """Return facts on one line, those that are empty left out."""
    # A line breaks between facts and not within one, unless that is a long one.
    kept = [fact.replace(" ", _KEPT) if len(fact) <= _SHORT else fact for fact in facts if fact]
    return _line(role, _BETWEEN.join(kept))


def _line(role: Role, text: str, href: str = "") -> Passage:
    return Passage(role, Block(runs=(Run(text, href=href),)))
