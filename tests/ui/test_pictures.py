"""Pictures from the web on the page: nothing without the reader's word, and then in their places."""

import base64
from dataclasses import replace

import make
import pytest
import served
from drawn import SVG, Web, png
from PySide6.QtCore import QPoint, Qt
from ui.hand import answer, click, dialog, press

from reader.importers.fetching import Fetcher
from reader.model import OBJECT, Block, Kind, Run
from reader.model.fetched import FetchError
from reader.model.picture import Policy, kept_address
from reader.services.library import open_library
from reader.services.picture_cache import policy_of, set_policy, usage
from reader.ui.dialogs.settings import SettingsDialog
from reader.ui.stage import Stage
from reader.ui.story.table_window import TableWindow

A, B, C = (f"https://img.example.org/{name}.png" for name in "abc")
BEACON = "https://open.example.org/track/open?u=1"
PIXEL = "https://img.example.org/dot.png"


def picture(address, **more):
    return Block(runs=(Run(OBJECT, image=address, **more),))


def with_pictures(parsed, *blocks):
    """The issue with blocks put in after the first paragraph of its first story."""
    first = parsed.stories[0]
    at = next(n for n, block in enumerate(parsed.blocks) if block.level == 2) + 2
    shift = sum(len(block.text) + 1 for block in blocks)
    stories = [first._replace(end=first.end + shift)]
    for story in parsed.stories[1:]:
        heads = tuple((a + shift, b + shift) for a, b in story.heads)
        stories.append(story._replace(start=story.start + shift, end=story.end + shift, heads=heads))
    text = (*parsed.blocks[:at], *blocks, *parsed.blocks[at:])
    return make.changed(replace(parsed, blocks=text, stories=tuple(stories)))


@pytest.fixture
def letters():
    long = "\n\n".join(f"Paragraph {n} about chips and ships, and what they carry." * 3 for n in range(40))
    shown = (
        picture(A, alt="A chart of chips", width=640, height=360),
        picture(B),
        picture(BEACON),
        picture(PIXEL),
    )
    first = make.issue([make.story("With pictures", long), make.story("None", "Words.")], number="219")
    second = make.issue([make.story("Older", "Old words.")], number="218", published="2020-10-12")
    return [with_pictures(first, *shown), with_pictures(second, picture(C))]


@pytest.fixture
def web():
    return Web({A: png(640, 360), B: png(300, 900, tone=30), C: png(50, 50), PIXEL: png(1, 1)})


@pytest.fixture
def shown(app, web, qtbot):
    """The window with the first story on the page, which has four pictures."""
    app.window.presenters.pictures.fetches = lambda: web
    page = app.window.frame.story.view
    page.write_all()
    app.window.reading_time.stop()
    return app.window


def images(view):
    """The images of the page: address and format, in their order."""
    gallery = view.story_document.gallery
    found = []
    for hung in gallery._hung:
        cursor = view.textCursor()
        cursor.setPosition(hung.at)
        cursor.setPosition(hung.at + 1, cursor.MoveMode.KeepAnchor)
        found.append((hung.run.image, cursor.charFormat().toImageFormat(), hung))
    return found


def place_of(view, address):
    """The middle of a picture on the screen."""
    _, made, hung = next(each for each in images(view) if each[0] == address)
    cursor = view.textCursor()
    cursor.setPosition(hung.at)
    left = view.cursorRect(cursor)
    return QPoint(left.left() + int(made.width() / 2), left.bottom() - int(made.height() / 2))


def words(view, address):
    return next(made.property(made.Property.ImageAltText) for a, made, _ in images(view) if a == address)


def loaded(window, *addresses):
    pictures, newsletter = window.presenters.pictures, window.frame.story.view.sheet.newsletter
    return all(pictures.look(address, newsletter).path for address in addresses)


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.settled and not window.presenters.pictures._gathering.isActive())


def test_nothing_is_asked_for_before_the_reader_says_so(shown, web):
    view = shown.frame.story.view
    assert words(view, A) == "Picture on img.example.org · 640 × 360 · click to load\nA chart of chips"
    assert words(view, B) == "Picture on img.example.org · click to load"
    shown.grab()
    assert web.asked == []


def test_a_click_loads_one_picture_and_says_so_meanwhile(shown, web, qtbot):
    view = shown.frame.story.view
    web.gate.clear()
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: "loading…" in words(view, A))
    click(view.viewport(), place_of(view, A))  # once more changes nothing
    web.gate.set()
    qtbot.waitUntil(lambda: loaded(shown, A))
    settle(qtbot, shown)
    assert web.asked == [A]
    made = next(made for address, made, _ in images(view) if address == A)
    assert made.width() > 300
    assert made.height() == pytest.approx(made.width() * 360 / 640)
    assert words(view, A) == "A chart of chips"
    assert not made.isAnchor()
    assert view.grab().toImage().pixelColor(place_of(view, A)).name() == "#5a5a5a"


