#!/usr/bin/env python3
"""Set up and run Tearsheet from a checkout, with nothing but Python 3.11 or newer.

    python3 packaging/dev.py run [ARG ...]     start the program (with its sample when the library is empty)
    python3 packaging/dev.py test [ARG ...]    run all tests; arguments go to pytest
    python3 packaging/dev.py lint              ruff, mypy, import contracts, dependencies
    python3 packaging/dev.py bench [ARG ...]   measure speed and memory on seeded data
    python3 packaging/dev.py screenshots       draw the pictures of the README again

The first call makes .venv and installs what is needed, the libraries of the
system that Qt asks for included (with apt, as root or through sudo; elsewhere
it says in one line what is missing). Later calls find all that in place.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)

# What Qt loads, and the Debian and Fedora packages that hold it. The first
# group is asked for even with no display; the second by a window under X11.
OFFSCREEN = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
}
WINDOW = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
}


class SetupError(Exception):
    """Something that a person has to put right; the message says what."""


def main(arguments: list[str]) -> int:
    """Carry out one verb and return its exit status."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in ("", "-h", "--help", "help"):
        print(__doc__.strip())
        return 0 if verb else 2
    if verb not in VERBS:
        print(f"dev.py: there is no verb “{verb}”; it knows {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    try:
        check_python()
        return VERBS[verb](rest)
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def check_python() -> None:
    """Go on with a newer Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        if newer := shutil.which(f"python3.{minor}"):
            os.execv(newer, [newer, *sys.argv])
    have = ".".join(map(str, sys.version_info[:2]))
    raise SetupError(f"Tearsheet needs Python 3.11 or newer, and this is {have}.")


# The verbs


def run(arguments: list[str]) -> int:
    """Start the program; with no arguments, on the sample when the library is empty."""
    prepare()
    return tool("-m", "reader", *(arguments or ["window", "--sample"]))


def test(arguments: list[str]) -> int:
    """Run the tests, on as many cores as there are unless told otherwise."""
    prepare(dev=True)
    told = any(argument.startswith(("-n", "tests")) for argument in arguments)
    spread = [] if told else ["-n", str(min(os.cpu_count() or 1, 8))]
    return tool("-m", "pytest", "-q", *spread, *arguments)


def lint(_arguments: list[str]) -> int:
    """Run every check that reads the code; all of them, even after one has failed."""
    prepare(dev=True)
    checks = [
        ("-m", "ruff", "check", "reader", "tests", "packaging"),
        ("-m", "ruff", "format", "--check", "reader", "tests", "packaging"),
        ("-m", "mypy"),
        (str(BIN / "lint-imports"), "--no-logo"),
        ("-m", "deptry", "reader"),
    ]
    return max([tool(*check) for check in checks])


def bench(arguments: list[str]) -> int:
    """Measure; the window too where there is an Xvfb to open it on."""
    prepare(dev=True, window=shutil.which("Xvfb") is not None)
    return tool("tests/bench/run.py", *arguments)


def screenshots(_arguments: list[str]) -> int:
    """Draw the pictures of the README from the sample newsletter."""
    prepare(dev=True)
    return tool("packaging/screenshots.py")


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "screenshots": screenshots,
}


def tool(*command: str) -> int:
    """Run the Python of .venv, and return its exit status."""
    return subprocess.run([str(PYTHON), *command], cwd=ROOT, check=False).returncode


# The set-up


def prepare(*, dev: bool = False, window: bool = False) -> None:
    """Make .venv hold what is needed; cheap when it does already.

    With `window`, one is going to be opened under X11 although this terminal has no display.
    """
    stamp = VENV / ("installed-dev" if dev else "installed")
    wanted = fingerprint()
    if not (PYTHON.exists() and any(holds(s, wanted) for s in {stamp, VENV / "installed-dev"})):
        make_venv()
        install(dev=dev)
        stamp.write_text(wanted, encoding="utf-8")
    provide_libraries(window=window or bool(os.environ.get("DISPLAY")))


def holds(stamp: Path, wanted: str) -> bool:
    """Say whether the stamp tells of this very set-up."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def fingerprint() -> str:
    """Return what the set-up depends on, as one digest."""
    parts = (ROOT / "pyproject.toml").read_bytes() + sys.version.encode() + str(ROOT).encode()
    return hashlib.sha256(parts).hexdigest()


def make_venv() -> None:
    """Make .venv, anew where the one there does not run."""
    if PYTHON.exists() and works(PYTHON, "import pip, sys; assert sys.version_info >= (3, 11)"):
        return
    provide_venv()
    say("Making .venv …")
    if VENV.exists():
        shutil.rmtree(VENV)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode:
        raise SetupError("Python could not make .venv here; what it printed says why.")


def install(*, dev: bool) -> None:
    """Install the program and what it needs into .venv."""
    say("Installing Tearsheet and what it needs (once; a minute or two) …")
    what = f"{ROOT}[dev]" if dev else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what]
    if subprocess.run(pip, cwd=ROOT, check=False).returncode:
        raise SetupError("pip could not install what Tearsheet needs; what it printed says why.")
    # Where Python is told to leave no bytecode behind, each start would compile the program anew.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", "reader"], cwd=ROOT, check=False)


