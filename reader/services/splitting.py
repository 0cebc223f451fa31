"""What `tearsheet split` prints: the issues of some files, and the stories each was split into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import fspath
from pathlib import Path
from typing import Any

from reader.importers import folder
from reader.model import Blocks, ParsedIssue, ReaderError, Story, cut
from reader.parsing import parse
from reader.parsing.text import plain_text


def split_files(paths: Iterable[str | Path]) -> Iterator[dict[str, Any]]:
    """Yield one object for each file, in order, as JSON has it; one that cannot be read has an "error"."""
    for path in paths:
        yield split_file(path)


def split_file(path: str | Path) -> dict[str, Any]:
    """Return a file's issue and its stories as JSON has them, texts plain."""
    name = fspath(path)
    try:
        parsed = parse(folder.read(name))
    except ReaderError as error:
        return {"file": name, "error": str(error), "stories": []}
    issue = parsed.issue
    opening, closing = _around(parsed)
    return {
        "file": name,
        "title": issue.title,
        "date": issue.published or None,
        "truncated": issue.truncated,
        "intro": plain_text(opening),
        "outro": plain_text(closing),
        "stories": [_story(parsed.blocks, story) for story in parsed.stories],
    }


def _around(parsed: ParsedIssue) -> tuple[Blocks, Blocks]:
    """Return what stands before the first story; and all that stands in none after it."""
    blocks, stories = parsed.blocks, parsed.stories
    opening = cut(blocks, 0, parsed.opening_end)
    ends: Sequence[int] = [story.start for story in stories[1:]]
    last = sum(len(block.text) + 1 for block in blocks)
    gaps = zip((story.end for story in stories), [*ends, last], strict=True)
    closing = tuple(block for start, end in gaps for block in cut(blocks, start, end) if end > start)
    return opening, closing


def _story(blocks: Blocks, story: Story) -> dict[str, Any]:
    return {
        "title": story.title,
        "title_derived": story.title_derived,
        "dek": story.dek or None,
        "section": story.section or None,
        "sponsored": story.sponsored,
        "text": plain_text(story.body(blocks)),
        "links": [{"url": link.url, "text": link.text} for link in story.links],
    }
