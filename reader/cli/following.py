"""`tearsheet follow`, `refresh`, `unfollow` and `newsletters`: what comes in from the web."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.console import complain, count_of, print_json, print_lines, printable, say_wrong, status_of
from reader.cli.older import sentence, take_older
from reader.cli.opened import opened
from reader.cli.stopping import stopping, teller, wipe
from reader.model.following import without_password

if TYPE_CHECKING:
    from reader.model import NewsletterRow
    from reader.model.following import Followed, Preview
    from reader.services.importing import Report
    from reader.services.library import Library
    from reader.services.progress import Progress
    from reader.services.refreshing import Answer, Refreshed


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    command = commands.add_parser(
        "follow",
        help="follow a newsletter on the web",
        description="Follow a newsletter: give the address of its feed, of its site, or of one of its pages.",
    )
    command.add_argument(
        "address", metavar="ADDRESS", help="for example example.org or https://example.org/feed"
    )
    command.add_argument("--name", default="", metavar="NAME", help="what the newsletter is to be called")
    command.add_argument("--older", action="store_true", help="get the older issues that the site has, too")
    command.add_argument("--json", action="store_true", help="print what came of it as one JSON object")
    command.set_defaults(command=follow)
    command = commands.add_parser(
        "refresh",
        help="look for new issues of what is followed",
        description="Ask the addresses that are followed for new issues.",
    )
    command.add_argument("newsletter", nargs="?", default="", metavar="NEWSLETTER", help="only this one")
    command.add_argument("--due", action="store_true", help="ask only those whose time has come")
    command.add_argument("--json", action="store_true", help="one JSON object a line, one for each address")
    command.set_defaults(command=refresh)
    command = commands.add_parser(
        "unfollow",
        help="follow a newsletter no longer",
        description="Ask for no more issues of a newsletter. Those that are here stay.",
    )
    command.add_argument("newsletter", metavar="NEWSLETTER", help="its name, its key, or the address")
    command.set_defaults(command=unfollow)
    command = commands.add_parser(
        "newsletters",
        help="list the newsletters, and how they are followed",
        description="List the newsletters: how many issues there are, at what address they are followed, and"
        " what came of asking it the last time.",
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command=newsletters)


def follow(arguments: argparse.Namespace) -> int:
    """Follow an address and take in what it holds; 1 where it cannot be followed, 130 when stopped."""
    from reader.services import following

    with opened(arguments, searching=True) as library, stopping() as stopped:
        with following.fetcher([arguments.address], lambda: bool(stopped)) as fetches:
            preview = following.look_at(arguments.address, fetches, library)
        report = following.follow(
            library,
            preview,
            arguments.name,
            progress=teller(_taking_in),
            cancelled=lambda: bool(stopped),
        )
        one = next(one for one in following.followed(library) if one.address == preview.address)
        wipe()
        complain(report)
        wanted = arguments.older and not report.cancelled
        past = take_older(library, one.address, 0, stopped) if wanted else None
    if arguments.json:
        came = {"added": report.added, "updated": report.updated}
        print_json([_followed_as_json(one) | came | ({"older": past.added} if past else {})])
    else:
        _tell_followed(one, preview, report)
        if past:
            print(sentence(past))
    return status_of(report + past if past else report)


def refresh(arguments: argparse.Namespace) -> int:
    """Ask for new issues; 1 where an address failed or an issue did not come in, 130 when stopped."""
    from reader.services import following, refreshing

    with opened(arguments, searching=True) as library, stopping() as stopped:
        named = (
            [one.address for one in following.followed_as(library, arguments.newsletter)]
            if arguments.newsletter
            else None
        )
        with following.fetcher_for(library, lambda: bool(stopped)) as fetches:
            report = refreshing.refresh(
                library,
                named,
                fetches=fetches,
                due_only=arguments.due,
                progress=teller(_asking),
                cancelled=lambda: bool(stopped),
            )
    wipe()
    _complain(report)
    if arguments.json:
        print_json(map(_answer_as_json, report.answers))
    else:
        print_lines(_refreshed(report))
    return 130 if report.cancelled else int(bool(report.errors or report.problems))


def unfollow(arguments: argparse.Namespace) -> int:
    """Follow a newsletter no longer."""
    from reader.services import following

    with opened(arguments) as library:
        for one in following.followed_as(library, arguments.newsletter):
            following.unfollow(library, one.address)
            address = without_password(one.address)
            print(printable(f"{one.name} is followed no longer ({address}). Its issues are still here."))
    return 0


def newsletters(arguments: argparse.Namespace) -> int:
    """List the newsletters."""
    with opened(arguments) as library:
        listed = list(_listed(library))
    if arguments.json:
        print_json(map(_as_json, listed))
    else:
        print_lines(line for one in listed for line in _lines(one))
    return 0


_Listed = tuple["NewsletterRow", list["Followed"]]


def _listed(library: Library) -> Iterator[_Listed]:
    """Yield each newsletter with the addresses that it is followed at, those without an issue last."""
    from reader.model import NewsletterRow
    from reader.services import following

    there: dict[str, list[Followed]] = defaultdict(list)
    for one in following.followed(library):
        there[one.newsletter].append(one)
    for row in library.newsletters():
        yield row, there.pop(row.key, [])
    for key, found in there.items():
        yield NewsletterRow(key, found[0].name, 0, 0), found


def _lines(listed: _Listed) -> Iterator[str]:
    row, there = listed
    yield printable(f"{row.name}: {count_of(row.issues, 'issue')}, {row.unread:,} unread")
    for one in there:
        said = one.error or one.result or "Not asked yet."
        gone = " It is asked no longer." if one.stopped else ""
        yield printable(f"    {without_password(one.address)}  {said}{gone}")


def _as_json(listed: _Listed) -> dict[str, object]:
    row, there = listed
    return row._asdict() | {"followed": [_followed_as_json(one) for one in there]}


def _followed_as_json(one: Followed) -> dict[str, object]:
    return one._asdict() | {"address": without_password(one.address)}


def _answer_as_json(answer: Answer) -> dict[str, object]:
    return answer._asdict() | {"address": without_password(answer.address)}


def _tell_followed(one: Followed, preview: Preview, report: Report) -> None:
    came = count_of(report.added, "issue")
    print(printable(f"{one.name} is followed at {without_password(one.address)}; {came} came in."))
    for offer in preview.offers:
        print(printable(f"    also there: {offer.address}  {offer.title}"))


def _complain(report: Refreshed) -> None:
    for answer in report.errors:
        say_wrong(f"{answer.name} ({without_password(answer.address)}): {answer.error}")
    for problem in report.problems:
        say_wrong(f"{problem.path}: {problem.reason}")


def _refreshed(report: Refreshed) -> Iterator[str]:
    if not report.answers and not report.cancelled:
        yield "Nothing was asked: no newsletter is followed, or none is due."
        return
    for answer in report.answers:
        if answer.result and (answer.added or answer.updated or "asked to be left" in answer.result):
            yield printable(f"{answer.name}: {answer.result}")
    asked = count_of(len(report.answers), "address", "addresses")
    failed = f", {len(report.errors):,} of them in vain" if report.errors else ""
    stopped = " Stopped; the rest is asked the next time." if report.cancelled else ""
    yield f"{count_of(report.added, 'new issue')} from {asked}{failed}.{stopped}"


def _taking_in(progress: Progress) -> str:
    return f"Taking in {progress.done:,} of {progress.total:,}" if progress.total else "Taking in…"


def _asking(progress: Progress) -> str:
    return f"Asked {progress.done:,} of {progress.total:,}"
