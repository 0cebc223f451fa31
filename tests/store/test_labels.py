import make
import pytest

from reader.store.labels import label, summary, without_label


@pytest.mark.parametrize(
    ("title", "number", "name", "rest"),
    [
        (
            "Import AI 219: Climate change and function words",
            "219",
            "Import AI",
            "Climate change and function words",
        ),
        ("Issue #132", "132", "The Letter", ""),
        ("The Letter – Issue 7 – Fonts", "7", "The Letter", "Fonts"),
        ("科技周刊（第 129 期）：创业的两种方式", "129", "科技周刊", "创业的两种方式"),
        ("第 12 期", "12", "周刊", ""),
        ("[Import AI #007] Robots", "7", "Import AI", "Robots"),
        ("Chips in 219 words", "219", "Import AI", "Chips in 219 words"),
        ("Import AI 2190: Later", "219", "Import AI", "Import AI 2190: Later"),
        ('Import AI 219: "Chips" (and more)', "219", "Import AI", '"Chips" (and more)'),
        ("The Letter (C++) 5 | Speed", "5", "The Letter (C++)", "Speed"),
    ],
)
def test_the_summary_is_the_title_without_the_label(title, number, name, rest):
    assert without_label(title, number, [name]) == rest


def test_a_title_that_says_nothing_more_gives_way_to_the_stories():
    assert summary("Import AI 219", "219", ["Import AI"], ["Chips", "Boats"]) == "Chips; Boats"
    assert summary("A walk in the park", "", ["Essays"], ["Chips", "Boats"]) == "Chips; Boats"


def test_a_summary_is_one_line_of_some_length():
    assert len(summary("", "", [], ["word " * 100])) == 200
    assert summary("", "", [], ["two\nlines"]) == "two lines"


def test_an_issue_without_a_number_is_called_by_its_title():
    assert label("Import AI", "219", "") == "Import AI 219"
    assert label("Essays", "", "A walk in the park") == "A walk in the park"


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path)
    yield opened
    opened.close()


def line(library, *stories, **more):
    library.put(make.issue(stories, **more)).result()
    (row,) = library.issues()
    return row.label, row.summary


def test_a_list_of_stories_has_their_titles_as_they_are_shown(library):
    stories = [make.story("Chips close:"), make.story("Boats"), make.story("船："), make.story(":")]

    assert line(library, *stories, title="Import AI 219") == ("Import AI 219", "Chips close; Boats; 船")


def test_an_issue_called_by_its_title_tells_its_newsletter_first(library):
    said = line(library, "Chips", "Boats", newsletter="Smol", number="", title="Not much today")

    assert said == ("Not much today", "Smol · Chips; Boats")
    library.rename_newsletter("smol", "Small").result()
    assert library.issues()[0].summary == library.issue_rows([library.issues()[0].key])[0].summary
    assert library.issues()[0].summary == "Small · Chips; Boats"


@pytest.mark.parametrize(("dek", "said"), [("…a dek…", "a dek"), ("", "It begins with words.")])
def test_one_story_called_as_its_issue_is_not_said_twice(library, dek, said):
    story = make.story("A walk", "It begins with words.", dek=dek)

    assert line(library, story, newsletter="Essays", number="", title="A walk") == (
        "A walk",
        f"Essays · {said}",
    )
