"""Stories and issues as lines: JSON for programs, aligned columns for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.cli.console import columns, fit, on_one_line, padded, printable, width
from reader.model.rows import IssueRow, StoryRow
from reader.model.story import shown_title


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


def issue_lines(rows: Sequence[IssueRow]) -> list[str]:
    """Return aligned lines: unread dot, date, name, stories read, stars, key, what is in it."""
    names = padded([row.label for row in rows], 40)
    counts = padded([f"{row.read}/{row.stories}" for row in rows], 12)
    stars = padded([f"  ★{row.starred}" if row.starred else "" for row in rows], 8)
    keys = padded([row.key for row in rows], 60)
    widths = [width(column[0]) for column in (names, counts, stars, keys) if column]
    left = max(columns() - sum(widths) - 19, 12)
    summaries = [_shortened(row.summary, left) for row in rows]
    dots = ["●" if row.read < row.stories else " " for row in rows]
    dates = [row.published[:10].ljust(10) for row in rows]
    parts = zip(dots, dates, names, counts, stars, keys, summaries, strict=True)
    return [
        f"{dot}  {date}  {name}  {count}{star}  {key}  {summary}"
        for dot, date, name, count, star, key, summary in parts
    ]


def _shortened(text: str, space: int) -> str:
    line = on_one_line(text)
    return line if len(line) * 2 <= space else fit(line, space).rstrip()


def story_lines(rows: Sequence[StoryRow]) -> Iterator[str]:
    """Yield aligned lines under the name of each issue: dot, star, number, title, minutes, key."""
    space = columns()
    keys = max((width(row.key) for row in rows), default=0)
    below = space - keys - 20 < 24  # the key has a line of its own where there is no room beside the title
    titles = padded([shown_title(row.title) for row in rows], space - (18 if below else 20 + keys))
    issue = None
    for row, title in zip(rows, titles, strict=True):
        if row.issue != issue:
            yield from ([""] if issue else [])
            yield " ".join(filter(None, (printable(row.issue_label), row.published[:10])))
            issue = row.issue
        yield _story_line(row, title, "" if below else f"  {row.key}")
        if below:
            yield f"          {row.key}"


def _story_line(row: StoryRow, title: str, key: str) -> str:
    marks = ("★" if row.state.starred else " ") + (" " if row.state.read else "●")
    return f"  {marks} {row.position:>3}  {title}  {row.minutes:>2} min{key}"
