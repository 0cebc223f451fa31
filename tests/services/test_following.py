import make
import pytest
from fetched import Answers, feed, page

from reader.model import ImporterError, NotFoundError
from reader.services import following
from reader.services.importing import import_issues, import_paths
from reader.services.library import open_library

SITE = "https://boats.example"
AT = f"{SITE}/feed"


def look(library=None, address=AT, body=None, **more):
    return following.look_at(address, Answers({address: page(body or feed(1, 2), address, **more)}), library)


def test_a_preview_shows_the_newest_issue_in_stories_and_changes_nothing(library):
    head = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/comments" title="Comments"></head>'
    answers = Answers({SITE: page(head, f"{SITE}/"), AT: page(feed(1, 3, 2), AT)})

    preview = following.look_at("boats.example", answers, library)

    assert (preview.address, preview.name, preview.site, preview.issues) == (AT, "The Boat", f"{SITE}/", 3)
    assert (preview.newest.label, preview.known) == ("The Boat 3", "")
    assert [story.title for story in preview.newest.stories] == ["Oars 3", "Tar 3"]
    assert [offer.title for offer in preview.offers] == ["Comments"]
    assert following.followed(library) == []
    assert library.issues() == []


def test_an_empty_feed_can_be_followed_too(library):
    preview = look(library, body=feed())
    report = following.follow(library, preview)

    assert (preview.newest, preview.issues, report.added) == (None, 0, 0)
    assert [one.name for one in following.followed(library)] == ["The Boat"]


def test_what_is_followed_comes_in_and_is_known(library):
    report = following.follow(library, look(library, etag='"1"'))

    (one,) = following.followed(library)
    assert report.added == 2
    assert [row.label for row in library.issues()] == ["The Boat 2", "The Boat 1"]
    assert one[:4] == (AT, "the-boat", "The Boat", f"{SITE}/")
    assert (one.result, one.error, one.stopped) == ("2 new issues.", "", False)
    assert one.checked
    assert one.due > 0
    assert look(library).known == "the-boat"


def test_following_twice_is_following_once(library):
    following.follow(library, look(library))
    report = following.follow(library, look(library, body=feed(1, 2, 3)), "Another")

    assert report.added == 1
    assert [one.newsletter for one in following.followed(library)] == ["the-boat"]


def test_a_name_that_the_reader_gives_is_the_newsletters(library):
    following.follow(library, look(library), "  Boats   and more ")

    assert [row.name for row in library.newsletters()] == ["Boats and more"]


def test_the_issues_of_a_folder_and_of_its_feed_are_one_newsletter(library, tmp_path):
    letters = tmp_path / "Letters"
    letters.mkdir()
    for number in (1, 2, 3):
        text = (
            f"---\ntitle: 'The Boat {number}: News'\n---\n\n## Oars\n\nWords {number}.\n\n## Tar\n\nMore.\n"
        )
        (letters / f"{number}.md").write_text(text, encoding="utf-8")
    import_paths(library, [letters])
    (there,) = library.newsletters()

    following.follow(
        library,
        look(
            library,
            body=feed(4, 5, title="The Boat").replace(
                "<title>The Boat</title>", "<title>Ada's letters</title>"
            ),
        ),
    )

    assert [row.key for row in library.newsletters()] == [there.key]
    assert following.followed(library)[0].newsletter == there.key
    assert len(library.issues()) == 5


def test_two_sites_of_one_name_are_two_newsletters(library):
    following.follow(library, look(library, body=feed(1, title="Blog")))
    other = "https://other.example"
    following.follow(library, look(library, f"{other}/feed", feed(1, title="Blog", site=other)))

    assert sorted(row.name for row in library.newsletters()) == ["Blog", "Blog (other.example)"]
    assert len(library.issues()) == 2


def test_a_newsletter_keeps_its_key_when_it_is_renamed(library):
    following.follow(library, look(library))
    library.rename_newsletter("the-boat", "Boats").result()

    assert following.followed(library)[0][1:3] == ("the-boat", "Boats")


def test_who_unfollows_keeps_the_issues_and_may_follow_again(library):
    following.follow(library, look(library))

    following.unfollow(library, AT)
    assert following.followed(library) == []
    assert len(library.issues()) == 2

    following.refollow(library, AT)
    (one,) = following.followed(library)
    assert (one.newsletter, one.due) == ("the-boat", 0)


