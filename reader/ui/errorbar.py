"""The bar for what went wrong: one sentence, its details on request, until it is dismissed."""

from __future__ import annotations

import traceback

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from reader.model import ReaderError
from reader.ui.announcing import announce


class ErrorBar(QFrame):
    """Stands above the panes while there is an error that was not dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setProperty("part", "error")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPushButton("Details")
        self.details.clicked.connect(self._show_details)
        self.dismiss = QToolButton()
        self.dismiss.setText("✕")
        self.dismiss.setAccessibleName("Dismiss the error")
        self.dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 8, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.details)
        row.addWidget(self.dismiss)
        self._told = ""
        self.hide()

    def tell(self, error: BaseException) -> None:
        """Show an error: its own sentence where it has one for people."""
        words = str(error) if isinstance(error, ReaderError) else f"Something went wrong: {error}"
        self._told = _details(error)
        self.text.setText(words)
        self.details.setVisible(bool(self._told))
        self.show()
        announce(self, words)

    def _show_details(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("What went wrong")
        box.setText(self.text.text())
        box.setInformativeText(self._told)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.open()


def _details(error: BaseException) -> str:
    """Return what else is known: of an error that was raised where, else what stands beside it."""
    if error.__traceback__ is None and error.__cause__ is None:
        return "\n".join(getattr(error, "__notes__", ()))
    return "".join(traceback.format_exception(error))
