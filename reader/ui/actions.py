"""Every action, once: its words, its menu, its keys, its icon, and what it needs to make sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Need(StrEnum):
    """What must be there for an action to make sense."""

    LIBRARY = "an issue in the library"
    ISSUE = "an issue that is shown"
    STORY = "a story that is shown"
    STORIES = "stories that are chosen"
    PAGE = "text on the page"
    STARRED = "a starred story"
    OUTLINE = "an issue whose outline is shown beside it"
    CUT = "a story that is shown, in its issue or elsewhere"
    SECTION = "a story of that outline that is in a section"
    COPIES = "an issue that was found in several places"
    EDITED = "an issue that was edited since it was read"


class ActionSpec(NamedTuple):
    """What is said of an action once, for menus, toolbar, keys, help and tests alike."""

    id: str
    text: str
    """With its mnemonic."""
    menu: str
    keys: tuple[str, ...] = ()
    """Key sequences in Qt's portable form: "Ctrl+E", "G, U"."""
    icon: str = ""
    needs: Need | None = None
    checkable: bool = False
    repeats: bool = False
    """Whether it goes on while its key is held down."""
    text_on: str = ""
    """What it is called where it would take back what it does: "Unstar"."""
    help: str = ""
    """What it does, for the table of keys; "" where the text says it."""

    @property
    def label(self) -> str:
        """Its text without the mnemonic and the dots."""
        return self.text.replace("&", "").rstrip("…")

    @property
    def told(self) -> str:
        """What it does, as a line of the table of keys: only menus write Every Word Large."""
        return self.help or self.label.capitalize()


MENUS = ("&File", "&Edit", "&View", "&Go", "&Story", "&Help")
FILE, EDIT, VIEW, GO, STORY, HELP = MENUS
SEPARATOR = "-"

_A = ActionSpec

