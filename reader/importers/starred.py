"""Starred articles that other readers export as JSON: Google Reader and its kin, Feedbin, Miniflux."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reader.importers import Report
from reader.importers.exports.items import Item, Told, as_text, page_html, raw_issue, time_of
from reader.importers.exports.lists import objects
from reader.importers.files import beginning
from reader.model import ImporterError, RawIssue, State

_LIST = re.compile(r"\"(?:items|entries|starred_entries)\"\s*:\s*\[|\A\s*\[")
_MARKS = (
    re.compile(r"\"(?:crawlTimeMsec|timestampUsec|streamId)\"|user/[^/\"]*/state/|\\/state\\/com\.google"),
    re.compile(r"\"feed_id\"\s*:|\"starred\"\s*:\s*(?:true|false)|\"feed\"\s*:\s*\{|\"starred_entries\""),
    re.compile(r"\A\[.*?\"published\"\s*:\s*\"\d{4}-", re.DOTALL),
)
"""What only the articles of each family have: Google Reader's, Miniflux's, Feedbin's."""
_LABEL = re.compile(r"user/[^/]*/label/(.+)", re.DOTALL)
_STATE = re.compile(r"user/[^/]*/state/(?:com\.google|org\.freshrss)/(.+)", re.DOTALL)
_STARRED = re.compile(r"/state/[\w.]+/starred")
_NAMED = re.compile(r"\"(?:title|url)\"\s*:")


class StarredImporter:
    """Each article of the list is an issue, starred and tagged as it was."""

    name = "starred"
    reads_any = False

    def accepts(self, location: str) -> bool:
        text = beginning(location).lstrip()
        if not text.startswith(("{", "[")) or not _LIST.search(text) or "jsonfeed.org" in text:
            return False
        return bool(_NAMED.search(text)) and any(mark.search(text) for mark in _MARKS)

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        told = Told(location, report)
        whole_is_starred = _is_of_starred(beginning(location).replace("\\/", "/"))
        try:
            for article in objects(location, _LIST):
                told.came()
                yield raw_issue(location, _item(article, whole_is_starred=whole_is_starred))
        except ImporterError as error:
            told.hear(error)
        told.end("The list has no articles in it.")


importer = StarredImporter()


def _is_of_starred(begins: str) -> bool:
    """Say whether a list is one of starred articles: its head says so, or no article has any state."""
    found = _LIST.search(begins)
    head = begins[: found.start()] if found else ""
    return bool(_STARRED.search(head)) or "/state/com.google/" not in begins


def _item(article: Mapping[str, Any], *, whole_is_starred: bool) -> Item:
    """Return an article; in a list of starred ones each is, whether it says so or not."""
    feed = _object(article, "origin") or _object(article, "feed")
    link = _link(article)
    return Item(
        identity=str(article.get("id") or link or article.get("title")),
        title=as_text(article.get("title")),
        html=page_html(_content(article), link, as_text(article.get("summary"))),
        link=link,
        date=_time(article, "published", "published_at", "crawlTimeMsec", "created_at"),
        author=_author(article),
        newsletter=as_text(feed.get("title")) or as_text(article.get("feed_title")),
        more=(("image", _picture(article)),),
        state=_state(article, whole_is_starred=whole_is_starred),
    )


def _state(article: Mapping[str, Any], *, whole_is_starred: bool) -> State:
    categories = [name for name in _list(article, "categories") if isinstance(name, str)]
    states = {match[1] for name in categories if (match := _STATE.fullmatch(name))}
    labels = {match[1].strip() for name in categories if (match := _LABEL.fullmatch(name))}
    said = article.get("starred")
    starred = said if isinstance(said, bool) else "starred" in states or whole_is_starred
    return State(
        read="read" in states or article.get("status") == "read",
        starred=starred,
        tags=tuple(sorted(filter(None, labels))),
        starred_at=_time(article, "starred", "starred_at") if starred else "",
    )


def _link(article: Mapping[str, Any]) -> str:
    for key in ("canonical", "alternate"):
        for one in _list(article, key):
            if isinstance(one, dict) and (address := as_text(one.get("href"))):
                return address
    return next((text for key in ("url", "link", "href") if (text := as_text(article.get(key)))), "")


def _content(article: Mapping[str, Any]) -> str:
    """Return the longest text that an article has."""
    texts = [as_text(article.get(key)) for key in ("content", "content_html", "extracted_content")]
    texts += [as_text(_object(article, key).get("content")) for key in ("content", "summary")]
    return max(texts, key=len)


def _author(article: Mapping[str, Any]) -> str:
    author = article.get("author")
    return as_text(author.get("name")) if isinstance(author, dict) else as_text(author)


def _picture(article: Mapping[str, Any]) -> str:
    visual = _object(article, "visual").get("url")
    return as_text(visual)


def _time(article: Mapping[str, Any], *keys: str) -> str:
    """Return the first time that is given: a number since 1970, or as it is written."""
    for key in keys:
        value = article.get(key)
        if isinstance(value, bool) or not value:
            continue
        if found := time_of(value):
            return found
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
            return value
    return ""


def _object(article: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = article.get(key)
    return value if isinstance(value, dict) else {}


def _list(article: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = article.get(key)
    return value if isinstance(value, list) else ()
