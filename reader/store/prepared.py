"""An issue made ready to be stored, in whichever process read it: nothing here knows the database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from reader.model import NOTHING_DONE, Blocks, ParsedIssue, State, text_of
from reader.model.encoding import encode_shape, encode_text
from reader.store.signs import signs_of

Mark = tuple[str, str]
"""What issues of a newsletter share: its kind ("prefix", "domain", "folder") and its value."""
Packed = tuple[bytes, bytes]
"""A text and a shape as they are stored."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue with all that can be made ready before the writing thread has it."""

    parsed: ParsedIssue
    text: str
    packed: Packed
    fingerprint: bytes
    """A digest of everything that is stored of it, but for where it came from."""
    marks: frozenset[Mark] = frozenset()
    state: State = NOTHING_DONE
    """What was done with it where it comes from."""
    signs: frozenset[int] = frozenset()
    """By what a copy of it is known again."""


def prepare(parsed: ParsedIssue, marks: frozenset[Mark] = frozenset()) -> Prepared:
    """Make an issue ready; it takes a while, so any thread but the writing one should."""
    packed = pack(parsed.blocks)
    text = text_of(parsed.blocks)
    signs = signs_of(parsed.issue, text)
    return Prepared(parsed, text, packed, fingerprint(parsed, packed), marks, signs=signs)


def pack(blocks: Blocks) -> Packed:
    """Return what is stored of an issue's blocks."""
    return encode_text(blocks), encode_shape(blocks)


def fingerprint(parsed: ParsedIssue, packed: Packed) -> bytes:
    """Return the digest of an issue, wherever its file lies."""
    issue = replace(parsed.issue, location="", digest="", meta={})
    meta = sorted(parsed.issue.meta.items())
    whole = repr((issue, meta, parsed.newsletter_name, parsed.stories)).encode("utf-8", "replace")
    return hashlib.blake2b(whole + packed[0] + packed[1], digest_size=16).digest()
