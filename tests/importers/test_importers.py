"""The contract that every importer keeps, and the one test that finds them."""

import pickle

import pytest

from reader.importers import importers
from reader.model import ImporterError, RawIssue


def test_an_importer_is_found_by_its_file_alone():
    assert "folder" in importers()


@pytest.mark.parametrize("name", importers())
def test_every_importer_reads_what_it_lists(name, tmp_path):
    (tmp_path / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    importer = importers()[name]

    assert importer.name == name
    assert importer.accepts(str(tmp_path))
    for location in importer.locations(str(tmp_path), pytest.fail):
        raw = importer.read(location)
        assert isinstance(raw, RawIssue)
        assert raw.location == location
        assert len(raw.digest) == 64
        assert pickle.loads(pickle.dumps(raw)) == raw


@pytest.mark.parametrize("name", importers())
def test_every_importer_says_in_a_sentence_what_it_could_not_read(name, tmp_path):
    importer = importers()[name]
    told = []

    assert list(importer.locations(str(tmp_path / "nowhere"), told.append)) == []
    with pytest.raises(ImporterError) as caught:
        importer.read(str(tmp_path / "nowhere.md"))

    for error in (*told, caught.value):
        assert str(error).endswith(".")
        assert error.location.startswith(str(tmp_path))
        assert pickle.loads(pickle.dumps(error)).location == error.location
