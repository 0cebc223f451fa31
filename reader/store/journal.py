"""The journal: what the reader did, one line of JSON for each change, in files that only grow.

Each device appends to files of its own, `<device>/YYYY-MM.jsonl`; a device whose directory appears
beside ours is read like our own. A line is `[time, kind, key, field, value]`. The last writer wins
for each kind, key and field, so lines may come in any order and more than once.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

_TIME = re.compile(r"[0-8][0-9]{12}-[0-9a-f]{4}-[0-9a-z]+")
_MOST = 0xFFFF
"""Changes that one millisecond has room for."""


class Line(NamedTuple):
    """One change. The time sorts as text: milliseconds, a counter, the device."""

    time: str
    kind: str
    key: str
    field: str
    value: Any

    @property
    def json(self) -> str:
        """The value as the facts hold it."""
        return json.dumps(self.value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


Name: TypeAlias = tuple[str, str, str]
"""Kind, key and field."""
Facts: TypeAlias = dict[Name, Line]


def fold(lines: Iterable[Line], facts: Mapping[Name, Line] | None = None) -> Facts:
    """Return the facts once the lines have happened too: the latest of each name."""
    folded = dict(facts or {})
    for line in lines:
        name = (line.kind, line.key, line.field)
        known = folded.get(name)
        if known is None or (line.time, line.json) > (known.time, known.json):
            folded[name] = line
    return folded


class Clock:
    """A hybrid clock: the time of day, but always later than whatever was seen."""

    def __init__(self, device: str, seen: str = "") -> None:
        self._device = device
        self.seen = seen
        """The latest time that this device or a line it read has."""

    def next(self) -> str:
        """Return a time after all others, even when the computer's clock was set back."""
        now = time.time_ns() // 1_000_000
        milliseconds, counter = _parts(self.seen)
        if now > milliseconds:
            milliseconds, counter = now, 0
        elif counter < _MOST:
            counter += 1
        else:
            milliseconds, counter = milliseconds + 1, 0
        self.seen = f"{milliseconds:013d}-{counter:04x}-{self._device}"
        return self.seen

    def see(self, when: str) -> None:
        """Take notice of a time that another clock gave."""
        self.seen = max(self.seen, when)


class Journal:
    """The directory of every device's files. Whoever appends must hold the database's write lock."""

    def __init__(self, directory: Path, device: str) -> None:
        self._directory = directory
        self.device = device

    def append(self, lines: Iterable[Line]) -> tuple[str, int]:
        """Write the lines and wait until the disk has them; return the file's name and its length."""
        lines = list(lines)
        month = time.strftime("%Y-%m", time.gmtime(_parts(lines[0].time)[0] / 1000))
        path = self._directory / self.device / f"{month}.jsonl"
        fresh = not path.exists()
        if fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{_written(line)}\n" for line in lines)
        with path.open("ab+") as file:
            # A line that a crash cut short is closed first, or ours would be part of it.
            mend = b"" if _ends_well(file) else b"\n"
            file.write(mend + text.encode())
            file.flush()
            os.fsync(file.fileno())
            length = file.seek(0, os.SEEK_END)
        if fresh:
            _sync_directory(path.parent)
        return self._name(path), length

    def length(self, name: str) -> int:
        """Return how many bytes the file has."""
        path = self._directory / name
        return path.stat().st_size if path.exists() else 0

    def own_file(self, when: str) -> str:
        """Return the name of the file that a line of that time would go to."""
        month = time.strftime("%Y-%m", time.gmtime(_parts(when)[0] / 1000))
        return f"{self.device}/{month}.jsonl"

    def unread(self, read_to: Mapping[str, int]) -> Iterator[tuple[str, int, list[Line]]]:
        """Yield each file that has grown: its name, how far it is read now, and the new lines.

        A file that is shorter than it was is read again from its beginning.
        """
        for path in sorted(self._directory.glob("*/*.jsonl")):
            name = self._name(path)
            start = read_to.get(name, 0)
            size = path.stat().st_size
            if size != start:
                yield (name, *_read(path, start if start < size else 0))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._directory).as_posix()


def device_of(directory: Path) -> str:
    """Return this device's id, random, kept in the library's directory."""
    path = directory / "device"
    try:
        known = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    if re.fullmatch(r"[0-9a-z]{4,32}", known):
        return known
    made = os.urandom(4).hex()
    path.write_text(made + "\n", encoding="utf-8")
    return made


def parse_line(raw: bytes) -> Line | None:
    """Return the line, or None when it is none: cut short, or not ours."""
    try:
        parts = json.loads(raw)
        json.dumps(parts, ensure_ascii=False).encode()  # half a surrogate pair can be parsed but not kept
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or len(parts) != 5 or not all(isinstance(part, str) for part in parts[:4]):
        return None
    return Line(*parts) if _TIME.fullmatch(parts[0]) else None


def _written(line: Line) -> str:
    return json.dumps(list(line), ensure_ascii=False, separators=(",", ":"))


def _read(path: Path, start: int) -> tuple[int, list[Line]]:
    with path.open("rb") as file:
        file.seek(start)
        raw = file.read()
    whole, newline, rest = raw.rpartition(b"\n")
    lines = [line for part in whole.split(b"\n") if (line := parse_line(part))]
    # What follows the last newline may still be on its way; it is looked at again next time.
    if rest and (last := parse_line(rest)):
        lines.append(last)
    return start + len(whole) + len(newline), lines


def _ends_well(file: Any) -> bool:
    end = file.seek(0, os.SEEK_END)
    if end == 0:
        return True
    file.seek(end - 1)
    return bool(file.read(1) == b"\n")


def _sync_directory(path: Path) -> None:
    if os.name == "nt":  # a directory cannot be opened there, and its entries are durable
        return
    for directory in (path, path.parent, path.parent.parent):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _parts(when: str) -> tuple[int, int]:
    if not when:
        return 0, 0
    milliseconds, counter, _ = when.split("-", 2)
    return int(milliseconds), int(counter, 16)
