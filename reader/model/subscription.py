"""A newsletter as lists for feed readers name it."""

from typing import NamedTuple


class Subscription(NamedTuple):
    """An address to follow, as a list of such addresses has it."""

    address: str
    name: str = ""
    """What the list calls it; "" where it does not say."""
    site: str = ""
    """The web address that people read it at; "" where it is not given."""
    groups: tuple[str, ...] = ()
    """The groups that it is in, the outermost first."""
