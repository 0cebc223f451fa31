"""What a committed write touched."""

from typing import NamedTuple


class Change(NamedTuple):
    """The keys whose rows are no longer what they were."""

    issues: frozenset[str] = frozenset()
    """Issues that came, or whose text or stories are new."""
    stories: frozenset[str] = frozenset()
    """Stories whose state changed."""
    newsletters: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()
    """Issues of which other copies are known, and that are shown as they were."""

    def __bool__(self) -> bool:
        return bool(self.issues or self.stories or self.newsletters or self.copies)

    def __or__(self, other: "Change") -> "Change":
        return Change(
            self.issues | other.issues,
            self.stories | other.stories,
            self.newsletters | other.newsletters,
            self.copies | other.copies,
        )
