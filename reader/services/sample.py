"""The sample: a small newsletter to look around with when nothing else is there yet."""

from __future__ import annotations

from pathlib import Path

from reader.paths import resource


def sample_folder() -> Path:
    """Return the folder with the sample's issues: in a checkout, a wheel or a frozen build."""
    return resource("sample") / "the-paper-boat"
