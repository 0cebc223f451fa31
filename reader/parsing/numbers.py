"""Which number of its newsletter an issue is, told by its title or its file's name."""

from __future__ import annotations

import re

_COUNTED = (
    r"(?:issue|edition|newsletter|week|volume|vol|number|no|nr|episode|ep"
    r"|ausgabe|numéro|número|номер|выпуск|n[º°])"
)
_END = r"(?=\s*(?:$|[:;,|•·–—()（）\[\]】》」]|-\s|\.(?:\s|$)))"
_CJK = re.compile(r"(?P<prefix>.*?)[\s(（\[【]*第\s*(?P<number>\d{1,5})\s*[期号號回卷辑輯集]", re.DOTALL)
_HASH = re.compile(
    rf"(?P<prefix>.*?)(?P<word>\b{_COUNTED}\b)?[.:]?[\s(\[]*[#№]\s?(?P<number>\d{{1,5}}){_END}", re.IGNORECASE
)
_WORD = re.compile(
    rf"(?P<prefix>.*?)(?P<word>\b{_COUNTED}\b)\.?[\s-]*(?P<number>\d{{1,5}}){_END}", re.IGNORECASE
)
# A number with nothing to say that it is one counts after two words: "Import AI 219:", but not "React 19:".
_BARE = re.compile(rf"(?P<prefix>[^\W\d][^:|\s]*\s[^:|]{{1,58}}?)[\s:,]+(?P<number>\d{{1,5}}){_END}")
_MONTH_LAST = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september"
    r"|october|november|december)\.?$",
    re.IGNORECASE,
)
_KEPT_WORDS = ("newsletter",)
_FILE_WORD = re.compile(
    rf"(?:^|[^a-z]){_COUNTED}[-_. #]{{0,2}}(?P<number>\d{{1,5}})(?![\d.])(?=[-_ ]|$)", re.IGNORECASE
)
_FILE_END = re.compile(
    r"(?:(?P<word>[^\W\d_]{4,})[-_ ]?(?P<number>\d{1,5})"
    r"|(?P<words>[^\W\d_]+(?:[-_ ][^\W\d_]+)+)[-_ ]?(?P<high>\d{2,5}))$"
)
_FILE_ALONE = re.compile(r"#?(?P<number>\d{1,5})$")
_DATE = re.compile(r"(?:(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d|\d\d-\d\d-\d\d)(?:[-_. ]+|$)")
_DATED_FOLDERS = re.compile(r"/(?:19|20)\d\d/(?:[^/]*/){0,2}[^/]*$")
_TRIMMED = " \t\n-–—:：,，|·•/#(（[【《》「」『』<>\"'“”.*_"


def number_in_title(title: str) -> tuple[str, str]:
    """Return what stands before the issue's number, and the number: ("Import AI", "219"); "" for none."""
    if match := _CJK.match(title):
        return match["prefix"].strip(_TRIMMED + "》」』】"), _plain(match["number"])
    for pattern in (_HASH, _WORD):
        match = pattern.match(title)
        if match and len(match["prefix"]) <= 60 and not _is_year(match["number"]):
            word = match["word"] or ""
            kept = word if word.lower() in _KEPT_WORDS else ""
            prefix = match["prefix"].strip(_TRIMMED)
            return f"{prefix} {kept}".strip() if prefix else "", _plain(match["number"])
    match = _BARE.match(title)
    if match and not _is_year(match["number"]) and not _MONTH_LAST.search(match["prefix"]):
        return match["prefix"].strip(_TRIMMED), _plain(match["number"])
    return "", ""


def number_in_name(location: str) -> tuple[str, str]:
    """Return the number that a file's name clearly is or ends in, and the name before it; a date is none."""
    path = location.replace("\\", "/")
    stem = path.rpartition("/")[2]
    stem = stem.rpartition(".")[0] or stem
    rest = _DATE.sub("", stem)
    if match := _FILE_WORD.search(rest):
        return rest[: match.start()].strip(_TRIMMED), _plain(match["number"])
    if rest != stem or _DATED_FOLDERS.search(path):
        return "", ""  # it is named for its date
    if match := _FILE_END.match(rest):
        number = match["number"] or match["high"]
        return ("", "") if _is_year(number) else (match["word"] or match["words"], _plain(number))
    if (match := _FILE_ALONE.match(rest)) and not _is_year(match["number"]):
        return "", _plain(match["number"])
    return "", ""


def _is_year(number: str) -> bool:
    return len(number) == 4 and 1900 <= int(number) < 2100


def _plain(number: str) -> str:
    return number.lstrip("0") or "0"
