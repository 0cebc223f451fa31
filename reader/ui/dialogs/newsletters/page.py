"""The page of one newsletter: how it is shown, and what is kept of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from reader.model import NewsletterRow
from reader.services.newsletters import COLOURS, Looks, Place, places, size_of, stories_of
from reader.ui.newsletters import Newsletters, holds
from reader.ui.style import MARK_COLOURS
from reader.ui.words import counted

_SWATCH = 12
_ICON_LENGTH = 8
"""Code points: flags and families are made of several."""


class Part(QWidget):
    """A part of the page, which shows one newsletter after another."""

    form: QFormLayout
    """Its lines; their labels are as wide as those of the other parts."""

    def show_newsletter(self, row: NewsletterRow) -> None:
        """Show what this part tells of a newsletter."""
        raise NotImplementedError


class LooksPart(Part):
    """Name, icon, colour and group; what is changed holds at once."""

    def __init__(self, newsletters: Newsletters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newsletters = newsletters
        self._row: NewsletterRow | None = None
        self.name = QLineEdit()
        self.name.editingFinished.connect(self._on_name)
        self.icon = QLineEdit()
        self.icon.setMaxLength(_ICON_LENGTH)
        self.icon.setPlaceholderText("None: type or paste a character")
        self.icon.editingFinished.connect(self._on_looks)
        self.colour = QComboBox()
        self.colour.addItem("None", "")
        for colour in COLOURS:
            self.colour.addItem(_swatch(colour), colour.capitalize(), colour)
        self.colour.activated.connect(lambda _index: self._on_looks())
        self.group = QComboBox()
        self.group.setEditable(True)
        self.group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field = QLineEdit()
        field.setAccessibleName("Group")
        field.setPlaceholderText("None: type a name to make a group")
        field.editingFinished.connect(self._on_group)
        self.group.setLineEdit(field)
        self.group.activated.connect(lambda _index: self._on_group())
        self.form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("&Name:", self.name)
        form.addRow("&Icon:", self.icon)
        form.addRow("&Colour:", self.colour)
        form.addRow("&Group:", self.group)

    def show_newsletter(self, row: NewsletterRow) -> None:
        same = self._row is not None and self._row.key == row.key
        self._row = row
        self.setEnabled(row.issues > 0)
        _fill(self.name, row.name, same=same)
        _fill(self.icon, row.icon, same=same)
        self.colour.setCurrentIndex(max(0, self.colour.findData(row.colour)))
        groups = dict.fromkeys(other.group for other in self._newsletters.rows() if other.group)
        field = self.group.lineEdit()
        if not (same and _is_typed_in(field)):
            self.group.clear()
            self.group.addItem("")
            self.group.addItems(list(groups))
            self.group.setCurrentText(row.group)

    def _on_name(self) -> None:
        self.name.setModified(False)
        if self._row and not self.name.text().strip():
            self.name.setText(self._row.name)
        elif self._row:
            self._newsletters.rename(self._row.key, self.name.text())

    def _on_looks(self) -> None:
        self.icon.setModified(False)
        if self._row:
            self._newsletters.dress(self._row.key, Looks(self.icon.text().strip(), self.colour.currentData()))

    def _on_group(self) -> None:
        if field := self.group.lineEdit():
            field.setModified(False)
        group = " ".join(self.group.currentText().split())
        if self._row and group != self._row.group:
            self._newsletters.arrange(_moved(places(self._newsletters.library), self._row.key, group))


class ContentsPart(Part):
    """How much there is of a newsletter, and what can be done with all of it."""

    sections_wanted = Signal(str)
    """The reader wants to see which sections of the newsletter are hidden."""
    said = Signal(str)
    """What was done, in words."""

    def __init__(self, newsletters: Newsletters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newsletters = newsletters
        self._row: NewsletterRow | None = None
        self.holds = QLabel()
        self.read = QPushButton("Mark &All as Read")
        self.read.clicked.connect(self._on_read)
        self.sections = QPushButton("&Hidden Sections…")
        self.sections.clicked.connect(self._on_sections)
        self.remove = QPushButton("Re&move Newsletter")
        self.remove.clicked.connect(self._on_remove)
        buttons = QHBoxLayout()
        for button in (self.read, self.sections, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch()
        self.form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Kept:", self.holds)
        form.addRow(buttons)

    def show_newsletter(self, row: NewsletterRow) -> None:
        self._row = row
        library = self._newsletters.library
        stories, unread = stories_of(library, row.key)
        self.holds.setText(holds(row, stories, size_of(library, row.key)) if row.issues else "No issue yet")
        self.read.setEnabled(unread > 0)
        self.remove.setEnabled(row.issues > 0)
        self.sections.setEnabled(bool(library.hidden_sections(row.key)))

    def _on_read(self) -> None:
        if self._row:
            count = self._newsletters.mark_all_read(self._row)
            self.said.emit(f"Marked {counted(count, 'story', 'stories')} of “{self._row.name}” as read")

    def _on_sections(self) -> None:
        if self._row:
            self.sections_wanted.emit(self._row.key)

    def _on_remove(self) -> None:
        if self._row:
            self._newsletters.remove(self._row)
            told = f"Removed “{self._row.name}”; what you did with its stories is kept"
            self.said.emit(told)


def _moved(standing: list[Place], newsletter: str, group: str) -> list[Place]:
    """Return the places with one newsletter in another group: behind the last one that is in it."""
    rest = [place for place in standing if place.newsletter != newsletter]
    among = [at for at, place in enumerate(rest) if group and place.group == group]
    rest.insert(among[-1] + 1 if among else len(rest), Place(newsletter, group))
    return rest


def _fill(field: QLineEdit, text: str, *, same: bool) -> None:
    """Show a text, but where the reader is typing another one for the same newsletter."""
    if not (same and _is_typed_in(field)):
        field.setText(text)
        field.setCursorPosition(0)  # of a long text the beginning is seen


def _is_typed_in(field: QLineEdit | None) -> bool:
    return field is not None and field.hasFocus() and field.isModified()


def _swatch(colour: str) -> QIcon:
    icon = QIcon()
    for scale in (1, 2):
        drawn = QPixmap(QSize(_SWATCH, _SWATCH) * scale)
        drawn.setDevicePixelRatio(scale)
        drawn.fill(QColor(0, 0, 0, 0))
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(MARK_COLOURS[colour]))
        painter.setPen(QColor(0, 0, 0, 0))
        painter.drawEllipse(1, 1, _SWATCH - 2, _SWATCH - 2)
        painter.end()
        icon.addPixmap(drawn)
    return icon
