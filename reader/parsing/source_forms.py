"""The forms that a text may be written in, told by its file's name or by its links, as Markdown."""

from __future__ import annotations

from reader.parsing.org import is_org, org_to_markdown
from reader.parsing.rst import is_rst, rst_to_markdown


def as_markdown(text: str, markup: str, begins: int = 0) -> str:
    """Return a text as Markdown: all of it, or what it `begins` with, in characters."""
    part = text[:begins] if begins else text
    if markup == "org" or is_org(text):
        return org_to_markdown(part, strict=markup == "org")
    if markup == "rst" or is_rst(text):
        return rst_to_markdown(part, strict=markup == "rst")
    return part
