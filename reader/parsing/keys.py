"""Keys: the names by which newsletters, issues and stories are known, equal on machines that never spoke."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from reader.model import file_of
from reader.model.hashes import digest_of

_NOT_LETTERS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W_]+")
_SIGNS = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
"""What `str.translate` takes out of ASCII to leave letters and digits, sooner than a search does."""
_SLUG_LENGTH = 40
_FIRST_WORDS = 80
"""Letters of a story's body that its fingerprint is taken from."""
_NO_NAME = re.compile(
    r"(?:original|source|index|content|body|message|email|page|newsletter|issue|readme)", re.IGNORECASE
)


def slug(text: str, length: int = _SLUG_LENGTH) -> str:
    """Return a text as a short name: letters of any script and digits in one case, parted by "-"."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    whole = _NOT_LETTERS.sub("-", folded).strip("-")
    if len(whole) <= length:
        return whole
    head, _, _ = whole[: length + 1].rpartition("-")
    return (head if len(head) > length // 2 else whole[:length]).strip("-")


def newsletter_key(name: str) -> str:
    """Return a newsletter's key: "Import AI" is "import-ai"; a name without letters is "newsletter"."""
    return slug(name, 60) or "newsletter"


def issue_key(newsletter: str, number: str, location: str = "") -> str:
    """Return an issue's key: its newsletter's key, and its number, else the name of its file (or folder)."""
    return f"{newsletter}/{slug(number) or name_of(location) or 'issue'}"


def name_of(location: str) -> str:
    """Return the slug of a file's name; where that says nothing ("index.html") of its folder's."""
    path = PurePath(telling(location))
    return slug(path.name.partition(".")[0] if path.name.startswith(".") else path.stem, 60)


def telling(location: str) -> str:
    """Return the path whose name tells an issue: where a file's says nothing, as if its folder were the file.

    "letters/issue-6/original.html" is told by "letters/issue-6.html", an issue in a file with others by its
    own name.
    """
    file, part = file_of(location)
    path = PurePath(file)
    if part:
        return str(path.with_name(part + path.suffix))
    if not says_nothing(path.name) or not path.parent.name:
        return location
    return str(path.parent.with_name(path.parent.name + path.suffix))


def says_nothing(name: str) -> bool:
    """Say whether a file's name is one that any issue's may have: "index.html", "original.html"."""
    return bool(_NO_NAME.fullmatch(name.partition(".")[0] if name.startswith(".") else PurePath(name).stem))


def story_keys(issue: str, stories: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the keys of an issue's stories, given the title and the body of each, in order.

    A key hangs on its own story alone, so it stays when others come or go; the second of
    two equal stories gets "-2", the third "-3".
    """
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for title, body in stories:
        name = slug(title)
        key = (
            f"{issue}#{name}-{_fingerprint(title, body)}" if name else f"{issue}#{_fingerprint(title, body)}"
        )
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return tuple(keys)


def _fingerprint(title: str, body: str) -> str:
    """Return six hexadecimal digits of what a story says first; how it is set and spaced does not count."""
    said = _letters(title) + "\n" + _letters(body[: 8 * _FIRST_WORDS])[:_FIRST_WORDS]
    return digest_of(said)[:6]


def _letters(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).casefold()
    return normal.translate(_SIGNS) if normal.isascii() else "".join(_LETTERS.findall(normal))
