"""Issues from folders of Markdown, HTML and text files, as Jekyll and its kin lay them out."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from reader.importers import Report
from reader.importers.decoding import decode, kind_of_binary
from reader.importers.files import bytes_in, in_words
from reader.importers.names import is_leftover
from reader.importers.parts import joined, parts_of, whole_of
from reader.model import ImporterError, RawIssue
from reader.model.hashes import digest_of
from reader.model.issue import Markup

LIMIT = 20_000_000
"""Bytes; a longer file is no issue of a newsletter."""

_MARKUP: dict[str, Markup] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mdx": "markdown",
    ".txt": "markdown",  # plain text reads as it stands in Markdown, and a post may be named so
    ".rst": "rst",
    ".org": "org",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
}
_RANKS = ("md", "markdown", "mdown", "rst", "org", "html", "htm", "txt")
"""The endings of what is taken out of a folder; of two copies of an issue, the one that stands first here."""
_LEFT_OUT_FOLDERS = re.compile(
    r"\..*|node_modules|bower_components|vendor|venv|site-packages|__pycache__|__macosx"
    r"|_drafts|_layouts|_includes|_site|_sass|_data",
    re.IGNORECASE | re.DOTALL,
)
_LEFT_OUT_FILES = re.compile(
    r"(?:readme|licen[cs]e|copying|contributing|changelog|code[_-]of[_-]conduct)(?![^\W_]).*"
    r"|robots|humans|requirements|cname|404|_index",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = re.compile(r"(\d+)")
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!doctype html|<html\b|<\?xml[^>]*>\s*<(?:!doctype )?html\b)", re.IGNORECASE
)


class FolderImporter:
    """One file is one issue; so is a folder of numbered parts."""

    name = "folder"
    reads_any = True

    def accepts(self, location: str) -> bool:
        return Path(location).exists() or bool(_parts(Path(location)))

    def locations(self, location: str, report: Report) -> Iterator[str]:
        for entry in walk(location, report):
            yield entry.path

    def read(self, location: str) -> RawIssue:
        return read(location)


importer = FolderImporter()


def walk(
    location: str | os.PathLike[str], report: Report, wanted: Callable[[str], bool] | None = None
) -> Iterator[File]:
    """Yield the files that may be issues, newest name first; what cannot be listed is reported.

    Those are the ones whose names are `wanted`, where it is said which; else the folder importer's own.

    A file that is named itself is always one. Each folder is entered once, so links may lead in circles.
    """
    wanted = wanted or is_issue_name
    path = Path(os.path.abspath(location))  # noqa: PTH100 - resolve() would follow links
    if parts := _parts(path):
        yield WholeFile(str(path), parts)
        return
    try:
        status = path.stat()
    except OSError as error:
        report(ImporterError(in_words(error), str(path)))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _files(str(path), set(), report, wanted)
    else:
        yield NamedFile(str(path))


class File(Protocol):
    """A file that was found: what os.scandir yields, or one that was named."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    def stat(self) -> os.stat_result: ...


class NamedFile:
    """A file that the reader named."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = Path(path).name

    def stat(self) -> os.stat_result:
        return Path(self.path).stat()


class WholeFile(NamedFile):
    """The file that an issue would be that lies in a folder in parts."""

    def __init__(self, path: str, parts: Sequence[Path]) -> None:
        super().__init__(path)
        self._parts = parts

    def stat(self) -> os.stat_result:
        return max((part.stat() for part in self._parts), key=lambda status: status.st_mtime_ns)


def is_issue_name(name: str) -> bool:
    """Say whether a file found in a folder may be an issue, by its name alone."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() in _RANKS and not is_leftover(name) and not _LEFT_OUT_FILES.fullmatch(stem)


def is_known_text(name: str) -> bool:
    """Say whether a file's ending says that it is a text of the kinds that are read here."""
    return Path(name).suffix.lower() in _MARKUP


