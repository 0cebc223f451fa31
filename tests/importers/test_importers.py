"""The contract that every importer keeps, and the one test that finds them."""

import pickle
import shutil

import pytest
from importers.samples import SAMPLES

from reader.importers import Collection, importers
from reader.model import ImporterError, RawIssue

SINGLE = [name for name, importer in importers().items() if not isinstance(importer, Collection)]
MANY = [name for name, importer in importers().items() if isinstance(importer, Collection)]


def test_an_importer_is_found_by_its_file_alone():
    assert "folder" in importers()
    assert "feed" in importers()


def test_every_importer_has_a_sample():
    assert SAMPLES.keys() == importers().keys()


@pytest.mark.parametrize("name", importers())
def test_every_importer_knows_its_own_and_no_place_that_is_not_there(name, tmp_path):
    importer = importers()[name]

    assert importer.name == name
    assert importer.accepts(str(SAMPLES[name](tmp_path)))
    assert importer.accepts("a\0b") in (True, False)


@pytest.mark.parametrize("name", SINGLE)
def test_every_importer_reads_what_it_lists(name, tmp_path):
    importer = importers()[name]

    listed = list(importer.locations(str(SAMPLES[name](tmp_path)), pytest.fail))

    assert listed
    for location in listed:
        raw = importer.read(location)
        assert isinstance(raw, RawIssue)
        assert raw.location == location
        assert len(raw.digest) == 64
        assert pickle.loads(pickle.dumps(raw)) == raw


@pytest.mark.parametrize("name", SINGLE)
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


@pytest.mark.parametrize("name", MANY)
def test_every_collection_gives_the_same_issues_at_every_reading(name, tmp_path):
    importer = importers()[name]
    place = str(SAMPLES[name](tmp_path))

    first, again = (list(importer.issues(place, pytest.fail)) for _ in range(2))

    assert first
    assert first == again
    assert len({raw.location for raw in first}) == len(first)
    for raw in first:
        assert isinstance(raw, RawIssue)
        assert len(raw.digest) == 64
        assert pickle.loads(pickle.dumps(raw)) == raw


@pytest.mark.parametrize("name", MANY)
def test_every_collection_gives_equal_digests_wherever_it_lies(name, tmp_path):
    importer = importers()[name]
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    place = SAMPLES[name](here)
    shutil.copytree(here, there)

    moved = importer.issues(str(there / place.relative_to(here)), pytest.fail)

    assert [raw.digest for raw in moved] == [raw.digest for raw in importer.issues(str(place), pytest.fail)]


@pytest.mark.parametrize("name", MANY)
def test_every_collection_says_in_a_sentence_what_it_could_not_read(name, tmp_path):
    told = []

    assert list(importers()[name].issues(str(tmp_path / "nowhere"), told.append)) == []

    assert told
    for error in told:
        assert str(error).endswith(".")
        assert error.location.startswith(str(tmp_path))
        assert pickle.loads(pickle.dumps(error)).location == error.location
