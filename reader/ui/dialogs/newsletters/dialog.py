"""The window of newsletters: all of them at the left, the page of one at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.model import Change
from reader.services.newsletters import Place, removed
from reader.ui.announcing import announce
from reader.ui.dialogs.newsletters.order import NewsletterTree
from reader.ui.dialogs.newsletters.page import ContentsPart, LooksPart, Part
from reader.ui.newsletters import Newsletters

_NONE = "Choose a newsletter to see how it is shown and what is kept of it."
_EMPTY = "There are no newsletters yet. Follow one by its address (Ctrl+N), or open a folder (Ctrl+O)."
_GONE = "You removed this newsletter. Its issues, and what you did with its stories, are still kept."


class NewslettersDialog(QDialog):
    """Shows what the library says now, and again when that changes; what is changed holds at once."""

    sections_wanted = Signal(str)

    def __init__(
        self,
        newsletters: Newsletters,
        chosen: str,
        more: Sequence[tuple[str, Part]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Begin with one newsletter chosen; `more` are further parts of its page, with their headings."""
        super().__init__(parent)
        self.setWindowTitle("Newsletters")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._newsletters = newsletters
        self.tree = NewsletterTree()
        self.tree.newsletter_chosen.connect(self._show)
        self.tree.arranged.connect(self._on_arranged)
        self.looks = LooksPart(newsletters)
        self.contents = ContentsPart(newsletters)
        self.contents.sections_wanted.connect(self.sections_wanted)
        self.contents.said.connect(self.say)
        self._parts: list[Part] = []
        self._lay_out([("", self.looks), *more, ("Contents", self.contents)])
        self._refill(chosen or next((row.key for row in newsletters.rows()), ""))

    def say(self, told: str) -> None:
        """Say what was done last, and offer to take it back; "" for nothing."""
        self.told.setText(told)
        self.undo.setVisible(bool(told))
        if told:
            announce(self, told)

    def forget(self) -> None:
        """Take back what was said: something else was done since."""
        self.say("")

    def on_changed(self, change: Change) -> None:
        """Read again what a write has touched."""
        if change.newsletters or change.issues:
            self._refill(self.tree.chosen or self.tree.chosen_removed)
        elif change.stories:
            self._show(self.tree.chosen)

    def _lay_out(self, parts: Sequence[tuple[str, Part]]) -> None:
        self.page = self._paged(parts)
        self.nothing = QWidget()
        self.nothing.setLayout(self._nothing())
        sides = QHBoxLayout()
        sides.addLayout(self._left())
        sides.addWidget(self.nothing, 1)
        sides.addWidget(self.page, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(sides)
        layout.addLayout(self._foot())
        self.tree.setFixedWidth(240)
        self.resize(820, 560)

    def _foot(self) -> QHBoxLayout:
        """Lay out what was done last, with the way back, beside the button that closes the window."""
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.undo = QPushButton("Undo")
        self.undo.setToolTip("Undo (Ctrl+Z)")
        self.undo.setAutoDefault(False)
        self.undo.clicked.connect(self._newsletters.undo)
        self.undo.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        # Return in a field takes what was typed, and does not close the window.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(self.undo)
        row.addWidget(buttons)
        return row

    def _paged(self, parts: Sequence[tuple[str, Part]]) -> QScrollArea:
        """Lay out the page of a newsletter: its parts below their headings."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 4, 12, 4)
        column.setSpacing(12)
        for heading, part in parts:
            if heading:
                label = QLabel(heading)
                label.setProperty("part", "group")
                column.addWidget(label)
            column.addWidget(part)
            self._parts.append(part)
        column.addStretch()
        _align([part.form for _, part in parts])
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # whatever has the focus scrolls into view
        return area

    def _nothing(self) -> QVBoxLayout:
        """Lay out what stands where no newsletter of the library is chosen."""
        self.empty = QLabel(_NONE)
        self.empty.setProperty("part", "empty")
        self.empty.setWordWrap(True)
        self.back = QPushButton("&Bring Back")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._on_back)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch()
        column = QVBoxLayout()
        column.setContentsMargins(18, 4, 12, 4)
        column.addWidget(self.empty)
        column.addLayout(row)
        column.addStretch()
        return column

    def _left(self) -> QVBoxLayout:
        self.up, self.down = QPushButton("Move &Up"), QPushButton("Move &Down")
        row = QHBoxLayout()
        for button, step in ((self.up, -1), (self.down, 1)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, step=step: self.tree.step(step))
            row.addWidget(button)
        column = QVBoxLayout()
        column.addWidget(self.tree)
        column.addLayout(row)
        return column

    def _refill(self, chosen: str) -> None:
        rows = self._newsletters.rows()
        library = self._newsletters.library
        self.tree.fill(rows, chosen, removed(library), self._newsletters.failed())
        self._show(self.tree.chosen)

    def _show(self, key: str) -> None:
        rows = self._newsletters.rows()
        row = next((row for row in rows if row.key == key), None)
        gone = self.tree.chosen_removed
        self.nothing.setVisible(row is None)
        self.empty.setText(_GONE if gone else _NONE if self.tree.topLevelItemCount() else _EMPTY)
        self.back.setVisible(bool(gone))
        self.page.setVisible(row is not None)
        for button in (self.up, self.down):
            button.setEnabled(row is not None and row.issues > 0)
        if row is not None:
            for part in self._parts:
                part.show_newsletter(row)

    def _on_back(self) -> None:
        for one in removed(self._newsletters.library):
            if one.newsletter == self.tree.chosen_removed:
                self._newsletters.bring_back(one)
                self.say(f"Brought back “{one.name}”")

    def _on_arranged(self, wanted: Sequence[Place]) -> None:
        self._newsletters.arrange(wanted)
        self._refill(self.tree.chosen)


def _align(forms: Sequence[QFormLayout]) -> None:
    """Let the fields of all forms begin at one line."""
    role = QFormLayout.ItemRole.LabelRole
    items = [form.itemAt(row, role) for form in forms for row in range(form.rowCount())]
    labels = [label for item in items if item and (label := item.widget())]
    widest = max((label.sizeHint().width() for label in labels), default=0)
    for label in labels:
        label.setMinimumWidth(widest)
