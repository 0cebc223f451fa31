"""A newsletter that was removed, and everything else that may happen meanwhile."""

import shutil
import threading

import make
import pytest
from faults import faults

from reader.model import Change, RawIssue
from reader.model.following import Preview
from reader.model.picture import Policy
from reader.model.subscription import Subscription
from reader.services import following, newsletters, opml
from reader.services.copies import find_copies
from reader.services.importing import import_issues, import_paths
from reader.services.newsletters import bring_back, remove, removed, settle_removed
from reader.services.picture_cache import due_pictures, set_policy, want_pictures
from reader.store import aside

AT = "https://boats.example/feed"


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path / "library", listener=make.Heard())
    yield opened
    assert opened.ask(faults) == []
    opened.close()


def raw(number, text="Words", **more):
    items = "".join(
        f"<li><a href='https://example.com/{n}'>Boat {n}</a>: {text} of {number}.</li>" for n in "abc"
    )
    known = {
        "location": f"https://boats.example/{number}",
        "name": str(number),
        "text": f"<h2>News</h2><ul>{items}</ul>",
        "markup": "html",
        "newsletter": "The Boat",
        "meta": (("title", f"The Boat {number}"), ("date", f"2024-01-{number % 28 + 1:02}")),
        "digest": f"{number:04}{text}",
    }
    return RawIssue(**known | more)


def labels(library):
    return sorted(row.label for row in library.issues())


def letters(tmp_path, *numbers):
    folder = tmp_path / "letters"
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"issue-{number}.md").write_text(
            f"# The Boat {number}\n\nWords of {number}.\n", encoding="utf-8"
        )
    return folder


def made_anew(library, directory):
    library.close()
    for file in directory.glob("*.db*"):
        file.unlink()
    return make.library(directory, listener=make.Heard())


def test_who_removed_a_newsletter_can_have_it_back_after_the_database_was_lost(tmp_path):
    library = make.library(tmp_path / "library", listener=make.Heard())
    folder = letters(tmp_path, 1, 2)
    import_paths(library, [folder])
    library.rename_newsletter("the-boat", "Boats").result()
    star = library.stories()[0].key
    library.star([star], starred=True).result()
    remove(library, "the-boat")

    library = made_anew(library, tmp_path / "library")
    assert import_paths(library, [folder]).added == 0
    assert [(one.newsletter, one.name, one.issues) for one in removed(library)] == [("the-boat", "Boats", 0)]
    bring_back(library, "the-boat")
    assert removed(library) == []
    assert import_paths(library, [folder]).added == 2
    assert [row.key for row in library.stories(starred=True)] == [star]
    library.close()


def test_following_a_removed_newsletter_again_brings_it_back(library):
    preview = Preview(AT, "The Boat", raws=(raw(1), raw(2)))
    following.follow(library, preview)
    star = library.stories()[0].key
    library.star([star], starred=True).result()
    following.unfollow(library, AT)
    remove(library, "the-boat")

    following.follow(library, preview._replace(raws=(raw(1), raw(2), raw(3))))

    assert labels(library) == ["The Boat 1", "The Boat 2", "The Boat 3"]
    assert [row.key for row in library.stories(starred=True)] == [star]
    assert removed(library) == []


def test_a_list_that_has_a_removed_newsletter_brings_it_back(library):
    import_issues(library, [raw(1)])
    remove(library, "the-boat")

    opml.follow_all(library, [Subscription(AT, "The Boat")])

    assert labels(library) == ["The Boat 1"]
    assert [one.newsletter for one in following.followed(library)] == ["the-boat"]


def test_new_issues_of_a_removed_newsletter_stay_out_however_they_come(library, tmp_path):
    known = {"meta": (("title", "The Boat 1"), ("url", "https://boats.example/1"))}
    import_issues(library, [raw(1, **known)])
    remove(library, "the-boat")
    other = {"newsletter": "", "meta": (("title", "Weekly boats"), ("url", "https://boats.example/2"))}

    for one in (raw(2), raw(2, newsletter="Mine", newsletter_key="the-boat"), raw(2, **other)):
        report = import_issues(library, [one])
        assert (report.added, len(report.warnings)) == (0, 1), one
    import_paths(library, [letters(tmp_path, 3)])

    assert labels(library) == []
    bring_back(library, "the-boat")
    assert labels(library) == ["The Boat 1"]
    assert import_issues(library, [raw(2)]).added == 1


def test_what_comes_in_while_its_newsletter_is_removed_goes_aside_with_the_others(library):
    raws = [raw(number, text=make.Prose(number, size=900).text(30)) for number in range(1, 40)]
    import_issues(library, raws[:5])
    reports = []
    came = threading.Event()
    telling = lambda _: came.set() if len(labels(library)) > 8 else None  # noqa: E731
    work = threading.Thread(target=lambda: reports.append(import_issues(library, raws, progress=telling)))
    work.start()
    assert came.wait(20)

    remove(library, "the-boat")
    work.join()

    assert labels(library) == []
    bring_back(library, "the-boat")
    (report,) = reports
    assert report.added >= 4
    assert len(labels(library)) == 5 + report.added
    assert 5 + report.added + len(report.warnings) == 39