ACTIONS: tuple[ActionSpec, ...] = (
    _A("library.open_folder", "&Open Folder…", FILE, ("Ctrl+O",), "folder-input"),
    _A("library.open_files", "Open &Files…", FILE, ("Ctrl+Shift+O",)),
    _A("library.follow", "Follow a Ne&wsletter…", FILE, ("Ctrl+N",), "rss"),
    _A("library.follow_list", "Follow a List (O&PML)…", FILE),
    _A("library.mailboxes", "Mail&boxes…", FILE),
    _A("library.sample", "&Look Around with the Sample", FILE),
    _A(
        "library.refresh",
        "&Refresh",
        FILE,
        ("F5",),
        "refresh-cw",
        help="Look for what is new: in followed newsletters and opened folders",
    ),
    _A("library.newsletters", "&Newsletters…", FILE, ("Ctrl+Shift+N",), "newspaper"),
    _A("library.rename", "Rena&me Newsletter…", FILE, needs=Need.ISSUE),
    _A("library.export_list", "E&xport the List of Newsletters…", FILE, needs=Need.LIBRARY),
    _A("story.export", "&Export…", FILE, ("E", "Ctrl+E"), "share", Need.LIBRARY, help="Export to Markdown"),
    _A("library.export_starred", "Export All &Starred…", FILE, needs=Need.STARRED),
    _A("app.settings", "Se&ttings…", FILE, ("Ctrl+,",), "settings"),
    _A("app.quit", "&Quit", FILE, ("Ctrl+Q",)),
    _A("edit.undo", "&Undo", EDIT, ("Ctrl+Z",), "undo", help="Undo"),
    _A("edit.redo", "&Redo", EDIT, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", help="Redo"),
    _A("edit.copy", "&Copy", EDIT, ("Ctrl+C",), "copy", help="Copy the chosen text, else the story"),
    _A("edit.copy_markdown", "Copy as &Markdown", EDIT, ("C",), needs=Need.STORY, help="Copy as Markdown"),
    _A("edit.copy_link", "Copy &Link", EDIT, ("Ctrl+Shift+C",), "link", Need.PAGE),
    _A(
        "edit.paste",
        "&Paste as an Issue",
        EDIT,
        ("Ctrl+V",),
        help="Take in what was copied: follow an address, or read a text as an issue",
    ),
    _A("edit.copy_original", "Copy &Original Link", EDIT, needs=Need.PAGE),
    _A("edit.choose_all", "Select &All Stories", EDIT, ("Ctrl+A",), needs=Need.STORIES),
    _A("edit.find", "&Find in Story…", EDIT, ("/", "Ctrl+F"), needs=Need.PAGE),
    _A("edit.search", "&Search All Stories…", EDIT, ("Ctrl+K", "Ctrl+L"), "search"),
    _A(
        "view.whole",
        "&Whole Issue",
        VIEW,
        ("W",),
        "newspaper",
        Need.ISSUE,
        checkable=True,
        help="The whole issue as it was published, or story by story",
    ),
    _A(
        "view.side",
        "&Issue List",
        VIEW,
        ("F9",),
        "panel-left",
        checkable=True,
        help="Show or hide the issue list",
    ),
    _A(
        "view.menu_bar",
        "&Menu Bar",
        VIEW,
        ("Ctrl+Shift+M",),
        checkable=True,
        help="Show or hide the menu bar",
    ),
    _A("view.menu", "&Open the Menu", VIEW, ("F10",)),
    _A(
        "view.zen",
        "Only the &Page",
        VIEW,
        ("F11",),
        "maximize",
        checkable=True,
        help="Only the page, full screen",
    ),
    _A("view.larger", "&Larger Text", VIEW, ("Ctrl++", "Ctrl+="), "plus", repeats=True),
    _A("view.smaller", "&Smaller Text", VIEW, ("Ctrl+-",), "minus", repeats=True),
    _A("view.normal", "&Normal Text Size", VIEW, ("Ctrl+0",)),
    _A(
        "view.pictures",
        "Load Pic&tures",
        VIEW,
        ("I",),
        "image",
        Need.PAGE,
        help="Load the pictures of the page",
    ),
    _A(
        "view.pictures_always",
        "&Always Load Pictures of This Newsletter",
        VIEW,
        needs=Need.PAGE,
        checkable=True,
    ),
    _A(
        "view.pictures_never",
        "Ne&ver Load Pictures of This Newsletter",
        VIEW,
        needs=Need.PAGE,
        checkable=True,
    ),
    _A(
        "go.page_on",
        "Read &On",
        GO,
        ("Space",),
        needs=Need.LIBRARY,
        help="Scroll on; at the end, pressed again, go to the next unread story",
    ),
    _A("go.page_back", "Scroll &Back", GO, ("Shift+Space",), needs=Need.PAGE),
    _A("go.next_story", "&Next Story", GO, ("J",), "chevron-down", Need.LIBRARY, repeats=True),
    _A("go.previous_story", "&Previous Story", GO, ("K",), "chevron-up", Need.LIBRARY, repeats=True),
    _A("go.next_unread", "Next &Unread Story", GO, ("N",), "circle", Need.LIBRARY),
    _A("go.next_issue", "Next &Issue", GO, ("]",), "", Need.LIBRARY, repeats=True),
    _A("go.previous_issue", "Pre&vious Issue", GO, ("[",), "", Need.LIBRARY, repeats=True),
    _A("go.all", "&All Issues", GO, ("G, A",)),
    _A("go.unread", "Issues with Unrea&d Stories", GO, ("G, U",)),
    _A("go.starred", "&Starred Stories", GO, ("G, S",)),
    _A("go.pane_right", "Pane to the &Right", GO, ("Right",)),
    _A("go.pane_left", "Pane to the &Left", GO, ("Left",)),
    _A("go.next_pane", "Ne&xt Pane", GO, ("F6",)),
    _A("go.previous_pane", "Previous Pan&e", GO, ("Shift+F6",)),
    _A("go.back", "&Close Search", GO, ("Esc",), help="Leave the search, the find bar or the page-only view"),
    _A("story.star", "&Star", STORY, ("S",), "star", Need.STORIES, text_on="Un&star", help="Star or unstar"),
    _A(
        "story.read",
        "Mark as &Read",
        STORY,
        ("M",),
        "circle-check",
        Need.STORIES,
        text_on="Mark as Un&read",
        help="Mark as read or unread",
    ),
    _A("story.issue_read", "Mark &Issue as Read", STORY, ("Shift+A",), "check", Need.ISSUE),
    _A("story.tags", "&Tags…", STORY, ("T",), "tag", Need.STORIES),
    _A("story.note", "&Note…", STORY, ("'",), "sticky-note", Need.STORY),
    _A(
        "story.open",
        "&Open Original",
        STORY,
        ("O", "Return"),
        "link",
        Need.PAGE,
        help="Open what the story leads to in the browser; of several links, choose one",
    ),
    _A(
        "story.links",
        "&Links…",
        STORY,
        ("L",),
        "list",
        Need.PAGE,
        help="List the story's links; `1` to `9` and `0` open one",
    ),
    _A(
        "story.merge",
        "&Merge With the Story Before",
        STORY,
        ("Shift+M",),
        needs=Need.CUT,
        help="Make the story part of the one before",
    ),
    _A(
        "story.begin",
        "&Begin a Story Here",
        STORY,
        ("Shift+B",),
        needs=Need.OUTLINE,
        help="Begin a story where you clicked, else at the first line in view",
    ),
    _A("story.rename", "Rename Stor&y…", STORY, ("F2",), needs=Need.CUT, help="Rename the story"),
    _A(
        "story.leave_out",
        "Not &a Story",
        STORY,
        ("Shift+X",),
        needs=Need.CUT,
        help="Take the story out of the outline; its text stays in the whole issue",
    ),
    _A("story.corrections", "&Corrections of This Issue…", STORY, needs=Need.OUTLINE),
    _A("story.hide_section", "&Hide This Section", STORY, needs=Need.SECTION),
    _A("story.sections", "Show Hidd&en Sections…", STORY, needs=Need.OUTLINE),
    _A(
        "story.changes",
        "Show &What Changed",
        STORY,
        ("D",),
        needs=Need.EDITED,
        help="Show what changed in the issue since you read it",
    ),
    _A("story.changes_seen", "Mar&k Changes as Seen", STORY, needs=Need.EDITED),
    _A("story.copies", "Co&pies of This Issue…", STORY, needs=Need.COPIES),
    _A("help.keys", "&Keys", HELP, ("?", "F1"), "keyboard", help="All keys"),
    _A("help.about", "&About Tearsheet", HELP),
)

TOOLBAR = (
    "view.side",
    "library.refresh",
    "library.open_folder",
    "library.follow",
    SEPARATOR,
    "go.previous_story",
    "go.next_story",
    "story.read",
    "story.star",
    "story.open",
    "story.export",
)
STORY_MENU = (
    "story.open",
    "story.links",
    SEPARATOR,
    "story.star",
    "story.read",
    "story.tags",
    "story.note",
    SEPARATOR,
    "edit.copy_markdown",
    "edit.copy_link",
    "story.export",
    SEPARATOR,
    "story.merge",
    "story.rename",
    "story.leave_out",
    "story.hide_section",
)
ISSUE_MENU = (
    "story.issue_read",
    "view.whole",
    SEPARATOR,
    "library.rename",
    "story.corrections",
    "story.sections",
    SEPARATOR,
    "story.changes",
    "story.changes_seen",
    "story.copies",
    SEPARATOR,
    "story.export",
    SEPARATOR,
    "library.refresh",
)
SEPARATED = frozenset(
    {
        "library.refresh",
        "story.export",
        "app.settings",
        "app.quit",
        "edit.copy",
        "edit.choose_all",
        "edit.find",
        "view.side",
        "view.larger",
        "go.next_story",
        "go.next_issue",
        "go.all",
        "go.pane_right",
        "go.back",
        "story.issue_read",
        "story.tags",
        "story.open",
        "view.pictures",
        "story.merge",
        "story.corrections",
        "story.hide_section",
        "story.changes",
        "help.about",
    }
)
"""The actions that begin a new group in their menu."""

MORE_KEYS: tuple[tuple[str, str], ...] = (
    ("`↓` `↑`", "Next and previous line of a list; scroll the page"),
    ("`Shift` or `Ctrl` with a click or an arrow", "Choose several stories"),
    ("`Tab`", "Next part of the window"),
)
"""Keys that belong to no action of ours, for the table of keys."""


class Actions:
    """The window's actions, by their ids."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        self.specs = {spec.id: spec for spec in ACTIONS}
        self._actions = {spec.id: _action(spec, window) for spec in ACTIONS}
        for key, action in self._actions.items():
            handler = handlers[key]
            action.triggered.connect(lambda _checked=False, run=handler: run())
            window.addAction(action)

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def set_keys(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Give every action the keys chosen for it, else its own."""
        for key, sequences in keys_in_force(chosen).items():
            self._actions[key].setShortcuts([QKeySequence(sequence) for sequence in sequences])
            self._set_tip(key)

    def enable(self, met: frozenset[Need]) -> None:
        """Enable the actions whose needs are met."""
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(spec.needs is None or spec.needs in met)

    def turn(self, key: str, *, on: bool) -> None:
        """Say what an action would do now: star, or take the star back."""
        spec = self.specs[key]
        text = spec.text_on if on else spec.text
        if self._actions[key].text() != text:
            self._actions[key].setText(text)
            self._set_tip(key)

    def _set_tip(self, key: str) -> None:
        action = self._actions[key]
        words = action.text().replace("&", "").rstrip("…").capitalize()
        keys = [shown(sequence) for sequence in action.shortcuts()]
        action.setToolTip(f"{words} ({', '.join(keys)})" if keys else words)


def keys_in_force(chosen: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the keys of every action: those chosen, else its own."""
    return {spec.id: tuple(chosen.get(spec.id, spec.keys)) for spec in ACTIONS}


def conflicts(keys: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return what cannot be told apart: (action id, other action id, key).

    A sequence that is the beginning of another one ("G" and "G, U") counts too.
    """
    pairs = [(key, QKeySequence(text)) for key, texts in keys.items() for text in texts]
    return [
        (one, other, sequence.toString())
        for i, (one, sequence) in enumerate(pairs)
        for other, second in pairs[i + 1 :]
        if _collide(sequence, second)
    ]


def key_table() -> str:
    """Return all keys as a table in Markdown, menu by menu."""
    ours = [(" or ".join(_marked(key) for key in spec.keys), spec.told) for spec in _by_use() if spec.keys]
    lines = [f"| {keys} | {words} |" for keys, words in (*ours, *MORE_KEYS)]
    return "\n".join(["| Keys | |", "| --- | --- |", *lines, ""])


def shown(sequence: QKeySequence) -> str:
    """Return a key sequence as people of this platform write it: "G U" for "G, U"."""
    text: str = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace(", ", " ")


def _action(spec: ActionSpec, window: QObject) -> QAction:
    action = QAction(spec.text, window)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    action.setAutoRepeat(spec.repeats)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
    return action


def _by_use() -> list[ActionSpec]:
    order = (GO, STORY, EDIT, VIEW, FILE, HELP)
    return sorted(ACTIONS, key=lambda spec: order.index(spec.menu))


def _marked(keys: str) -> str:
    return " then ".join(f"`{key}`" for key in keys.split(", "))


def _collide(one: QKeySequence, other: QKeySequence) -> bool:
    length = min(one.count(), other.count())
    # PySide's stubs do not know that a sequence can be indexed.
    pressed, others = cast("Sequence[object]", one), cast("Sequence[object]", other)
    return length > 0 and all(pressed[i] == others[i] for i in range(length))


_ROLES = {
    "app.settings": QAction.MenuRole.PreferencesRole,
    "app.quit": QAction.MenuRole.QuitRole,
    "help.about": QAction.MenuRole.AboutRole,
}
