import hashlib
from pathlib import Path

from reader.importers import importers
from reader.model import ImporterError, RawIssue, State
from reader.services import finding
from reader.services.importing import import_issues, import_paths


def raw(number, text="Words.", **more):
    items = "".join(
        f"<li><a href='https://example.com/{number}/{n}'>Boat {n}</a>: {text}</li>" for n in "abc"
    )
    html = f"<h2>News</h2><ul>{items}</ul>"
    known = {
        "location": f"https://boats.example/{number}",
        "markup": "html",
        "newsletter": "The Boat",
        "meta": (("title", f"The Boat {number}"), ("date", f"2024-01-0{number}"), ("author", "Ada")),
        "digest": hashlib.sha256(html.encode()).hexdigest(),
    }
    return RawIssue(**{"name": str(number), "text": html} | known | more)


def test_issues_in_hand_come_in_with_what_is_known_of_them(library):
    report = import_issues(library, [raw(1), raw(2)])

    assert (report.added, report.problems) == (2, ())
    newest, _ = library.issues()
    assert (newest.label, newest.published, newest.stories) == ("The Boat 2", "2024-01-02", 3)
    assert library.outline(newest.key).issue.author == "Ada"


def test_the_same_again_is_unchanged_and_another_text_is_an_update(library):
    import_issues(library, [raw(1), raw(2)])

    assert import_issues(library, [raw(1), raw(2)]).unchanged == 2
    again = import_issues(library, [raw(1), raw(2, "Other words than those of before.")])
    assert (again.added, again.updated, again.unchanged) == (0, 1, 1)


def test_issues_belong_to_the_newsletter_whose_key_they_have(library):
    import_issues(library, [raw(1)])
    library.rename_newsletter("the-boat", "Boats").result()

    import_issues(library, [raw(2, newsletter="Other", newsletter_key="the-boat")])

    assert [row.newsletter for row in library.issues()] == ["the-boat", "the-boat"]


def test_what_was_done_with_an_issue_elsewhere_its_stories_get(library):
    starred = State(starred=True, starred_at="2024-02-03T04:05:06Z", tags=("wood",))
    import_issues(library, [raw(1)])
    first = library.stories()[0].key
    library.tag([first], "oak", present=True).result()
    library.mark_read([first], read=True).result()

    import_issues(library, [raw(1, location="starred.json::1", state=starred, digest="1" * 64), raw(2)])

    stories = library.stories(starred=True)
    assert [row.state.starred_at for row in stories] == ["2024-02-03T04:05:06Z"] * 3
    assert stories[0].state.tags == ("oak", "wood")
    assert stories[0].state.read
    assert [row.issue for row in stories] == ["the-boat/1"] * 3


def test_what_is_unstarred_here_stays_so_when_the_same_comes_again(library):
    one = raw(1, state=State(starred=True))
    import_issues(library, [one])
    library.star([row.key for row in library.stories()], starred=False).result()

    import_issues(library, [one])

    assert library.stories(starred=True) == []


def test_an_issue_that_is_said_to_be_one_story_is_one_and_stays_one(library):
    from reader.services.resplitting import resplit

    one = raw(1)
    import_issues(library, [one._replace(meta=(*one.meta, ("one_story", "true")))])
    resplit(library)

    assert [row.title for row in library.stories()] == ["The Boat 1"]


class Mailbox:
    """A collection that a test made up: a file whose lines are issues."""

    name = "lines"
    reads_any = False

    def __init__(self):
        self.alive = 0
        self.most = 0

    def accepts(self, location):
        return location.endswith(".lines")

    def issues(self, location, report):
        with Path(location).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.startswith("!"):
                    report(ImporterError("This line says nothing.", location))
                else:
                    yield raw(number, line, location=f"{location}::{number}")


def test_a_collection_comes_in_issue_by_issue_and_what_cannot_be_read_is_told(library, tmp_path, monkeypatch):
    found = importers() | {"lines": Mailbox()}
    monkeypatch.setattr(finding, "importers", lambda: found)
    monkeypatch.setattr(finding, "_TOGETHER", 2)
    path = tmp_path / "box.lines"
    path.write_text(
        "Oars are long.\n!\nSails are wide.\nRopes are strong.\nTar is black.\n", encoding="utf-8"
    )

    report = import_paths(library, [path])

    assert (report.added, [problem.reason for problem in report.problems]) == (4, ["This line says nothing."])
    assert import_paths(library, [path]).unchanged == 4


def test_of_a_folder_each_importer_reads_its_own(library, tmp_path, monkeypatch):
    class Folders(Mailbox):
        def accepts(self, location):
            return Path(location) == tmp_path / "letters"

        def issues(self, location, report):
            yield raw(9, location=f"{location}/box.lines::9")

    found = importers() | {"lines": Folders()}
    monkeypatch.setattr(finding, "importers", lambda: found)
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "one.md").write_text("# The Oar 1\n\nWords.\n", encoding="utf-8")

    assert import_paths(library, [letters]).added == 2
