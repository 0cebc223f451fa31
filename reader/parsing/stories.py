"""Stories out of the pieces an issue was split into: each with its key, its links and its words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from reader.model import OBJECT, Block, Blocks, Kind, Link, Run, Span, Story, leave_out, starts_of, text_of
from reader.parsing.keys import story_keys
from reader.parsing.split import Piece
from reader.parsing.split.words import CITING
from reader.parsing.text import word_count

_HREF = attrgetter("href")
_LABEL = re.compile(rf"{CITING}\s*[:：]\s*")


def stories_of(issue: str, blocks: Blocks, pieces: Sequence[Piece]) -> tuple[Story, ...]:
    """Return the stories of the issue with a key, given its blocks and the pieces they were split into."""
    starts = starts_of(blocks)
    parts = [within(blocks, starts, piece.start, piece.end) for piece in pieces]
    texts = [text_of(_body(part, piece, at)) for piece, (part, at) in zip(pieces, parts, strict=True)]
    keys = story_keys(issue, [(piece.title, text) for piece, text in zip(pieces, texts, strict=True)])
    return tuple(
        _story(key, piece, part, text)
        for key, piece, part, text in zip(keys, pieces, parts, texts, strict=True)
    )


def within(blocks: Blocks, starts: Sequence[int], start: int, end: int) -> tuple[Blocks, int]:
    """Return the blocks that lie in a range of an issue's text, and the position of the first.

    `starts` are the positions of all its blocks, so that a look at each of many stories is not
    a walk over all blocks.
    """
    first = max(bisect_right(starts, start) - 1, 0)
    return blocks[first : bisect_left(starts, end, first + 1)], starts[first] if starts else 0


def _body(part: Blocks, piece: Piece, at: int) -> Blocks:
    heads = [(start - at, end - at) for start, end in piece.heads]
    return leave_out(part, piece.start - at, piece.end - at, heads)


def _story(key: str, piece: Piece, part: tuple[Blocks, int], text: str) -> Story:
    blocks, at = part
    links = tuple(_links(blocks))
    return Story(
        key=key,
        title=piece.title,
        start=piece.start,
        end=piece.end,
        heads=piece.heads,
        dek=piece.dek,
        section=piece.section,
        title_derived=piece.title_derived,
        sponsored=piece.sponsored,
        words=word_count(text),
        url=_leads_to(blocks, [(start - at, end - at) for start, end in piece.heads], links),
        links=links,
    )


def _links(blocks: Blocks) -> Iterator[Link]:
    """Yield every link, once for each place; a source without one is a link that leads nowhere."""
    for block in blocks:
        source = block.kind is Kind.SOURCE
        found = False
        for href, runs in groupby(block.all_runs, key=_HREF):
            if href and (text := _words(runs)):
                found = True
                yield Link(href, text, source)
        if source and not found:
            yield Link("", _LABEL.sub("", block.text.strip(), 1).rstrip(". \xa0"), source=True)


def _words(runs: Iterable[Run]) -> str:
    return " ".join("".join([run.text or run.alt for run in runs]).replace(OBJECT, " ").split())


def _leads_to(blocks: Blocks, heads: Sequence[Span], links: Sequence[Link]) -> str:
    if heads and (url := _url_within(blocks, *heads[0])):
        return url
    return next((link.url for link in links if link.source and link.url), "")


def _url_within(blocks: Sequence[Block], start: int, end: int) -> str:
    at = 0
    for block in blocks:
        if at >= end:
            break
        for run in block.runs:
            if run.href and at < end and at + len(run.text) > start:
                return run.href
            at += len(run.text)
        at += 1 if not block.rows else len(block.text) + 1
    return ""
