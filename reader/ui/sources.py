"""What PySide need not look for in the program's sources."""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - brings what is asked below


def leave_sources_unread() -> None:
    """Tell PySide which modules use it.

    Else it reads the source of every module that is imported after it, in search of its own name: 11 ms
    of a start. What a module says by the answer is that it may switch on PySide's `__feature__`; ours
    do not. A PySide that asks in another way is left as it is.
    """
    asking = sys.modules.get("shibokensupport.feature")
    if asking is not None and hasattr(asking, "_mod_uses_pyside"):
        setattr(asking, "_mod_uses_pyside", lambda module: module.__name__.startswith("reader.ui"))  # noqa: B010