def test_what_is_followed_is_kept_in_the_journal(library, tmp_path):
    following.follow(library, look(library))
    before = following.followed(library)
    library.close()
    (tmp_path / "library" / "library.db").unlink()

    again = open_library(tmp_path / "library", make.Heard())
    try:
        assert [one[:4] for one in following.followed(again)] == [one[:4] for one in before]
    finally:
        again.close()


def test_a_password_is_asked_with_and_shown_nowhere(library):
    address = "https://ada:secret@boats.example/feed"
    preview = look(library, address, feed(1).replace(f"<link>{SITE}/1</link>", ""))
    following.follow(library, preview)

    (one,) = following.followed(library)
    assert one.address == address
    assert not any("secret" in location for location in library.digests())
    assert following.followed_as(library, AT) == [one]


def test_a_newsletter_is_found_by_its_name_its_key_or_its_address(library):
    following.follow(library, look(library))
    other = "https://other.example"
    following.follow(library, look(library, f"{other}/feed", feed(1, title="The Boathouse", site=other)))

    for named in ("The Boat", "the boat", "the-boat", AT):
        assert [one.address for one in following.followed_as(library, named)] == [AT]
    assert [one.name for one in following.followed_as(library, "house")] == ["The Boathouse"]
    with pytest.raises(NotFoundError, match="any of these"):
        following.followed_as(library, "boa")
    with pytest.raises(NotFoundError, match="No newsletter “oars” is followed"):
        following.followed_as(library, "oars")


def test_nothing_is_followed_where_nothing_is_found(library):
    with pytest.raises(ImporterError):
        following.look_at("boats.example", Answers(), library)
    assert following.followed(library) == []


def test_an_issue_that_is_here_from_elsewhere_stays_starred(library):
    following.follow(library, look(library))
    library.star([library.stories()[0].key], starred=True).result()
    following.unfollow(library, AT)

    report = following.follow(library, look(library))

    assert (report.added, report.unchanged) == (0, 2)
    assert len(library.stories(starred=True)) == 1


def test_a_list_of_links_to_a_newsletter_is_not_that_newsletter(library, tmp_path):
    letters = tmp_path / "letters"
    letters.mkdir()
    for name in ("Oars", "Sails", "Tar"):
        text = f"---\ntitle: {name}\nlink: {SITE}/{name}\n---\n\n## {name}\n\nWords.\n"
        (letters / f"{name}.md").write_text(text, encoding="utf-8")
    import_paths(library, [letters], newsletter="Boats")
    links = feed(7, 8, title="Seen today", site=SITE)

    following.follow(library, look(library, "https://links.example/feed", links))
    following.follow(library, look(library, AT, feed(1, 2, title="News")))

    assert [(row.name, row.issues) for row in library.newsletters()] == [("Boats", 5), ("Seen today", 2)]


def test_a_feed_replaces_no_issue_of_another_newsletter(library):
    following.follow(library, look(library))
    evil = "https://evil.example/feed"

    following.follow(library, look(library, evil, feed(1, 2, title="Evil", site=SITE, text="Lies")))

    assert sorted((row.name, row.issues) for row in library.newsletters()) == [("Evil", 2), ("The Boat", 2)]
    assert following.follow(library, look(library)).unchanged == 2
    again = following.follow(library, look(library, evil, feed(1, 2, title="Evil", site=SITE, text="Lies")))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


def test_a_newsletter_that_is_followed_again_under_another_name_is_the_same(library):
    following.follow(library, look(library))
    following.unfollow(library, AT)

    following.follow(library, look(library), "Boats")

    assert [(row.key, row.name, row.issues) for row in library.newsletters()] == [("the-boat", "Boats", 2)]


def test_issues_of_a_feed_on_the_disk_and_of_its_address_are_the_same(library, tmp_path):
    place = tmp_path / "boat.xml"
    place.write_text(feed(1, 2), encoding="utf-8")
    assert import_paths(library, [place]).added == 2

    assert following.follow(library, look(library)).unchanged == 2
    assert import_issues(library, look(library).raws).unchanged == 2
