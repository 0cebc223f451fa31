"""Builders that all tests share: blocks, stories, issues and libraries, made of model objects alone.

Everything is seeded: the same call gives the same thing on every machine.
"""

import hashlib
import itertools
import random
import re
import threading
from dataclasses import dataclass, field, replace

from reader.model import (
    Block,
    Change,
    Issue,
    Kind,
    Link,
    Mark,
    ParsedIssue,
    Run,
    State,
    Story,
    StoryPage,
    StoryRow,
    text_of,
)

_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|`(?P<code>.+?)`|\[(?P<text>.+?)\]\((?P<href>.+?)\)"
)
_ITEM = re.compile(r"(?P<indent> *)(?P<marker>-|\d+\.) (?:(?P<task>\[[ x]\]) )?(?P<text>.*)", re.DOTALL)


def runs(text):
    """Runs of a line in which **bold**, *italic*, `code` and [text](url) are marked."""
    out, at = [], 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            out.append(Run(text[at : match.start()]))
        if match["href"]:
            out.append(Run(match["text"], href=match["href"]))
        else:
            mark = Mark.BOLD if match["bold"] else Mark.ITALIC if match["italic"] else Mark.CODE
            out.append(Run(match["bold"] or match["italic"] or match["code"], mark))
        at = match.end()
    if at < len(text):
        out.append(Run(text[at:]))
    return tuple(out)


def blocks(text):
    """Blocks of a text whose parts stand between empty lines: # heading, - item, > quote, ```code, ---, words."""
    return tuple(_block(part) for part in text.strip("\n").split("\n\n") if part.strip())


def _block(part):
    if part.startswith("```"):
        first, _, rest = part.partition("\n")
        return Block(Kind.CODE, (Run(rest.removesuffix("```").rstrip("\n")),), lang=first[3:].strip())
    if part.strip() == "---":
        return Block(Kind.RULE)
    if heading := re.match(r"(#{1,6}) +", part):
        return Block(Kind.HEADING, runs(part[heading.end() :]), level=len(heading[1]))
    quote = 0
    while part.startswith("> "):
        part, quote = part[2:], quote + 1
    if item := _ITEM.fullmatch(part):
        depth = len(item["indent"]) // 2 + 1
        return Block(runs=runs(item["text"]), quote=quote, depth=depth, marker=item["task"] or item["marker"])
    if part.startswith("Read more: "):
        return Block(Kind.SOURCE, runs(part), quote=quote)
    return Block(runs=runs(part), quote=quote)


@dataclass(frozen=True)
class Draft:
    """A story that no issue holds yet: it has no place and no key."""

    title: str
    text: str = "It has a body."
    dek: str = ""
    section: str = ""
    url: str = ""
    key: str = ""
    sponsored: bool = False


def story(title="A story", text="It has a body.", **more):
    """A story for issue(): its text is read by blocks(); dek, section, url, key may be given."""
    return Draft(title, text, **more)


def slug(text):
    return "-".join(re.findall(r"\w+", text.lower()))[:40]


def issue(stories=("First story", "Second story"), *, newsletter="Import AI", number="219", **more):
    """A parsed issue of the stories given (titles, or what story() returns).

    `more` may hold opening and closing (texts, read by blocks()) and any field of Issue.
    """
    opening, closing = more.pop("opening", ""), more.pop("closing", "")
    newsletter_key = slug(newsletter)
    key = more.pop("key", f"{newsletter_key}/{number or slug(more.get('title', 'untitled'))}")
    laid, placed = _lay([s if isinstance(s, Draft) else story(s) for s in stories], key, opening)
    whole = laid + blocks(closing)
    known = {
        "title": f"{newsletter} {number}: {placed[0].title}" if placed else f"{newsletter} {number}",
        "published": "2020-10-19",
        "location": f"/letters/{key}.md",
        "digest": hashlib.sha256(repr((whole, placed)).encode()).hexdigest(),
    }
    made = Issue(key=key, newsletter=newsletter_key, number=number, **(known | more))
    return ParsedIssue(made, newsletter, whole, placed)


def _lay(drafts, key, opening):
    laid, placed = list(blocks(opening)), []
    for draft in drafts:
        start = len(text_of(laid)) + 1 if laid else 0
        head = [Block(Kind.HEADING, (Run(draft.title),), level=2)]
        head += [Block(runs=(Run(draft.dek),))] if draft.dek else []
        body = list(blocks(draft.text))
        heads, at = [], start
        for block in head:
            heads.append((at, at + len(block.text)))
            at += len(block.text) + 1
        laid += head + body
        placed.append(_placed(draft, key, (start, len(text_of(laid))), tuple(heads), body))
    return tuple(laid), tuple(placed)


def _placed(draft, key, span, heads, body):
    fingerprint = hashlib.sha256(f"{draft.title} {text_of(body)[:40]}".encode()).hexdigest()[:6]
    links = tuple(
        Link(run.href, run.text, block.kind is Kind.SOURCE)
        for block in body
        for run in block.all_runs
        if run.href
    )
    return Story(
        key=draft.key or f"{key}#{slug(draft.title)}-{fingerprint}",
        title=draft.title,
        start=span[0],
        end=span[1],
        heads=heads,
        dek=draft.dek,
        section=draft.section,
        sponsored=draft.sponsored,
        words=len(text_of(body).split()),
        url=draft.url or next((link.url for link in links), ""),
        links=links,
    )


