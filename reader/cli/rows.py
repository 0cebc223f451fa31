"""Stories and issues as lines: JSON for programs, aligned columns for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reader.cli.console import columns, fit, printable, table, width
from reader.model.rows import IssueRow, StoryRow


def story_json(row: StoryRow) -> dict[str, object]:
    """Return a story as its line of JSON."""
    return {
        "key": row.key,
        "issue": row.issue,
        "newsletter": row.newsletter,
        "title": row.title,
        "dek": row.dek,
        "section": row.section,
        "position": row.position,
        "words": row.words,
        "read": row.state.read,
        "starred": row.state.starred,
        "published": row.published,
        "url": row.url,
    }


def issue_json(row: IssueRow) -> dict[str, object]:
    """Return an issue as its line of JSON."""
    return {
        "key": row.key,
        "newsletter": row.newsletter,
        "label": row.label,
        "summary": row.summary,
        "published": row.published,
        "stories": row.stories,
        "read": row.read,
        "starred": row.starred,
    }


def issue_lines(rows: Sequence[IssueRow]) -> Iterator[str]:
    """Yield aligned lines: unread dot, date, name, stories read, stars, what is in it, key."""
    cells = [
        (
            "●" if row.unread else " ",
            row.published[:10] or "undated",
            row.newsletter if row.label == row.summary else row.label,
            f"{row.read}/{row.stories}",
            f"★{row.starred}" if row.starred else "",
            row.summary,
            row.key,
        )
        for row in rows
    ]
    return table([(*cell[:2], _cut(cell[2], 40), *cell[3:]) for cell in cells], columns(), stretch=5)


def story_lines(rows: Sequence[StoryRow]) -> Iterator[str]:
    """Yield aligned lines under the name of each issue: dot, star, number, title, minutes, key."""
    space = columns()
    keys = max((width(row.key) for row in rows), default=0)
    below = space - keys - 20 < 24  # the key has a line of its own where there is no room beside the title
    widest = max((width(printable(row.title)) for row in rows), default=0)
    room = min(space - (18 if below else 20 + keys), widest)
    issue = None
    for row in rows:
        if row.issue != issue:
            yield from ([""] if issue else [])
            yield " ".join(filter(None, (printable(row.issue_label), row.published[:10])))
            issue = row.issue
        yield _story_line(row, room, "" if below else f"  {row.key}")
        if below:
            yield f"          {row.key}"


def _story_line(row: StoryRow, room: int, key: str) -> str:
    marks = ("★" if row.state.starred else " ") + (" " if row.state.read else "●")
    return f"  {marks} {row.position:>3}  {fit(row.title, room)}  {row.minutes:>2} min{key}"


def without_repeats(rows: Iterable[StoryRow]) -> list[StoryRow]:
    """Return the rows with each story once, in order."""
    return list({row.key: row for row in rows}.values())


def _cut(text: str, space: int) -> str:
    return text if width(text) <= space else fit(text, space)
