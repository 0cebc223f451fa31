"""The reader's note on a story."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget


class NoteDialog(QDialog):
    """Asks for the text of a note; Ctrl+Return saves it."""

    written = Signal(str)

    def __init__(self, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Note")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = QLabel(title)
        label.setWordWrap(True)
        label.setProperty("part", "group")
        self.text = QPlainTextEdit(note)
        self.text.setAccessibleName("Note")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("What you want to remember of this story")
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Save | standard.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        layout = QVBoxLayout(self)
        for part in (label, self.text, buttons):
            layout.addWidget(part)
        self.accepted.connect(lambda: self.written.emit(self.text.toPlainText().strip()))
        self.resize(460, 260)
        self.text.setFocus()
