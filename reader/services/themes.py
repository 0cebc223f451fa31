"""Themes: one TOML file each, under resources/themes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from reader.paths import resource


class Theme(NamedTuple):
    """The colours of the window and of the story page, each "#rrggbb"."""

    name: str
    label: str
    dark: bool
    # the window
    side: str
    """The ground of the issue list."""
    list: str
    """The ground of the outline."""
    page: str
    """The ground of the story page."""
    bar: str
    """The ground of the toolbar and the status bar."""
    line: str
    text: str
    muted: str
    faint: str
    """The quietest text; still 4.5 to 1 on every ground."""
    accent: str
    selected: str
    """The ground of the chosen issue."""
    chosen: str
    """The ground of the chosen story."""
    hover: str
    star: str
    field: str
    chip: str
    error: str
    # the story page
    story_text: str
    heading: str
    link: str
    link_line: str
    quote: str
    quote_bar: str
    code: str
    code_ground: str
    rule: str
    selection: str
    selection_text: str
    mark: str


def load_theme(path: Path) -> Theme:
    """Read one theme; a role may name a base colour with "$name"."""
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    base = stored["base"]
    roles = {
        role: base[value[1:]] if value.startswith("$") else value for role, value in stored["roles"].items()
    }
    return Theme(name=path.stem, label=stored["label"], dark=stored["dark"], **roles)


def theme_named(name: str) -> Theme | None:
    """Return one theme; None where there is none of that name."""
    path = resource("themes") / f"{name}.toml"
    return load_theme(path) if path.is_file() else None


def themes() -> dict[str, Theme]:
    """Return every theme by its name, light first."""
    found = [load_theme(path) for path in sorted(resource("themes").glob("*.toml"))]
    return {theme.name: theme for theme in sorted(found, key=lambda theme: (theme.dark, theme.label))}
