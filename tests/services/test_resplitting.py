import itertools

import make
import pytest

from reader.model import RawIssue
from reader.parsing import parse
from reader.services import borders, resplitting
from reader.services.resplitting import resplit

TEXT = """# The Boat {n}

- [Oars](https://example.com/1): words about oars number {n}, and some more of them.
- [Sails](https://example.com/2): words about sails number {n}, and some more of them.
- [Ropes](https://example.com/3): words about ropes number {n}, and some more of them.
"""


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path)
    for n in (1, 2):
        raw = RawIssue(
            f"/boat/{n}.md", f"{n}.md", TEXT.format(n=n), newsletter="The Boat", newsletter_key="boat"
        )
        opened.put(parse(raw)).result()
    yield opened
    opened.close()


def split_otherwise(monkeypatch, change):
    real = resplitting.split
    monkeypatch.setattr(resplitting, "split", lambda *given, **more: change(real(*given, **more)))


def titles(library):
    return [row.title for row in library.stories()]


def test_what_is_split_as_before_is_not_written(library):
    before = library.stories()
    report = resplit(library)
    assert (report.issues, report.changed, report.moved, report.gone) == (2, (), (), ())
    assert library.stories() == before


def test_a_story_that_is_none_any_more_is_told_of_and_what_was_done_with_it_comes_back(library, monkeypatch):
    sails = next(row.key for row in library.stories() if row.title == "Sails")
    library.star([sails], starred=True).result()
    with monkeypatch.context() as patched:
        split_otherwise(patched, lambda split: split._replace(stories=(split.stories[0], split.stories[2])))
        report = resplit(library, "boat")
    assert report.gone == ("Sails", "Sails")
    assert titles(library) == ["Oars", "Ropes"] * 2
    assert library.state(sails).starred
    resplit(library)
    assert [row.key for row in library.stories(starred=True)] == [sails]


def test_what_was_corrected_stays_corrected(library, monkeypatch):
    key = library.issues()[0].key
    page = library.whole(key)
    library.correct({key: borders.merged(page, page.stories[1].key)}).result()
    split_otherwise(
        monkeypatch,
        lambda split: split._replace(
            stories=tuple(one._replace(title=one.title + "!") for one in split.stories)
        ),
    )
    report = resplit(library)
    assert titles(library) == ["Oars!", "Ropes!", "Oars!", "Sails!", "Ropes!"]
    assert len(report.moved) == 5
    library.correct({key: ()}).result()
    assert titles(library) == ["Oars!", "Sails!", "Ropes!"] * 2


def test_corrections_whose_words_are_gone_are_told_of(library, monkeypatch):
    key = library.issues()[0].key
    page = library.whole(key)
    (merge,) = borders.merged(page, page.stories[1].key)
    library.correct({key: (merge._replace(at="wordsthatarenowhere"),)}).result()
    split_otherwise(monkeypatch, lambda split: split._replace(stories=split.stories[:2]))
    (warning,) = resplit(library).warnings
    assert "is not found" in warning.reason


def test_it_stops_between_two_issues(library, monkeypatch):
    split_otherwise(monkeypatch, lambda split: split._replace(stories=split.stories[:1]))
    asked = itertools.count()
    report = resplit(library, cancelled=lambda: next(asked) >= 2)
    assert report.cancelled
    assert report.issues < 2


def test_progress_is_told_for_each_issue(library):
    told = []
    resplit(library, progress=told.append)
    assert [(one.done, one.total) for one in told] == [(1, 2), (2, 2)]
