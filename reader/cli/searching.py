"""`tearsheet search`: find stories by their words."""

from __future__ import annotations

import argparse

from reader.cli.console import columns, count_of, print_json, printable, say_wrong, wrapped
from reader.cli.opened import opened
from reader.cli.rows import story_json
from reader.model.story import shown_title


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "search",
        help="find stories",
        description='Find stories: words, "phrases", is:starred, is:unread, newsletter:NAME, tag:NAME.',
    )
    command.add_argument("query", nargs="+", metavar="QUERY")
    command.add_argument("--limit", type=_positive, default=20, metavar="N", help="at most so many (20)")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command=search)


def search(arguments: argparse.Namespace) -> int:
    """Print what was found, the best first; nothing found is no error."""
    from reader.model import parse_query

    query = parse_query(" ".join(arguments.query))
    with opened(arguments, searching=True) as library:
        hits = library.search(query, limit=arguments.limit)
    if arguments.json:
        print_json(story_json(hit.story) for hit in hits)
        return 0
    space = min(columns(), 100)
    for hit in hits:
        row = hit.story
        print(printable(f"{'★ ' if row.state.starred else ''}{shown_title(row.title)}"))
        print("  " + printable("  ".join(filter(None, (row.issue_label, row.published[:10], row.key)))))
        for line in wrapped(printable(hit.snippet), space, "    "):
            print(line)
    if not hits:
        say_wrong("Nothing was found.")
    return 0


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{count_of(number, 'story', 'stories')} cannot be shown")
    return number
