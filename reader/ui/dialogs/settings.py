"""The settings: what is changed holds at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from reader.services.library import Library
from reader.services.themes import Theme
from reader.ui.appearance import SYSTEM
from reader.ui.dialogs.keys import KeysPage
from reader.ui.dialogs.pictures import PicturesPage
from reader.ui.preferences import Preferences

LAYOUTS = {"story": "One file for each story", "issue": "One file for each issue", "all": "One file for all"}
"""How an export may be laid out, in words."""
_INDENT = 7
"""Pixels, as the style sheet has it for other fields."""


_OFTEN = {
    "Every 15 minutes": 15,
    "Every hour": 60,
    "Every 4 hours": 240,
    "Once a day": 1440,
    "Only when I ask": 0,
}
_NEWS = (
    "Only the addresses of newsletters that you follow are asked. A server that asks for more patience"
    " is asked less often."
)


class SettingsDialog(QDialog):
    """Reading, export, new issues, folders, pictures and keys."""

    def __init__(
        self,
        preferences: Preferences,
        themes: Mapping[str, Theme],
        library: Library,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reading = ReadingPage(preferences, themes)
        self.export = ExportPage(preferences)
        self.news = NewsPage(preferences)
        self.folders = FoldersPage(library)
        self.pictures = PicturesPage(preferences, library)
        self.keys = KeysPage(preferences.settings.keys)
        self.keys.keys_changed.connect(lambda keys: preferences.change(keys=keys))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Settings")
        self.tabs.tabBar().setAccessibleName("Pages of the settings")
        self.tabs.addTab(self.reading, "&Reading")
        self.tabs.addTab(self.export, "&Export")
        self.tabs.addTab(self.news, "&New Issues")
        self.tabs.addTab(self.folders, "Fol&ders")
        self.tabs.addTab(self.pictures, "&Pictures")
        self.tabs.addTab(self.keys, "&Keys")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(buttons)
        self.resize(560, 460)


class ReadingPage(QWidget):
    """Theme, text size, line length, and when a story counts as read."""

    def __init__(self, preferences: Preferences, themes: Mapping[str, Theme]) -> None:
        super().__init__()
        settings = preferences.settings
        self.theme = QComboBox()
        self.theme.addItem("As the desktop", SYSTEM)
        for name, theme in themes.items():
            self.theme.addItem(theme.label, name)
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.text_size = _spin(settings.text_size, (12, 40), " px")
        self.measure = _spin(settings.measure, (50, 110), " characters")
        self.read_after = QDoubleSpinBox()
        self.read_after.setRange(0, 60)
        self.read_after.setDecimals(1)
        self.read_after.setSuffix(" s")
        self.read_after.setSpecialValueText("Only at its end")
        self.read_after.setValue(settings.read_after_seconds)
        _indent(self.read_after)
        form = QFormLayout(self)
        form.addRow("&Theme:", self.theme)
        form.addRow("Text &size:", self.text_size)
        form.addRow("&Line length:", self.measure)
        form.addRow("Counts as read &after:", self.read_after)
        self.theme.currentIndexChanged.connect(
            lambda _index: preferences.change(theme=self.theme.currentData())
        )
        self.text_size.valueChanged.connect(lambda size: preferences.change(text_size=size))
        self.measure.valueChanged.connect(lambda count: preferences.change(measure=count))
        self.read_after.valueChanged.connect(lambda seconds: preferences.change(read_after_seconds=seconds))


class NewsPage(QWidget):
    """How often what is new is looked for in the newsletters that are followed."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        settings = preferences.settings
        self.often = QComboBox()
        for words, minutes in _OFTEN.items():
            self.often.addItem(words, minutes)
        if self.often.findData(settings.refresh_minutes) < 0:
            self.often.addItem(f"Every {settings.refresh_minutes} minutes", settings.refresh_minutes)
        self.often.setCurrentIndex(self.often.findData(settings.refresh_minutes))
        self.on_start = QCheckBox("Also when Tearsheet &starts")
        self.on_start.setChecked(settings.refresh_on_start)
        told = QLabel(_NEWS)
        told.setWordWrap(True)
        form = QFormLayout(self)
        form.addRow("&Look for new issues:", self.often)
        form.addRow("", self.on_start)
        form.addRow(told)
        self.often.activated.connect(
            lambda _index: preferences.change(refresh_minutes=self.often.currentData())
        )
        self.on_start.toggled.connect(lambda on: preferences.change(refresh_on_start=on))


class ExportPage(QWidget):
    """Where an export goes, and how it is laid out, unless it is told otherwise."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.folder = QLineEdit(preferences.settings.export_folder)
        self.folder.setPlaceholderText("Asked for at the first export")
        self.folder.editingFinished.connect(self._take)
        browse = QPushButton("&Choose…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        self.layouts = QComboBox()
        for name, words in LAYOUTS.items():
            self.layouts.addItem(words, name)
        self.layouts.setCurrentIndex(max(0, self.layouts.findData(preferences.settings.export_layout)))
        self.layouts.currentIndexChanged.connect(
            lambda _index: preferences.change(export_layout=self.layouts.currentData())
        )
        form = QFormLayout(self)
        label = QLabel("&Folder:")
        label.setBuddy(self.folder)  # a form finds no buddy in a layout
        form.addRow(label, row)
        form.addRow("&Layout:", self.layouts)

    def _take(self) -> None:
        self._preferences.change(export_folder=self.folder.text().strip())

    def _browse(self) -> None:
        ask_folder(self, "Export to", self.folder.text(), self._chosen)

    def _chosen(self, path: str) -> None:
        self.folder.setText(path)
        self._take()


class FoldersPage(QWidget):
    """The folders that are watched; taking one off leaves its issues in the library."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self.list = QListWidget()
        self.list.setAccessibleName("Opened folders")
        self.list.addItems([str(folder) for folder in library.folders()])
        self.remove = QPushButton("&Stop Watching")
        self.remove.setAutoDefault(False)
        self.remove.setToolTip("Its issues stay in the library")
        self.remove.setEnabled(False)
        self.remove.clicked.connect(self._remove)
        self.list.itemSelectionChanged.connect(
            lambda: self.remove.setEnabled(bool(self.list.selectedItems()))
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self._library.remove_folder(Path(item.text()))
            self.list.takeItem(self.list.row(item))


def ask_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Ask for a folder without stopping the window; `chosen` is called with its path."""
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def _spin(value: int, span: tuple[int, int], unit: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(*span)
    box.setSuffix(unit)
    box.setValue(value)
    _indent(box)
    return box


def _indent(box: QAbstractSpinBox) -> None:
    """Let the number begin where the text of other fields does; a style sheet's padding does not reach it."""
    box.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
