"""Draw the pictures of the README: the real window over the sample newsletter, without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from reader.services.sample import sample_folder

HERE = Path(__file__).resolve().parent / "screenshots"
PICTURES = {"window-light": ("light", "1"), "window-dark": ("dark", "1")}


def main() -> int:
    """Draw every picture; return the first exit status that is not 0."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TEARSHEET_LIBRARY"] = f"{folder}/library"
        os.environ["TEARSHEET_SETTINGS"] = f"{folder}/settings"
        results = [tearsheet("import", str(sample_folder()))]
        for name, (theme, scale) in PICTURES.items():
            picture = str(HERE / f"{name}.png")
            shown = ("--theme", theme, "--scale", scale, "--issue", "the-paper-boat/1")
            results.append(tearsheet("screenshot", picture, *shown))
    return next((result for result in results if result), 0)


def tearsheet(*words: str) -> int:
    """Run the program in a process of its own: Qt takes its scale once."""
    return subprocess.run([sys.executable, "-m", "reader", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
