"""The type of the story page: fonts, sizes, spacing and colours of each role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
)

from reader.model import Mark, Run
from reader.services.themes import Theme
from reader.ui.story.sheet import Role
from reader.ui.style import CODE_FAMILY, STORY_FAMILY, WINDOW_FAMILY, font

_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_SAMPLE = "the quick brown fox jumps over a lazy dog, and then it rests in the warm shade of an old oak "
_KANA = (("\u3040", "\u30ff"),)
_HANGUL = (("\uac00", "\ud7a3"),)
_HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
_JAPANESE = ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Meiryo")
_KOREAN = ("Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic")
_CHINESE = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei")

_MAIN = Mark.BOLD | Mark.LEAD
GROUNDED = Mark.CODE | Mark.HIGHLIGHT
"""Marks that put a ground under their words, which the painter paints."""
_RAISED = Mark.SUPER | Mark.SUB


class Property(IntEnum):
    """What a block or a run says to the painter, beside what Qt has words for."""

    BOX = QTextFormat.Property.UserProperty.value + 1
    """Of code: how far its box is indented, in pixels."""
    QUOTE = BOX + 1
    """How many quotes the block stands in."""
    QUOTE_INSET = BOX + 2
    """How far the outermost quote is indented, in pixels."""
    MARKER = BOX + 3
    DEPTH = BOX + 4
    RULE = BOX + 5
    CHIPS = BOX + 6
    """Of a block: whether runs of it have a ground of their own."""
    GROUND = BOX + 7
    """Of a run: the colour of that ground."""


class Face(NamedTuple):
    """How a role is set; lengths are in ems of the body text."""

    family: str = STORY_FAMILY
    scale: float = 1.0
    leading: float = 1.56
    top: float = 0.0
    bottom: float = 0.9
    colour: str = "story_text"
    weight: QFont.Weight = QFont.Weight.Normal
    italic: bool = False
    level: int = 0
    """As a heading, to those who listen; 0 for none."""


class Voice(NamedTuple):
    """Where a run stands, as far as its type depends on that."""

    role: Role
    quoted: bool = False
    heading: bool = False
    """Whether it stands in the first row of a table."""
    fonts: tuple[str, ...] = ()
    """For characters that the role's font has not."""


_DEMI = QFont.Weight.DemiBold
_BOLD = QFont.Weight.Bold
_SANS = WINDOW_FAMILY
FACES: Mapping[Role, Face] = {
    Role.KICKER: Face(_SANS, 0.78, 1.45, 0, 0.62, "muted"),
    Role.TITLE: Face(STORY_FAMILY, 1.78, 1.2, 0, 0.62, "heading", _BOLD, level=1),
    Role.META: Face(_SANS, 0.78, 1.45, 0, 1.8, "muted"),
    Role.DEK: Face(STORY_FAMILY, 1.1, 1.36, 0, 1.25, "muted", italic=True),
    Role.HEADING_1: Face(STORY_FAMILY, 1.5, 1.22, 2.0, 0.6, "heading", _BOLD, level=2),
    Role.HEADING_2: Face(_SANS, 1.3, 1.25, 1.75, 0.5, "heading", _DEMI, level=2),
    Role.HEADING_3: Face(_SANS, 1.08, 1.3, 1.45, 0.4, "heading", _DEMI, level=3),
    Role.HEADING_4: Face(_SANS, 0.94, 1.35, 1.2, 0.35, "heading", _DEMI, level=4),
    Role.TEXT: Face(),
    Role.CODE: Face(CODE_FAMILY, 0.78, 1.5, 1.3, 1.7, "code"),
    Role.TABLE: Face(_SANS, 0.8, 1.4, 0, 1.0),
    Role.WIDE_TABLE: Face(_SANS, 0.66, 1.35, 0, 1.0),
    Role.RULE: Face(top=1.0, bottom=1.9, leading=1.0, colour="muted"),
    Role.TERM: Face(bottom=0.1, weight=_BOLD),
    Role.DEFINITION: Face(),
    Role.CAPTION: Face(_SANS, 0.78, 1.45, 0, 1.5, "muted"),
    Role.FOOTNOTE: Face(_SANS, 0.8, 1.5, 0, 0.5, "muted"),
    Role.LABEL: Face(_SANS, 0.74, 1.4, 1.7, 0.4, "muted", _DEMI, level=2),
    Role.SOURCE: Face(_SANS, 0.84, 1.5, 0, 0.35, "muted"),
    Role.NOTICE: Face(_SANS, 0.84, 1.5, 1.6, 0, "muted"),
    Role.MESSAGE: Face(_SANS, 0.9, 1.5, 0, 0.3, "muted"),
}

INDENT = 1.45
"""How far a list's text stands in from what is around it, in ems."""
QUOTE_INDENT = 1.3


