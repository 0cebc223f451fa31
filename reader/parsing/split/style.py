"""How the text of a block is set: which stretches are bold, which italic, how far a bold lead reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reader.model import OBJECT, Block, Mark

_WORDS = re.compile(rf"[^\W_]|{OBJECT}")
Setting = Literal["bold", "italic", "plain"]
_SETTINGS: tuple[Setting, ...] = ("plain", "bold", "italic", "bold") * (2 * max(Mark) // 4)
"""How a run is set, by its marks: every run is asked more than once, and to look it up is the fastest."""


@dataclass(slots=True)
class Stretch:
    """A part of a block's text that is set in one way."""

    setting: Setting
    start: int
    end: int


def stretches(block: Block) -> list[Stretch]:
    """Return the stretches of a block's text; signs and white space go with what is around."""
    out: list[Stretch] = []
    at = 0
    for run in block.runs:
        end = at + len(run.text)
        if _WORDS.search(run.text):
            setting = _SETTINGS[run.marks]
            if out and out[-1].setting == setting:
                out[-1].end = end
            else:
                out.append(Stretch(setting, at, end))
        at = end
    return out


def may_hold_dek(block: Block) -> bool:
    """Tell whether some of a block is bold and some italic, as where a title and its dek have met."""
    bold = italic = False
    for run in block.runs:
        setting = _SETTINGS[run.marks]
        bold = bold or setting == "bold"
        italic = italic or setting == "italic"
    return bold and italic


def has_bold(block: Block) -> bool:
    """Tell whether any of a block is bold."""
    for run in block.runs:  # noqa: SIM110 - any() takes twice as long, and every block is asked
        if _SETTINGS[run.marks] == "bold":
            return True
    return False


def setting_of(block: Block) -> Setting | None:
    """Return how all words of a block are set; None where it changes, or there are none."""
    runs = block.runs
    if len(runs) == 1:
        return _SETTINGS[runs[0].marks] if _WORDS.search(runs[0].text) else None
    found: Setting | None = None
    for run in runs:
        setting = _SETTINGS[run.marks]
        if setting != found and _WORDS.search(run.text):
            if found is not None:
                return None
            found = setting
    return found


def is_all(block: Block, setting: Setting) -> bool:
    """Tell whether all words of a block are set in one way; a block with no words is set in none."""
    return setting_of(block) == setting


def lead_end(block: Block) -> int:
    """Return where the bold words that open a block end; 0 when it opens otherwise or is all bold."""
    if len(block.runs) < 2:
        return 0
    end = at = 0
    for run in block.runs:
        at += len(run.text)
        if _WORDS.search(run.text):
            if _SETTINGS[run.marks] != "bold":
                return end
            end = at
    return 0
