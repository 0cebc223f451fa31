"""A database that is damaged, or gone: all that the reader did and said is there again with what comes in again."""

import zlib

import make
import pytest
from faults import faults

from reader.model import RawIssue
from reader.model.following import Preview
from reader.model.mailbox import MailAccount
from reader.model.picture import Policy
from reader.services import borders, copies, following, newsletters
from reader.services.importing import import_issues, import_paths
from reader.services.mailboxes import mailboxes
from reader.services.newsletters import Looks, Place, arrange, removed, set_looks
from reader.services.picture_cache import policies, set_policy
from reader.services.schedule import now
from reader.store import mailboxes as stored

AT = "https://boats.example/feed"
ACCOUNT = MailAccount("mail.example", "ada", folder="Letters")


def text(newsletter, number, *stories):
    def words(name):
        return make.Prose(zlib.crc32(f"{newsletter} {number} {name}".encode()), size=900).text(40)

    parts = (f"### [{name}](https://example.com/{number}/{name})\n\n{words(name)}\n" for name in stories)
    return "\n".join(parts)


def letters(tmp_path, name, *numbers):
    folder = tmp_path / name
    folder.mkdir()
    for number in numbers:
        head = f"---\ntitle: {name} {number}\nnewsletter: {name}\ndate: 2024-01-{number:02}\n---\n\n"
        body = text(name, number, "Oars", "Sails", "Ropes", "Tar")
        (folder / f"{name.lower()}-{number}.md").write_text(head + body, encoding="utf-8")
    return folder


def copy(number, *stories):
    """What a feed says of an issue of the folder, under a key of its own."""
    return RawIssue(
        location=f"https://boats.example/p/{number}",
        name=str(number),
        text=text("Boat", number, *stories),
        newsletter="Boat",
        meta=(("title", f"The news of {number}"), ("date", f"2024-01-{number:02}")),
        digest=f"feed {number} {len(stories)}",
    )


def known(library):
    return (
        [(row.key, row.name, row.icon, row.colour, row.group) for row in library.newsletters()],
        [(one.address, one.newsletter, one.name) for one in following.followed(library)],
        [(one.newsletter, one.name) for one in removed(library)],
        policies(library),
        mailboxes(library),
        newsletters.refresh_policy(library, "boat"),
        library.hidden_sections("boat"),
        library.split_alone(),
        library.opened(),
        {row.key: library.corrections(row.key) for row in library.issues()},
        {row.key: copies.chosen_copy(library, row.key) for row in library.issues()},
        {row.key: (row.title, row.state) for row in library.stories()},
    )


@pytest.fixture
def place(tmp_path):
    """A library in which everything was done that can be."""
    library = make.library(tmp_path / "library", listener=make.Heard())
    import_issues(library, [copy(1, "Oars", "Sails", "Ropes", "Tar"), copy(2, "Oars", "Sails")])
    import_paths(library, [letters(tmp_path, "Boat", 1, 2, 3), letters(tmp_path, "Ship", 1, 2)])
    import_paths(library, [letters(tmp_path, "Ferry", 1)])
    preview = Preview(AT, "Boat", raws=(copy(1, "Oars", "Sails", "Ropes", "Tar"), copy(2, "Oars", "Sails")))
    following.follow(library, preview)
    rows = library.stories()
    library.star([row.key for row in rows[::3]], starred=True).result()
    library.mark_read([row.key for row in rows[::2]], read=True).result()
    library.tag([rows[1].key], "wood", present=True).result()
    library.set_note(rows[2].key, "Ask Ada").result()
    page = library.whole(library.stories(newsletter="ship")[0].issue)
    library.correct({page.issue.key: borders.merged(page, page.stories[2].key)}).result()
    twice = next(row.key for row in library.issues() if len(copies.copies_of(library, row.key)) > 1)
    copies.show_copy(library, twice, copies.copies_of(library, twice)[1].location).result()
    set_looks(library, "boat", Looks("⛵", "blue")).result()
    arrange(library, [Place("ship", "Water"), Place("boat", "Water")]).result()
    library.rename_newsletter("ship", "Ships").result()
    library.hide_sections("boat", ["Jobs"]).result()
    library.set_split_alone("ship", alone=True).result()
    newsletters.set_refresh_policy(library, "boat", "daily").result()
    set_policy(library, "boat", Policy.ALWAYS).result()
    library.record(lambda _: [stored.fact(ACCOUNT, present=True)]).result()
    newsletters.remove(library, "ferry")
    library.settle()
    library.close()
    return tmp_path / "library"


def spoil(file):
    data = bytearray(file.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    file.write_bytes(data)
    (file.parent / "library.suspect").touch()


@pytest.mark.parametrize("lost", ["damaged", "gone"])
@pytest.mark.parametrize("feed_first", [False, True])
def test_everything_is_there_again_once_all_has_come_in_again(place, lost, feed_first):
    library = make.library(place)
    before = known(library)
    assert len(before[-2]) == 5
    library.close()
    for file in place.glob("library.db*"):
        spoil(file) if lost == "damaged" and file.name == "library.db" else file.unlink()

    library = make.library(place, listener=make.Heard())
    assert len(library.notices) == (lost == "damaged")
    assert library.issues() == []
    (one,) = following.followed(library)
    assert (one.address, one.checked) == (AT, "")
    assert one.due <= now()
    assert newsletters.due_by_themselves(library, 60, now()) == [AT]

    again = [copy(1, "Oars", "Sails", "Ropes", "Tar"), copy(2, "Oars", "Sails")]
    again = [raw._replace(newsletter=one.name, newsletter_key=one.newsletter) for raw in again]
    for turn in (feed_first, not feed_first):
        report = import_issues(library, again) if turn else import_paths(library, library.folders())
        assert not report.problems

    assert known(library) == before
    assert library.ask(faults) == []
    library.close()


def test_the_folder_alone_has_the_stars_of_what_had_come_from_the_web_first(place):
    library = make.library(place)
    stars = sorted(row.title for row in library.stories(starred=True))
    library.close()
    for file in place.glob("library.db*"):
        file.unlink()

    library = make.library(place, listener=make.Heard())
    import_paths(library, library.folders())

    assert sorted(row.title for row in library.stories(starred=True)) == stars
    library.close()
