"""What a newsletter's issues learn from one another: from the import on, visibly, and until it is reset."""

import pytest

from reader.services import forms
from reader.services.importing import import_paths

THIN = (
    "Hello from the quay. It rained, and little came in.\n\n## News\n\n- [Tar](https://e.org/tar), by Ann\n"
)
ESSAY = "The tide came in slowly, as it does when nobody waits for it and the moon is far. " * 20


@pytest.fixture
def letters(tmp_path):
    """A folder with three issues that are lists under headings."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in (1, 2, 3):
        items = "".join(f"- [{name} {number}](https://e.org/{name}{number}), by Joe\n" for name in NAMES)
        write(folder, number, f"## News\n\n{items}\n## Tools\n\n{items.replace('[', '[Old ')}")
    return folder


NAMES = ("Oars", "Sails", "Ropes")


def write(folder, number, text):
    path = folder / f"issue-{number}.md"
    head = f"---\ntitle: 'The Boat {number}: News'\ndate: 2020-01-{number:02}\n---\n\n"
    path.write_text(head + text, encoding="utf-8")
    return path


def told(library, number):
    return [row.title for row in library.stories(issue=f"the-boat/{number}")]


def learnt(library):
    (one,) = forms.learnt(library)
    return one


def test_an_odd_issue_is_split_in_the_company_of_those_that_came_with_it(library, letters):
    write(letters, 4, THIN)
    write(letters, 5, ESSAY)
    import_paths(library, [letters])

    assert told(library, 4) == ["Tar"]
    assert len(told(library, 5)) == 1
    assert learnt(library) == forms.Learnt(
        "the-boat",
        "The Boat",
        "headings: items",
        5,
        helped=("the-boat/4",),
        odd=("the-boat/5",),
        alone=False,
    )


def test_an_issue_that_comes_later_is_split_in_company_at_once(library, letters, monkeypatch):
    import_paths(library, [letters])
    write(letters, 4, THIN)
    monkeypatch.setattr(forms, "split_page", None)  # nothing is split a second time

    import_paths(library, [letters])

    assert told(library, 4) == ["Tar"]
    assert learnt(library).helped == ("the-boat/4",)


def test_what_came_before_the_form_was_known_is_split_when_it_is(library, letters):
    later = [(letters / f"issue-{number}.md").rename(letters.parent / f"{number}.md") for number in (2, 3)]
    write(letters, 4, THIN)
    import_paths(library, [letters])
    assert told(library, 4) == ["The Boat 4: News"]
    assert learnt(library).form == ""

    (star,) = library.stories(issue="the-boat/4")
    library.star([star.key], starred=True).result()
    import_paths(library, later)

    assert told(library, 4) == ["Tar"]
    (starred,) = library.stories(starred=True)
    assert starred.title == "Tar"


def test_an_issue_that_stays_odd_is_looked_at_once(library, letters, monkeypatch):
    write(letters, 5, ESSAY)
    import_paths(library, [letters])
    assert learnt(library).odd == ("the-boat/5",)
    monkeypatch.setattr(forms, "split_page", None)

    write(letters, 6, (letters / "issue-1.md").read_text().partition("\n\n")[2])
    import_paths(library, [letters])

    assert learnt(library).issues == 5


def test_what_was_learnt_can_be_forgotten_and_learnt_again(library, letters):
    write(letters, 4, THIN)
    import_paths(library, [letters])

    assert forms.forget(library, "the-boat") == {"the-boat/4"}
    assert told(library, 4) == ["The Boat 4: News"]
    assert (learnt(library).alone, learnt(library).helped) == (True, ())

    write(letters, 7, THIN.replace("Tar", "Pitch"))
    import_paths(library, [letters])
    assert told(library, 7) == ["The Boat 7: News"]

    assert forms.learn(library, "the-boat") == {"the-boat/4", "the-boat/7"}
    assert told(library, 4) == ["Tar"]
    assert not learnt(library).alone


def test_splitting_the_odd_ones_can_be_stopped(library, letters):
    write(letters, 4, THIN)
    import_paths(library, [letters])
    library.set_split_alone("the-boat", alone=True).result()

    assert forms.split_odd(library, ["the-boat"], lambda: True) == frozenset()
    assert told(library, 4) == ["Tar"]
