"""`tearsheet export`: stories to Markdown files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.console import printable, say_wrong
from reader.cli.opened import opened

if TYPE_CHECKING:
    from reader.services.export import Clash, ExportResult
    from reader.services.library import Library


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "export",
        help="write stories to Markdown files",
        description="Write stories to Markdown files. What was exported before is brought up to date.",
    )
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "stories", nargs="*", default=[], metavar="KEY", help="stories: keys, starts of them, or titles"
    )
    which.add_argument("--starred", action="store_true", help="every story with a star")
    which.add_argument("--issue", default="", metavar="KEY", help="the stories of one issue")
    which.add_argument("--search", default="", metavar="QUERY", help="every story that a search finds")
    command.add_argument("--to", required=True, type=Path, metavar="PATH", help="a folder, or one file.md")
    command.add_argument("--single", action="store_true", help="all stories in one file")
    command.add_argument(
        "--overwrite", action="store_true", help="also write over files that hold something else"
    )
    command.set_defaults(command=export_stories)


def export_stories(arguments: argparse.Namespace) -> int:
    """Write the stories and say what was written; 1 where there were none or a file was in the way."""
    from reader.services.export import export

    with opened(arguments, searching=bool(arguments.search)) as library:
        keys = _chosen(library, arguments)
        if not keys:
            return say_wrong("There are no stories to export.")
        result = export(
            library,
            keys,
            arguments.to.expanduser().absolute(),
            "all" if arguments.single else "story",
            overwrite=lambda clash: arguments.overwrite or _asked(clash),
        )
    return _tell(result, arguments.to)


def _chosen(library: Library, arguments: argparse.Namespace) -> list[str]:
    if arguments.starred:
        return [row.key for row in library.stories(starred=True)]
    if arguments.issue:
        return [row.key for row in library.stories(issue=library.find_issue(arguments.issue))]
    if arguments.search:
        from reader.model import parse_query

        return [hit.story.key for hit in library.search(parse_query(arguments.search), limit=100_000)]
    return [library.find_story(story) for story in arguments.stories]


def _asked(clash: Clash) -> bool:
    """Ask before writing over what no export wrote; where nobody can answer, leave it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{_clash_told(clash)} Write over it? [y/N] ", end="", file=sys.stderr)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _clash_told(clash: Clash) -> str:
    path = printable(str(clash.path))
    if clash.ours:
        return f"{path} was changed since it was exported; that text would be replaced by the story."
    return f"{path} was not written by an export; what it holds would be lost."


def _tell(result: ExportResult, place: Path) -> int:
    for path in result.paths:
        print(printable(str(path)))
    for path in result.skipped:
        say_wrong(f"{path} was left as it is: it holds text that no export wrote (--overwrite replaces it).")
    for problem in result.problems:
        say_wrong(f"{problem.path}: {problem.reason}")
    if result.paths:
        folder = place if place.is_dir() else place.parent
        print(f"{printable(result.told(folder.name or str(folder)))}.", file=sys.stderr)
    return 1 if result.skipped or result.problems else 0
