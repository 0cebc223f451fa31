"""Forms: how a newsletter's issues are split, learnt from them all, and used for the odd ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reader.model import is_one_story
from reader.model.form import Form, form_named, shared_form

if TYPE_CHECKING:
    from reader.model import IssuePage, Story
    from reader.services.library import Library
    from reader.store.forms import SplitBy
    from reader.store.prepared import Prepared


class Learnt(NamedTuple):
    """What the issues of a newsletter taught."""

    newsletter: str
    """A key, as the issues are."""
    name: str
    form: str
    """The form that explains most issues; "" where none does, or they are few."""
    issues: int
    helped: tuple[str, ...]
    """The issues that are split as the others are, and would not be alone."""
    odd: tuple[str, ...]
    """Those that have another form and keep it: in the others' theirs would not stand alone."""
    alone: bool
    """Whether the reader wants each issue to be split by itself."""


def learnt(library: Library, newsletter: str = "") -> list[Learnt]:
    """Return what was learnt of one newsletter or of all, by their names."""
    alone = library.split_alone()
    groups = groupby(library.split_by(newsletter), attrgetter("newsletter", "name"))
    return [_learnt((key, name), list(rows), alone=key in alone) for (key, name), rows in groups]


def forms_in_use(library: Library, newsletters: Collection[str]) -> dict[str, Form]:
    """Return the form that each of some newsletters has and uses, by its key; of others there is none."""
    used = set(newsletters) - library.split_alone()
    return {key: form for key in used if (form := _shared(library.split_by(key)))}


def split_odd(
    library: Library, newsletters: Collection[str], cancelled: Callable[[], bool] = lambda: False
) -> frozenset[str]:
    """Split the odd issues of some newsletters again, in the company of the others; return what changed.

    An issue that was looked at in that company already is passed over. Not for the GUI thread.
    """
    changed: set[str] = set()
    forms = forms_in_use(library, newsletters)
    for newsletter in newsletters:
        form = forms.get(newsletter)
        for row in library.split_by(newsletter):
            if cancelled():
                return frozenset(changed)
            if _is_due(row, form):
                changed |= _split_again(library, row, form)
    return frozenset(changed)


def forget(library: Library, newsletter: str) -> frozenset[str]:
    """Split each issue of a newsletter by itself, now and from now on; return what changed."""
    library.set_split_alone(newsletter, alone=True).result()
    return split_odd(library, [newsletter])


def learn(library: Library, newsletter: str) -> frozenset[str]:
    """Let the issues of a newsletter learn from one another again; return what changed."""
    library.set_split_alone(newsletter, alone=False).result()
    return split_odd(library, [newsletter])


def split_page(page: IssuePage, form: str) -> Prepared:
    """Return an issue of the library as it is split today, among issues of a form ("" for alone)."""
    from reader.parsing.split import split
    from reader.services.preparing import prepared, split_again

    issue, one_story = page.issue, is_one_story(page.issue.meta)
    return prepared(split_again(page, split(page.blocks, issue.title, form_named(form), one_story=one_story)))


def _learnt(newsletter: tuple[str, str], rows: Sequence[SplitBy], *, alone: bool) -> Learnt:
    form = _shared(rows)
    odd = tuple(row.issue for row in rows if _form(row).is_odd_in(form))
    helped = tuple(row.issue for row in rows if _is_helped(row))
    return Learnt(*newsletter, str(form or ""), len(rows), helped, odd, alone)


def _shared(rows: Sequence[SplitBy]) -> Form | None:
    """Return what the issues have in common, those not counted that only have it from the others."""
    return shared_form(_form(row) for row in rows if not _is_helped(row))


def _form(row: SplitBy) -> Form:
    return form_named(row.form) or Form("")


def _is_helped(row: SplitBy) -> bool:
    """Tell whether an issue took the form of the others."""
    return bool(row.company) and not _form(row).is_odd_in(form_named(row.company))


def _is_due(row: SplitBy, form: Form | None) -> bool:
    """Tell whether an issue is to be looked at in this company, or by itself: it was not yet, and is odd."""
    if row.company:
        return row.company != str(form or "")
    return _form(row).is_odd_in(form)


def _split_again(library: Library, row: SplitBy, form: Form | None) -> frozenset[str]:
    page = library.as_found(row.issue)
    if page is None:
        return frozenset()
    prepared = split_page(page, str(form or ""))
    library.put_split(prepared).result()
    before, now = (_told(stories) for stories in (page.stories, prepared.parsed.stories))
    return frozenset() if before == now else frozenset({row.issue})


def _told(stories: Sequence[Story]) -> list[tuple[str, int, int]]:
    return [(story.title, story.start, story.end) for story in stories]
