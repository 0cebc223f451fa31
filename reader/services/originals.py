"""The links of issues as they came, before they lost what counts the reader."""

from __future__ import annotations

from functools import partial

from reader.services.library import Library
from reader.store import originals


def original_link(library: Library, issue: str, link: str) -> str:
    """Return what a link of an issue was as the issue came; the link itself where it is as it was."""
    return library.ask(partial(originals.original, issue=issue, link=link))
