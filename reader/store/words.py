"""Words as the index and the snippets see them: no case, no accents, each CJK character alone."""

from __future__ import annotations

import re
import unicodedata

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_CHARACTERS = re.compile(f"[{_CJK}]+")
_TOKEN = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+")
_BEFORE = f"(?<![^\\W_{_CJK}])"
_AFTER = f"(?![^\\W_{_CJK}])"


class _Folded(dict[int, str]):
    """What each character folds to, found when it is first met; always one character.

    As in FTS5, only Latin letters lose their accents: й is no и, and が no か.
    """

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        base = parts[0] if parts[0].isascii() else chr(code)
        self[code] = folded = base.lower()[0]
        return folded


_FOLDED = _Folded()


def spaced(text: str) -> str:
    """Return the text with each CJK character a word of its own."""
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFC", text)
    apart = _CHARACTERS.sub(lambda found: f" {' '.join(found[0])} ", whole)
    return apart.encode("utf-8", "replace").decode()


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _TOKEN.findall(fold(unicodedata.normalize("NFC", text)))


def fold(text: str) -> str:
    """Return the text in lower case and without accents; each position stays what it was."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def is_cjk(token: str) -> bool:
    """Whether the token is one CJK character."""
    return bool(_CHARACTERS.fullmatch(token))


def pattern(terms: list[list[str]], *, prefix: bool) -> re.Pattern[str] | None:
    """Return what finds the terms in a folded text; the last may go on when `prefix` says so."""
    found = []
    for number, words in enumerate(terms, 1):
        open_end = is_cjk(words[-1]) or (prefix and number == len(terms))
        before = "" if is_cjk(words[0]) else _BEFORE
        middle = r"[\W_]*".join(re.escape(word) for word in words)
        rest = "" if is_cjk(words[-1]) else (r"[^\W_]*" if open_end else _AFTER)
        found.append(f"{before}{middle}{rest}")
    return re.compile("|".join(found)) if found else None
