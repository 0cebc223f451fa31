import exports
import make
import pytest

from reader.model import ExporterError
from reader.model.subscription import Subscription
from reader.services.following import followed, unfollow
from reader.services.importing import import_paths
from reader.services.opml import follow_all, read_opml, subscriptions, write_opml

BOAT = Subscription("https://boat.example/feed", "The Boat", "https://boat.example/", ("Boats",))
OARS = Subscription("https://oars.example/atom.xml", "Oars & co", "", ("Boats", "Wood"))
TAR = Subscription("http://tar.example/rss", "Tar")


def test_a_list_is_followed_and_written_again(library, tmp_path):
    path = tmp_path / "in.opml"
    path.write_text(exports.OPML, encoding="utf-8")
    listed = follow_all(library, read_opml(str(path)).subscriptions)

    assert [one.newsletter for one in listed.followed] == ["the-boat", "oars-co", "tar"]
    assert {(one.address, one.name, one.site) for one in followed(library)} == {
        one[:3] for one in (BOAT, OARS, TAR)
    }
    assert set(subscriptions(library)) == {BOAT, OARS, TAR}
    assert write_opml(library, tmp_path / "out.opml") == 3
    assert set(read_opml(str(tmp_path / "out.opml")).subscriptions) == {BOAT, OARS, TAR}


def test_what_is_followed_already_stays_as_it_is(library):
    follow_all(library, [BOAT])
    listed = follow_all(library, [BOAT._replace(name="Another", groups=("Other",)), TAR])

    assert [one.name for one in listed.known] == ["The Boat"]
    assert [one.name for one in listed.followed] == ["Tar"]
    assert set(subscriptions(library)) == {BOAT, TAR}


def test_addresses_of_one_name_are_newsletters_of_their_own(library):
    same = [
        Subscription("https://a.example/rss", "News", "https://a.example/"),
        Subscription("https://b.example/rss", "News"),
        Subscription("https://b.example/other", "News"),
        Subscription("https://c.example/rss"),
    ]
    listed = follow_all(library, same)

    assert [one.name for one in listed.followed] == [
        "News",
        "News (b.example)",
        "News (https://b.example/other)",
        "c.example",
    ]
    assert len({one.newsletter for one in listed.followed}) == 4


def test_a_newsletter_of_the_library_is_known_by_its_name_or_its_site(library, tmp_path):
    folder = tmp_path / "Letters"
    folder.mkdir()
    for number in (1, 2, 3):
        text = f"---\ntitle: 'The Boat {number}: Oars'\nlink: https://boat.example/{number}\n---\n\nWords.\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    import_paths(library, [folder])
    (known,) = library.newsletters()

    (one,) = follow_all(library, [BOAT._replace(name="Boat letters")]).followed
    assert (one.newsletter, one.name) == (known.key, known.name)


def test_an_address_is_followed_no_longer_and_then_it_is_not_written(library):
    follow_all(library, [BOAT, TAR])
    unfollow(library, TAR.address)

    assert subscriptions(library) == [BOAT]


def test_a_password_is_not_written(library):
    follow_all(library, [BOAT._replace(address="https://ada:secret@boat.example/feed")])

    assert subscriptions(library) == [BOAT]


def test_a_list_outlives_the_database(library, tmp_path):
    follow_all(library, [BOAT, OARS])
    library.close()
    for part in (tmp_path / "library").glob("*.db*"):
        part.unlink()
    again = make.library(tmp_path / "library", listener=make.Heard())
    try:
        assert set(subscriptions(again)) == {BOAT, OARS}
    finally:
        again.close()


def test_a_file_that_cannot_be_written_is_told(library, tmp_path):
    with pytest.raises(ExporterError) as caught:
        write_opml(library, tmp_path / "nowhere" / "out.opml")
    assert str(caught.value).endswith("could not be written: No such file or directory.")
