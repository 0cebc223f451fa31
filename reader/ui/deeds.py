"""What each action does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton

from reader.model import Link
from reader.services.sample import sample_folder
from reader.ui.actions import keys_in_force
from reader.ui.appearance import NORMAL_TEXT_SIZE
from reader.ui.focus import PaneFocus
from reader.ui.frame import Frame
from reader.ui.links import links_menu, reachable, resolved, ways_from
from reader.ui.pictures import ALWAYS, NEVER
from reader.ui.presenters import Presenters
from reader.ui.words import counted
from reader.ui.zen import Zen

if TYPE_CHECKING:
    from reader.model import Change
    from reader.ui.copies import Copies
    from reader.ui.correcting import Correcting
    from reader.ui.dialogs.newsletters.dialog import NewslettersDialog
    from reader.ui.news import News
    from reader.ui.newsletters import Newsletters
    from reader.ui.picture_wishes import PictureWishes

UNDO = "Undo"
"""The button of a toast that takes back what was done last."""
_LOST = (
    "This link leads to a place on the newsletter's own site, and this copy does not say where that is: {}"
)
_NO_LINKS = "There is no link in this story"


class Deeds:
    """Does what the actions say, with the presenters and the panes."""

    def __init__(self, window: QMainWindow, frame: Frame, presenters: Presenters, zen: Zen) -> None:
        self._window = window
        self._frame = frame
        self._p = presenters
        self._zen = zen
        self._open: NewslettersDialog | None = None
        self._focus = PaneFocus([frame.issues, frame.middle, frame.story])

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what to call for each action, by its id."""
        tables = (self._library, self._edit, self._view, self._go, self._story, self._pictures, self._borders)
        return {key: deed for table in tables for key, deed in table().items()}

    # The stories that an action means

    def chosen(self) -> list[str]:
        """Return the stories that are selected, else the one that is shown."""
        selected = self._frame.stories_pane().selected_keys()
        shown = self._p.reading.story
        if len(selected) > 1 and (not shown or shown in selected):
            return selected
        return [shown] if shown else selected

    def links(self) -> list[Link]:
        """Return the links of what is shown which lead somewhere."""
        return reachable(self._frame.story.view.links())

    # The table

    def _library(self) -> dict[str, Callable[[], object]]:
        return {
            "library.open_folder": self._open_folder,
            "library.open_files": self._open_files,
            "library.sample": lambda: self._p.importing.take_in([sample_folder()]),
            "library.refresh": self._refresh,
            "library.follow": self._follow,
            "library.mailboxes": self._show_mailboxes,
            "library.follow_list": self._follow_list,
            "library.export_list": self._export_list,
            "library.newsletters": self._show_newsletters,
            "library.rename": self._rename,
            "library.export_starred": self._export_starred,
            "story.export": self._export,
            "app.settings": self._settings,
            "app.quit": self._window.close,
            "help.keys": self._show_keys,
            "help.about": self._about,
        }

    def _edit(self) -> dict[str, Callable[[], object]]:
        return {
            "edit.undo": self._p.undo_stack.undo,
            "edit.redo": self._p.undo_stack.redo,
            "edit.copy": self._copy,
            "edit.copy_markdown": self._copy_markdown,
            "edit.copy_link": lambda: self._with_original(self._copy_address),
            "edit.paste": self._paste,
            "edit.copy_original": lambda: self._with_original(self._copy_original),
            "edit.choose_all": self._choose_all,
            "edit.find": self._frame.story.open_find,
            "edit.search": self._search,
        }

    def _view(self) -> dict[str, Callable[[], object]]:
        step = self._p.appearance.step_text_size
        return {
            "view.whole": self._p.reading.toggle_whole,
            "view.side": lambda: self._frame.issues.setVisible(self._frame.issues.isHidden()),
            "view.menu_bar": self._toggle_menu_bar,
            "view.menu": self._open_menu,
            "view.zen": self._zen.toggle,
            "view.larger": lambda: step(1),
            "view.smaller": lambda: step(-1),
            "view.normal": lambda: self._p.appearance.set_text_size(NORMAL_TEXT_SIZE),
        }

    def _go(self) -> dict[str, Callable[[], object]]:
        return {
            "go.page_on": self._page_on,
            "go.page_back": self._page_back,
            "go.next_story": lambda: self._step(1),
            "go.previous_story": lambda: self._step(-1),
            "go.next_unread": self._next_unread,
            "go.next_issue": lambda: self._step_issue(1),
            "go.previous_issue": lambda: self._step_issue(-1),
            "go.all": lambda: self.show_view("all"),
            "go.unread": lambda: self.show_view("unread"),
            "go.starred": lambda: self.show_view("starred"),
            "go.pane_right": lambda: self._focus.step(1),
            "go.pane_left": lambda: self._focus.step(-1),
            "go.next_pane": lambda: self._focus.step(1, around=True),
            "go.previous_pane": lambda: self._focus.step(-1, around=True),
            "go.back": self._go_back,
        }

    def _story(self) -> dict[str, Callable[[], object]]:
        return {
            "story.star": lambda: self._p.marks.toggle_star(self.chosen()),
            "story.read": self._toggle_read,
            "story.issue_read": self._mark_issue_read,
            "story.tags": lambda: self._p.marks.ask_tags(self.chosen()),
            "story.note": lambda: self._p.marks.ask_note(self._p.reading.story),
            "story.open": lambda: self._with_original(self.open_link),
            "story.links": self._list_links,
        }

    def _pictures(self) -> dict[str, Callable[[], object]]:
        return {
            "view.pictures": lambda: self.wishes.load(),  # noqa: PLW0108 - made when it is wanted
            "view.pictures_always": lambda: self.wishes.toggle(ALWAYS),
            "view.pictures_never": lambda: self.wishes.toggle(NEVER),
        }

    def _borders(self) -> dict[str, Callable[[], object]]:
        return {
            "story.merge": lambda: self.correcting.merge(self._p.reading.story),
            "story.begin": lambda: self.correcting.begin(self._frame.story.view.marked_position()),
            "story.rename": lambda: self.correcting.ask_title(self._p.reading.story),
            "story.leave_out": lambda: self.correcting.leave_out(self._p.reading.story),
            "story.corrections": self._ask_corrections,
            "story.hide_section": lambda: self.correcting.hide_section(self._p.reading.story),
            "story.sections": self._ask_sections,
            "story.changes": self._show_changes,
            "story.changes_seen": self._mark_changes_seen,
            "story.copies": self._ask_copies,
        }

    @cached_property
    def correcting(self) -> Correcting:
        """What the reader does to the borders of stories; made when he does it first."""
        from reader.ui.correcting import Correcting

        return Correcting(self._window, self._frame, self._p)

    @cached_property
    def wishes(self) -> PictureWishes:
        """What the reader wants of pictures; made when he wants something first."""
        from reader.ui.picture_wishes import PictureWishes

        return PictureWishes(self._frame, self._p)

    @cached_property
    def copies(self) -> Copies:
        """What the reader says of an issue's copies; made when he does it first."""
        from reader.ui.copies import Copies

        return Copies(self._window, self._frame, self._p)

    def _show_changes(self) -> None:
        self.copies.show_changes()

    def _mark_changes_seen(self) -> None:
        self.copies.mark_seen()

    def _ask_copies(self) -> None:
        self.copies.ask()

    def fill_page_menu(self, menu: QMenu, position: int) -> None:
        """Put into the context menu of the page what may be done to its pictures, and to the story there."""
        self.wishes.fill(menu)
        self._fill_borders(menu, position)

    # The borders of stories

    def _fill_borders(self, menu: QMenu, position: int) -> None:
        if not self._p.reading.issue or self._p.reading.previewing:
            return
        correcting, key = self.correcting, self._p.reading.story_at(position)
        menu.addAction("Begin a Story Here", lambda: correcting.begin(position))
        if key:
            menu.addAction("Merge With the Story Before", lambda: correcting.merge(key))
            menu.addAction("Rename Story…", lambda: correcting.ask_title(key))
            menu.addAction("Not a Story", lambda: correcting.leave_out(key))
        menu.addSeparator()

    def _ask_corrections(self) -> None:
        self.correcting.ask_corrections()

    def _ask_sections(self) -> None:
        self.correcting.ask_sections()

    # The library

    def _open_folder(self) -> None:
        self._ask_for_paths(files=False)

    def _open_files(self) -> None:
        self._ask_for_paths(files=True)

    def _ask_for_paths(self, *, files: bool) -> None:
        from reader.ui.dialogs.opening import OpenFiles, OpenFolder

        folders = self._p.library.folders()
        start = Path(folders[-1]).parent if folders else Path.home()
        dialog = (OpenFiles if files else OpenFolder)(start, self._window)
        dialog.filesSelected.connect(lambda paths: self._p.importing.take_in([Path(path) for path in paths]))
        dialog.open()

    def _follow(self) -> None:
        self.news.ask_address()

    def _export_list(self) -> None:
        self.news.ask_file()

    def _paste(self) -> None:
        self.news.paste()

    def _show_mailboxes(self) -> None:
        self.news.mailboxes.ask(self._window)

    def _follow_list(self) -> None:
        from reader.ui.dialogs.opening import OpenList

        dialog = OpenList(Path.home(), self._window)
        dialog.fileSelected.connect(lambda path: self._p.importing.take_in([Path(path)]))
        dialog.open()

    def _refresh(self) -> None:
        self._frame.status.say("Looking for what is new…")
        self._p.importing.take_in([Path(folder) for folder in self._p.library.folders()])
        self.news.refresh()

    def _rename(self) -> None:
        if self._p.reading.issue:
            self._p.marks.ask_name(self._p.reading.issue.partition("/")[0])

    @cached_property
    def news(self) -> News:
        """What comes in from elsewhere than folders; made when it is asked for, or the window is painted."""
        from reader.ui.news import News

        return News(self._frame, self._p, self._window)

    @cached_property
    def newsletters(self) -> Newsletters:
        """What is done with newsletters; made when the first is."""
        from reader.ui.newsletters import Newsletters

        p = self._p
        return Newsletters(p.library, p.background, p.undo_stack, p.marks)

    def on_changed(self, change: Change) -> None:
        """Let an open window of newsletters read again what a write has touched."""
        if self._open:
            self._open.on_changed(change)

    def close(self) -> None:
        """Close what stands open beside the window: a field there may still have something to say."""
        if self._open:
            self._open.reject()

    def _show_newsletters(self) -> None:
        from reader.ui.dialogs.newsletters.dialog import NewslettersDialog
        from reader.ui.dialogs.newsletters.following import FollowingPart
        from reader.ui.dialogs.newsletters.pictures import PicturesPart

        following = FollowingPart(self.news.following, self.newsletters)
        pictures = PicturesPart(self._p.library, self.wishes.set)
        parts = [("Following", following), ("Pictures", pictures)]
        chosen = self._p.reading.issue.partition("/")[0] or self._frame.issues.newsletter
        self._open = dialog = NewslettersDialog(self.newsletters, chosen, parts, self._window)
        # What is done there is undone there, too; and what it said of the last step is of the last no more.
        steps = ("edit.undo", "edit.redo")
        dialog.addActions([each for each in self._window.actions() if each.objectName() in steps])
        self._p.undo_stack.indexChanged.connect(dialog.forget)
        dialog.sections_wanted.connect(self.correcting.ask_sections_of)
        dialog.finished.connect(self._on_newsletters_closed)
        dialog.open()

    def _on_newsletters_closed(self) -> None:
        self._open = None

    def _export(self) -> None:
        from reader.ui.dialogs.export import Choice

        library, reading = self._p.library, self._p.reading
        chosen = self.chosen()
        choices = [Choice("Chosen stories" if len(chosen) > 1 else "This story", library.story_rows(chosen))]
        if self._p.searching.active:
            choices.append(Choice("Search results", library.story_rows(self._p.searching.found)))
        if reading.issue:
            choices.append(Choice("This issue", library.stories(issue=reading.issue)))
        choices.append(Choice("All starred stories", library.stories(starred=True)))
        self._p.exporting.ask(choices)

    def _export_starred(self) -> None:
        from reader.ui.dialogs.export import Choice

        self._p.exporting.ask([Choice("All starred stories", self._p.library.stories(starred=True))])

    def _settings(self) -> None:
        from reader.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._p.preferences, self._p.appearance.themes, self._p.library, self._window)
        dialog.pictures.policy_chosen.connect(self.wishes.set)
        dialog.pictures.removal_confirmed.connect(lambda: self._p.pictures.remove_all(dialog.pictures.fill))
        dialog.open()

    def _show_keys(self) -> None:
        from reader.ui.dialogs.shortcuts import Shortcuts

        Shortcuts(keys_in_force(self._p.preferences.settings.keys), self._window).open()

    def _about(self) -> None:
        from reader.ui.dialogs.about import About

        About(self._window).open()

    # Editing

    def _copy(self) -> None:
        if self._frame.story.view.textCursor().hasSelection():
            self._frame.story.view.copy()
        else:
            self._copy_markdown()

    def _copy_markdown(self) -> None:
        if count := self._p.exporting.copy(self.chosen()):
            self._frame.status.say(f"Copied {counted(count, 'story', 'stories')} as Markdown")

    def _copy_address(self, address: str) -> None:
        QGuiApplication.clipboard().setText(resolved(address, self._p.reading.site()))
        self._frame.status.say("Copied the link")

    def _copy_original(self, address: str) -> None:
        """Copy a link as it came, with what counted the reader."""
        from reader.services.originals import original_link

        page = self._p.reading.page
        issue = page.issue.key if page is not None else self._p.reading.issue
        self._copy_address(original_link(self._p.library, issue, address))

    def _search(self) -> None:
        self._zen.leave()
        self._p.searching.begin()

    def _choose_all(self) -> None:
        self._frame.stories_pane().list.selectAll()

    # Viewing

    def _toggle_menu_bar(self) -> None:
        bar = self._window.menuBar()
        bar.setVisible(bar.isHidden())

    def _open_menu(self) -> None:
        bar = self._window.menuBar()
        if not bar.isHidden():
            bar.setActiveAction(bar.actions()[0])
        elif button := self._window.findChild(QToolButton, "menu-button"):
            # The button's own showMenu() would not return before the menu is closed.
            button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def show_view(self, view: str) -> None:
        """Show all issues, those with unread stories, or what is starred."""
        self._p.searching.end()
        if view == "starred":
            self._p.reading.open_starred()
            self._frame.issues.set_view(view)
            self._frame.outline.setFocus()
        else:
            self._frame.issues.set_view(view)
            if not self._p.reading.issue and (issue := self._p.reading.first_issue()):
                self._p.reading.open_issue(issue)
            self._frame.issues.setFocus()

    # Going

    def _page_on(self) -> None:
        if not self._p.searching.active:
            if not self._p.reading.page_on():
                self._frame.status.say("Everything is read")
        elif not self._frame.story.view.scroll_page():
            self._frame.results.step(1)

    def _page_back(self) -> None:
        bar = self._frame.story.view.verticalScrollBar()
        bar.triggerAction(bar.SliderAction.SliderPageStepSub)

    def _step(self, step: int) -> None:
        if self._p.searching.active:
            self._frame.results.step(step)
        else:
            self._p.reading.step(step)

    def _step_issue(self, step: int) -> None:
        self._p.searching.end()
        self._p.reading.step_issue(step)

    def _next_unread(self) -> None:
        self._p.searching.end()
        if not self._p.reading.next_unread():
            self._frame.status.say("Everything is read")

    def _go_back(self) -> None:
        steps = (
            self._frame.story.close_find,
            self._p.searching.end,
            self._zen.leave,
            self._p.searching.resume,
        )
        # The innermost that is open.
        any(step() for step in steps)

    # Stories

    def _toggle_read(self) -> None:
        keys = self.chosen()
        if self._p.marks.toggle_read(keys) is False and self._p.reading.story in keys:
            self._p.reading.leave_unread(self._p.reading.story)

    def _mark_issue_read(self) -> None:
        count = self._p.marks.mark_read([row.key for row in self._p.reading.rows])
        if count:
            text = f"Marked {counted(count, 'story', 'stories')} as read"
            self._frame.toast.say(text, UNDO, self._p.undo_stack.undo)
        else:
            self._frame.status.say("All of it is read already")

    def _list_links(self) -> None:
        self._offer(self.links(), self.open_link)

    def _with_original(self, act: Callable[[str], object]) -> None:
        """Act on the one place where the story leads; where there are several, on the one that is chosen."""
        page = self._p.reading.page
        ways = ways_from(page) if page is not None else self.links()
        if len(ways) == 1:
            act(ways[0].url)
        else:
            self._offer(ways, act)

    def _offer(self, links: Sequence[Link], act: Callable[[str], object]) -> None:
        if not links:
            self._frame.status.say(_NO_LINKS)
            return
        view = self._frame.story.view
        menu = links_menu(links, act, view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(view.mapToGlobal(QPoint(24, 24)))
        menu.setActiveAction(menu.actions()[0])

    def open_link(self, address: str) -> None:
        """Open an address in the browser, and say so; or say why it cannot be opened."""
        whole = resolved(address, self._p.reading.site())
        if self._p.links.open(whole):
            self._frame.status.say(f"Opened {whole}")
        elif whole and QUrl(whole).isRelative():
            self._frame.toast.say(_LOST.format(whole))
        elif whole:
            self._frame.status.say(f"Not opened: {whole}")
