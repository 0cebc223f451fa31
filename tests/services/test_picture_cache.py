"""Pictures that are kept: which may be fetched, where they are, and what makes room."""

import os
import time
from dataclasses import replace

import make
import pytest
from drawn import png

from reader.model import OBJECT, Block, Run
from reader.model.picture import ONLY_ASKED, Picture, Policy, kept_address
from reader.services import picture_cache as cache
from reader.services.picture_trackers import PictureTrackers

A, B, C = (f"https://img.example.org/{name}.png" for name in "abc")


def pictured(*addresses, number="1", newsletter="Import AI"):
    """An issue whose one story has these pictures."""
    parsed = make.issue(["A story"], newsletter=newsletter, number=number)
    more = tuple(Block(runs=(Run(OBJECT, image=address),)) for address in addresses)
    one = parsed.stories[0]
    longer = one._replace(end=one.end + 2 * len(more))
    return make.changed(replace(parsed, blocks=(*parsed.blocks, *more), stories=(longer,)))


def files(library):
    return sorted(path for path in cache.directory_of(library).rglob("*") if path.is_file())


def note(library, picture, newsletter=""):
    cache.note_picture(library, picture, newsletter)
    library.settle()


def shown_days_ago(library, address, days):
    picture = cache.known_pictures(library, [address])[address]
    note(library, picture._replace(used=int(time.time() - days * 86_400)), "import-ai")


# Whether they may be fetched


def test_pictures_are_asked_for_unless_the_reader_says_otherwise(library):
    library.put(pictured(A)).result()
    assert cache.policy_of(library, "import-ai") is Policy.ASK
    change = cache.set_policy(library, "import-ai", Policy.ALWAYS).result()
    assert change.newsletters == {"import-ai"}
    assert cache.policies(library) == {"import-ai": Policy.ALWAYS}


def test_what_the_reader_said_of_pictures_is_in_the_journal(library, tmp_path):
    library.put(pictured(A)).result()
    cache.set_policy(library, "import-ai", Policy.NEVER).result()
    library.close()
    for path in (tmp_path / "library").glob("library.db*"):
        path.unlink()
    again = make.library(tmp_path / "library")
    assert cache.policy_of(again, "import-ai") is Policy.NEVER
    again.close()


def test_a_policy_that_a_later_version_knows_counts_as_asking(library):
    from reader.store.facts import Fact

    library.record(lambda _: [Fact("newsletter", "import-ai", "pictures", "sometimes")]).result()
    assert cache.policy_of(library, "import-ai") is Policy.ASK


# Where they are


def test_a_picture_is_a_file_named_by_what_is_in_it(library):
    data = png(40, 30)
    kept = cache.store_picture(library, A, data, "import-ai")
    assert (kept.kind, kept.width, kept.height, kept.size) == ("png", 40, 30, len(data))
    (file,) = files(library)
    assert file.read_bytes() == data
    assert file.name == f"{kept.digest}.png"
    assert file.parent.name == kept.digest[:2]
    assert cache.file_of(library, A) == file
    assert cache.file_of(library, B) is None


def test_the_same_picture_in_two_places_is_kept_once(library):
    for address in (A, B):
        cache.store_picture(library, address, png(), "import-ai")
    assert len(files(library)) == 1
    told = cache.usage(library)
    assert (told.pictures, told.size) == (1, len(png()))


def test_a_picture_whose_file_went_or_was_cut_short_is_not_here(library):
    cache.store_picture(library, A, png())
    (file,) = files(library)
    file.write_bytes(png()[:20])
    assert cache.file_of(library, A) is None
    file.unlink()
    assert cache.file_of(library, A) is None
    cache.store_picture(library, A, png())
    assert cache.file_of(library, A) == file


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"%PDF-1", b"<svg/>", png(7000, 7000)])
def test_nothing_but_a_picture_is_kept(library, data):
    assert cache.store_picture(library, A, data) is None
    assert files(library) == []


def test_a_picture_that_came_inside_an_issue_is_found_by_its_digest(library):
    data = png(60, 60)
    address = kept_address(data)
    cache.store_picture(library, address, data, "import-ai")
    assert cache.file_of(library, address).read_bytes() == data


# What they take


def test_what_each_newsletter_takes_is_told_the_greatest_first(library):
    library.put(pictured(A)).result()
    library.put(pictured(B, newsletter="Rust Weekly")).result()
    small, large = png(10, 10), png(30, 30, extra=bytes(5000))
    cache.store_picture(library, A, small, "import-ai")
    cache.store_picture(library, B, large, "rust-weekly")
    cache.store_picture(library, C, small, "rust-weekly")
    told = cache.usage(library)
    assert (told.pictures, told.size) == (2, len(small) + len(large))
    assert [tuple(each) for each in told.newsletters] == [
        ("rust-weekly", "Rust Weekly", 2, len(small) + len(large)),
        ("import-ai", "Import AI", 1, len(small)),
    ]