def test_a_picture_is_there_after_a_restart(shown, web, qtbot, app, start):
    view = shown.frame.story.view
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: loaded(shown, A))
    settle(qtbot, shown)
    start.stop(app)
    again = start().window
    assert loaded(again, A)
    assert words(again.frame.story.view, A) == "A chart of chips"


def test_return_on_a_placeholder_loads_it_and_a_screen_reader_hears_its_words(shown, web, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr("reader.ui.announcing.announce", lambda _widget, said: told.append(said))
    view = shown.frame.story.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(shown, "Tab")
    assert told == ["Picture on img.example.org · 640 × 360 · click to load. A chart of chips"]
    press(shown, "Return")
    qtbot.waitUntil(lambda: loaded(shown, A))
    settle(qtbot, shown)
    assert web.asked == [A]


def test_i_loads_all_pictures_of_the_page_but_those_that_only_count(shown, web, qtbot):
    view = shown.frame.story.view
    press(shown, "I")
    qtbot.waitUntil(lambda: loaded(shown, A, B))
    settle(qtbot, shown)
    assert sorted(web.asked) == [A, B, PIXEL]
    assert next(made.width() for address, made, _ in images(view) if address == PIXEL) == 1
    press(shown, "I")
    assert shown.frame.status.work.text() == "No picture on this page is left to load"
    settle(qtbot, shown)
    assert len(web.asked) == 3, "a dot that counts is never asked for again"


def test_a_tracker_has_no_place_on_the_page(shown):
    view = shown.frame.story.view
    made = next(made for address, made, _ in images(view) if address == BEACON)
    assert (made.width(), made.height(), made.isAnchor()) == (1, 1, False)


def test_a_failure_says_why_and_a_click_tries_again(shown, web, qtbot):
    view = shown.frame.story.view
    web.pages[A] = FetchError("The server img.example.org could not be reached.", A)
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: "could not be reached" in words(view, A))
    assert words(view, A).startswith("Picture on img.example.org · 640 × 360 · click to try again\n")
    assert shown.frame.status.work.text() == ""
    web.pages[A] = png(640, 360)
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: loaded(shown, A))
    settle(qtbot, shown)


def test_the_line_that_is_read_stays_where_it_is_when_pictures_come_in(shown, web, qtbot):
    view = shown.frame.story.view
    view.verticalScrollBar().setValue(900)
    held = view.held()
    assert held.position > 0
    press(shown, "I")
    qtbot.waitUntil(lambda: loaded(shown, A, B))
    settle(qtbot, shown)
    now = view.held()
    assert view.verticalScrollBar().value() > 1500
    assert (now.position, now.depth) == (held.position, pytest.approx(held.depth, abs=1.5))


def test_always_loads_this_page_and_every_issue_and_can_be_undone(shown, web, qtbot, disk):
    view = shown.frame.story.view
    shown.actions_by_id["view.pictures_always"].trigger()
    qtbot.waitUntil(lambda: loaded(shown, A, B, C))
    settle(qtbot, shown)
    assert policy_of(disk(), "import-ai") is Policy.ALWAYS
    assert BEACON not in web.asked
    shown.menus.by_name["&View"].aboutToShow.emit()
    assert shown.actions_by_id["view.pictures_always"].isChecked()
    press(shown, "Ctrl+Z")
    qtbot.waitUntil(lambda: policy_of(disk(), "import-ai") is Policy.ASK)
    settle(qtbot, shown)
    qtbot.waitUntil(lambda: shown.presenters.pictures.policy("import-ai") is Policy.ASK)
    assert words(view, A) == "A chart of chips", "what is here stays"


def test_what_comes_in_later_is_loaded_by_itself_where_that_was_chosen(shown, web, qtbot, tmp_path):
    shown.actions_by_id["view.pictures_always"].trigger()
    qtbot.waitUntil(lambda: loaded(shown, A, B, C))
    settle(qtbot, shown)
    new = "https://img.example.org/new.png"
    web.pages[new] = png(70, 70)
    file = tmp_path / "letters" / "import-ai-220.md"
    file.parent.mkdir()
    file.write_text(
        "---\ntitle: 'Import AI 220: New'\ndate: 2020-10-26\n---\n\n# Import AI 220\n\n"
        f"**A story**\nWords of it.\n\n![chart]({new})\n"
    )
    shown.take_in_changed([file])
    qtbot.waitUntil(lambda: loaded(shown, new))
    settle(qtbot, shown)


