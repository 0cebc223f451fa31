"""Where the issues of what is followed go: into its newsletter, and over no issue of another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reader.model import RawIssue, part_of
from reader.model.following import Followed, without_password
from reader.model.hashes import name_from
from reader.services.library import Library


class Filing:
    """Gives issues to newsletters. An address of a page belongs to the newsletter that had it first.

    Anybody's feed may say that an issue of it is at any address: it would else replace what is there.
    """

    def __init__(self, library: Library) -> None:
        self._owners = {location: key for location, (key, _) in library.owners().items()}

    def filed(self, raws: Iterable[RawIssue], one: Followed) -> Iterator[RawIssue]:
        """Yield issues as they come into the library from an address that is followed."""
        for raw in raws:
            location = raw.location
            if self._owners.setdefault(location, one.newsletter) != one.newsletter:
                location = part_of(without_password(one.address), name_from(location))
            yield raw._replace(location=location, newsletter=one.name, newsletter_key=one.newsletter)

    def owner(self, raws: Iterable[RawIssue]) -> str:
        """Return the newsletter that has most of these issues already; "" for none."""
        counted = Counter(self._owners.get(raw.location, "") for raw in raws)
        for key, _ in counted.most_common(1):
            return key
        return ""
