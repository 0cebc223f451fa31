"""What a message belongs to and what it is called, told by its header."""

from __future__ import annotations

import re

from reader.importers.messages.headers import Header, address_of

_PARTS = re.compile(
    r"\s+(?:from|at|by|of|von|bei|de|di|da|van)\s+|\s*[|@·•–—]\s*|\s+-\s+|,\s+|:\s+|\(|\)", re.IGNORECASE
)
_VIA = re.compile(r"\s+(?:via|über|par)\s+\S.*$", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_NAME = re.compile(
    r"(?:list|lists|news|newsletters?|mail|mailer|mailing|mailinglist|info|noreply|no-reply"
    r"|donotreply|do-not-reply"
    r"|hello|contact|team|support|updates?|digest|weekly|daily|campaigns?|emails?|www|subscribers?"
    r"|members|announce"
    r"|main|default|all|marketing|reply|bounce.*|unsubscribe)",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?=.*\d)[0-9a-f-]{6,}|.*\d{3,}.*|.{41,}|\W*", re.IGNORECASE)
_MACHINE = re.compile(r".*mc list|.*\bmailing list\b.{0,3}$|list[- ]id.*", re.IGNORECASE)
_HOST = re.compile(
    r"^(?:(?:www|e?mail|mailer|news|newsletters?|list|lists|e|em\d*|m|mg|send|go|info|updates?|reply"
    r"|bounces?|mkt|t)\.)+(?=[^.]+\.)"
)
_REPLIED = re.compile(
    r"\s*(?:(?:re|aw|sv|antw|fwd?|wg|wtr|tr|rv|vs|vb|enc|doorst|pd|rif|ilt|转发|回复|轉寄|回覆|転送"
    r"|返信|전달|답장)"
    r"(?:\s?\[\d+\]|\^\d+)?\s*[:：]|\[(?:ext(?:ernal)?(?: (?:e-?mail|sender))?|spam|fwd?|re)\]"
    r"|\*{2,}\s?spam\s?\*{2,})\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*\[(?P<name>[^\[\]]{2,50})\]\s*(?=\S)")


def newsletter_of(header: Header) -> str:
    """Return the name of the newsletter that a message belongs to; "" where its header names nobody.

    It is what its list is called; a list known by a mere label ("importai") is called as the sender where
    the sender's name has that label in it. Else it is the sender's name, else the sender's host.
    """
    sender, address = address_of(header.get("from", "") or header.get("sender", ""))
    sender = _VIA.sub("", sender).strip(" \"'“”")
    if "@" in sender or not _NOT_LETTERS.sub("", sender):
        sender = ""
    phrase, label = _list_names(header.get("list-id", ""))
    if phrase:
        return phrase
    if label and (same := _part_called(sender, label)):
        return same
    return label or sender or _host_of(address)


def author_of(header: Header) -> str:
    """Return who wrote a message: the sender's name; "" where it has none."""
    name, _ = address_of(header.get("from", ""))
    return "" if "@" in name else name


def title_of(subject: str, names: tuple[str, ...] = ()) -> str:
    """Return a subject without what came before it on its way: "Fwd:", "Re:", the list's name in brackets."""
    title = subject.strip()
    ours = {_letters(name) for name in names if name}
    while True:
        bracketed = _BRACKETED.match(title)
        if bracketed and any(_letters(bracketed["name"]) in (name, name + "list") for name in ours):
            shorter = title[bracketed.end() :]
        else:
            shorter = _REPLIED.sub("", title, count=1) if _REPLIED.match(title) else title
        if shorter == title or not shorter:
            return title
        title = shorter


def list_label(header: Header) -> str:
    """Return the first label of a list's identifier, whatever it says: "importai"."""
    found = re.search(r"<?([^<>\s]+?)>?\s*$", header.get("list-id", ""))
    return found[1].partition(".")[0] if found else ""


def _list_names(field: str) -> tuple[str, str]:
    """Return what a list is called, and the label it is known by; "" for what says nothing to a reader."""
    found = re.match(r"(?P<phrase>[^<]*)(?:<(?P<id>[^<>]*)>)?", field)
    if not found:
        return "", ""
    phrase = " ".join(found["phrase"].strip(" \"'").split())
    identifier = found["id"] or ("" if " " in phrase else phrase)
    label = identifier.strip().partition(".")[0]
    return _telling(phrase if phrase != identifier else ""), _telling(label if "." in identifier else "")


def _telling(name: str) -> str:
    tells_nothing = _NO_NAME.fullmatch(name) or _HASH.fullmatch(name) or _MACHINE.fullmatch(name)
    host = "." in name and " " not in name
    return "" if tells_nothing or host or "@" in name or len(_letters(name)) < 2 else name


def _part_called(sender: str, label: str) -> str:
    """Return the part of a sender's name that is the label in other letters: "Import AI" of "importai"."""
    wanted = _letters(label)
    for part in (sender, *_PARTS.split(sender)):
        if part and _letters(part) in (wanted, "the" + wanted, wanted.removeprefix("the")):
            return part.strip()
    return ""


def _letters(name: str) -> str:
    letters = _NOT_LETTERS.sub("", name.casefold())
    return letters.removesuffix("newsletter") or letters


def _host_of(address: str) -> str:
    return _HOST.sub("", address.rpartition("@")[2]) if "@" in address else ""
