import os

import pytest
from hypothesis import HealthCheck, settings

# Before Qt is imported: the tests need no display and touch nothing that is the reader's.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A slow machine is no failure. On a server the examples are the same each time; at a desk new ones are tried.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def pytest_addoption(parser):
    parser.addoption("--runslow", action="store_true", help="run the slow tests too")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--runslow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: give --runslow"))


@pytest.fixture(autouse=True)
def own_directories(tmp_path, monkeypatch):
    """Keep every test away from the library and the settings of whoever runs it."""
    monkeypatch.setenv("TEARSHEET_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("TEARSHEET_SETTINGS", str(tmp_path / "settings"))
