import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon

from reader.paths import resource
from reader.ui.icons import Icons

RED, BLUE = "#c01020", "#1020c0"
NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.fixture
def icons(qapp):
    return Icons()


def colors(pixmap):
    """The colours of the pixels that are wholly covered."""
    image = pixmap.toImage()
    spots = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {color.name() for color in spots if color.alpha() == 255}


def inked(pixmap):
    image = pixmap.toImage()
    return sum(
        image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(icons, name):
    assert colors(icons.pixmap(name, RED, 18, 3.0)) == {RED}


class Screen:
    def __init__(self, ratio):
        self.devicePixelRatio = lambda: ratio


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
def test_an_icon_is_sharp_on_every_screen(icons, scale, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [Screen(1.0), Screen(scale)])
    icon = icons.icon("star", RED)
    drawn = icon.pixmap(QSize(18, 18), scale)
    assert drawn.devicePixelRatio() == scale
    assert drawn.width() == int(18 * scale + 0.5)
    assert drawn.toImage() == icons.pixmap("star", RED, 18, scale).toImage()


def test_a_filled_star_covers_more(icons):
    assert inked(icons.pixmap("star", RED, filled=True)) > inked(icons.pixmap("star", RED)) * 1.2


def test_an_icon_is_drawn_once(icons):
    assert icons.icon("star", RED) is icons.icon("star", RED)
    assert icons.icon("star", RED) is not icons.icon("star", BLUE)


def test_a_toggle_is_filled_and_coloured_when_it_is_on(icons):
    toggle = icons.toggle("star", RED, BLUE)
    off = toggle.pixmap(QSize(18, 18), 2.0, QIcon.Mode.Normal, QIcon.State.Off)
    on = toggle.pixmap(QSize(18, 18), 2.0, QIcon.Mode.Normal, QIcon.State.On)
    assert (colors(off), colors(on)) == ({RED}, {BLUE})
    plain = icons.icon("star", RED).pixmap(QSize(18, 18), 2.0, QIcon.Mode.Normal, QIcon.State.On)
    assert colors(plain) == {RED}


def test_an_icon_that_cannot_be_used_is_dimmed(icons):
    icon = icons.icon("circle", RED)
    image = icon.pixmap(QSize(18, 18), 2.0, QIcon.Mode.Disabled).toImage()
    alphas = {image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())}
    assert 0 < max(alphas) < 128
    assert QColor(RED).red() > 128


def test_the_licence_stands_beside_the_icons():
    text = (resource("icons") / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "Lucide" in text
