"""How long a program's window takes to settle, and the memory it holds then, on a screen of its own."""

import mmap
import os
import shutil
import struct
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

WIDTH, HEIGHT = 1280, 800
QUIET = 1.0
"""Seconds without a change after which the window counts as settled."""
LIMIT = 60.0


@dataclass(frozen=True)
class Settled:
    seconds: float
    """From the start of the process to the last change on the screen."""
    megabytes: float
    """Proportional set size of the process and its children."""


def available() -> bool:
    return shutil.which("Xvfb") is not None


def settle(command: list[str], environment: dict[str, str] | None = None) -> Settled:
    """Start the command on an empty screen and wait until it paints no more."""
    with _screen() as (display, pixels):
        before = _rows(pixels)
        env = {**os.environ, **(environment or {}), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        began = last = time.perf_counter()
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            try:
                painted = False
                while (now := time.perf_counter()) - began < LIMIT:
                    after = _rows(pixels)
                    # A caret that blinks touches few rows; a window that settles touches many.
                    if sum(a != b for a, b in zip(before, after, strict=True)) > 40:
                        before, last, painted = after, now, True
                    elif painted and now - last > QUIET:
                        break
                    if process.poll() is not None:
                        raise RuntimeError(process.stderr.read().decode())
                    time.sleep(0.005)  # noqa: TID251 - nothing tells when another process paints
                return Settled(last - began, _memory(process.pid))
            finally:
                process.terminate()
                process.wait(10)


@contextmanager
def _screen():
    folder = tempfile.mkdtemp(prefix="bench-screen-")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", folder]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp", "-noreset"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    try:
        os.close(write)
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        with (Path(folder) / "Xvfb_screen0").open("rb") as file:
            shared = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", shared[:100])  # an XWD file: XWDFile.h
        yield display, memoryview(shared)[header[0] + header[19] * 12 :]
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _rows(pixels: memoryview) -> list[bytes]:
    stride = WIDTH * 4
    return [bytes(pixels[at : at + stride]) for at in range(0, HEIGHT * stride, stride)]


def _memory(pid: int) -> float:
    process = psutil.Process(pid)
    tree = [process, *process.children(recursive=True)]
    return sum(each.memory_full_info().pss for each in tree) / 2**20