def works(python: Path, code: str) -> bool:
    """Say whether that Python runs that code."""
    try:
        return subprocess.run([str(python), "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def provide_venv() -> None:
    """Install Python's venv and ensurepip where the system's Python came without them, as on Debian."""

    def missing() -> list[str]:
        return [] if works(Path(sys.executable), "import venv, ensurepip") else [f"python{version}-venv"]

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    provide(missing, {f"python{version}-venv": (f"python{version}-venv", "python3-pip")})


def provide_libraries(*, window: bool) -> None:
    """Install the libraries that Qt loads, with or without a window, and this Linux lacks."""
    if sys.platform.startswith("linux"):
        wanted = OFFSCREEN | WINDOW if window else OFFSCREEN
        provide(lambda: missing_libraries(wanted), wanted)


def missing_libraries(names: Iterable[str], load: Callable[[str], object] = ctypes.CDLL) -> list[str]:
    """Return those of the shared libraries that cannot be loaded."""
    missing = []
    for name in names:
        try:
            load(name)
        except OSError:
            missing.append(name)
    return missing


def provide(missing: Callable[[], list[str]], packages: dict[str, tuple[str, str]]) -> None:
    """Install what is missing with apt, as root or through sudo; say in one line what then still is."""
    if not (names := missing()):
        return
    prefix = root_prefix()
    if shutil.which("apt-get") and prefix is not None:
        debian = sorted({packages[name][0] for name in names})
        say(f"Installing {' '.join(debian)} …")
        apt(prefix, "update")
        # One name that this release does not know must not keep the others away.
        if apt(prefix, "install", "-y", *debian):
            for package in debian:
                apt(prefix, "install", "-y", package)
        names = missing()
    if names:
        raise SetupError(how_to_install([packages[name] for name in names]))


def apt(prefix: list[str], *arguments: str) -> int:
    """Run apt-get quietly and return its exit status."""
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *arguments]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode


def how_to_install(packages: list[tuple[str, str]]) -> str:
    """Return the one line that tells which packages are missing, in this system's names."""
    debian = " ".join(sorted({names[0] for names in packages}))
    fedora = " ".join(sorted({names[1] for names in packages}))
    if shutil.which("dnf"):
        return f"some packages are missing; please run: sudo dnf install {fedora}"
    if shutil.which("apt-get"):
        return f"some packages are missing; please run: sudo apt-get install {debian}"
    return f"some packages are missing; please install (by Debian's names): {debian}"


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root, None where that cannot be."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else ["sudo", "-n"]
    return None


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