def test_never_loads_nothing_and_says_so(shown, web, qtbot):
    view = shown.frame.story.view
    shown.actions_by_id["view.pictures_never"].trigger()
    qtbot.waitUntil(lambda: "not loaded" in words(view, A))
    press(shown, "I")
    assert shown.frame.status.work.text() == "Pictures of Import AI are never loaded"
    settle(qtbot, shown)
    assert web.asked == []


def test_the_menu_of_the_page_has_what_can_be_done_about_its_pictures(shown, web, qtbot):
    view = shown.frame.story.view
    menu = view.menu_at(place_of(view, A))
    texts = [action.text() for action in menu.actions()]
    assert texts[:3] == ["Load Picture", "Open Picture in Browser", "Copy Picture Address"]
    assert "Load All Pictures Here" in texts
    next(action for action in menu.actions() if action.text().startswith("Always Load")).trigger()
    qtbot.waitUntil(lambda: loaded(shown, A, B, C))
    settle(qtbot, shown)
    menu.deleteLater()


def test_a_drawing_is_loaded_as_a_picture(shown, web, qtbot):
    view = shown.frame.story.view
    web.pages[A] = SVG
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: loaded(shown, A))
    settle(qtbot, shown)
    made = next(made for address, made, _ in images(view) if address == A)
    assert (made.width(), made.height()) == (120, 60)
    files = [path for path in (shown.library.directory / "pictures").rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".png"]


def test_the_settings_show_what_pictures_take_and_remove_them(shown, web, qtbot, disk):
    press(shown, "I")
    qtbot.waitUntil(lambda: loaded(shown, A, B))
    settle(qtbot, shown)
    press(shown, "Ctrl+,")
    box = dialog(SettingsDialog)
    box.tabs.setCurrentWidget(box.pictures)
    page = box.pictures
    assert page.total.text().startswith("2 pictures, ")
    item = page.list.topLevelItem(0)
    assert [item.text(n) for n in range(3)] == ["Import AI", "When I ask", "2"]
    item.setSelected(True)
    page.choice.setCurrentIndex(page.choice.findData(Policy.NEVER))
    page.choice.activated.emit(page.choice.currentIndex())
    qtbot.waitUntil(lambda: policy_of(disk(), "import-ai") is Policy.NEVER)
    click(page.remove)
    from PySide6.QtWidgets import QMessageBox

    answer(dialog(QMessageBox), "Remove")
    qtbot.waitUntil(lambda: usage(disk()).pictures == 0)
    qtbot.waitUntil(lambda: page.total.text() == "0 pictures, 0 kB")
    settle(qtbot, shown)
    assert not [path for path in (shown.library.directory / "pictures").rglob("*") if path.is_file()]
    box.close()


def test_the_window_closes_while_a_picture_is_on_its_way(shown, web, qtbot, app, start):
    view = shown.frame.story.view
    web.gate.clear()
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: web.asked == [A])
    web.gate.set()
    start.stop(app)


def test_a_picture_in_the_window_of_a_table_is_loaded_by_a_click_too(shown, web, qtbot):
    view = shown.frame.story.view
    cells = (((Run("a"),), (Run("b"),)), ((Run("1"),), (Run(OBJECT, image=A),)))
    view.show_text("", (Block(Kind.TABLE, rows=cells), *make.blocks("Words.")), newsletter="import-ai")
    view.enlarge_table(0)
    window = dialog(TableWindow)
    view_of_table, document = window.view, window._document
    cursor = document.find(OBJECT)
    place = view_of_table.cursorRect(cursor).center() - QPoint(20, 0)
    click(view_of_table.viewport(), place)
    qtbot.waitUntil(lambda: loaded(shown, A))
    settle(qtbot, shown)
    assert web.asked == [A]
    assert not document.find(OBJECT).charFormat().isAnchor()
    window.close()


def test_a_page_that_says_what_a_click_on_a_placeholder_leads_to_loads_nothing(shown, web):
    shown.frame.story.view.follow("#picture:0")
    shown.frame.story.view.follow("#picture:00000000:0")
    assert web.asked == []


def test_large_pictures_are_drawn_in_the_background_and_then_seen(shown, web, qtbot):
    view = shown.frame.story.view
    web.pages[A] = png(4000, 3000, tone=200)
    click(view.viewport(), place_of(view, A))
    qtbot.waitUntil(lambda: loaded(shown, A))
    qtbot.waitUntil(lambda: view.grab().toImage().pixelColor(place_of(view, A)).name() == "#c8c8c8")
    shown.presenters.appearance.step_text_size(1)
    assert view.grab().toImage().pixelColor(place_of(view, A)).name() != "#ffffff"
    settle(qtbot, shown)
    qtbot.waitUntil(lambda: view.grab().toImage().pixelColor(place_of(view, A)).name() == "#c8c8c8")


