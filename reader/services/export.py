"""Export: stories to files that stay the reader's, and are brought up to date in place."""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from reader.exporters import Exporter, Layout, Sheet, Update, exporters
from reader.exporters.markdown import copied_markdown, story_markdown
from reader.model import ExporterError, StoryPage, shown_title
from reader.model.hashes import digest_of
from reader.services.file_names import folded, safe_name
from reader.services.progress import Problem, Progress
from reader.services.taken_along import Issues, taken_along

__all__ = [
    "Clash",
    "ExportResult",
    "Layout",
    "Problem",
    "Progress",
    "copy_markdown",
    "export",
    "show_markdown",
]

_HEAD = 32 * 1024
"""How many bytes of a file are read to learn whose it is."""


class Clash(NamedTuple):
    """A file that holds what no export wrote."""

    path: Path
    ours: bool
    """Whether an export wrote the file, and the reader has changed its text; else the file is all his own."""


Overwrite = Callable[[Clash], bool]
"""Asked before anything is overwritten that was not written by an export; True to go on."""


class Pages(Issues, Protocol):
    """What export asks of a library."""

    def pages(self, keys: Iterable[str]) -> Iterator[StoryPage]:
        """Yield the pages of the stories, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did."""

    written: tuple[Path, ...] = ()
    """Files that are new."""
    updated: tuple[Path, ...] = ()
    unchanged: tuple[Path, ...] = ()
    """Files that already said all this; they were not touched."""
    skipped: tuple[Path, ...] = ()
    """Files that hold what the reader wrote, and that were not to be overwritten."""
    problems: tuple[Problem, ...] = ()
    cancelled: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that now holds what was exported."""
        return self.written + self.updated + self.unchanged

    def told(self, place: str) -> str:
        """Return in one sentence what was done; the place is what its folder is called."""
        parts: list[str] = []
        for paths, first, more in (
            (self.written, "Exported {files} to {place}", ""),
            (self.updated, "Updated {files} in {place}", "updated {count}"),
            (
                self.unchanged,
                "Nothing has changed: {files} in {place} {are} up to date",
                "{count} {were} up to date",
            ),
            (self.skipped, "Left {files} in {place} as {they} {were}", "left {count} as {they} {were}"),
        ):
            if paths:
                parts.append(_counted(more if parts else first, len(paths), place))
        if self.problems:
            parts.append(_counted("{files} could not be written", len(self.problems), place))
        return ("Stopped. " if self.cancelled else "") + (", ".join(parts) or "Nothing was exported")


def _counted(words: str, count: int, place: str) -> str:
    one = count == 1
    return words.format(
        files="1 file" if one else f"{count:,} files",
        count=f"{count:,}",
        place=place,
        are="is" if one else "are",
        were="was" if one else "were",
        they="it" if one else "they",
    )


def export(  # noqa: PLR0913 - what, where to and how; and what is asked and told on the way
    library: Pages,
    keys: Iterable[str],
    destination: Path,
    layout: Layout = "story",
    *,
    overwrite: Overwrite = lambda _clash: False,
    progress: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
    today: str = "",
) -> ExportResult:
    """Write stories into a folder, or into the one file that a destination ending in ".md" names.

    A file is found again by what it holds, wherever in the folder the reader has moved it and whatever it is
    called by now. `today` is the day of the export (ISO 8601), which a file keeps from its first. Raise
    ExporterError if nothing can be written at all; what fails for one file is in the result.
    """
    exporter = exporters()["markdown"]
    pages = [taken_along(page, library) for page in library.pages(dict.fromkeys(keys))]
    is_file = destination.suffix.lower() == exporter.suffix and not destination.is_dir()
    folder = destination.parent if is_file else destination
    _make(folder)
    day = today or datetime.datetime.now().astimezone().date().isoformat()
    sheets = list(_sheets(pages, "all" if is_file else layout, destination.stem if is_file else "", day))
    files = None if is_file else _Folder(folder, exporter)
    run = _Run(exporter, overwrite)
    for number, sheet in enumerate(sheets, 1):
        if cancelled():
            return run.result(cancelled=True)
        path = files.path_for(sheet) if files else destination
        run.put(sheet, path)
        if files:
            files.add(path)
        progress(Progress(number, len(sheets), path.name))
    return run.result(cancelled=False)


def copy_markdown(library: Pages, keys: Sequence[str]) -> str:
    """Return stories as Markdown to paste: title, dek, body, and a line that tells where each is from."""
    told = [copied_markdown(taken_along(page, library)) for page in library.pages(dict.fromkeys(keys))]
    return "\n".join(told)


def show_markdown(library: Pages, keys: Sequence[str]) -> str:
    """Return stories as the files that an export would write, one after the other."""
    return "\n".join(story_markdown(taken_along(page, library)) for page in library.pages(keys))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ExporterError(f"{folder} is a file, and a folder is needed to export to.") from error
    except OSError as error:
        raise ExporterError(f"The folder {folder} could not be made: {_words(error)}.") from error


def _sheets(pages: Sequence[StoryPage], layout: Layout, title: str, today: str) -> Iterator[Sheet]:
    if layout == "story":
        for page in pages:
            yield Sheet("story", (page,), today, shown_title(page.story.title))
    elif layout == "issue":
        issues: dict[str, list[StoryPage]] = {}
        for page in pages:
            issues.setdefault(page.issue.key, []).append(page)
        for one in issues.values():
            yield Sheet("issue", tuple(one), today, one[0].issue_label or one[0].issue.title)
    elif pages:
        yield Sheet("all", tuple(pages), today, title or "Stories")


class _Folder:
    """The files in a folder, by what they hold and by what they are called."""

    def __init__(self, root: Path, exporter: Exporter) -> None:
        self._root = root
        self._exporter = exporter
        self._by_identity: dict[str, Path] = {}
        self._by_name: dict[str, Path] = {folded(path.name): path for path in root.iterdir()}
        for path in sorted(self._files(), key=lambda path: (len(path.parts), path)):
            if identity := self._identity(path):
                self._by_identity.setdefault(identity, path)

    def path_for(self, sheet: Sheet) -> Path:
        """Return the sheet's file: the one it was written to, wherever it is now, or else a new one."""
        found = self._by_identity.get(sheet.identity)
        if found and sheet.layout != "all":
            return found
        path = self._named(sheet.title)
        if path.exists() and self._identity(path) not in ("", sheet.identity):
            # Another story of the same title. What the reader wrote is never gone round like this.
            path = self._named(sheet.title, digest_of(sheet.identity)[:6])
        return path

    def add(self, path: Path) -> None:
        """Take note of a new file."""
        self._by_name[folded(path.name)] = path

    def _named(self, title: str, mark: str = "") -> Path:
        name = safe_name(title, self._exporter.suffix, f" ({mark})" if mark else "")
        return self._by_name.get(folded(name), self._root / name)

    def _files(self) -> Iterator[Path]:
        for directory, folders, names in os.walk(self._root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.lower().endswith(self._exporter.suffix) and not name.startswith("."):
                    yield Path(directory, name)

    def _identity(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                return self._exporter.identity(file.read(_HEAD))
        except OSError:
            return ""


class _Run:
    """One export, and what has come of it."""

    def __init__(self, exporter: Exporter, overwrite: Overwrite) -> None:
        self._exporter = exporter
        self._overwrite = overwrite
        self._written: list[Path] = []
        self._updated: list[Path] = []
        self._unchanged: list[Path] = []
        self._skipped: list[Path] = []
        self._problems: list[Problem] = []

    def put(self, sheet: Sheet, path: Path) -> None:
        """Write the sheet's file, or bring it up to date; what goes wrong becomes a problem."""
        try:
            if os.path.lexists(path):
                self._again(sheet, path)
            else:
                replace_file(path, self._exporter.write(sheet))
                self._written.append(path)
        except OSError as error:
            reason = f"{path.name} could not be written: {_words(error)}."
            self._problems.append(Problem(str(path), reason))

    def result(self, *, cancelled: bool) -> ExportResult:
        """Return what has come of it so far."""
        return ExportResult(
            tuple(self._written),
            tuple(self._updated),
            tuple(self._unchanged),
            tuple(self._skipped),
            tuple(self._problems),
            cancelled,
        )

    def _again(self, sheet: Sheet, path: Path) -> None:
        old = path.read_bytes()
        ours = self._exporter.identity(old) == sheet.identity
        update = self._exporter.update(old, sheet) if ours else Update(old, kept=(sheet.identity,))
        asked = bool(update.kept)
        allowed = asked and self._overwrite(Clash(path, ours))
        new = self._forced(old, sheet, ours=ours) if allowed else update.content
        if new != old:
            replace_file(path, new)
        if asked and not allowed:
            self._skipped.append(path)
        else:
            (self._unchanged if new == old else self._updated).append(path)

    def _forced(self, old: bytes, sheet: Sheet, *, ours: bool) -> bytes:
        return self._exporter.update(old, sheet, force=True).content if ours else self._exporter.write(sheet)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it has all of the old or all of the new."""
    target = path.resolve() if path.is_symlink() else path
    part = target.with_name(f".tearsheet-{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            if target.exists():
                part.chmod(target.stat().st_mode & 0o777)
                file.flush()
                os.fsync(file.fileno())  # What is replaced is the reader's too.
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _words(error: OSError) -> str:
    """Return why, in words."""
    return (error.strerror or str(error)).lower()
