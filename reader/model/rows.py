"""What the library answers with: just enough of a thing to show it.

Named tuples, because a start makes one of every issue (20,000 in 20 ms), and because a class of
them takes a fifth of the time that a dataclass takes to come into being.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.model.block import Blocks
from reader.model.issue import Issue
from reader.model.story import State, Story

if TYPE_CHECKING:
    from reader.model.correction import Correction


class NewsletterRow(NamedTuple):
    """A line of the newsletter filter."""

    key: str
    name: str
    issues: int
    unread: int
    """How many of its issues have a story that is not read."""
    icon: str = ""
    """A character that the reader chose for it."""
    colour: str = ""
    """The name of a colour that the reader chose for it."""
    group: str = ""
    """The name of the group that the reader put it in; "" for none."""


class IssueRow(NamedTuple):
    """A line of the issue list."""

    key: str
    newsletter: str
    label: str
    """The newsletter's name and the number ("Import AI 219"), or the title where there is no number."""
    summary: str
    """One line of what is in it: the issue's title without the label, else its first stories' titles.

    Where the label is a title, the newsletter's name stands before that.
    """
    published: str
    stories: int
    read: int
    starred: int

    @property
    def unread(self) -> bool:
        """Whether a story of it is not read."""
        return self.read < self.stories


class StoryRow(NamedTuple):
    """A line of the outline, or of a list of stories."""

    key: str
    issue: str
    issue_label: str
    newsletter: str
    """The newsletter's name as it is shown."""
    title: str
    dek: str
    section: str
    position: int
    """Its number in the issue, from 1."""
    words: int
    links: int
    published: str
    url: str
    state: State

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 230 words a minute; never 0."""
        return max(1, round(self.words / 230))


class Hit(NamedTuple):
    """A story that a search found."""

    story: StoryRow
    snippet: str
    """A piece of its text around what was found, on one line."""
    marks: tuple[tuple[int, int], ...] = ()
    """The spans of the snippet that were searched for."""


class Outline(NamedTuple):
    """The stories of an issue, and the issue itself."""

    issue: Issue
    newsletter_name: str
    label: str
    stories: tuple[StoryRow, ...]
    has_opening: bool = False
    """Whether words stand before the first story."""
    has_closing: bool = False
    """Whether words stand after the last story."""
    copies: int = 1
    """In how many places it was found."""
    is_edited: bool = False
    """Whether its text is another than when it was read, and the reader has not seen what changed."""
    edited: frozenset[str] = frozenset()
    """The keys of the stories that were edited since."""


class StoryPage(NamedTuple):
    """A story with its body, ready to be laid out, exported or copied."""

    row: StoryRow
    story: Story
    issue: Issue
    newsletter_name: str
    issue_label: str
    body: Blocks
    total: int
    """How many stories the issue has."""


class IssuePage(NamedTuple):
    """An issue as it was published: all its blocks, and where its stories begin in their text."""

    issue: Issue
    newsletter_name: str
    label: str
    blocks: Blocks
    stories: tuple[Story, ...]
    states: Mapping[str, State] = MappingProxyType({})
    corrections: "tuple[Correction, ...]" = ()
    """What the reader corrected of where they begin."""


class Counts(NamedTuple):
    """How much the library holds."""

    newsletters: int = 0
    issues: int = 0
    stories: int = 0
    unread: int = 0
    starred: int = 0


class Overview(NamedTuple):
    """What the window shows first."""

    newsletters: list[NewsletterRow]
    months: list[tuple[str, int]]
    """Each month ("2020-10", or "" for the undated) and how many issues it has, the newest first."""
    counts: Counts
    first: list[IssueRow]
    """The newest issues, in the order of the list."""
