"""What `tearsheet split` prints: the issues of some files, and the stories each was split into."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from os import fspath
from pathlib import Path
from typing import Any

from reader.importers import folder, mail
from reader.model import Blocks, ParsedIssue, RawIssue, ReaderError, Story, cut, leave_out, starts_of
from reader.model.form import Form, form_named, shared_form
from reader.parsing import parse
from reader.parsing.split.page import letters
from reader.parsing.stories import within
from reader.parsing.text import plain_text


def split_files(paths: Sequence[str | Path], *, together: bool = False) -> Iterator[dict[str, Any]]:
    """Yield one object for each file, in order, as JSON has it; one that cannot be read has an "error".

    If the files are split `together`, they are the issues of one newsletter, and most decide the odd one.
    """
    form = _shared(paths) if together else ""
    for path in paths:
        yield split_file(path, form)


def _shared(paths: Iterable[str | Path]) -> str:
    """Return the form that most of the files have; "" where none is that of most."""
    found: list[Form] = []
    for path in paths:
        with suppress(ReaderError):
            found += filter(None, [form_named(parse(_read(fspath(path))).form)])
    return str(shared_form(found) or "")


def split_file(path: str | Path, form: str = "") -> dict[str, Any]:
    """Return a file's issue and its stories as JSON has them, texts plain; `form` is as RawIssue has it."""
    name = fspath(path)
    try:
        parsed = parse(_read(name)._replace(form=form))
    except ReaderError as error:
        return {"file": name, "error": str(error), "stories": []}
    return described(name, parsed)


def _read(name: str) -> RawIssue:
    reads = mail.importer if mail.importer.accepts(name) and not Path(name).is_dir() else folder.importer
    return reads.read(name)


def described(name: str, parsed: ParsedIssue) -> dict[str, Any]:
    """Return a file's issue and its stories as JSON has them."""
    issue = parsed.issue
    starts = starts_of(parsed.blocks)
    opening, closing = _around(parsed, starts)
    return {
        "file": name,
        "title": issue.title,
        "date": issue.published or None,
        "truncated": issue.truncated,
        "intro": _untitled(parsed, opening),
        "outro": _untitled(parsed, closing),
        "stories": [_story(parsed.blocks, starts, story) for story in parsed.stories],
    }


def _around(parsed: ParsedIssue, starts: Sequence[int]) -> tuple[Blocks, Blocks]:
    """Return what stands before the first story, and all that stands in none after it."""
    blocks = parsed.blocks
    told = [story.end for story in parsed.stories]
    following = [story.start for story in parsed.stories[1:]]
    gaps = zip(told, [*following, sys.maxsize], strict=False)  # where no story ends, no gap begins
    closing = (_between(blocks, starts, start, end) for start, end in gaps)
    return _between(blocks, starts, 0, parsed.opening_end), tuple(chain.from_iterable(closing))


def _untitled(parsed: ParsedIssue, blocks: Blocks) -> str:
    """Return the text of some blocks without the lines that only name the issue or a section."""
    sections = (name for story in parsed.stories for name in story.section.split(" / "))
    names = {letters(name) for name in (parsed.issue.title, *sections)}
    return plain_text([block for block in blocks if letters(block.text) not in names])


def _between(blocks: Blocks, starts: Sequence[int], start: int, end: int) -> Blocks:
    part, at = within(blocks, starts, start, end)
    return cut(part, start - at, end - at) if start < end else ()


def _story(blocks: Blocks, starts: Sequence[int], story: Story) -> dict[str, Any]:
    part, at = within(blocks, starts, story.start, story.end)
    heads = [(start - at, end - at) for start, end in story.heads]
    return {
        "title": story.title,
        "title_derived": story.title_derived,
        "dek": story.dek or None,
        "section": story.section or None,
        "sponsored": story.sponsored,
        "text": plain_text(leave_out(part, story.start - at, story.end - at, heads)),
        "links": [{"url": link.url, "text": link.text} for link in story.links],
    }
