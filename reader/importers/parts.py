"""An issue that lies in a folder as numbered files: its parts, read in their order as one text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_OF_AN_ISSUE = re.compile(
    r"(?:.*[^a-z])?(?:issue|edition|newsletter|week|number|no|nr|ausgabe|numéro|выпуск)[-_. #]{0,2}\d{1,5}"
    r"|(?:19|20)\d\d-\d\d-\d\d(?:[-_. ].*)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"/(?:19|20)\d\d/(?:\d\d?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})/\d\d?$",
    re.IGNORECASE,
)
_PART = re.compile(r"(?P<number>\d{1,3})[-_. ]+(?=\D)")
_HEAD = re.compile(r"0+[-_. ]")
_INDEX = re.compile(r"_?index\.\w+", re.IGNORECASE)
_TEXTS = (".md", ".markdown", ".mdown")
_NAMES = ("index.md", "issue.md", "content.md")
"""What the file of the whole may be called: the first that is the name of none."""
_FEWEST = 3
_HEADING = re.compile(
    r"^(?P<signs>#{1,6})(?=[ \t])|(?P<tag></?h)(?P<level>[1-6])\b", re.MULTILINE | re.IGNORECASE
)
_FENCED = re.compile(r"^( {0,3}```.*?^ {0,3}```)", re.MULTILINE | re.DOTALL)
_DIGITS = re.compile(r"(\d+)")


def parts_of(folder: str | os.PathLike[str]) -> list[Path]:
    """Return the parts of the issue that a folder is, in order; none where it is not one.

    Its name is an issue's ("issue-12", "2024-05-01", "2024/May/01"), and all texts in it and in the
    folders in it have a number in front ("01-intro.md", "2-guides/1-walks.md") but for an index.
    """
    path = Path(folder)
    if not (_OF_AN_ISSUE.fullmatch(path.name) or _DAY.search(path.as_posix())):
        return []
    found = list(_texts(path, 0))
    parts = [part for part in found if not _INDEX.fullmatch(part.name)]
    inside = [part.relative_to(path).parts for part in parts]
    numbers = {int(match["number"]) for first, *_ in inside if (match := _PART.match(first))}
    numbered = all(_PART.match(name) for names in inside for name in names)
    return found if len(parts) >= _FEWEST and numbered and min(numbers) < 2 <= len(numbers) else []


def whole_of(folder: str | os.PathLike[str]) -> str:
    """Return the location of the issue that a folder is: a file in it that does not exist."""
    names = (name for name in _NAMES if not (Path(folder) / name).exists())
    return str(Path(folder) / next(names, "message.md"))


def joined(parts: Sequence[tuple[Path, str]], folder: Path) -> str:
    """Return the text of the whole, which is called as its folder where an index does not say how.

    The headings of a part begin below those of the whole, and below that of the part's own folder.
    """
    texts: list[str] = []
    for path, text in parts:
        inside = path.relative_to(folder).parts
        if _INDEX.fullmatch(path.name) and len(inside) == 1:
            texts.append(text.strip("\n"))
        else:
            opens = len(inside) > 1 and bool(_HEAD.match(path.name))
            texts.append(_levelled(_without_header(text.strip("\n")), len(inside) + (not opens)))
    if not texts[0].startswith(("---\n", "+++\n")):
        texts.insert(0, f"---\ntitle: {_title(folder)}\n---")
    return "\n\n".join(texts) + "\n"


def _levelled(text: str, level: int) -> str:
    """Return a part with its headings moved so that the first one is of that level."""
    first = _HEADING.search(text)
    if first is None:
        return text
    by = level - (len(first["signs"]) if first["signs"] else int(first["level"]))

    def moved(found: re.Match[str]) -> str:
        old = len(found["signs"]) if found["signs"] else int(found["level"])
        new = min(max(old + by, 1), 6)
        return "#" * new if found["signs"] else f"{found['tag']}{new}"

    return "".join(
        piece if at % 2 else _HEADING.sub(moved, piece) for at, piece in enumerate(_FENCED.split(text))
    )


def _texts(folder: Path, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=_order)
    for entry in listed:
        if entry.name.startswith((".", "~")):
            continue
        if entry.is_dir(follow_symlinks=False) and depth < 2:
            yield from _texts(Path(entry.path), depth + 1)
        elif entry.name.lower().endswith(_TEXTS) and entry.is_file():
            yield Path(entry.path)


def _order(entry: os.DirEntry[str]) -> tuple[bool, list[tuple[int, str]], str]:
    pieces = _DIGITS.split(entry.name.lower())
    numbered = [(int(piece) if place % 2 else 0, piece) for place, piece in enumerate(pieces)]
    return not _INDEX.fullmatch(entry.name), numbered, entry.name


def _title(path: Path) -> str:
    names = path.parts[-3:] if _DAY.search(path.as_posix()) else [re.sub(r"[-_]+", " ", path.name)]
    name = path.name if re.match(r"\d{4}-", path.name) else " ".join(names)
    return f'"{name[:1].upper()}{name[1:]}"'.replace("\\", "")


def _without_header(text: str) -> str:
    """Return a part's text; of its front matter the title stays, as a heading."""
    header = re.match(r"(---|\+\+\+)\n(.*?)\n\1(?:\n|$)", text, re.DOTALL)
    if not header:
        return text
    title = re.search(r"^title\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", header[2], re.MULTILINE)
    return (f"# {title[1]}\n\n" if title else "") + text[header.end() :]