def test_many_pictures_show_how_far_they_are_and_can_be_stopped(shown, web, qtbot, tmp_path):
    shown.actions_by_id["view.pictures_always"].trigger()
    qtbot.waitUntil(lambda: loaded(shown, A, B, C))
    settle(qtbot, shown)
    many = [f"https://img.example.org/{n}.png" for n in range(40)]
    gate = web.gate
    web.pages |= {address: png(20, 20, extra=address.encode()) for address in many}
    file = tmp_path / "letters" / "import-ai-221.md"
    file.parent.mkdir()
    body = "\n\n".join(f"![chart]({address})" for address in many)
    file.write_text(f"---\ntitle: 'Import AI 221: Many'\ndate: 2020-11-02\n---\n\nWords.\n\n{body}\n")
    asked, progress = len(web.asked), []
    shown.presenters.pictures.progressed.connect(progress.append)
    shown.presenters.pictures.progressed.connect(lambda _: gate.clear())
    shown.take_in_changed([file])
    qtbot.waitUntil(lambda: bool(progress))
    assert progress[0].total == 40
    click(shown.frame.status.cancel)
    gate.set()
    settle(qtbot, shown)
    assert shown.presenters.pictures._stop is None
    assert len(web.asked) - asked < 40
    assert shown.frame.status.progress.isHidden()


def test_when_the_network_is_away_one_sentence_says_so(shown, web, qtbot):
    web.pages = {
        address: FetchError("The server img.example.org could not be reached.") for address in web.pages
    }
    shown.actions_by_id["view.pictures_always"].trigger()
    told = []
    shown.presenters.pictures.finished.connect(told.append)
    qtbot.waitUntil(lambda: bool(told))
    settle(qtbot, shown)
    assert told == ["No picture could be loaded. The server img.example.org could not be reached."]
    asked = len(web.asked)
    shown.presenters.pictures.fetch_due()
    settle(qtbot, shown)
    assert len(web.asked) == asked, "it is tried again later, and not at once"


def test_a_picture_that_came_inside_its_issue_is_seen_without_asking(shown, web, qtbot, tmp_path):
    data = base64.b64encode(png(60, 40)).decode()
    file = tmp_path / "letters" / "import-ai-222.md"
    file.parent.mkdir()
    file.write_text(
        f"---\ntitle: 'Import AI 222: Inside'\ndate: 2020-11-09\n---\n\nWords.\n\n![](data:image/png;base64,{data})\n"
    )
    shown.take_in_changed([file])
    qtbot.waitUntil(lambda: shown.library.outline("import-ai/222") is not None)
    settle(qtbot, shown)
    shown.reading.open_issue("import-ai/222")
    (address, made, _) = images(shown.frame.story.view)[0]
    assert address == kept_address(png(60, 40))
    assert (made.width(), made.height()) == (60, 40)
    assert web.asked == []


def test_a_picture_of_the_window_for_others_asks_nothing(filled, place, tmp_path, monkeypatch):
    library = open_library(place, make.Heard())
    set_policy(library, "import-ai", Policy.ALWAYS).result()
    library.close()
    monkeypatch.setattr("reader.services.picture_fetching.fetch_pictures", lambda *_: pytest.fail("asked"))
    stage = Stage(place, "light")
    stage.show((900, 600), "import-ai/219", "")
    assert stage.draw(tmp_path / "a.png", 10_000)
    stage.close()


def test_whoever_takes_always_back_stops_what_is_under_way(shown, web, qtbot):
    web.gate.clear()
    shown.actions_by_id["view.pictures_always"].trigger()
    qtbot.waitUntil(lambda: len(web.asked) == 4)
    assert sorted(web.asked) == [A, B, C, PIXEL], "none is asked for twice"
    press(shown, "Ctrl+Z")
    qtbot.waitUntil(lambda: shown.presenters.pictures.policy("import-ai") is Policy.ASK)
    web.gate.set()
    settle(qtbot, shown)
    assert shown.presenters.pictures._stop is None


def test_from_a_server_to_the_page(shown, qtbot):
    view = shown.frame.story.view
    with served.serving() as site:
        address = f"{site.root}/chart.png"
        site.page("/chart.png", png(320, 200, tone=200), Content_Type="text/plain")
        shown.presenters.pictures.fetches = lambda: Fetcher(["127.0.0.1"])
        view.show_text("", (picture(address), *make.blocks("Words.")), newsletter="import-ai")
        assert words(view, address) == "Picture on 127.0.0.1 · click to load"
        click(view.viewport(), place_of(view, address))
        qtbot.waitUntil(lambda: loaded(shown, address))
        settle(qtbot, shown)
        assert view.grab().toImage().pixelColor(place_of(view, address)).name() == "#c8c8c8"
        assert site.paths() == ["/chart.png"]
