"""What Omnivore exports: saved pages with texts, labels and highlights, as a zip archive or unpacked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from reader.importers import Report
from reader.importers.decoding import decode
from reader.importers.exports.items import Item, Told, as_text, page_html, raw_issue
from reader.importers.files import bytes_in, in_words, is_zip
from reader.model import ImporterError, RawIssue, State

_METADATA = re.compile(r"metadata_\d+_to_\d+\.json")
_MOST = 50_000_000  # bytes of one file
_DAMAGED = "“{}” is damaged and was left out."


class _Export(Protocol):
    """Where the files of an export lie."""

    @property
    def paths(self) -> list[str]: ...
    def read(self, path: str) -> bytes: ...


class _Folder:
    """An export that was unpacked, around one of its tables."""

    def __init__(self, table: Path) -> None:
        self._root = table.parent
        inner = [name for name in ("content", "highlights") if (self._root / name).is_dir()]
        found = [f"{name}/{path.name}" for name in inner for path in (self._root / name).iterdir()]
        self.paths = [table.name, *found]

    def read(self, path: str) -> bytes:
        return bytes_in(str(self._root / path), _MOST)


class OmnivoreImporter:
    """Each saved page is an issue of one story; what was archived is read.

    Of an export that was unpacked, each of its tables is a place.
    """

    name = "omnivore"
    reads_any = False

    def accepts(self, location: str) -> bool:
        if not is_zip(location):
            return bool(_METADATA.fullmatch(Path(location).name)) and Path(location).is_file()
        from reader.importers.exports.zips import paths_of

        return any(map(_is_table, paths_of(location)))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        told = Told(location, report)
        try:
            if is_zip(location):
                from reader.importers.exports.zips import opened

                with opened(location) as archive:
                    yield from _issues(archive, location, told)
            else:
                yield from _issues(_Folder(Path(location)), location, told)
        except ImporterError as error:
            told.hear(error)
        except OSError as error:
            told.hear(ImporterError(in_words(error), location))
        told.end("The export has no saved pages in it.")


importer = OmnivoreImporter()


def _is_table(path: str) -> bool:
    return bool(_METADATA.fullmatch(PurePosixPath(path).name))


def _issues(export: _Export, location: str, told: Told) -> Iterator[RawIssue]:
    metadata = sorted(filter(_is_table, export.paths))
    files = {"/".join(PurePosixPath(path).parts[-2:]): path for path in export.paths}
    for path in metadata:
        for page in _pages(export, path, location, told):
            try:
                item = _item(page, _file(export, files, "content/{}.html", page), _notes(export, files, page))
            except ImporterError as error:
                told.hear(error)
                continue
            told.came()
            yield raw_issue(location, item, one_story=True)


def _pages(export: _Export, path: str, location: str, told: Told) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(decode(export.read(path))[0])
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        told.hear(ImporterError(_DAMAGED.format(PurePosixPath(path).name), location))
        return
    yield from (page for page in found if isinstance(page, dict))


def _item(page: Mapping[str, Any], text: str, notes: str) -> Item:
    labels = page.get("labels")
    tags = {name.strip() for name in labels if isinstance(name, str)} if isinstance(labels, list) else set()
    link = as_text(page.get("url"))
    return Item(
        identity=str(page.get("id") or page.get("slug") or link),
        title=as_text(page.get("title")),
        html=page_html(text, link, as_text(page.get("description"))),
        link=link,
        date=as_text(page.get("publishedAt")) or as_text(page.get("savedAt")),
        author=as_text(page.get("author")),
        newsletter="Omnivore",
        more=(("image", as_text(page.get("thumbnail"))), ("saved", as_text(page.get("savedAt")))),
        state=State(
            read=as_text(page.get("state")).lower() == "archived",
            tags=tuple(sorted(tags - {""})),
            note=notes,
        ),
    )


def _notes(export: _Export, files: Mapping[str, str], page: Mapping[str, Any]) -> str:
    return _file(export, files, "highlights/{}.md", page).strip()


def _file(export: _Export, files: Mapping[str, str], name: str, page: Mapping[str, Any]) -> str:
    """Return the text of a file that is called as the page; "" where there is none."""
    path = files.get(name.format(as_text(page.get("slug"))), "")
    return decode(export.read(path), html=True)[0] if path else ""
