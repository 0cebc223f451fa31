import re
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from reader.paths import resource
from reader.ui.actions import (
    ACTIONS,
    ISSUE_MENU,
    MENUS,
    SEPARATED,
    SEPARATOR,
    STORY_MENU,
    TOOLBAR,
    conflicts,
    key_table,
    keys_in_force,
)

LOOK = {
    "Space": "go.page_on",
    "J": "go.next_story",
    "K": "go.previous_story",
    "N": "go.next_unread",
    "S": "story.star",
    "M": "story.read",
    "Shift+A": "story.issue_read",
    "O": "story.open",
    "Return": "story.open",
    "L": "story.links",
    "E": "story.export",
    "Ctrl+E": "story.export",
    "C": "edit.copy_markdown",
    "T": "story.tags",
    "'": "story.note",
    "/": "edit.find",
    "Ctrl+F": "edit.find",
    "Ctrl+K": "edit.search",
    "Ctrl+L": "edit.search",
    "G, U": "go.unread",
    "G, S": "go.starred",
    "G, A": "go.all",
    "[": "go.previous_issue",
    "]": "go.next_issue",
    "Left": "go.pane_left",
    "Right": "go.pane_right",
    "Ctrl++": "view.larger",
    "Ctrl+-": "view.smaller",
    "Ctrl+0": "view.normal",
    "F11": "view.zen",
    "F5": "library.refresh",
    "?": "help.keys",
    "Ctrl+Z": "edit.undo",
    "Ctrl+Shift+Z": "edit.redo",
    "Ctrl+O": "library.open_folder",
    "W": "view.whole",
    "Ctrl+Q": "app.quit",
    "Ctrl+,": "app.settings",
}


@pytest.mark.parametrize(("keys", "action"), LOOK.items())
def test_every_key_of_the_design_has_its_action(keys, action):
    spec = next(spec for spec in ACTIONS if spec.id == action)
    assert keys in spec.keys


def test_no_two_actions_share_a_key():
    assert conflicts(keys_in_force({})) == []


def test_a_key_that_begins_a_sequence_collides_with_it():
    assert conflicts({"a": ["G"], "b": ["G, U"]}) == [("a", "b", "G")]
    assert conflicts({"a": ["G, S"], "b": ["G, U"]}) == []


def test_every_key_is_one_that_qt_knows():
    for spec in ACTIONS:
        for keys in spec.keys:
            assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) == keys


def test_ids_are_unique_and_every_list_names_actions_that_exist():
    ids = [spec.id for spec in ACTIONS]
    assert len(ids) == len(set(ids))
    for listed in (TOOLBAR, STORY_MENU, ISSUE_MENU, SEPARATED):
        assert set(listed) - {SEPARATOR} <= set(ids)


@pytest.mark.parametrize("menu", MENUS)
def test_no_two_entries_of_a_menu_share_a_mnemonic(menu):
    mnemonics = [
        re.search("&(.)", spec.text)[1].lower() for spec in ACTIONS if spec.menu == menu and "&" in spec.text
    ]
    assert len(mnemonics) == len(set(mnemonics)), sorted(mnemonics)
    assert len(mnemonics) == len([spec for spec in ACTIONS if spec.menu == menu])


def test_every_icon_is_there():
    for spec in ACTIONS:
        assert not spec.icon or (resource("icons") / f"{spec.icon}.svg").is_file(), spec.icon


def test_the_table_of_keys_tells_every_key():
    table = key_table()
    for spec in ACTIONS:
        for keys in spec.keys:
            assert " then ".join(f"`{key}`" for key in keys.split(", ")) in table


def test_the_readme_tells_the_keys_that_the_program_has():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    between = readme.partition("table -->")[2].partition("<!-- end of keys")[0]
    assert between.strip() == key_table().strip()
