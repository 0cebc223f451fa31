"""Texts in all their forms to issues of stories: pure functions, no input or output."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

from reader.model import Blocks, Head, Issue, ParsedIssue, RawIssue, is_one_story, text_of
from reader.model.form import form_named
from reader.parsing.dates import read_published
from reader.parsing.excess import blocks_as_written, is_excess
from reader.parsing.front_matter import FrontMatter
from reader.parsing.heads import hosts_of, read_facts, read_head, url_of
from reader.parsing.html import html_blocks
from reader.parsing.inside import kept_apart
from reader.parsing.keys import issue_key
from reader.parsing.links import clean_image
from reader.parsing.markdown import markdown_blocks, plain_blocks
from reader.parsing.naming import name_newsletters
from reader.parsing.source import mended
from reader.parsing.source_forms import as_markdown
from reader.parsing.split import split
from reader.parsing.stories import stories_of
from reader.parsing.structured import read_structured
from reader.parsing.text import is_cut
from reader.parsing.tracking import cleaned, untracked

__all__ = ["parse"]

_BODIES = ("excerpt", "text", "content", "description", "summary")
"""Keys of front matter under which some tools put the text itself."""
_SAME = 120
"""Letters and digits that a text has in common with the body when it is the body."""
_NOT_LETTERS = re.compile(r"[\W_]+")


def parse(raw: RawIssue) -> ParsedIssue:
    """Return an issue with its stories; there is no text that cannot be read.

    1. What the issue says of itself, and its body, come apart.
    2. The body becomes blocks; where there is none, what the front matter holds of it does. Pictures that are
       inside the text come apart.
    3. Its links lose what counts the reader.
    4. The blocks are healed and cut into pieces.
    5. The issue gets its newsletter, its key and its facts.
    6. Pieces become stories with keys, links and a count of words.
    """
    head = read_head(raw)
    front, blocks = _read(raw)
    blocks, inside = kept_apart(blocks or _held(front.meta))
    blocks, originals = untracked(blocks, hosts_of(front.meta))
    healed = split(blocks, head.title, form_named(raw.form), one_story=is_one_story(front.meta))
    newsletter, name = _newsletter(raw, head)
    issue = _issue(raw, head, front, healed.blocks)
    issue = replace(
        issue, newsletter=newsletter, key=issue_key(newsletter, head.number, raw.location or raw.name)
    )
    stories = stories_of(issue.key, healed.blocks, healed.stories)
    warnings = (*raw.warnings, *front.warnings)
    company = str(healed.company or "")
    return ParsedIssue(
        issue, name, healed.blocks, stories, warnings, str(healed.form), company, originals, inside
    )


def _read(raw: RawIssue) -> tuple[FrontMatter, Blocks]:
    if raw.markup == "json" and not is_excess(raw.text, raw.markup):
        meta, blocks = read_structured(raw.text)
        return FrontMatter(meta, raw.text), blocks
    front = read_facts(raw)
    if is_excess(front.body, raw.markup):
        return front, blocks_as_written(front.body, raw.markup)
    if raw.markup == "html":
        return front, html_blocks(front.body)
    if raw.markup == "text":
        return front, plain_blocks(front.body)
    return front, markdown_blocks(mended(as_markdown(front.body, raw.markup)))


def _held(meta: Mapping[str, str]) -> Blocks:
    """Return the text of an issue that has no body, as its front matter holds it."""
    text = max((meta.get(key, "") for key in _BODIES), key=len)
    return blocks_as_written(text, "markdown") if is_excess(text, "markdown") else markdown_blocks(text)


def _newsletter(raw: RawIssue, head: Head) -> tuple[str, str]:
    """Return the key and the name of the newsletter an issue belongs to."""
    if raw.newsletter_key:
        return raw.newsletter_key, raw.newsletter or raw.newsletter_key
    return name_newsletters([head])[head.location]


def _issue(raw: RawIssue, head: Head, front: FrontMatter, blocks: Blocks) -> Issue:
    meta = front.meta
    published, _ = read_published(meta, raw.location or raw.name)
    last = next((block.text for block in reversed(blocks) if block.text.strip()), "")
    return Issue(
        key="",
        newsletter="",
        title=head.title,
        number=head.number,
        published=published,
        author=head.author,
        url=cleaned(url_of(meta)),
        image=clean_image(meta.get("image", "")),
        location=raw.location,
        digest=raw.digest,
        truncated=is_cut(last),
        meta=_rest(meta, blocks),
    )


def _rest(meta: Mapping[str, str], blocks: Blocks) -> dict[str, str]:
    """Return what else the front matter says; the body said a second time is left out."""
    body = _letters(text_of(blocks), 400)
    return {key: value for key, value in meta.items() if not (key in _BODIES and _repeats(value, body))}


def _repeats(value: str, body: str) -> bool:
    said = _letters(value, 400)
    return len(said) > 60 and (said in body or said[:_SAME] in body)


def _letters(text: str, most: int) -> str:
    return _NOT_LETTERS.sub("", unescape(text[: 8 * most]))[:most].casefold()
