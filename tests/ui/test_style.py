import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollBar,
    QToolButton,
    QToolTip,
    QVBoxLayout,
)

from reader.services.themes import themes
from reader.ui.style import apply_theme, font, load_fonts, style_sheet

THEMES = themes()


@pytest.fixture
def dressed(qapp):
    """Dress the program in a theme, and take that off again."""
    before = qapp.style().name(), qapp.palette(), qapp.font()
    load_fonts()
    yield lambda name: apply_theme(qapp, THEMES[name])
    qapp.setStyleSheet("")
    qapp.setStyle(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


@pytest.fixture
def shown(qtbot):
    """Show a widget, in a dialog unless it is a window of its own, and return what it looks like."""
    open_windows = []

    def show(widget):
        if isinstance(widget, QMenu):  # offscreen has no keyboard for a popup to take
            return widget.grab().toImage()
        window = widget
        if not isinstance(widget, QMessageBox):
            window = QDialog()
            QVBoxLayout(window).addWidget(widget)
        qtbot.addWidget(window)
        open_windows.append(window)
        window.show()
        qtbot.waitUntil(widget.isVisible)
        return window.grab(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())).toImage()

    return show


def contrast_within(image):
    """The contrast between the lightest and the darkest pixel."""

    def luminance(color):
        channels = (color.redF(), color.greenF(), color.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    spots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    light = max(luminance(spot) for spot in spots)
    dark = min(luminance(spot) for spot in spots)
    return (light + 0.05) / (dark + 0.05)


def test_the_bundled_families_are_found(qapp):
    assert {"Inter", "JetBrains Mono", "Literata"} <= set(load_fonts())
    assert {"Inter", "Literata"} <= set(QFontDatabase.families())


def test_a_bold_font_is_a_cut_of_its_own(qapp):
    load_fonts()
    bold = font(14, QFont.Weight.Bold)
    assert QFontInfo(bold).family() == "Inter"
    assert QFontInfo(bold).weight() == QFont.Weight.Bold
    assert QFontInfo(bold).pixelSize() == 14


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_a_colour_in_every_place(name):
    sheet = style_sheet(THEMES[name])
    assert "$" not in sheet
    for path in re.findall(r'url\("(.+?)"\)', sheet):
        assert Path(path).read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("name", THEMES)
def test_the_palette_is_the_themes_own(dressed, qapp, name):
    dressed(name)
    theme = THEMES[name]
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.WindowText) == QColor(theme.text)
    assert palette.color(QPalette.ColorRole.Base) == QColor(theme.field)
    assert palette.color(QPalette.ColorRole.Accent) == QColor(theme.accent)
    assert QApplication.font().family() == "Inter"


def texts():
    """One of every widget that has words in it."""
    combo, listing, field = QComboBox(), QListWidget(), QLineEdit("words in it")
    combo.addItem("words in it")
    listing.addItem("words in it")
    menu = QMenu()
    menu.addAction("words in it")
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", "words in it")
    chosen = QListWidget()
    chosen.addItem("words in it")
    chosen.setCurrentRow(0)
    button = QToolButton()
    button.setText("words in it")
    default = QPushButton("words in it")
    default.setDefault(True)
    return {
        "combo box": combo,
        "list": listing,
        "chosen line of a list": chosen,
        "field": field,
        "menu": menu,
        "message box": box,
        "tool button": button,
        "button": QPushButton("words in it"),
        "default button": default,
        "check box": QCheckBox("words in it"),
        "label": QLabel("words in it"),
    }


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("kind", ["combo box", "list", "chosen line of a list", "field", "menu", "message box",
                                  "tool button", "button", "default button", "check box", "label"])  # fmt: skip
def test_the_words_of_every_widget_can_be_read(dressed, shown, name, kind):
    dressed(name)
    made = texts()
    assert contrast_within(shown(made[kind])) >= 4.5


@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox, QLineEdit, QComboBox])
@pytest.mark.parametrize("name", THEMES)
def test_the_focus_can_be_seen(dressed, qtbot, kind, name):
    dressed(name)
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    other, widget = QLineEdit(), kind()
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if isinstance(widget, QPushButton):
        widget.setAutoDefault(False)
    for each in (other, widget):
        column.addWidget(each)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    accent = QColor(THEMES[name].accent)

    def has_accent():
        image = widget.grab().toImage()
        row = image.height() // 2
        return any(image.pixelColor(x, row) == accent for x in range(image.width()))

    assert not has_accent()
    widget.setFocus()
    qtbot.waitUntil(has_accent)


def test_a_scroll_bar_is_thin_and_its_handle_can_be_seen(dressed, shown):
    dressed("light")
    bar = QScrollBar(Qt.Orientation.Vertical)
    bar.setRange(0, 100)
    bar.resize(10, 300)
    image = shown(bar)
    assert bar.sizeHint().width() == 10
    assert image.pixelColor(5, 20) == QColor(THEMES["light"].quote_bar)


def test_another_theme_changes_what_is_open(dressed, shown):
    dressed("light")
    label = QLabel("words")
    before = shown(label)
    dressed("dark")
    assert label.grab().toImage() != before
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(THEMES["dark"].text)


def test_tool_tips_have_the_themes_colours(dressed):
    dressed("dark")
    assert QToolTip.palette().color(QPalette.ColorRole.ToolTipText) == QColor(THEMES["dark"].text)