def read(location: str | os.PathLike[str]) -> RawIssue:
    """Return a file as a raw issue; raise ImporterError where it is no text or cannot be read."""
    path = Path(os.path.abspath(location))  # noqa: PTH100 - as above
    if parts := _parts(path):
        return _whole(path, [(part, read(part)) for part in parts if bytes_in(str(part), LIMIT).strip()])
    data = bytes_in(str(path), LIMIT)
    if not data.strip():
        raise ImporterError("The file is empty.", str(path))
    if kind := kind_of_binary(data):
        raise ImporterError(f"This is {kind}, not a text.", str(path))
    markup = _MARKUP.get(path.suffix.lower(), "markdown")
    text, warning = decode(data, html=markup == "html" or data.lstrip()[:1] == b"<")
    if not text.strip():
        raise ImporterError("The file is empty.", str(path))
    return RawIssue(
        location=str(path),
        name=path.name,
        text=text,
        markup="html" if _LOOKS_LIKE_HTML.match(text) else markup,
        digest=digest_of(data),
        warnings=(warning,) if warning else (),
    )


def _parts(path: Path) -> list[Path]:
    """Return the parts of the issue whose location this is; none where it is a file of its own."""
    try:
        return parts_of(path.parent) if path.name.endswith(".md") and not path.exists() else []
    except OSError:
        return []


def _whole(path: Path, parts: Sequence[tuple[Path, RawIssue]]) -> RawIssue:
    text = joined([(place, part.text) for place, part in parts], path.parent)
    warnings = tuple(dict.fromkeys(warning for _, part in parts for warning in part.warnings))
    return RawIssue(str(path), path.name, text, "markdown", digest=digest_of(text), warnings=warnings)


class Listing(NamedTuple):
    """What lies in a folder."""

    files: tuple[File, ...]
    """Those that may be issues, newest name first."""
    folders: tuple[str, ...]
    """Those to look into."""


def listed(folder: str, wanted: Callable[[str], bool]) -> Listing:
    """Return what of a folder itself is to be looked at; raise OSError where it cannot be listed."""
    if parts := parts_of(folder):
        return Listing((WholeFile(whole_of(folder), parts),), ())
    with os.scandir(folder) as entries:
        found = sorted(entries, key=_age, reverse=True)
    files = [entry for entry in found if wanted(entry.name) and _is(os.DirEntry.is_file, entry)]
    folders = [
        entry
        for entry in found
        if not _LEFT_OUT_FOLDERS.fullmatch(entry.name) and _is(os.DirEntry.is_dir, entry)
    ]
    folders.sort(key=os.DirEntry.is_symlink)  # a folder counts where it is, then where it is linked
    return Listing(tuple(_without_copies(files)), tuple(entry.path for entry in folders))


def _files(
    folder: str, entered: set[tuple[int, int]], report: Report, wanted: Callable[[str], bool]
) -> Iterator[File]:
    try:
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in entered:
            return
        entered.add((status.st_dev, status.st_ino))
        listing = listed(folder, wanted)
    except OSError as error:
        report(ImporterError(f"The folder could not be listed. {in_words(error)}", folder))
        return
    yield from listing.files
    for inner in listing.folders:
        yield from _files(inner, entered, report, wanted)


def _without_copies(entries: list[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    """Yield the files, but of an issue that lies there twice (x.md and x.html) only the better one."""
    best: dict[str, str] = {}
    for entry in sorted(entries, key=_rank):
        best.setdefault(_copied(entry.name), entry.name)
    yield from (entry for entry in entries if best[_copied(entry.name)] == entry.name)


def _copied(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    if ending.lower() not in _RANKS:
        return name
    return "original" if stem == "source" else stem


def _rank(entry: os.DirEntry[str]) -> int:
    ending = entry.name.rpartition(".")[2].lower()
    return _RANKS.index(ending) if ending in _RANKS else len(_RANKS)


def _age(entry: os.DirEntry[str]) -> tuple[list[tuple[int, str]], str]:
    """Return what sorts names as a person does: issue-9 before issue-10."""
    parts = _DIGITS.split(entry.name.lower())
    return [(int(part) if place % 2 else 0, part) for place, part in enumerate(parts)], entry.name


def _is(question: Callable[[os.DirEntry[str]], bool], entry: os.DirEntry[str]) -> bool:
    try:
        return question(entry)
    except OSError:  # a link in a circle
        return False
