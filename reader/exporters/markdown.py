"""Markdown: a file a story, for Obsidian, GitHub and whatever reads text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reader.exporters.gfm import blocks_markdown, inline_markdown, plain_markdown
from reader.exporters.gfm.marked import first_facts, marked, parts, told
from reader.exporters.gfm.properties import Known, Properties, Value, digest, fenced, identity, mended, parted
from reader.exporters.sheet import Layout, Sheet, Update
from reader.model import Block, Kind, Mark, Run, StoryPage, shown_dek, shown_title

__all__ = ["MarkdownExporter", "blocks_markdown", "copied_markdown", "exporter", "story_markdown"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def story_markdown(page: StoryPage, created: str = "") -> str:
    """Return a story as a file of its own; without a day of export it says none."""
    return _written(Sheet("story", (page,), created))


def copied_markdown(page: StoryPage) -> str:
    """Return a story as it is pasted into a text: title, dek, body, and where it is from."""
    url = page.story.url or page.issue.url
    title = inline_markdown((Run(shown_title(page.story.title), href=url),), "line")
    return "\n\n".join([f"## {title}", *_dek(page), blocks_markdown(page.body).strip(), _byline(page)]) + "\n"


class MarkdownExporter:
    """Files with YAML front matter; between two comments stands the story, around it what is the reader's."""

    name = "markdown"
    label = "Markdown"
    suffix = ".md"

    def write(self, sheet: Sheet) -> bytes:
        return _written(sheet).encode()

    def identity(self, content: bytes) -> str:
        head, body = parted(_decoded(content))
        facts = first_facts(body)
        return identity(head or "") or facts.get("file", "") or facts.get("id", "")

    def update(self, content: bytes, sheet: Sheet, *, force: bool = False) -> Update:
        head, body = parted(_decoded(content))
        new_head, facts = _head(head, sheet, first_facts(body))
        new_body, kept = _body(body, sheet, force=force)
        mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
        ending = "\r\n" if b"\r\n" in content else "\n"
        whole = new_head + told(new_body, facts)
        return Update(mark + whole.replace("\n", ending).encode(), kept)


exporter = MarkdownExporter()


def _decoded(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _written(sheet: Sheet) -> str:
    head = fenced(_properties(sheet))
    title = [] if sheet.layout == "story" else [f"# {plain_markdown(sheet.title, 'line')}"]
    body = "\n\n".join([*title, *(_marked(page, sheet) for page in sheet.pages)])
    return f"{head}\n{told(body, _facts(head, sheet))}\n"


def _facts(head: str, sheet: Sheet) -> dict[str, str]:
    """Return what has to be remembered to see later what the reader did to the front matter."""
    inside, _ = parted(head)
    tags = _properties(sheet)["tags"]
    return {
        "file": "" if sheet.layout == "story" else sheet.identity,
        "head": digest(inside or ""),
        "tags": ",".join(tags) if isinstance(tags, list) else "",
    }


def _head(head: str | None, sheet: Sheet, facts: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """Return the front matter to write, with its fences, and what to remember of it."""
    if head is None:
        return "", facts  # The reader took it away.
    known = Known(facts.get("head", ""), tuple(filter(None, facts.get("tags", "").split(","))))
    new = f"---\n{mended(head, _properties(sheet), known)}---\n"
    remembered = _facts(new, sheet)
    if known.digest != digest(head):
        remembered["head"] = known.digest  # It was edited, and so it stays.
    return new, remembered


def _body(body: str, sheet: Sheet, *, force: bool) -> tuple[str, tuple[str, ...]]:
    """Return a file's body with the stories of the sheet in it, and the keys of those left as they stood."""
    old = parts(body)
    if sheet.layout == "story" and not any(part.key == sheet.identity for part in old):
        if body.strip() and not force:
            return body, (sheet.identity,)
        return f"\n{_marked(sheet.pages[0], sheet)}\n", ()
    by_key = {part.key: part for part in reversed(old)}
    edits: list[_Edit] = []
    kept: list[str] = []
    end = old[0].start if old else len(body.rstrip())
    for page in sheet.pages:
        new, part = _marked(page, sheet), by_key.get(page.row.key)
        if part is None:
            first = bool(old) and end == old[0].start
            edits.append((end, end, f"{new}\n\n" if first else f"\n\n{new}"))
            continue
        end = part.end
        if force or not part.edited or part.text.strip() == _inside(new):
            edits.append((part.start, part.end, new))
        else:
            kept.append(page.row.key)
    return _edited(body, edits), tuple(kept)


def _edited(body: str, edits: list[_Edit]) -> str:
    out, at = "", 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        out += body[at:start] + new
        at = end
    return out + body[at:]


def _inside(new: str) -> str:
    return parts(new)[0].text.strip()


def _marked(page: StoryPage, sheet: Sheet) -> str:
    return marked(_story(page, sheet.layout), page.row.key)


def _story(page: StoryPage, layout: Layout) -> str:
    """Return a story's title, dek and body, and what else tells where it is from."""
    level = "#" if layout == "story" else "##"
    title = f"{level} {plain_markdown(shown_title(page.story.title), 'line')}"
    paragraphs = [title, *_dek(page), blocks_markdown(page.body).strip(), *_source(page)]
    if layout == "all":
        paragraphs.append(_byline(page))
    return "\n\n".join(filter(None, paragraphs))


def _dek(page: StoryPage) -> list[str]:
    dek = shown_dek(page.story.dek)
    return [inline_markdown((Run(dek, Mark.ITALIC),))] if dek else []


def _source(page: StoryPage) -> list[str]:
    """Return where the story leads, if its text does not say so: the link of its title."""
    url = page.story.url
    if not url or any(run.href == url for block in page.body for run in block.all_runs):
        return []
    return [blocks_markdown((Block(Kind.SOURCE, (Run("Source: "), Run(url, href=url))),)).strip()]


def _byline(page: StoryPage) -> str:
    label = page.issue_label or page.newsletter_name
    return plain_markdown("— " + ", ".join(filter(None, (label, spoken_date(page.issue.published)))))


def spoken_date(published: str) -> str:
    """Return a date as one says it ("19 October 2020"); what is no date stays as it is."""
    match = _DAY.match(published)
    if not match or not 1 <= int(match[2]) <= 12:
        return published
    return f"{int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}"


def _properties(sheet: Sheet) -> Properties:
    """Return what the front matter says; what is not known is left out."""
    write = {"story": _of_story, "issue": _of_issue, "all": _of_all}[sheet.layout]
    return {key: value for key, value in write(sheet).items() if value or value is False or key == "tags"}


def _of_story(sheet: Sheet) -> dict[str, Value]:
    page = sheet.pages[0]
    story, issue, state = page.story, page.issue, page.row.state
    return {
        "title": shown_title(story.title),
        "source": story.url or issue.url,
        "author": _people(issue.author),
        "published": issue.published,
        "created": sheet.created,
        "description": shown_dek(story.dek),
        "tags": _tags([page]),
        "newsletter": page.newsletter_name,
        "issue": issue.title or page.issue_label,
        "issue_number": _number(issue.number),
        "section": story.section,
        "story_id": page.row.key,
        "starred": state.starred,
        "starred_at": state.starred_at,
        "links": _unique(link.url for link in story.links if link.url),
    }


def _of_issue(sheet: Sheet) -> dict[str, Value]:
    page = sheet.pages[0]
    issue = page.issue
    return {
        "title": issue.title or sheet.title,
        "source": issue.url,
        "author": _people(issue.author),
        "published": issue.published,
        "created": sheet.created,
        "tags": _tags(sheet.pages),
        "newsletter": page.newsletter_name,
        "issue_number": _number(issue.number),
        "issue_id": issue.key,
    }


def _of_all(sheet: Sheet) -> dict[str, Value]:
    return {"title": sheet.title, "created": sheet.created, "tags": _tags(sheet.pages)}


def _people(author: str) -> list[str]:
    return _unique(name.strip() for name in re.split(r",(?! Jr| Sr)|;| and | & ", author) if name.strip())


def _number(number: str) -> Value:
    return int(number) if number.isascii() and number.isdigit() and str(int(number)) == number else number


def _tags(pages: Iterable[StoryPage]) -> list[str]:
    """Return newsletters and tags as Obsidian can have them: no spaces, no marks."""
    names = [name for page in pages for name in (page.newsletter_name, *page.row.state.tags)]
    return _unique(slug for name in names if (slug := re.sub(r"[^\w/]+", "-", name.lower()).strip("-")))


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
