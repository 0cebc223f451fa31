"""`tearsheet opml`: lists of newsletters, from other readers and for them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.console import count_of, print_json, print_lines, say_wrong
from reader.cli.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.following import Followed
    from reader.services.opml import Listed


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "opml",
        help="follow the newsletters of another reader's list, or write such a list",
        description="Follow every newsletter that an OPML file lists, or write such a file of those followed."
        " Nothing is fetched: the issues come with the next refresh.",
    )
    ways = command.add_subparsers(metavar="import|export", required=True)
    for name, do, said in (
        ("import", take_in, "follow every newsletter that the file lists"),
        ("export", write_out, "write every newsletter that is followed into the file, - for the terminal"),
    ):
        way = ways.add_parser(name, help=said, description=f"{said[:1].upper()}{said[1:]}.")
        way.add_argument("file", type=Path, metavar="FILE")
        way.add_argument(
            "--json", action="store_true", help="one JSON object a line, one for each newsletter"
        )
        way.set_defaults(command=do)


def take_in(arguments: argparse.Namespace) -> int:
    """Follow what the file lists, and say how many are new; 1 where something of it could not be followed."""
    from reader.model.following import without_password
    from reader.services.opml import follow_all, read_opml

    file = arguments.file.expanduser().absolute()
    found = read_opml(str(file))
    with opened(arguments) as library:
        listed = follow_all(library, found.subscriptions)
    if arguments.json:
        print_json(_told(listed))
    else:
        known = f"; {len(listed.known):,} were followed already" if listed.known else ""
        print_lines([f"{count_of(len(listed.followed), 'newsletter')} followed{known}."])
    for address in found.left_out:
        say_wrong(f"{without_password(address)}: This is no address of the web.")
    return 1 if found.left_out else 0


def write_out(arguments: argparse.Namespace) -> int:
    """Write what is followed into the file; 1 where nothing is followed."""
    from reader.services.opml import opml_of, subscriptions, write_opml

    with opened(arguments) as library:
        listed = subscriptions(library)
        if not listed:
            return say_wrong("No newsletters are followed.")
        if str(arguments.file) == "-":
            print_lines(opml_of(listed).splitlines())
            return 0
        write_opml(library, arguments.file.expanduser().absolute())
    if arguments.json:
        print_json(one._asdict() for one in listed)
    else:
        print_lines([f"{count_of(len(listed), 'newsletter')} written to {arguments.file}."])
    return 0


def _told(listed: Listed) -> Iterator[dict[str, object]]:
    yield from _those(listed.followed, new=True)
    yield from _those(listed.known, new=False)


def _those(followed: Sequence[Followed], *, new: bool) -> Iterator[dict[str, object]]:
    from reader.model.following import without_password

    for one in followed:
        address = without_password(one.address)
        yield {
            "address": address,
            "newsletter": one.newsletter,
            "name": one.name,
            "site": one.site,
            "new": new,
        }
