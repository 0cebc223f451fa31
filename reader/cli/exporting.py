"""`tearsheet export`: stories to Markdown files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.console import count_of, printable, say_wrong
from reader.cli.opened import opened

if TYPE_CHECKING:
    from reader.services.export import ExportResult
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
            overwrite=lambda path: arguments.overwrite or _asked(path),
        )
    return _tell(result)


def _chosen(library: Library, arguments: argparse.Namespace) -> list[str]:
    if arguments.starred:
        return [row.key for row in library.stories(starred=True)]
    if arguments.issue:
        return [row.key for row in library.stories(issue=library.find_issue(arguments.issue))]
    if arguments.search:
        from reader.model import parse_query

        return [hit.story.key for hit in library.search(parse_query(arguments.search), limit=100_000)]
    return [library.find_story(story) for story in arguments.stories]


def _asked(path: Path) -> bool:
    """Ask before writing over a file that no export wrote; where nobody can answer, leave it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(
        f"{printable(str(path))} was not written by an export. Write over it? [y/N] ", end="", file=sys.stderr
    )
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _tell(result: ExportResult) -> int:
    for path in result.paths:
        print(printable(str(path)))
    counts = (("written", result.written), ("updated", result.updated), ("unchanged", result.unchanged))
    parts = [f"{count_of(len(paths), 'file')} {word}" for word, paths in counts if paths]
    if parts:
        print(", ".join(parts) + ".", file=sys.stderr)
    for path in result.skipped:
        say_wrong(f"{path} was left as it is: it was not written by an export (--overwrite writes over it).")
    for problem in result.problems:
        say_wrong(f"{problem.path}: {problem.reason}")
    return 1 if result.skipped or result.problems else 0
