"""The contract that every importer keeps, and the one test that finds them."""

import importlib.util
import pickle
from pathlib import Path

import pytest

from reader.importers import Collection, importers
from reader.model import ImporterError, RawIssue


def _samples():
    spec = importlib.util.spec_from_file_location("samples", Path(__file__).with_name("samples.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.SAMPLES


SAMPLES = _samples()


def issues_of(importer, place, report):
    if isinstance(importer, Collection):
        return list(importer.issues(place, report))
    return [importer.read(location) for location in importer.locations(place, report)]


def test_an_importer_is_found_by_its_file_alone():
    assert "folder" in importers()


def test_there_is_a_sample_for_every_importer():
    assert SAMPLES.keys() == importers().keys()


@pytest.mark.parametrize("name", importers())
def test_every_importer_reads_what_it_accepts(name, tmp_path):
    place = str(SAMPLES[name](tmp_path))
    importer = importers()[name]

    assert importer.name == name
    assert importer.accepts(place)
    issues = issues_of(importer, place, pytest.fail)
    assert issues
    assert issues == issues_of(importer, place, pytest.fail)
    for raw in issues:
        assert isinstance(raw, RawIssue)
        assert raw.location.startswith(str(tmp_path))
        assert len(raw.digest) == 64
        assert pickle.loads(pickle.dumps(raw)) == raw


@pytest.mark.parametrize(
    "name", [name for name, one in importers().items() if not isinstance(one, Collection)]
)
def test_an_issue_read_alone_is_where_it_was_listed(name, tmp_path):
    importer = importers()[name]

    for location in importer.locations(str(SAMPLES[name](tmp_path)), pytest.fail):
        assert importer.read(location).location == location


@pytest.mark.parametrize("name", importers())
def test_every_importer_says_in_a_sentence_what_it_could_not_read(name, tmp_path):
    importer = importers()[name]
    told = []

    assert issues_of(importer, str(tmp_path / "nowhere"), told.append) == []
    if not isinstance(importer, Collection):
        with pytest.raises(ImporterError) as caught:
            importer.read(str(tmp_path / "nowhere.md"))
        told.append(caught.value)

    for error in told:
        assert str(error).endswith(".")
        assert error.location.startswith(str(tmp_path))
        assert pickle.loads(pickle.dumps(error)).location == error.location


@pytest.mark.parametrize("name", importers())
def test_no_importer_but_who_reads_any_text_accepts_what_is_not_its_own(name, tmp_path):
    path = tmp_path / "one.md"
    path.write_text("# One\n\nText.\n", encoding="utf-8")

    assert importers()[name].accepts(str(path)) is importers()[name].reads_any
