"""Footnotes of HTML: which links call a note, and which elements are the notes."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

_TARGET = re.compile(
    r"(?:user-content-)?_?(?:fn|ftn|footnote|note|endnote|sdfootnote)s?[-_:.]?[\w.:-]*", re.IGNORECASE
)
_CALL = re.compile(r"ref|anchor|anc$", re.IGNORECASE)


class Notes(NamedTuple):
    """The notes of a text."""

    targets: dict[str, str]
    """The label of each note by the id that its calls lead to."""
    labels: dict[int, str]
    """The label of each note by the identity of the element that holds it."""
    calls: frozenset[str]
    """The ids of the calls: where a note's way back leads."""


NO_NOTES = Notes({}, {}, frozenset())


def find_notes(root: LexborNode) -> Notes:
    """Find the notes that are called, and those that `data-note` names, as our reading of Markdown has it."""
    calls = [node for node in root.css('a[href^="#"]') if _is_call(node)]
    marked = root.css("[data-note]")
    if not calls and not marked:
        return NO_NOTES
    holders = {
        node.attributes.get("id") or node.attributes.get("name"): node for node in root.css("[id], a[name]")
    }
    targets: dict[str, str] = {}
    labels = {node.mem_id: node.attributes["data-note"] or "" for node in marked}
    ids: set[str] = set()
    for call in calls:
        target = (call.attributes["href"] or "")[1:]
        holder = holders.get(target)
        if holder is None:
            continue
        label = targets.setdefault(target, _label(call))
        labels.setdefault(_whole(holder).mem_id, label)
        ids.update(_ids(call))
    return Notes(targets, labels, frozenset(ids))


def _is_call(node: LexborNode) -> bool:
    target = (node.attributes["href"] or "")[1:]
    return bool(_TARGET.fullmatch(target)) and not _CALL.search(target) and 0 < len(_label(node)) <= 4


def _label(node: LexborNode) -> str:
    return node.text(deep=True).strip().strip("[]()")


def _whole(holder: LexborNode) -> LexborNode:
    """Return the element that holds the whole note, where the id is on its number."""
    while holder.tag in ("a", "sup", "span", "b", "strong") and holder.parent is not None:
        holder = holder.parent
    return holder


def _ids(call: LexborNode) -> list[str]:
    nodes = [call] if call.parent is None else [call, call.parent]
    return [name for node in nodes for key in ("id", "name") if (name := node.attributes.get(key))]
