"""`tearsheet forms`: how the issues of each newsletter are split, and what was learnt from that."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.cli.console import count_of, print_json, print_lines, say_wrong
from reader.cli.opened import opened

if TYPE_CHECKING:
    from reader.services.forms import Learnt
    from reader.services.library import Library


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "forms",
        help="show how newsletters are split, and what was learnt from their issues",
        description="Show by which signals the issues of each newsletter are split. The form that most of"
        " them share decides where an issue looks unlike the others.",
    )
    command.add_argument("newsletter", nargs="?", default="", metavar="NEWSLETTER", help="only this one")
    command.add_argument(
        "--json", action="store_true", help="one JSON object a line, one for each newsletter"
    )
    choice = command.add_mutually_exclusive_group()
    choice.add_argument(
        "--reset",
        action="store_true",
        help="forget what was learnt: split each issue of the newsletter by itself, now and from now on",
    )
    choice.add_argument(
        "--learn", action="store_true", help="let the newsletter's issues learn from one another again"
    )
    command.set_defaults(command=forms)


def forms(arguments: argparse.Namespace) -> int:
    """Print what was learnt, after forgetting it or learning again where that was asked for."""
    from reader.services.forms import learnt

    changing = arguments.reset or arguments.learn
    if changing and not arguments.newsletter:
        return say_wrong("Say which newsletter: tearsheet forms NEWSLETTER --reset")
    with opened(arguments, searching=changing) as library:
        newsletter = library.find_newsletter(arguments.newsletter) if arguments.newsletter else ""
        told = _change(library, newsletter, alone=arguments.reset) if changing else []
        found = learnt(library, newsletter)
    if arguments.json:
        print_json(one._asdict() for one in found)
    else:
        print_lines(told or [line for one in found for line in _lines(one)])
    return 0


def _change(library: Library, newsletter: str, *, alone: bool) -> list[str]:
    from reader.services.forms import forget, learn

    changed = (forget if alone else learn)(library, newsletter)
    library.settle()
    how = "by itself" if alone else "in the company of the others"
    return [f"Each issue is split {how} from now on; {count_of(len(changed), 'issue')} changed."]


def _lines(one: Learnt) -> list[str]:
    """Return what is said of a newsletter, and below it of the issues that are unlike the others."""
    form = one.form or "no form that most issues share"
    alone = "; each issue by itself" if one.alone else ""
    lines = [f"{one.name}: {form} ({count_of(one.issues, 'issue')}{alone})"]
    lines += [f"    as the others  {key}" for key in one.helped]
    lines += [f"    unlike them    {key}" for key in one.odd]
    return lines
