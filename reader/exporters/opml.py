"""OPML: the newsletters that are followed, for any other feed reader."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reader.model.subscription import Subscription

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


@dataclass
class _Group:
    """What is in a group, in the order it is listed."""

    subscriptions: list[Subscription] = field(default_factory=list)
    groups: dict[str, _Group] = field(default_factory=dict)


def opml_of(subscriptions: Iterable[Subscription], title: str = "Newsletters") -> str:
    """Return a list of newsletters as OPML 2.0; groups are outlines around what is in them."""
    root = _Group()
    for one in subscriptions:
        group = root
        for name in one.groups:
            group = group.groups.setdefault(name, _Group())
        group.subscriptions.append(one)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{_escaped(title)}</title>",
        "  </head>",
        "  <body>",
        *_outlines(root, "    "),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _outlines(group: _Group, indent: str) -> Iterator[str]:
    for one in group.subscriptions:
        name = _escaped(one.name or one.address)
        site = f' htmlUrl="{_escaped(one.site)}"' if one.site else ""
        address = _escaped(one.address)
        yield f'{indent}<outline type="rss" text="{name}" title="{name}" xmlUrl="{address}"{site}/>'
    for name, inner in group.groups.items():
        yield f'{indent}<outline text="{_escaped(name)}" title="{_escaped(name)}">'
        yield from _outlines(inner, indent + "  ")
        yield f"{indent}</outline>"


def _escaped(text: str) -> str:
    return html.escape(_NOT_XML.sub("", text), quote=True).translate(_SPACES)
