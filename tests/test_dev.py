import ast
import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "packaging" / "dev.py"


@pytest.fixture
def dev():
    spec = importlib.util.spec_from_file_location("dev", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_asks_for_nothing_but_the_standard_library():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {
        a.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names
    }
    names |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def test_a_verb_it_does_not_know_is_wrong_usage(dev, capsys):
    assert dev.main(["fly"]) == 2
    assert "fly" in capsys.readouterr().err


def test_no_verb_prints_the_verbs(dev, capsys):
    assert dev.main([]) == 2
    assert "dev.py test" in capsys.readouterr().out


def test_a_library_that_does_not_load_is_missing(dev):
    def load(name):
        if name == "libGL.so.1":
            raise OSError(name)

    assert dev.missing_libraries(dev.OFFSCREEN, load) == ["libGL.so.1"]


@pytest.mark.parametrize("xvfb", [None, "/usr/bin/Xvfb"])
def test_measuring_asks_for_what_a_window_loads_where_one_can_be_opened(dev, monkeypatch, xvfb):
    asked = []
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: xvfb if name == "Xvfb" else None)
    monkeypatch.setattr(dev, "holds", lambda stamp, wanted: True)
    monkeypatch.setattr(dev, "PYTHON", SCRIPT)
    monkeypatch.setattr(dev, "provide", lambda missing, packages: asked.append(packages))
    monkeypatch.setattr(dev, "tool", lambda *command: 0)
    assert dev.bench([]) == 0
    assert asked == [dev.OFFSCREEN | dev.WINDOW if xvfb else dev.OFFSCREEN]


def test_without_apt_one_line_names_what_is_missing(dev, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.SetupError) as told:
        dev.provide(lambda: ["libGL.so.1", "libEGL.so.1"], dev.OFFSCREEN)
    assert "libegl1 libgl1" in str(told.value)
    assert "\n" not in str(told.value)


def test_on_fedora_the_names_are_fedoras(dev, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    with pytest.raises(dev.SetupError, match="sudo dnf install mesa-libGL$"):
        dev.provide(lambda: ["libGL.so.1"], dev.OFFSCREEN)


def test_apt_installs_what_is_missing_and_each_name_by_itself_when_one_is_unknown(dev, monkeypatch):
    asked = []

    def run(command, **_):
        asked.append(command[command.index("-qq") + 1 :])
        unknown = "libgone" in command
        return type("Done", (), {"returncode": 100 if unknown else 0})()

    left = iter([["a", "b"], []])
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev.subprocess, "run", run)
    dev.provide(lambda: next(left), {"a": ("libgone", "x"), "b": ("libthere", "y")})
    assert asked == [
        ["update"],
        ["install", "-y", "libgone", "libthere"],
        ["install", "-y", "libgone"],
        ["install", "-y", "libthere"],
    ]


def test_an_older_python_hands_over_to_a_newer_one_of_the_machine(dev, monkeypatch):
    handed = []
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(
        dev.shutil, "which", lambda name: "/usr/bin/python3.12" if name == "python3.12" else None
    )
    monkeypatch.setattr(dev.os, "execv", lambda path, arguments: handed.append(path))
    with pytest.raises(dev.SetupError, match="needs Python 3.11"):
        dev.check_python()
    assert handed == ["/usr/bin/python3.12"]
