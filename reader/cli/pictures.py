"""`tearsheet screenshot`: the window as a picture."""

from __future__ import annotations

import argparse
import re
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "screenshot",
        help="draw the window into a picture",
        description="Draw the window into a PNG; no display is needed.",
    )
    command.add_argument("file", type=Path, metavar="FILE.png")
    command.add_argument("--theme", default="", metavar="NAME", help="light, dark or sepia")
    command.add_argument(
        "--scale", type=_scale, default=1.0, metavar="N", help="pixels for each point: 1 to 4"
    )
    command.add_argument("--size", type=_size, default=(1440, 900), metavar="WxH", help="in points: 1440x900")
    command.add_argument("--issue", default="", metavar="KEY", help="the issue that is shown")
    command.add_argument("--story", default="", metavar="KEY", help="the story that is shown")
    command.set_defaults(command=screenshot)


def screenshot(arguments: argparse.Namespace) -> int:
    """Draw the window; this is the one command that needs Qt."""
    from reader.paths import library_directory

    return int(
        arguments.window.draw(
            arguments.file,
            theme=arguments.theme,
            scale=arguments.scale,
            size=arguments.size,
            issue=arguments.issue,
            story=arguments.story,
            library=library_directory(arguments.library),
        )
    )


def _scale(written: str) -> float:
    scale = float(written)
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError(f"{written} is not between 0.5 and 4")
    return scale


def _size(written: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,5})[x×X](\d{2,5})", written)
    if not match:
        raise argparse.ArgumentTypeError(f"{written} is no size like 1440x900")
    return int(match[1]), int(match[2])
