"""Settings: a field is a setting, its default the default; the file holds only what differs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from reader.paths import settings_directory

_FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader has set. Lengths are in device-independent pixels."""

    theme: str = "system"
    """A theme's name, or "system": light or dark as the desktop tells."""
    text_size: int = 19
    measure: int = 66
    """Characters in a line of the story page: 50 to 110."""
    read_after_seconds: float = 3.0
    """How long a story must be shown before it counts as read; 0: only its end counts."""
    refresh_minutes: int = 60
    """How often followed newsletters are asked for what is new; 0: only when the reader asks."""
    refresh_on_start: bool = True
    export_folder: str = ""
    export_layout: str = "story"
    """One file a "story", an "issue", or "all" in one."""
    picture_limit: int = 1000
    """Megabytes that the pictures which were fetched may take."""
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Keys that differ from the action's own: action id → key sequences."""
    window: dict[str, Any] = field(default_factory=dict)
    """Where the window was left: geometry, splitters, selection."""


def load_settings(directory: Path | None = None) -> Settings:
    """Return the settings of the directory; what cannot be read there has its default."""
    path = (directory or settings_directory()) / _FILE
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    defaults = Settings()
    known = {f.name: stored[f.name] for f in fields(Settings) if f.name in stored}
    right = {name: value for name, value in known.items() if _fits(value, getattr(defaults, name))}
    return replace(defaults, **right)


def save_settings(settings: Settings, directory: Path | None = None) -> None:
    """Write what differs from the defaults; the file is replaced in one step."""
    folder = directory or settings_directory()
    folder.mkdir(parents=True, exist_ok=True)
    defaults = asdict(Settings())
    differing = {name: value for name, value in asdict(settings).items() if value != defaults[name]}
    temporary = folder / f"{_FILE}.new"
    temporary.write_text(json.dumps(differing, indent=1, ensure_ascii=False), encoding="utf-8")
    temporary.replace(folder / _FILE)


def _fits(value: object, default: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, type(default)) and isinstance(value, bool) == isinstance(default, bool)
