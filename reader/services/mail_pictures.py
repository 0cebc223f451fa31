"""The pictures that mails brought along: files in the library, each called by the digest of its bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_FOLDER = "cid"
_ADDRESS = re.compile(rf"{_FOLDER}/[0-9a-f]{{32}}\.(?:png|jpg|gif|webp)")


def keep_pictures(directory: Path, pictures: Iterable[tuple[str, bytes]]) -> None:
    """Write what is not there yet into the library's directory; one that cannot be written is not shown."""
    for address, data in pictures:
        path = directory / address
        if not _ADDRESS.fullmatch(address) or path.exists():
            continue
        written = path.with_suffix(f".{os.getpid()}.new")
        try:
            path.parent.mkdir(exist_ok=True)
            written.write_bytes(data)
            written.replace(path)
        except OSError:
            with suppress(OSError):
                written.unlink()


def file_of(directory: Path, address: str) -> Path | None:
    """Return the file of a picture that a mail brought along, by the address that its issue has for it."""
    path = directory / address if _ADDRESS.fullmatch(address) else None
    return path if path is not None and path.is_file() else None
