"""What to export, how, and where to; with the names of the files that will be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model import StoryRow
from reader.services.export import Layout
from reader.services.file_names import safe_name
from reader.services.settings import Settings
from reader.ui.dialogs.settings import LAYOUTS, ask_folder
from reader.ui.words import counted

_MOST_SHOWN = 200
_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Choice:
    """Stories that can be exported, under a name: "This story"."""

    name: str
    rows: Sequence[StoryRow]


@dataclass(frozen=True, slots=True)
class Order:
    """What the reader has asked for."""

    keys: tuple[str, ...]
    folder: Path
    layout: Layout


class ExportDialog(QDialog):
    """Asks what to export, how it is laid out, and where it goes."""

    ordered = Signal(Order)

    def __init__(self, choices: Sequence[Choice], settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export to Markdown")
        self._choices = choices
        self.what = QComboBox()
        for choice in choices:
            self.what.addItem(f"{choice.name} ({counted(len(choice.rows), 'story', 'stories')})")
        self.layouts = QComboBox()
        for name, words in LAYOUTS.items():
            self.layouts.addItem(words, name)
        self.layouts.setCurrentIndex(max(0, self.layouts.findData(settings.export_layout)))
        self.folder = QLineEdit(settings.export_folder or default_folder())
        self.folder.setPlaceholderText("A folder")
        self.preview = QListWidget()
        self.preview.setAccessibleName("Files")
        self.hint = QLabel()
        self.hint.setProperty("part", "sub")
        self.hint.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.buttons.button(standard.Ok).setText("Export")
        self._lay()
        self._connect()
        self._show_files()
        self.resize(540, 430)

    def _lay(self) -> None:
        browse = QPushButton("&Choose…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        form = QFormLayout()
        form.addRow("&What:", self.what)
        form.addRow("&Layout:", self.layouts)
        form.addRow("&Folder:", row)
        form.labelForField(row).setBuddy(self.folder)  # type: ignore[attr-defined]
        files = QLabel("F&iles:")
        files.setBuddy(self.preview)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(files)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._show_files)
        self.layouts.currentIndexChanged.connect(self._show_files)
        self.folder.textChanged.connect(self._show_files)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._order)

    def _show_files(self) -> None:
        rows, layout = self._rows(), self.layouts.currentData()
        names = file_names(rows[:_MOST_SHOWN], layout)
        folder = Path(self.folder.text().strip()).expanduser() if self.folder.text().strip() else None
        self.preview.clear()
        self.preview.addItems(names)
        there = [name for name in names if folder is not None and (folder / name).exists()]
        more = len(rows) - _MOST_SHOWN
        parts = [f"and {more:,} more" if more > 0 and layout == "story" else ""]
        parts += [
            f"{counted(len(there), 'file is', 'files are')} there already and will be brought up to date"
            if there
            else ""
        ]
        self.hint.setText("; ".join(part for part in parts if part).capitalize())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(rows) and folder is not None)

    def _rows(self) -> Sequence[StoryRow]:
        at = self.what.currentIndex()
        return self._choices[at].rows if 0 <= at < len(self._choices) else ()

    def _browse(self) -> None:
        ask_folder(self, "Export to", self.folder.text(), self.folder.setText)

    def _order(self) -> None:
        keys = tuple(row.key for row in self._rows())
        folder = Path(self.folder.text().strip()).expanduser()
        self.ordered.emit(Order(keys, folder, self.layouts.currentData()))


def default_folder() -> str:
    """Return where a first export goes: a folder of its own among the documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(documents) / "Tearsheet") if documents else ""


def file_names(rows: Sequence[StoryRow], layout: Layout) -> list[str]:
    """Return the names of the files that an export into an empty folder would write."""
    if layout == "all":
        return [safe_name("Stories", _SUFFIX)] if rows else []
    titles = (row.title if layout == "story" else row.issue_label for row in rows)
    return list(dict.fromkeys(safe_name(title, _SUFFIX) for title in titles))