def issue_label(parsed):
    return f"{parsed.newsletter_name} {parsed.issue.number}".strip()


def row(parsed, number=1, state=None):
    """The row of the issue's story with that number, from 1."""
    one = parsed.stories[number - 1]
    return StoryRow(
        key=one.key,
        issue=parsed.issue.key,
        issue_label=issue_label(parsed),
        newsletter=parsed.newsletter_name,
        title=one.title,
        dek=one.dek,
        section=one.section,
        position=number,
        words=one.words,
        links=len(one.links),
        published=parsed.issue.published,
        url=one.url,
        state=state or State(),
    )


def page(parsed=None, number=1, state=None):
    """The page of the issue's story with that number, from 1."""
    parsed = parsed or issue()
    one = parsed.stories[number - 1]
    return StoryPage(
        row=row(parsed, number, state),
        story=one,
        issue=parsed.issue,
        newsletter_name=parsed.newsletter_name,
        issue_label=issue_label(parsed),
        body=one.body(parsed.blocks),
        total=len(parsed.stories),
    )


_SYLLABLES = re.findall(
    r"\w+", "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu ar en il on us ther ment tion"
)
_HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"


@dataclass
class Prose:
    """Words as they are in a language: a few very often, most hardly ever (Zipf)."""

    seed: int = 1
    size: int = 30_000
    words: list[str] = field(init=False)

    def __post_init__(self):
        made = random.Random(self.seed)
        found = dict.fromkeys(["the", "of", "and", "to", "a", "in", "is", "that", "for", "chip", "model"])
        while len(found) < self.size:
            found["".join(made.choices(_SYLLABLES, k=made.choice((1, 2, 2, 3, 3, 4))))] = None
        self.words = list(found)
        self._weights = list(itertools.accumulate(1 / (n + 2.7) for n in range(self.size)))
        self._random = made

    def text(self, length):
        """So many words of it, in sentences."""
        chosen = self._random.choices(self.words, cum_weights=self._weights, k=length)
        chosen[::11] = [f"{word}." for word in chosen[::11]]
        return " ".join(chosen)

    def han(self, length):
        """So many Chinese characters of it."""
        return "".join(self._random.choices(_HAN, k=length)) + "。"


def issues(count, *, seed=1, words=120, stories=(3, 10), newsletters=12, chinese=True):
    """Yield so many issues, about 6.5 stories each, newest last; each story has about so many words."""
    prose, chance = Prose(seed, size=30_000 if count > 100 else 2_000), random.Random(seed)
    for number in range(1, count + 1):
        turn = number % newsletters
        han = chinese and turn % 3 == 2
        drafts = [_made_story(prose, chance, han, words) for _ in range(chance.randint(*stories))]
        year, day = divmod(number * 5000 // max(count, 1), 336)
        published = f"{2010 + year}-{day // 28 + 1:02}-{day % 28 + 1:02}"
        yield issue(drafts, newsletter=f"Letter {turn}", number=str(number), published=published)


def _made_story(prose, chance, han, words):
    if han:
        return story(prose.han(chance.randint(6, 16)), "\n\n".join(prose.han(words // 2) for _ in range(3)))
    length = max(4, int(chance.gauss(words, words / 3)))
    title = prose.text(chance.randint(4, 9)).capitalize()
    body = f"{prose.text(length // 2)}\n\n{prose.text(length - length // 2)}"
    address = f"https://example.org/{chance.randrange(10**9)}"
    return story(title, f"{body}\n\nRead more: [{title}]({address})", url=address)


class Heard:
    """A listener that remembers what it was told."""

    def __init__(self):
        self.changes = []
        self.errors = []
        self._told = threading.Condition()

    @property
    def change(self):
        """Everything told so far, as one change."""
        whole = Change()
        for change in self.changes:
            whole |= change
        return whole

    def changed(self, change):
        with self._told:
            self.changes.append(change)
            self._told.notify_all()

    def failed(self, error):
        with self._told:
            self.errors.append(error)
            self._told.notify_all()

    def wait(self, fact, timeout=5):
        """Wait until fact(self) is true; told is whether it became so."""
        with self._told:
            return self._told.wait_for(lambda: fact(self), timeout)


def library(directory, n=0, *, listener=None, **more):
    """An open library in the directory, with n issues (see issues() for what `more` may hold). Close it."""
    from reader.services.library import open_library

    opened = open_library(directory, listener or Heard())
    for written in [opened.put(parsed) for parsed in (issues(n, **more) if n else ())]:
        written.result()
    opened.settle()
    return opened


def changed(parsed, **fields):
    """The issue with other fields and so another digest."""
    digest = hashlib.sha256(repr((parsed.issue.digest, fields)).encode()).hexdigest()
    return replace(parsed, issue=replace(parsed.issue, **({"digest": digest} | fields)))
