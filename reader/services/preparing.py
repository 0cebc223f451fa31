"""Making an issue ready to be stored: what can be done before the writing thread has it, in any process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reader.model import IssuePage, ParsedIssue
from reader.parsing.heads import domain_of
from reader.parsing.numbers import number_in_title
from reader.parsing.split import Split
from reader.parsing.stories import stories_of
from reader.store.prepared import Mark, Prepared, prepare


def split_again(page: IssuePage, found: Split) -> ParsedIssue:
    """Return an issue of the library with the stories of another split of its blocks."""
    return ParsedIssue(
        page.issue,
        page.newsletter_name,
        found.blocks,
        stories_of(page.issue.key, found.blocks, found.stories),
        form=str(found.form),
        company=str(found.company or ""),
    )


def prepared(parsed: ParsedIssue) -> Prepared:
    """Return an issue as it is stored: its blocks are packed, so that another process has it soon."""
    ready = prepare(parsed, _marks(parsed))
    return replace(ready, parsed=replace(parsed, blocks=()))


def _marks(parsed: ParsedIssue) -> frozenset[Mark]:
    """Return what other issues of the newsletter may share with this one."""
    issue = parsed.issue
    prefix, _ = number_in_title(issue.title)
    folder = str(Path(issue.location).parent) if issue.location and "://" not in issue.location else ""
    return frozenset({("prefix", prefix), ("domain", domain_of(issue.meta)), ("folder", folder)})
