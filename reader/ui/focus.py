"""Where the keyboard is: which keys a field keeps for itself, and the way from pane to pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QStackedWidget,
    QWidget,
)

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
_PRESSING = frozenset({_Key.Key_Space, _Key.Key_Return, _Key.Key_Enter})
_ARROWS = frozenset({_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down})
OPENING = frozenset({_Key.Key_Return, _Key.Key_Enter})
"""The keys that open a line of a list and press a button."""


def keeps_key(focus: QWidget | None, event: QKeyEvent, openers: Sequence[QWidget] = ()) -> bool:
    """Return whether the widget with the focus needs a key that a shortcut of the window also has.

    Text fields keep letters and whatever moves in text, buttons what presses them, and the lists
    named as openers Return, which opens a line of theirs.
    """
    key = _Key(event.key())
    if _is_text_field(focus):
        plain = event.modifiers() & ~_Modifier.KeypadModifier in (
            _Modifier.NoModifier,
            _Modifier.ShiftModifier,
        )
        return plain and not _Key.Key_F1 <= key <= _Key.Key_F35
    if isinstance(focus, QAbstractButton):
        return key in _PRESSING or (key in _ARROWS and _is_one_of_several(focus))
    if focus is not None and focus.inherits("QComboBox"):
        return key in _PRESSING | _ARROWS
    return isinstance(focus, QAbstractItemView) and focus in openers and key in OPENING


class Pane(QWidget):
    """A part of the window with one widget that has the keyboard first.

    Qt's focus proxy would be the same, but Tab passes over whatever stands before the proxy.
    """

    first: QWidget

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason, /) -> None:
        self.first.setFocus(reason)


class PaneFocus:
    """Moves the focus between the panes, from left to right."""

    def __init__(self, panes: Sequence[QWidget]) -> None:
        self._panes = list(panes)

    def step(self, step: int, *, around: bool = False) -> None:
        """Go to the next pane that is shown (1) or the previous (-1), on from the last where asked."""
        shown = [pane for pane in self._panes if pane.isVisible()]
        if not shown:
            return
        at = self._current(shown)
        if at < 0:
            self._enter(shown[0 if step > 0 else -1])
            return
        target = (at + step) % len(shown) if around else min(max(at + step, 0), len(shown) - 1)
        self._enter(shown[target])

    @staticmethod
    def _enter(pane: QWidget) -> None:
        inner = pane.currentWidget() if isinstance(pane, QStackedWidget) else None
        (inner or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @staticmethod
    def _current(shown: Sequence[QWidget]) -> int:
        focus = QApplication.focusWidget()
        if focus is None:
            return -1
        return next((i for i, pane in enumerate(shown) if pane is focus or pane.isAncestorOf(focus)), -1)


def _is_one_of_several(button: QAbstractButton) -> bool:
    group: QButtonGroup | None = button.group()
    return button.autoExclusive() or (group is not None and group.exclusive())


def _is_text_field(widget: QWidget | None) -> bool:
    # Asked by name: a start need not load fields that stand in dialogs only.
    if widget is None:
        return False
    if any(map(widget.inherits, ("QTextEdit", "QPlainTextEdit"))):
        return not widget.property("readOnly")
    if widget.inherits("QComboBox"):
        return bool(widget.property("editable"))
    return any(map(widget.inherits, ("QLineEdit", "QAbstractSpinBox")))
