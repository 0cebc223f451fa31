"""What the names of files tell, for whoever looks at many and opens none."""

from __future__ import annotations

import re

_MAILS = (".eml", ".emlx")
_MAILBOXES = (".mbox", ".mbx")
_CONFLICT = re.compile(r"\.sync-conflict-\d{8}-\d{6}|\([^()]*conflicted copy[^()]*\)", re.IGNORECASE)
"""What Syncthing, Dropbox and Nextcloud put into the name of a copy that they could not bring together."""


def is_leftover(name: str) -> bool:
    """Say whether a file is only there for a program: what it writes, locks, or could not bring together."""
    return name.startswith((".", "~")) or bool(_CONFLICT.search(name))


def is_mail_name(name: str) -> bool:
    """Say whether a file found in a folder is a message, by its name alone."""
    return name.lower().endswith(_MAILS) and not is_leftover(name)


def is_mbox_name(name: str) -> bool:
    """Say whether a file found in a folder is an mbox, by its name alone."""
    return name.lower().endswith(_MAILBOXES) and not is_leftover(name)
