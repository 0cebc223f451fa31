"""An issue: one number of a newsletter, before and after it is split into stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reader.model.block import Blocks
from reader.model.story import NOTHING_DONE, State, Story

_PART = "::"
"""Parts a file's path from the name of one of the many issues that it holds."""

PASTED = "pasted:"
"""How the location of an issue begins that was pasted: it is no file that could be gone."""

ONE_STORY = "one_story"
"""The key of front matter that says that an issue is one story, whatever its text looks like."""

Markup = Literal["markdown", "rst", "org", "html", "text", "json"]


class RawIssue(NamedTuple):
    """An issue as an importer found it: one text, not yet understood."""

    location: str
    """The absolute path or address it came from."""
    name: str
    """The file's name, with its ending."""
    text: str
    markup: Markup = "markdown"
    newsletter: str = ""
    """The newsletter's name where the reader or the importer knows it."""
    newsletter_key: str = ""
    form: str = ""
    """How the newsletter's other issues are split, as ParsedIssue.form has it; "" where that is not known."""
    digest: str = ""
    """SHA-256 of the bytes it came as, in hexadecimal: equal means unchanged."""
    warnings: tuple[str, ...] = ()
    """What was odd about the bytes, in the reader's words."""
    meta: tuple[tuple[str, str], ...] = ()
    """What is known of the issue beside its text, as front matter would say it ("title", "date", "author",
    "link", …): it comes before what the text itself says."""
    state: State = NOTHING_DONE
    """What was done with it where it comes from: its stories get that when it comes in."""


class Head(NamedTuple):
    """What the first lines of a file say of the issue, before its text is parsed."""

    location: str
    title: str = ""
    number: str = ""
    """As printed: "219", "59", "129"; "" where there is none."""
    prefix: str = ""
    """What stands before the number in the title: "Import AI"; "" where there is none."""
    domain: str = ""
    author: str = ""
    folder: str = ""
    newsletter: str = ""
    """The newsletter's name where the file itself gives it."""


class KnownNewsletter(NamedTuple):
    """What the issues of a newsletter in the library share: a new issue that shares it belongs there."""

    name: str
    prefixes: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of a newsletter."""

    key: str
    """Newsletter key, "/", and its number, slug or guid."""
    newsletter: str
    """The newsletter's key."""
    title: str
    number: str = ""
    published: str = ""
    """ISO 8601 as the issue says it: a date alone stays a date, a time without a zone gets none."""
    author: str = ""
    url: str = ""
    image: str = ""
    location: str = ""
    digest: str = ""
    truncated: bool = False
    """Whether this copy is cut off ("…") before the issue ends."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """Whatever else the front matter says, as text."""
    root: str = field(default="", repr=False)
    """The folder that was opened and that the file lies in; "" for none, and before it is in the library."""


@dataclass(frozen=True, slots=True)
class ParsedIssue:
    """An issue with its text and its stories, ready for the store."""

    issue: Issue
    newsletter_name: str
    blocks: Blocks
    stories: tuple[Story, ...]
    warnings: tuple[str, ...] = ()
    form: str = ""
    """How it was split: by which signal as a whole, and by which within ("headings: items, sections")."""
    company: str = ""
    """The form of the newsletter's other issues, where it was tried because this one's is odd."""
    originals: tuple[tuple[str, str], ...] = ()
    """Links that lost what counts the reader, and what each was as it came."""
    inside: tuple[tuple[str, bytes], ...] = ()
    """Pictures that it had inside its text, by the addresses that stand in their places now."""

    @property
    def opening_end(self) -> int:
        """The position at which the first story begins; what stands before it is the issue's opening."""
        return self.stories[0].start if self.stories else 0


def is_one_story(meta: Mapping[str, str]) -> bool:
    """Say whether what is known of an issue says that it is one story."""
    return meta.get(ONE_STORY, "").strip().lower() in ("true", "yes", "1")


def part_of(location: str, name: str) -> str:
    """Return the location of one of the issues that a file holds."""
    return f"{location}{_PART}{name}"


def file_of(location: str) -> tuple[str, str]:
    """Return the file that a location is in, and the name of the issue in it; "" for all of the file."""
    file, _, name = location.rpartition(_PART)
    return (file, name) if file and name and "/" not in name and "\\" not in name else (location, "")