def test_what_was_shown_longest_ago_makes_room_and_comes_back_when_it_is_asked_for(library):
    library.put(pictured(A, B, C)).result()
    for days, address in enumerate((C, B, A)):
        cache.store_picture(library, address, png(50, 50, extra=address.encode() * 100), "import-ai")
        shown_days_ago(library, address, days)
    size = cache.usage(library).size
    assert cache.keep_within(library, size) == 0
    assert cache.keep_within(library, size - 1) == 1
    assert cache.file_of(library, A) is None
    assert cache.file_of(library, B) is not None
    assert len(files(library)) == 2
    gone = cache.known_pictures(library, [A])[A]
    assert (gone.error, gone.due) == ("", ONLY_ASKED)
    assert cache.missing_pictures(library, [A, B, C]) == [A]


def test_pictures_of_starred_stories_and_those_of_mails_never_make_room(library):
    library.put(pictured(A, number="1")).result()
    library.put(pictured(B, number="2")).result()
    library.star([row.key for row in library.stories(issue="import-ai/1")], starred=True).result()
    inside = png(9, 9)
    for address in (A, B):
        cache.store_picture(library, address, png(50, 50, extra=address.encode()), "import-ai")
    cache.store_picture(library, kept_address(inside), inside, "import-ai")
    shown_days_ago(library, A, 100)
    assert cache.keep_within(library, 10) == 1
    assert cache.file_of(library, A) is not None
    assert cache.file_of(library, B) is None
    assert cache.file_of(library, kept_address(inside)) is not None


def test_all_pictures_can_be_removed_but_those_that_can_be_had_nowhere_else(library):
    inside = png(9, 9)
    cache.store_picture(library, kept_address(inside), inside, "import-ai")
    cache.store_picture(library, A, png(), "import-ai")
    assert cache.remove_pictures(library) == 1
    assert cache.usage(library).pictures == 1
    assert len(files(library)) == 1


def test_what_a_crash_left_behind_is_swept_away_and_nothing_else(library):
    cache.store_picture(library, A, png())
    (kept,) = files(library)
    left, young = kept.parent / ".0123.part", kept.parent / ".4567.part"
    orphan = kept.parent / f"{'ab' * 32}.png"
    for file in (left, young, orphan):
        file.write_bytes(b"x")
    for file in (kept, left, orphan):
        os.utime(file, (0, 0))
    cache.sweep(library)
    assert files(library) == sorted([kept, young])


def test_showing_a_picture_is_written_down_once_a_day(library):
    cache.store_picture(library, A, png())
    shown_days_ago(library, A, 3)
    before = cache.known_pictures(library, [A])[A]
    cache.mark_shown(library, [before])
    library.settle()
    after = cache.known_pictures(library, [A])[A]
    assert after.used > time.time() - 60
    cache.mark_shown(library, [after])
    library.settle()
    assert cache.known_pictures(library, [A])[A] == after


# What is to be fetched


def test_the_list_of_what_is_wanted_outlives_the_program(library, tmp_path):
    library.put(pictured(A, B)).result()
    cache.want_pictures(library, ["import-ai/1"])
    assert cache.due_pictures(library) == {}, "nobody said that they may always be fetched"
    cache.set_policy(library, "import-ai", Policy.ALWAYS).result()
    library.close()
    again = make.library(tmp_path / "library")
    assert cache.due_pictures(again) == {A: "import-ai", B: "import-ai"}
    again.close()


def test_what_failed_is_due_later_and_what_was_turned_away_is_not(library):
    cache.set_policy(library, "import-ai", Policy.ALWAYS).result()
    soon, now = int(time.time()) + 100, int(time.time()) - 1
    note(library, Picture(A, error="No.", due=soon), "import-ai")
    note(library, Picture(B, error="Gone.", due=ONLY_ASKED), "import-ai")
    note(library, Picture(C, error="No.", due=now), "import-ai")
    assert list(cache.due_pictures(library)) == [C]
    assert cache.missing_pictures(library, [A, B, C]) == [C]


# Trackers


@pytest.mark.parametrize(
    "address",
    [
        "https://pixel.wp.com/g.gif?blog=1",
        "https://newsletter.us2.list-manage.com/track/open.php?u=1",
        "https://email.mg.substack.com/o/eJwlkEtuxCAQRE8zLC3-hgWLbHINi09j",
        "https://u1.ct.sendgrid.net/wf/open?upn=abc",
        "https://mail.example.org/wf/open?upn=abc",
        "https://news.example.org/open.aspx?id=1",
        "https://example.org/images/spacer.gif",
        "https://www.google-analytics.com/collect?v=1",
        "https://PIXEL.WP.COM/g.gif",
    ],
)
def test_a_tracker_is_known(address):
    assert PictureTrackers().know(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://substackcdn.com/image/fetch/w_1456/https%3A%2F%2Fbucketeer.s3.amazonaws.com%2Fa.png",
        "https://mcusercontent.com/abc/images/chart.png",
        "https://example.org/open-source.png",
        "https://example.org/o/logo.png",
        "https://example.org/pixel-art.png",
        "https://wp.com.example.org/a.png",
        "https://[",
        "",
    ],
)
def test_a_picture_is_no_tracker(address):
    assert not PictureTrackers().know(address)