class Typography:
    """The type of one theme at one size; formats are made once and copied."""

    def __init__(self, theme: Theme, size: int = 19, measure: int = 66) -> None:
        self.theme = theme
        self.size = size
        """Of the body text, in device-independent pixels."""
        self.measure = measure
        """Characters in a full line."""
        self._blocks: dict[Role, QTextBlockFormat] = {}
        self._runs: dict[tuple[Mark, Voice, bool], QTextCharFormat] = {}

    @cached_property
    def column(self) -> float:
        """The width of a full line, in pixels."""
        # averageCharWidth counts capitals and digits as often as "e": a third too wide.
        advance = QFontMetricsF(font(self.size, family=STORY_FAMILY)).horizontalAdvance(_SAMPLE)
        return advance / len(_SAMPLE) * self.measure

    def em(self, ems: float) -> float:
        """Return a length in pixels."""
        return ems * self.size

    def colour(self, role: str) -> QColor:
        """Return a colour of the theme by the name of its role."""
        return QColor(getattr(self.theme, role))

    def font_of(self, face: Face) -> QFont:
        """Return the font of a face at this size."""
        made = font(self.em(face.scale), face.weight, face.family)
        made.setItalic(face.italic)
        if face.family == CODE_FAMILY:
            # An arrow made of two characters is a riddle in code.
            made.setFeature(QFont.Tag("calt"), 0)
        return made

    def block(self, role: Role) -> QTextBlockFormat:
        """Return a block format of the caller's own, with the role's spacing."""
        if role not in self._blocks:
            self._blocks[role] = self._block_format(FACES[role])
        return QTextBlockFormat(self._blocks[role])

    def run(self, run: Run, voice: Voice) -> QTextCharFormat:
        """Return a character format of the caller's own for a run that stands there."""
        linked = bool(run.href or run.note)
        marks = run.marks | Mark.SUPER if run.note else run.marks
        key = (marks, voice, linked)
        if key not in self._runs:
            self._runs[key] = self._run_format(marks, voice, linked=linked)
        return QTextCharFormat(self._runs[key])

    def _block_format(self, face: Face) -> QTextBlockFormat:
        made = QTextBlockFormat()
        pixels = round(self.em(face.scale))
        height = QFontMetricsF(self.font_of(face)).height()
        # The percentage is of the font's own height, which is no multiple of its size.
        made.setLineHeight(100 * face.leading * pixels / height, _PROPORTIONAL)
        made.setTopMargin(self.em(face.top))
        made.setBottomMargin(self.em(face.bottom))
        if face.level:
            made.setHeadingLevel(face.level)
        return made

    def _run_format(self, marks: Mark, voice: Voice, *, linked: bool) -> QTextCharFormat:
        role, face = voice.role, FACES[voice.role]
        made = QTextCharFormat()
        made.setFont(self.font_of(face))
        made.setForeground(self.colour("quote" if voice.quoted and role is Role.TEXT else face.colour))
        if voice.heading:
            made.setFontWeight(_DEMI)
            made.setForeground(self.colour("muted"))
        if face.scale >= 1.08 and face.level:
            made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            made.setFontLetterSpacing(-0.012 * self.em(face.scale))
        if marks & _MAIN:
            made.setFontWeight(_BOLD)
        if marks & Mark.ITALIC:
            made.setFontItalic(not face.italic)
        self._quieten(made, face, marks)
        if linked:
            self._link(made, role)
        self._ground(made, face, marks)
        if marks & _RAISED:
            self._raise(made, marks)
        if voice.fonts:
            made.setFontFamilies([*made.fontFamilies(), *voice.fonts])
        return made

    def _quieten(self, made: QTextCharFormat, face: Face, marks: Mark) -> None:
        if marks & (Mark.STRIKE | Mark.SMALL):
            made.setForeground(self.colour("muted"))
        if marks & Mark.STRIKE:
            made.setFontStrikeOut(True)
        if marks & Mark.SMALL:
            made.setProperty(QTextFormat.Property.FontPixelSize, round(self.em(face.scale * 0.86)))
        if marks & Mark.UNDERLINE:
            made.setFontUnderline(True)

    def _link(self, made: QTextCharFormat, role: Role) -> None:
        made.setAnchor(True)
        if role is Role.TITLE:
            return
        made.setForeground(self.colour("link"))
        made.setFontUnderline(True)
        made.setUnderlineColor(self.colour("link_line"))

    def _ground(self, made: QTextCharFormat, face: Face, marks: Mark) -> None:
        if marks & Mark.CODE and face.family != CODE_FAMILY:
            code = self.font_of(Face(CODE_FAMILY, face.scale * 0.84, weight=QFont.Weight(made.fontWeight())))
            colour, underlined, line = made.foreground(), made.fontUnderline(), made.underlineColor()
            made.setFont(code)
            made.setForeground(colour if made.isAnchor() else self.colour("code"))
            made.setFontUnderline(underlined)
            made.setUnderlineColor(line)
            made.setProperty(Property.GROUND, self.theme.code_ground)
        if marks & Mark.HIGHLIGHT:
            made.setProperty(Property.GROUND, self.theme.mark)

    def _raise(self, made: QTextCharFormat, marks: Mark) -> None:
        alignment = QTextCharFormat.VerticalAlignment
        raised = bool(marks & Mark.SUPER)
        made.setVerticalAlignment(alignment.AlignSuperScript if raised else alignment.AlignSubScript)
        made.setFontFamilies([WINDOW_FAMILY])
        made.setFontUnderline(False)


def fonts_for(text: str) -> tuple[str, ...]:
    """Return fonts for Han characters as the text's language draws them; Qt would take any."""
    if text.isascii():
        return ()
    characters = set(text)
    if _any_within(characters, _KANA):
        return _JAPANESE
    if _any_within(characters, _HANGUL):
        return _KOREAN
    return _CHINESE if _any_within(characters, _HAN) else ()


def _any_within(characters: set[str], ranges: Sequence[tuple[str, str]]) -> bool:
    # A pattern with such wide ranges would take longer to compile than a story to be set.
    return any(first <= character <= last for character in characters for first, last in ranges)
