"""A story set in a terminal: blocks to lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.cli.console import fit, printable, width, wrapped
from reader.cli.rows import story_lines
from reader.model import OBJECT, Block, Blocks, Kind, Outline, Run, StoryPage, shown_dek, shown_title


def page_lines(page: StoryPage, space: int) -> Iterator[str]:
    """Yield a story's lines: where it is from, its title and dek, its text, the addresses of its links."""
    row = page.row
    place = f"{row.position} of {page.total}"
    kicker = " · ".join(filter(None, (page.issue_label, row.published[:10], row.section, place)))
    yield from wrapped(printable(kicker), space)
    yield ""
    yield from wrapped(printable(shown_title(row.title)), space)
    yield "=" * min(width(printable(shown_title(row.title))), space)
    if row.dek:
        yield from wrapped(printable(shown_dek(row.dek)), space)
    urls: list[str] = []
    yield from block_lines(page.body, space, urls)
    if urls:
        yield ""
    for number, url in enumerate(urls, 1):
        yield f"[{number}] {printable(url)}"


def issue_lines(outline: Outline, space: int) -> Iterator[str]:
    """Yield an issue's lines: its title, then its stories."""
    issue = outline.issue
    if issue.title != outline.label:
        yield from wrapped(printable(issue.title), space)
    if issue.author or issue.url:
        yield printable("  ".join(filter(None, (issue.author, issue.url))))
    yield from story_lines(outline.stories)


def block_lines(blocks: Blocks, space: int, urls: list[str]) -> Iterator[str]:
    """Yield the lines of blocks, an empty one between two; the addresses of links are added to `urls`."""
    before: Block | None = None
    for block in blocks:
        if not (before and before.depth and block.depth and block.marker):
            yield ("│ " * min(block.quote, before.quote if before else 0)).rstrip()
        yield from _lines(block, space, urls)
        before = block


def _lines(block: Block, space: int, urls: list[str]) -> Iterator[str]:
    margin = "│ " * block.quote + "  " * max(block.depth - 1, 0)
    if block.kind is Kind.RULE:
        yield margin + "─" * min(20, space - len(margin))
    elif block.rows:
        for line in _table_lines(block, space - width(margin), urls):
            yield margin + line
    elif block.kind is Kind.CODE:
        for line in block.text.split("\n"):
            yield f"{margin}    {printable(line.expandtabs(4))}".rstrip()
    else:
        first = margin + _opening(block)
        text = printable(_words(block.runs, urls))
        yield from wrapped(text, space, first, margin + " " * (width(first) - width(margin)))


def _opening(block: Block) -> str:
    """Return what stands before the first line of a block."""
    if block.kind is Kind.HEADING:
        return "#" * block.level + " "
    if block.kind is Kind.FOOTNOTE:
        return f"[^{printable(block.marker)}] "
    if block.kind is Kind.DEFINITION:
        return "    "
    marker = {"-": "•", "[ ]": "☐", "[x]": "☑"}.get(block.marker, printable(block.marker))
    if marker:
        return f"{marker} "
    return "  " if block.depth else ""


def _words(runs: Sequence[Run], urls: list[str]) -> str:
    """Return the text of runs; what is linked is followed by the number of its address."""
    out = []
    for place, run in enumerate(runs):
        text = f"[picture: {run.alt}]" if run.image and run.alt else "[picture]" if run.image else run.text
        text = f"[^{text}]" if run.note else text.replace(OBJECT, "")
        goes_on = place + 1 < len(runs) and runs[place + 1].href == run.href
        out.append(text if goes_on or not _leads_out(run) else f"{text} [{_number(run.href, urls)}]")
    return "".join(out)


def _leads_out(run: Run) -> bool:
    return (
        bool(run.href) and not run.href.startswith("#") and run.href not in (run.text, f"mailto:{run.text}")
    )


def _number(url: str, urls: list[str]) -> int:
    if url not in urls:
        urls.append(url)
    return urls.index(url) + 1


def _table_lines(block: Block, space: int, urls: list[str]) -> Iterator[str]:
    rows = [[printable(" ".join(_words(cell, urls).split())) for cell in row] for row in block.rows]
    count = max(len(row) for row in rows)
    rows = [[*row, *[""] * (count - len(row))] for row in rows]
    widest = max(space // count - 2, 6)
    widths = [min(max(width(row[place]) for row in rows), widest) for place in range(count)]
    for number, row in enumerate(rows):
        yield "  ".join(fit(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("─" * wide for wide in widths)
