import make
import pytest


@pytest.fixture
def library(tmp_path):
    """An empty library; whoever wants other books in it makes one."""
    opened = make.library(tmp_path / "library", listener=make.Heard())
    yield opened
    opened.close()
