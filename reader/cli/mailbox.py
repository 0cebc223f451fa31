"""`tearsheet mailbox`: newsletters that come in from a server of mail."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from reader.cli.console import complain, print_json, print_lines, printable, say_wrong, status_of
from reader.cli.opened import opened
from reader.cli.stopping import stopping, teller, wipe

if TYPE_CHECKING:
    from reader.model.mailbox import MailAccount
    from reader.services.progress import Progress


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "mailbox",
        help="let newsletters come in from a mailbox, by IMAP",
        description="Let newsletters come in from a mailbox. Its mails stay as they are, and unread. The"
        " password is asked for, or read from standard input, and kept in the system's keyring.",
    )
    verbs = command.add_subparsers(metavar="VERB", required=True)
    adding = verbs.add_parser("add", help="add a mailbox; an app password is best")
    adding.add_argument("host", metavar="HOST", help="the server: imap.example.org, or with :PORT")
    adding.add_argument("--user", required=True, metavar="NAME", help="as the server knows you")
    adding.add_argument("--folder", default="INBOX", metavar="FOLDER", help="INBOX where it is not given")
    adding.add_argument(
        "--from", dest="sender", default="", metavar="ADDRESS", help="only this sender's mails"
    )
    adding.set_defaults(command=add_one)
    listing = verbs.add_parser("list", help="list the mailboxes")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(command=list_all)
    removing = verbs.add_parser("remove", help="remove a mailbox; what came from it stays")
    removing.add_argument("mailbox", metavar="MAILBOX", help="its host, its user or its address in the list")
    removing.set_defaults(command=remove_one)
    refreshing = verbs.add_parser("refresh", help="take in what came since the last time")
    refreshing.add_argument("mailbox", nargs="?", default="", metavar="MAILBOX", help="only this one")
    refreshing.set_defaults(command=refresh)


def add_one(arguments: argparse.Namespace) -> int:
    """Add a mailbox once its server lets us in; 1 where it does not."""
    from reader.services.mailboxes import add_mailbox

    account = _account(arguments)
    if account is None:
        return say_wrong(f"“{arguments.host}” is no server: write HOST or HOST:PORT.")
    password = _password(account)
    if not password:
        return say_wrong("No password was given.")
    with opened(arguments) as library:
        add_mailbox(library, account, password)
    print(printable(f"Newsletters come in from {account.folder} of {account.user} at {account.host} now."))
    return 0


def list_all(arguments: argparse.Namespace) -> int:
    """Print the mailboxes; never a password."""
    from reader.services.mailboxes import mailboxes

    with opened(arguments) as library:
        accounts = mailboxes(library)
    if arguments.json:
        print_json({"key": account.key, **account._asdict()} for account in accounts)
    else:
        print_lines(printable(account.key) for account in accounts)
    return 0


def remove_one(arguments: argparse.Namespace) -> int:
    """Remove a mailbox and its password."""
    from reader.services.mailboxes import find_mailbox, remove_mailbox

    with opened(arguments) as library:
        account = find_mailbox(library, arguments.mailbox)
        remove_mailbox(library, account)
    print(printable(f"Nothing more comes in from {account.key}."))
    return 0


def refresh(arguments: argparse.Namespace) -> int:
    """Take in what is new; 1 where a mailbox could not be read, 130 when stopped."""
    from reader.cli.importing import sentence
    from reader.services.mailboxes import find_mailbox, refresh_mailboxes

    with opened(arguments, searching=True) as library, stopping() as stopped:
        chosen = [find_mailbox(library, arguments.mailbox)] if arguments.mailbox else None
        report = refresh_mailboxes(library, chosen, progress=teller(_words), cancelled=lambda: bool(stopped))
    wipe()
    complain(report)
    print(sentence(report))
    return status_of(report)


def _account(arguments: argparse.Namespace) -> MailAccount | None:
    from reader.model.mailbox import SECURE_PORT, MailAccount

    host, _, port = arguments.host.partition(":")
    if not host or (port and not port.isdecimal()):
        return None
    number = int(port) if port else SECURE_PORT
    return MailAccount(host, arguments.user, number, arguments.folder, arguments.sender)


def _password(account: MailAccount) -> str:
    """Ask for the password where there is somebody to ask; else read it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    return getpass(f"Password of {account.user} at {account.host}: ")


def _words(progress: Progress) -> str:
    return f"Fetching {progress.done:,} of {progress.total:,}"
