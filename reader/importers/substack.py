"""What Substack exports of a newsletter: a zip archive of posts and a table of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from reader.importers import Report
from reader.importers.decoding import decode
from reader.importers.exports.items import Item, Told, page_html, raw_issue
from reader.importers.exports.tables import rows
from reader.importers.files import is_zip
from reader.model import ImporterError, RawIssue
from reader.model.addresses import is_web

if TYPE_CHECKING:
    from reader.importers.exports.zips import Archive

_TABLE = "posts.csv"


class SubstackImporter:
    """The published posts of an export are issues."""

    name = "substack"
    reads_any = False

    def accepts(self, location: str) -> bool:
        if not is_zip(location):
            return False
        from reader.importers.exports.zips import paths_of

        paths = paths_of(location)
        return any(PurePosixPath(path).name == _TABLE for path in paths) and any(map(_is_post, paths))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        from reader.importers.exports.zips import opened

        told = Told(location, report)
        try:
            with opened(location) as archive:
                for item in _items(archive, location, told):
                    told.came()
                    yield raw_issue(location, item)
        except ImporterError as error:
            told.hear(error)
        told.end("The export has no posts in it.")


importer = SubstackImporter()


def _is_post(path: str) -> bool:
    inside = PurePosixPath(path)
    return inside.parent.name == "posts" and inside.suffix.lower() == ".html"


def _items(archive: Archive, location: str, told: Told) -> Iterator[Item]:
    """Yield the posts in the order of the table; of a table that is damaged those above the damage."""
    table = next((path for path in archive.paths if PurePosixPath(path).name == _TABLE), "")
    files = {PurePosixPath(path).stem: path for path in archive.paths if _is_post(path)}
    drafts = 0
    for row in rows(decode(archive.read(table))[0] if table else "", location):
        if row.get("is_published", "").strip().lower() not in ("true", "1"):
            drafts += 1
            continue
        try:
            text = _text(archive, files, row)
        except ImporterError as error:
            told.hear(error)
            continue
        if text:
            yield _item(row, text)
    told.of_drafts(drafts)


def _text(archive: Archive, files: Mapping[str, str], row: Mapping[str, str]) -> str:
    """Return a post's text; of a podcast without one a link to it."""
    path = files.get(row.get("post_id", "").strip(), "")
    text = decode(archive.read(path), html=True)[0] if path else ""
    sound = row.get("podcast_url", "")
    return page_html(text, sound, row.get("subtitle", "")) if text.strip() or is_web(sound) else ""


def _item(row: Mapping[str, str], text: str) -> Item:
    subtitle = row.get("subtitle", "").strip()
    kind = row.get("type", "").strip()
    return Item(
        identity=row.get("post_id", ""),
        title=row.get("title", ""),
        html=text,
        date=row.get("post_date", "") or row.get("email_sent_at", ""),
        more=(("subtitle", subtitle), ("type", kind), ("audience", row.get("audience", "").strip())),
    )
