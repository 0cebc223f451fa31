"""A reader's hand: presses keys, clicks on what is seen, answers dialogs."""

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMenu, QWidget

_NONE = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton


def press(target, keys):
    """Press keys ("J", "Ctrl+E", "G, U") where the focus is, as a keyboard would."""
    sequence = QKeySequence(keys)
    assert sequence.count(), f"no keys: {keys}"
    if not (target.window().isActiveWindow() or QApplication.activePopupWidget()):
        # What a desktop does when a dialog has gone.
        target.window().activateWindow()
        QApplication.processEvents()
    for i in range(sequence.count()):
        combination = sequence[i]
        focus = QApplication.activePopupWidget() or target.window().focusWidget() or target
        QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())
    if combination.keyboardModifiers() != _NONE:
        _let_go(target)


def type_text(widget, text):
    """Type letters into a field."""
    widget.setFocus()
    QTest.keyClicks(widget, text)


def click(target, where=None, *, modifiers=_NONE, button=_LEFT):
    """Click on a widget, on a point of it, or on a line of a list (give its index)."""
    if isinstance(where, QModelIndex):
        assert where.isValid(), "no such line"
        target.scrollTo(where)
        point = target.visualRect(where).center()
        assert target.viewport().rect().contains(point), "the line is not to be seen"
        QTest.mouseClick(target.viewport(), button, modifiers, point)
    else:
        assert isinstance(target, QWidget)
        assert target.isVisible(), f"{target} is not to be seen"
        assert target.isEnabled(), f"{target} cannot be used"
        middle = QPoint(target.width() // 2, target.height() // 2)
        QTest.mouseClick(target, button, modifiers, where or middle)
    if modifiers != _NONE:
        _let_go(target)


def _let_go(target):
    """Release the modifiers: the last event of QTest still has them, and the next test would too."""
    QTest.keyRelease(target.window(), Qt.Key.Key_Shift, _NONE)


def dialog(kind=QDialog):
    """The dialog of that kind that stands open."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, f"{len(found)} dialogs of {kind.__name__}"
    return found[0]


def dialogs(kind=QDialog):
    """All dialogs of that kind that stand open."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def answer(box, button):
    """Press a button of a dialog: a standard one, or one by its text without the mnemonic."""
    if isinstance(button, str):
        buttons = box.findChildren(QDialogButtonBox)[0].buttons()
        pressed = next(b for b in buttons if b.text().replace("&", "") == button)
    else:
        pressed = box.findChildren(QDialogButtonBox)[0].button(button)
    click(pressed)


def menu():
    """The menu that stands open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu), "no menu is open"
    return found


def drop(window, *paths):
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, buttons, keys))
