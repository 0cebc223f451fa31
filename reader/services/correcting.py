"""The reader's last word: what a correction is made of, and where else in the newsletter it would apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.model import Blocks, IssuePage, IssueRow, Kind, Span, Story, text_of
from reader.model.anchors import Anchors, anchor_of
from reader.model.correction import Correction
from reader.parsing.split import Piece
from reader.parsing.split.corrected import corrected, story_of
from reader.parsing.split.page import Line, letters, lines_of
from reader.parsing.stories import stories_of
from reader.services.borders import begins, near_of, same_place
from reader.services.library import Library

_GONE = {
    "merge": "A story that you merged with the one before",
    "split": "The place where you began a story",
    "rename": "A story that you renamed",
    "outside": "A story that you took out",
}
_SHOWN = 30
"""Letters that tell which story is meant."""


class Preview(NamedTuple):
    """What a correction would make of another issue."""

    issue: IssueRow
    before: tuple[str, ...]
    """The titles of its stories now."""
    after: tuple[str, ...]
    """The titles that they would have."""
    corrections: tuple[Correction, ...]
    """All corrections of that issue, those that are offered among them."""


class Offer(NamedTuple):
    """The issues of a newsletter that a correction of one of them would change too."""

    issues: tuple[Preview, ...] = ()


def cut_stories(
    issue: str, blocks: Blocks, found: Sequence[Story], corrections: Sequence[Correction]
) -> tuple[Story, ...]:
    """Return the stories of an issue, given its key, those that the splitter found, and the corrections."""
    pieces, _ = corrected(blocks, [piece_of(story) for story in found], corrections)
    return stories_of(issue, blocks, pieces)


def gone_corrections(page: IssuePage) -> list[str]:
    """Return a sentence for each correction whose words an issue, as the splitter left it, has no more."""
    _, gone = corrected(page.blocks, list(map(piece_of, page.stories)), page.corrections)
    named = [(_GONE[one.kind], one.title or f"{one.at[:_SHOWN]}…") for one in gone if one.kind in _GONE]
    return [f"{what} (“{words}”) is not found: its words are gone. It is kept." for what, words in named]


def piece_of(story: Story) -> Piece:
    """Return a story as the splitter has it."""
    return Piece(
        story.start,
        story.end,
        story.title,
        story.heads,
        story.dek,
        story.section,
        story.title_derived,
        story.sponsored,
    )


def others_like(
    library: Library,
    issue_key: str,
    correction: Correction,
    cancelled: Callable[[], bool] = lambda: False,
) -> Offer:
    """Return what would become of the newsletter's other issues if the same were done there.

    The same is done to every story of the same title; where a story was begun, every line of the same
    words begins one. Nothing is offered once `cancelled` answers True: it is asked for each issue.
    """
    page = library.as_found(issue_key)
    places = _places(page, correction) if page else None
    if page is None or places is None:
        return Offer()
    previews: list[Preview] = []
    for row in library.issues(newsletter=page.issue.newsletter):
        if cancelled():
            return Offer()
        if row.key != issue_key and (preview := _preview(library, row, correction, places)):
            previews.append(preview)
    return Offer(tuple(previews))


class _Places(NamedTuple):
    """What the places have in common at which a correction applies."""

    title: str = ""
    """The letters of the title that the story has."""
    line: str = ""
    """The words that the line begins with."""

    def may_be_in(self, library: Library, issue_key: str) -> bool:
        """Tell, soon, whether an issue may have such a place."""
        return bool(self.line) or self.title in map(letters, library.titles(issue_key))

    def of(self, page: IssuePage) -> list[Span]:
        """Return the places of an issue: each with where the story ends that it begins, or would begin."""
        if self.title:
            return [(one.start, one.end) for one in page.stories if letters(one.title) == self.title]
        text = text_of(page.blocks)
        if self.line not in text:
            return []
        lines = [line for line in lines_of(page.blocks) if _opening_words(line) == self.line]
        return [(line.start, len(text)) for line in lines if not begins(page, text, line.start)]


def _places(page: IssuePage, correction: Correction) -> _Places | None:
    """Return by what a correction's place is known again in another issue; None where it is like no other."""
    known = [other for other in page.corrections if not same_place(correction, other)]
    pieces, _ = corrected(page.blocks, [piece_of(story) for story in page.stories], known)
    if correction.kind != "split":
        story = story_of(page.blocks, pieces, correction)
        return _Places(title=letters(story.title)) if story and letters(story.title) else None
    text = text_of(page.blocks)
    place = Anchors(text).found(correction.at, correction.near)
    line = next(
        (line for line in lines_of(page.blocks) if place is not None and line.start <= place < line.end), None
    )
    if line is None or place is None or letters(text[line.start : place]) or not _opening_words(line):
        return None
    places = _Places(line=_opening_words(line))
    here = page._replace(stories=stories_of(page.issue.key, page.blocks, pieces))
    return places if len(places.of(here)) == 1 else None


def _opening_words(line: Line) -> str:
    """Return the bold words that a line opens with, else all of it; "" where it has no words of its own."""
    if line.block.rows or line.block.kind is Kind.CODE or not letters(line.text):
        return ""
    if line.bold is None:
        return line.text
    start, end = line.bold
    return line.whole[start:end].strip()


def _preview(library: Library, row: IssueRow, correction: Correction, places: _Places) -> Preview | None:
    """Return what a correction would make of another issue; None where it changes nothing."""
    found = library.as_found(row.key) if places.may_be_in(library, row.key) else None
    if found is None:
        return None
    text = text_of(found.blocks)
    page = library.whole(row.key) if found.corrections else found
    if page is None:
        return None
    own = [
        correction._replace(at=anchor_of(text, start, end), near=near_of(start, len(text)))
        for start, end in places.of(page)
    ]
    wanted = (*page.corrections, *own)
    pieces, _ = corrected(page.blocks, [piece_of(story) for story in found.stories], wanted)
    before, after = tuple(story.title for story in page.stories), tuple(piece.title for piece in pieces)
    return Preview(row, before, after, wanted) if before != after else None
