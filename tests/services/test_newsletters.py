import make
import pytest

from reader.model import parse_query
from reader.services import borders, newsletters
from reader.services.importing import import_paths
from reader.services.newsletters import Looks, Place, Removed, arrange, bring_back, remove, set_looks


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path / "library", 12, newsletters=3, listener=make.Heard())
    yield opened
    opened.close()


def names(library):
    return [row.name for row in library.newsletters()]


def everything(library):
    return (
        library.newsletters(),
        library.counts(),
        library.issues(),
        library.stories(),
        [library.whole(row.key) for row in library.issues()],
        library.digests(),
        library.split_by(),
    )


def test_a_newsletter_has_the_icon_and_the_colour_that_the_reader_gave_it(library):
    set_looks(library, "letter-1", Looks("⛵", "blue")).result()

    row = newsletters.newsletter_row(library, "letter-1")
    assert (row.icon, row.colour) == ("⛵", "blue")
    set_looks(library, "letter-1", Looks()).result()
    assert newsletters.newsletter_row(library, "letter-1").icon == ""


def test_newsletters_stand_as_the_reader_ordered_them_and_those_of_a_group_together(library):
    assert names(library) == ["Letter 0", "Letter 1", "Letter 2"]

    arrange(library, [Place("letter-2", "Boats"), Place("letter-0"), Place("letter-1", " Boats ")]).result()

    assert names(library) == ["Letter 2", "Letter 1", "Letter 0"]
    assert [row.group for row in library.newsletters()] == ["Boats", "Boats", ""]
    assert newsletters.places(library)[0] == Place("letter-2", "Boats")


def test_a_new_newsletter_comes_after_those_that_were_ordered(library):
    arrange(library, [Place("letter-2"), Place("letter-1"), Place("letter-0")]).result()
    library.put(make.issue(newsletter="A new one")).result()

    assert names(library) == ["Letter 2", "Letter 1", "Letter 0", "A new one"]


def test_looks_outlive_a_damaged_database(library, tmp_path):
    set_looks(library, "letter-1", Looks("⛵", "blue")).result()
    arrange(library, [Place("letter-1", "Boats"), Place("letter-0"), Place("letter-2")]).result()
    library.close()
    for file in (tmp_path / "library").glob("library.db*"):
        file.unlink()

    again = make.library(tmp_path / "library", 12, newsletters=3)
    first = again.newsletters()[0]
    again.close()

    assert (first.key, first.icon, first.colour, first.group) == ("letter-1", "⛵", "blue", "Boats")


def test_a_removed_newsletter_is_nowhere_and_comes_back_as_it_was(library):
    starred = [row.key for row in library.stories(newsletter="letter-1")][:2]
    library.star(starred, starred=True).result()
    library.mark_read(starred[:1], read=True).result()
    library.settle()
    before = everything(library)
    word = parse_query("newsletter:letter the")

    assert remove(library, "letter-1") == 4

    assert names(library) == ["Letter 0", "Letter 2"]
    assert library.counts().issues == 8
    assert library.stories(newsletter="letter-1") == []
    assert library.stories(starred=True) == []
    assert all(hit.story.newsletter != "Letter 1" for hit in library.search(word))
    assert library.state(starred[0]).starred
    assert newsletters.removed(library) == [Removed("letter-1", "Letter 1", 4)]

    assert bring_back(library, "letter-1") == 4

    library.settle()
    assert everything(library) == before
    assert any(hit.story.newsletter == "Letter 1" for hit in library.search(word, 500))
    assert newsletters.removed(library) == []


def test_what_was_corrected_is_corrected_when_it_comes_back(library):
    key = library.issues(newsletter="letter-1")[0].key
    page = library.whole(key)
    library.correct({key: borders.merged(page, page.stories[1].key)}).result()
    before = library.whole(key)

    remove(library, "letter-1")
    bring_back(library, "letter-1")

    assert library.whole(key) == before


def test_files_of_a_removed_newsletter_do_not_come_in_by_themselves(library, tmp_path):
    letters = tmp_path / "letters"
    letters.mkdir()
    for n in (1, 2):
        (letters / f"issue-{n}.md").write_text(f"# The Boat {n}\n\nWords of {n}.\n", encoding="utf-8")
    import_paths(library, [letters])

    remove(library, "the-boat")
    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.warnings) == (0, 0, ())
    assert "The Boat" not in names(library)

    (letters / "issue-3.md").write_text("# The Boat 3\n\nWords of 3.\n", encoding="utf-8")
    report = import_paths(library, [letters])

    assert report.added == 0
    assert "which you removed" in report.warnings[0].reason
    bring_back(library, "the-boat")
    assert import_paths(library, [letters]).added == 1


def test_a_removal_that_was_cut_short_is_finished(library):
    from reader.store import aside

    library.record(lambda _: [aside.fact("letter-1", removed=True)]).result()

    newsletters.settle_removed(library)
    assert names(library) == ["Letter 0", "Letter 2"]

    library.record(lambda _: [aside.fact("letter-1", removed=False)]).result()
    newsletters.settle_removed(library)
    assert names(library) == ["Letter 0", "Letter 1", "Letter 2"]


def test_removing_tells_how_far_it_is(library):
    told = []

    remove(library, "letter-1", progress=told.append)

    assert [(news.done, news.total) for news in told] == [(4, 4)]


def test_the_texts_of_a_newsletter_have_a_size(library):
    assert newsletters.size_of(library, "letter-1") > 1000
    assert newsletters.size_of(library, "nothing") == 0
