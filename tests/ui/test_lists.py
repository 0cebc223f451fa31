import pytest
from served import serving
from ui.hand import drop

from reader.services.following import followed
from reader.services.newsletters import places

OPML = """<opml version="2.0"><head><title>Mine</title></head><body><outline text="Boats">
<outline type="rss" text="Oars" xmlUrl="{root}/oars.xml" htmlUrl="https://oars.example/"/>
<outline type="rss" text="Tar" xmlUrl="{root}/tar.xml"/></outline></body></opml>"""
FEED = """<rss version="2.0"><channel><title>{name}</title><item><title>{name} 1</title>
<link>https://{name}.example/1</link><description>Words about {name}.</description></item></channel></rss>"""


@pytest.fixture
def server():
    with serving() as served:
        for name in ("Oars", "Tar"):
            served.page(f"/{name.lower()}.xml", FEED.format(name=name), Content_Type="application/rss+xml")
        yield served


@pytest.fixture
def opml(server, tmp_path):
    path = tmp_path / "mine.opml"
    path.write_text(OPML.format(root=server.root), encoding="utf-8")
    return path


def test_a_list_that_is_dropped_is_followed_in_its_groups_and_undo_ends_that(window, opml, qtbot, disk):
    drop(window, opml)
    qtbot.waitUntil(lambda: len(followed(disk())) == 2)
    qtbot.waitUntil(lambda: window.settled)

    assert sorted(one.name for one in followed(disk())) == ["Oars", "Tar"]
    assert window.frame.toast.text.text() == "Following 2 newsletters"

    window.undo_stack.undo()
    qtbot.waitUntil(lambda: followed(disk()) == [])
    window.undo_stack.redo()
    qtbot.waitUntil(lambda: len(followed(disk())) == 2)
    qtbot.waitUntil(lambda: window.settled)


def test_a_list_that_is_followed_already_says_so(window, opml, qtbot, disk):
    drop(window, opml)
    qtbot.waitUntil(lambda: len(followed(disk())) == 2)
    qtbot.waitUntil(lambda: window.settled)
    drop(window, opml)

    told = "Following 0 newsletters; 2 were followed already"
    qtbot.waitUntil(lambda: window.frame.toast.text.text() == told)
    qtbot.waitUntil(lambda: window.settled)


def test_a_list_is_written_as_other_readers_read_it(window, opml, qtbot, disk, tmp_path):
    drop(window, opml)
    qtbot.waitUntil(lambda: len(followed(disk())) == 2)
    qtbot.waitUntil(lambda: window.settled)

    window.deeds.news.export_list(tmp_path / "out.opml")

    qtbot.waitUntil((tmp_path / "out.opml").exists)
    qtbot.waitUntil(lambda: window.settled)
    written = (tmp_path / "out.opml").read_text(encoding="utf-8")
    assert written.count("xmlUrl=") == 2
    assert "Boats" in written


def test_what_is_no_list_is_told_in_words(window, qtbot, tmp_path):
    path = tmp_path / "mine.opml"
    path.write_text("<opml><body></body></opml>", encoding="utf-8")
    drop(window, path)

    qtbot.waitUntil(window.frame.error_bar.isVisible)
    assert window.frame.error_bar.text.text().endswith(".")


def test_the_groups_of_a_list_are_those_of_the_newsletters_once_their_issues_came(
    window, opml, qtbot, disk, monkeypatch
):
    # The list does not say that it is the reader who wants his own network asked.
    from reader.services import following

    real = following.fetcher_for
    monkeypatch.setattr(
        following, "fetcher_for", lambda library, cancelled: following.fetcher(["127.0.0.1"], cancelled)
    )
    drop(window, opml)
    qtbot.waitUntil(lambda: {"oars", "tar"} <= {place.newsletter for place in places(disk())}, timeout=10_000)
    qtbot.waitUntil(lambda: window.settled)

    assert {place.group for place in places(disk()) if place.newsletter in ("oars", "tar")} == {"Boats"}
    assert real is not following.fetcher_for
