"""The words of the field: newsletters, issues, stories, and what the reader has done with them."""

from reader.model.block import OBJECT, Block, Blocks, Kind, Mark, Run, cut, leave_out, starts_of, text_of
from reader.model.change import Change
from reader.model.errors import (
    ExporterError,
    ImporterError,
    NotFoundError,
    ParsingError,
    ReaderError,
    StoreError,
)
from reader.model.issue import Head, Issue, KnownNewsletter, Markup, ParsedIssue, RawIssue
from reader.model.query import Query, parse_query
from reader.model.rows import (
    Counts,
    Hit,
    IssuePage,
    IssueRow,
    NewsletterRow,
    Outline,
    Overview,
    StoryPage,
    StoryRow,
)
from reader.model.story import NOTHING_DONE, Link, Span, State, Story, shown_address, shown_dek, shown_title

__all__ = [
    "NOTHING_DONE",
    "OBJECT",
    "Block",
    "Blocks",
    "Change",
    "Counts",
    "ExporterError",
    "Head",
    "Hit",
    "ImporterError",
    "Issue",
    "IssuePage",
    "IssueRow",
    "Kind",
    "KnownNewsletter",
    "Link",
    "Mark",
    "Markup",
    "NewsletterRow",
    "NotFoundError",
    "Outline",
    "Overview",
    "ParsedIssue",
    "ParsingError",
    "Query",
    "RawIssue",
    "ReaderError",
    "Run",
    "Span",
    "State",
    "StoreError",
    "Story",
    "StoryPage",
    "StoryRow",
    "cut",
    "leave_out",
    "parse_query",
    "shown_address",
    "shown_dek",
    "shown_title",
    "starts_of",
    "text_of",
]
