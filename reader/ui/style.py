"""The look of every window: the fonts, the palette and the style sheet of a theme."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from reader.paths import resource
from reader.services.themes import Theme

WINDOW_FAMILY = "Inter"
STORY_FAMILY = "Literata"
CODE_FAMILY = "JetBrains Mono"

WINDOW_SIZE = 13
"""The size of the window's text, in device-independent pixels."""

MARK_COLOURS = {
    "red": "#cf5b50",
    "orange": "#cf7d36",
    "yellow": "#b58f1f",
    "green": "#5b9455",
    "teal": "#3c918a",
    "blue": "#4f80c2",
    "purple": "#8a6dbd",
    "grey": "#8a8780",
}
"""What the reader may mark a newsletter with: seen on light grounds and on dark ones (3:1 at least)."""

_Role = QPalette.ColorRole
_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (_Role.Window, "bar"),
    (_Role.WindowText, "text"),
    (_Role.Base, "field"),
    (_Role.AlternateBase, "list"),
    (_Role.Text, "text"),
    (_Role.PlaceholderText, "faint"),
    (_Role.Button, "chip"),
    (_Role.ButtonText, "text"),
    (_Role.BrightText, "error"),
    (_Role.ToolTipBase, "field"),
    (_Role.ToolTipText, "text"),
    (_Role.Highlight, "selection"),
    (_Role.HighlightedText, "selection_text"),
    (_Role.Accent, "accent"),
    (_Role.Link, "link"),
    (_Role.LinkVisited, "link"),
    (_Role.Light, "field"),
    (_Role.Midlight, "chip"),
    (_Role.Mid, "line"),
    (_Role.Dark, "faint"),
    (_Role.Shadow, "line"),
)
_DISABLED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def load_fonts() -> list[str]:
    """Make the bundled fonts known to Qt, and return their families. Needs a QApplication."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return sorted(set(families))


def font(
    pixels: float = WINDOW_SIZE, weight: QFont.Weight = QFont.Weight.Normal, family: str = WINDOW_FAMILY
) -> QFont:
    """Return a font that looks the same on every platform; its size is in device-independent pixels."""
    made = QFont(family)
    made.setPixelSize(round(pixels))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def palette_of(theme: Theme) -> QPalette:
    """Return the theme's colours as Qt asks for them, for every group of widgets."""
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, QColor(getattr(theme, name)))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, _between(theme.text, theme.bar, 0.55))
    return palette


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the window with the theme's colours filled in."""
    folder = resource("styles")
    template = Template((folder / "app.qss").read_text(encoding="utf-8"))
    # A style sheet cannot colour a drawing, so there is one of each for dark and for light grounds.
    drawn, opposite = ("light", "dark") if theme.dark else ("dark", "light")
    return template.substitute(
        theme._asdict(), styles=folder.as_posix(), drawn=drawn, drawn_on_accent=opposite
    )


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole program in a theme. Call `load_fonts` before the first time."""
    apply_palette(app, theme)
    apply_style_sheet(app, theme)


def apply_palette(app: QApplication, theme: Theme) -> None:
    """Take on the font and the colours of a theme.

    The desktop's own colours are never mixed in: half of them would be unreadable on ours.
    """
    app.setFont(font())
    palette = palette_of(theme)
    app.setPalette(palette)
    QToolTip.setPalette(palette)  # it has one of its own, which follows only until it is set once


def apply_style_sheet(app: QApplication, theme: Theme) -> None:
    """Take on the rest of a theme's look."""
    app.setStyleSheet(style_sheet(theme))


def _between(one: str, other: str, share: float) -> QColor:
    """Return a colour that is `share` of the way from one to the other."""
    a, b = QColor(one), QColor(other)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )
