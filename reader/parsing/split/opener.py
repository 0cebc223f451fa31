"""The opener: an essay above the first heading, under a title in bold, is a story; a greeting is none."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Kind
from reader.parsing.split import heads
from reader.parsing.split.closings import is_closing
from reader.parsing.split.outline import Region
from reader.parsing.split.page import Draft, Head, Line, words

_FEWEST_WORDS = 50
"""Words of prose under the title from which on they are more than a greeting."""
_LONGEST_DEK = 450
"""Characters of a quote between title and text."""


def by_opener(lines: Sequence[Line], region: Region) -> list[Draft]:
    """Return the essay that stands before the first heading, up to a separator; none in a greeting."""
    full = [at for at in range(region.first, region.last) if lines[at].text]
    if not full or lines[full[0]].block.kind is not Kind.PARAGRAPH:
        return []
    first = full[0]
    title = heads.title_at(lines, first, region.last)
    last = next((at for at in range(first, region.last) if lines[at].is_rule), region.last)
    told = [line for line in lines[first + 1 : last] if line.is_prose and not is_closing(line)]
    if title is None or words(told) < _FEWEST_WORDS:
        return []
    return [Draft(first, last, _with_quote(lines, first, last, title))]


def _with_quote(lines: Sequence[Line], first: int, last: int, title: Head) -> Head:
    """Return the head with the quote that stands between title and text: it belongs to neither."""
    below = next((line for line in lines[first + 1 : last] if line.text), None)
    if title.dek or below is None or not below.block.quote or len(below.text) > _LONGEST_DEK:
        return title
    return title._replace(dek=" ".join(below.text.split()), deks=(below.span,))
