"""`tearsheet show`: a story to read, or an issue's stories."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.console import columns, print_json, print_lines
from reader.cli.opened import opened
from reader.cli.page import issue_lines, page_lines
from reader.cli.rows import story_json
from reader.model.errors import NotFoundError

if TYPE_CHECKING:
    from reader.services.library import Library


_MEASURE = 80  # columns; a longer line is hard to read


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "show",
        help="show a story, or the stories of an issue",
        description="Show a story; of an issue, its stories.",
    )
    command.add_argument("key", metavar="KEY", help="a key, a start of it, or a title")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as Markdown, as export writes it")
    form.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command=show)


def show(arguments: argparse.Namespace) -> int:
    """Print a story or an issue in the form asked for."""
    with opened(arguments) as library:
        issue, story = _named(library, arguments.key)
        if issue and not (arguments.markdown or arguments.json):
            show_issue(library, issue)
            return 0
        keys = [row.key for row in library.stories(issue=issue)] if issue else [story]
        _show_stories(library, keys, arguments)
    return 0


def _named(library: Library, name: str) -> tuple[str, str]:
    """Return the key of the issue or of the story that is meant; the other is ""."""
    if library.outline(name):
        return name, ""
    try:
        return "", library.find_story(name)
    except NotFoundError as no_story:
        try:
            return library.find_issue(name), ""
        except NotFoundError:
            raise no_story from None


def show_issue(library: Library, key: str) -> None:
    """Print an issue's stories, a line each."""
    if outline := library.outline(key):
        print_lines(issue_lines(outline, min(columns(), 200)))


def _show_stories(library: Library, keys: list[str], arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(map(story_json, library.story_rows(keys)))
    elif arguments.markdown:
        from reader.services.export import show_markdown

        print(show_markdown(library, keys), end="")
    else:
        show_stories(library, keys)


def show_stories(library: Library, keys: Sequence[str]) -> None:
    """Print stories to read."""
    for page in library.pages(keys):
        print_lines(page_lines(page, min(columns(), _MEASURE)))