def test_having_it_back_while_it_is_removed_leaves_nothing_aside(library):
    import_issues(
        library, [raw(number, text=make.Prose(number, size=900).text(30)) for number in range(1, 81)]
    )
    back = []

    def midway(progress):
        if progress.done >= 16 and not back:
            back.append(True)
            bring_back(library, "the-boat")

    remove(library, "the-boat", progress=midway)

    assert len(labels(library)) == 80
    assert removed(library) == []


def test_removing_it_again_while_it_comes_back_leaves_nothing_here(library):
    import_issues(
        library, [raw(number, text=make.Prose(number, size=900).text(30)) for number in range(1, 41)]
    )
    remove(library, "the-boat")
    again = []

    def midway(progress):
        if progress.done >= 9 and not again:
            again.append(True)
            remove(library, "the-boat")

    bring_back(library, "the-boat", progress=midway)

    assert labels(library) == []
    assert [one.issues for one in removed(library)] == [40]


def test_an_issue_that_left_before_its_signs_were_taken_gets_them_when_it_comes_back(library):
    text = make.Prose(7, size=900).text(80)
    import_issues(library, [raw(1, text=text)])
    library.write(lambda connection: connection.execute("DELETE FROM signs") and Change()).result()
    remove(library, "the-boat")
    import_issues(
        library, [raw(1, text=text, location="https://other.example/1", newsletter="Other", digest="2")]
    )
    bring_back(library, "the-boat")

    assert len(find_copies(library).same) == 1
    assert len(labels(library)) == 1


def test_pictures_of_a_removed_newsletter_are_fetched_no_more(library):
    html = "<h2>News</h2><p>A boat <img src='https://boats.example/boat.png' width='300' height='200'></p>"
    import_issues(library, [raw(1)._replace(text=html)])
    set_policy(library, "the-boat", Policy.ALWAYS).result()
    want_pictures(library, [row.key for row in library.issues()])
    assert list(due_pictures(library)) == ["https://boats.example/boat.png"]

    remove(library, "the-boat")
    assert due_pictures(library) == {}
    bring_back(library, "the-boat")
    assert list(due_pictures(library)) == ["https://boats.example/boat.png"]


def copied(one, other):
    """Let each of two libraries, both closed, have what the other wrote down."""
    for ours, theirs in ((one, other), (other, one)):
        device = (ours / "device").read_text(encoding="utf-8").strip()
        shutil.copytree(ours / "journal" / device, theirs / "journal" / device, dirs_exist_ok=True)


def test_a_newsletter_removed_on_one_device_and_starred_on_another(tmp_path):
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        library = make.library(place, listener=make.Heard())
        import_issues(library, [raw(1), raw(2)])
        library.close()
    one = make.library(places[0])
    remove(one, "the-boat")
    one.close()
    two = make.library(places[1])
    star = two.stories()[0].key
    two.star([star], starred=True).result()
    two.close()

    copied(*places)

    for place in places:
        library = make.library(place, listener=make.Heard())
        settle_removed(library)
        assert labels(library) == []
        assert library.state(star).starred
        library.close()
    two = make.library(places[1])
    bring_back(two, "the-boat")
    two.close()
    copied(*places)
    for place in places:
        library = make.library(place, listener=make.Heard())
        settle_removed(library)
        assert [row.key for row in library.stories(starred=True)] == [star]
        assert library.ask(faults) == []
        library.close()


def test_a_copy_of_another_newsletter_that_was_known_stays_aside_and_comes_back(library):
    text = make.Prose(9, size=900).text(80)
    mine = raw(1, text=text)
    theirs = raw(1, text=text, location="https://other.example/1", newsletter="Other", digest="other")
    import_issues(library, [mine])
    import_issues(library, [theirs])
    assert len(labels(library)) == 1

    remove(library, "the-boat")
    assert import_issues(library, [theirs]).added == 0
    edited = theirs._replace(text=theirs.text.replace("Words", "More words"), digest="edited")
    import_issues(library, [edited])
    newsletters.bring_back(library, "the-boat")

    assert removed(library) == []
    assert "The Boat 1" in labels(library)


def test_an_issue_never_takes_the_key_of_one_that_is_laid_aside(library):
    """Else the two could not both come back, and the one that was removed later would be written over the other."""
    mine = raw(1, text=make.Prose(3, size=900).text(60))
    theirs = raw(1, text=make.Prose(4, size=900).text(60), location="https://other.example/1", digest="4")
    import_issues(library, [mine])
    remove(library, "the-boat")
    library.write(
        lambda connection: connection.execute("UPDATE aside SET newsletter = 'ship'") and Change()
    ).result()
    library.record(
        lambda _: [aside.fact("the-boat", removed=False), aside.fact("ship", removed=True)]
    ).result()

    import_issues(library, [theirs])
    remove(library, "the-boat")

    assert sorted(one.issues for one in removed(library)) == [1, 1]
    for key in ("the-boat", "ship"):
        bring_back(library, key)
    assert len(library.issues()) == 2
