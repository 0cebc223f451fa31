"""Every theme that is found must be readable: it is one file, and nothing else is told about it."""

import re

import pytest

from reader.services.themes import Theme, load_theme, themes

THEMES = themes()
_ROLES = [name for name in Theme._fields if name not in ("name", "label", "dark")]

# What is written on what: role → grounds, in the window and on the page.
WINDOW = ("side", "list", "page", "bar", "field", "hover", "selected", "chosen")
WRITTEN_ON = {
    "text": (*WINDOW, "chip", "mark"),
    "muted": (*WINDOW, "chip"),
    "faint": ("side", "list", "page", "bar", "field", "hover"),  # chosen rows use "muted" in its place
    "accent": ("page", "list", "chosen", "field"),
    "page": ("accent",),  # the words on the button that Return presses
    "error": ("page", "list", "bar", "field"),
    "story_text": ("page", "mark", "code_ground"),
    "heading": ("page",),
    "link": ("page", "code_ground", "bar", "field"),
    "quote": ("page",),
    "code": ("code_ground", "page"),
    "selection_text": ("selection",),
}
PAIRS = [
    (name, role, ground) for name in THEMES for role, grounds in WRITTEN_ON.items() for ground in grounds
]


def luminance(color):
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_the_web():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize(("name", "role", "ground"), PAIRS)
def test_what_is_written_can_be_read_on_its_ground(name, role, ground):
    theme = THEMES[name]
    assert contrast(getattr(theme, role), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_the_unread_dot_and_the_ring_of_the_keyboard_can_be_seen(name):
    theme = THEMES[name]
    for ground in WINDOW:
        assert contrast(theme.accent, getattr(theme, ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_a_chosen_row_differs_from_the_rows_around_it(name):
    theme = THEMES[name]
    assert contrast(theme.selected, theme.side) > 1.1
    assert contrast(theme.chosen, theme.list) > 1.05


@pytest.mark.parametrize("name", THEMES)
def test_every_role_is_a_colour(name):
    theme = THEMES[name]
    for role in _ROLES:
        assert re.fullmatch(r"#[0-9a-f]{6}", getattr(theme, role)), role


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_dark_where_it_says_so(name):
    theme = THEMES[name]
    assert theme.dark == (luminance(theme.page) < luminance(theme.story_text))


def test_light_themes_come_first():
    assert next(iter(THEMES)) == "light"
    assert [theme.dark for theme in THEMES.values()] == sorted(theme.dark for theme in THEMES.values())


def test_a_role_may_name_a_base_colour(tmp_path):
    path = tmp_path / "grass.toml"
    roles = "\n".join(f'{role} = "$ink"' for role in _ROLES)
    path.write_text(f'label = "Grass"\ndark = false\n[base]\nink = "#102030"\n[roles]\n{roles}\n')
    theme = load_theme(path)
    assert (theme.name, theme.text, theme.mark) == ("grass", "#102030", "#102030")
