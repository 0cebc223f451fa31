"""Healing: what exports broke is mended before anything is decided, by cutting, joining and marking alone."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Block, Blocks
from reader.parsing.split.leads import mark_leads
from reader.parsing.split.lines import part_lines
from reader.parsing.split.rejoin import rejoin_torn
from reader.parsing.split.separators import rule_separators
from reader.parsing.split.sources import mark_sources
from reader.parsing.split.stripped import restore_titles


def heal(blocks: Sequence[Block]) -> Blocks:
    """Return the blocks an issue is kept as; every letter and digit of them is in its place.

    1. Rows of stars, dashes and number signs become rules.
    2. A title, the line under it and the body that run together come apart.
    3. Line breaks that stand for paragraphs become paragraphs.
    4. What was torn out of its sentence goes back.
    5. What only cites becomes a source.
    6. Run-in headings are marked.
    """
    ruled = tuple(rule_separators(blocks))
    titled = tuple(restore_titles(ruled))
    parted = tuple(part_lines(titled))
    whole = tuple(rejoin_torn(parted))
    sourced = tuple(mark_sources(whole))
    return tuple(mark_leads(sourced))
