"""What is pasted: addresses, pages, formatted texts, Markdown and plain words."""

import pytest
from sites import HOME, Web, page

from reader.model import ImporterError
from reader.model.fetched import FetchError
from reader.services.importing import import_issues
from reader.services.pasting import address_in, page_at, paste

MARKDOWN = """# The Boat 7

Welcome.

## [Oars](https://example.com/oar)

Oars are long, and this one is the longest of all that were ever made by hand.

## [Sails](https://example.com/sail)

Sails are wide, and this one is the widest of all that were ever sewn in a day.

## [Tar](https://example.com/tar)

Tar is black, and this one is the blackest of all that were ever boiled in a pot.
"""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://boats.example/feed", "https://boats.example/feed"),
        ("  http://boats.example \n", "http://boats.example"),
        ("<https://boats.example/a?b=c#d>", "https://boats.example/a?b=c#d"),
        ("boats.example", "https://boats.example"),
        ("www.boats.example/letters", "https://www.boats.example/letters"),
        ("boats.substack.com", "https://boats.substack.com"),
        ("feed://boats.example/rss", "https://boats.example/rss"),
        ("feed:http://boats.example/rss", "http://boats.example/rss"),
        ("http://localhost:8000/feed", "http://localhost:8000/feed"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("https://ada:secret@boats.example/feed", "https://ada:secret@boats.example/feed"),
        ("https://боты.example/лента", "https://боты.example/лента"),
        ("", ""),
        ("Oars", ""),
        ("Oars are long.", ""),
        ("https://a.example https://b.example", ""),
        ("see https://a.example", ""),
        ("ada@boats.example", ""),
        ("mailto:ada@boats.example", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("notes.md", ""),
        ("3.14", ""),
        ("1.2.3", ""),
        ("https://" + "a" * 10_000 + ".example", ""),
    ],
)
def test_a_text_that_is_just_an_address_is_told_apart(text, address):
    assert address_in(text) == address


def titles(library):
    return [row.title for row in library.stories()]


def test_markdown_becomes_an_issue_of_its_stories(library):
    report = paste(library, MARKDOWN)

    assert (report.added, report.problems) == (1, ())
    (issue,) = library.issues()
    assert [row.name for row in library.newsletters()] == ["Pasted"]
    assert library.outline(issue.key).issue.title == "The Boat 7"
    assert titles(library) == ["Oars", "Sails", "Tar"]
    assert issue.published


def test_the_same_text_twice_is_one_issue(library):
    paste(library, MARKDOWN)
    before = library.issues()

    again = paste(library, MARKDOWN)

    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    assert library.issues() == before


def test_two_texts_of_one_title_are_two_issues(library):
    paste(library, MARKDOWN)
    paste(
        library,
        "# The Boat 7\n\nQuite another text, which has nothing at all to do with the first of them.\n",
    )

    assert len(library.issues()) == 2


def test_what_was_formatted_keeps_its_links_and_headings(library):
    html = (
        "<html><body><!--StartFragment--><h2>Oars</h2><p>Oars are long: <a href='https://example.com/oar'>this"
        " one</a>.</p><h2>Sails</h2><p>Sails are wide: <a href='https://example.com/sail'>this one</a>.</p>"
        "<!--EndFragment--></body></html>"
    )

    paste(library, "Oars\nOars are long: this one.\nSails\nSails are wide: this one.", html)

    assert library.outline(library.issues()[0].key).issue.title == "Oars"
    links = [link.url for row in library.stories() for link in library.page(row.key).story.links]
    assert links == ["https://example.com/oar", "https://example.com/sail"]


def test_what_a_program_for_code_coloured_is_read_as_the_markdown_it_is(library):
    html = "<div style='white-space: pre'><p><span style='color: red'># The Boat 7</span></p></div>"

    paste(library, MARKDOWN, html)

    assert titles(library) == ["Oars", "Sails", "Tar"]


def test_html_as_text_is_html(library):
    paste(library, "<h2>Oars</h2>\n<p>Oars are long.</p>\n<h2>Sails</h2>\n<p>Sails are wide.</p>")

    text = "".join(block.text for block in library.whole(library.issues()[0].key).blocks)
    assert "<h2>" not in text


def test_only_html_is_enough(library):
    assert paste(library, "", "<p>Oars are long.</p>").added == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Oars are long.\nSails are wide.", "Oars are long."),
        ("\n\n  - Oars first\n- Sails then", "Oars first"),
        ("word " * 60, ("word " * 16).strip() + "…"),
        ("---\ntitle: Said\n---\n\nOars are long.", "Said"),
        ("Before it.\n\n## Oars\n\nLong.", "Oars"),
    ],
)
def test_its_title_is_the_first_heading_or_line(library, text, title):
    paste(library, text)

    assert library.outline(library.issues()[0].key).issue.title == title


@pytest.mark.parametrize(
    ("text", "html", "reason"),
    [
        ("", "", "There is no text to paste."),
        (" \n\t", "<p> </p><img src='x'>", "There is no text to paste."),
        ("--- *** ---", "", "There is no text to paste."),
        ("\0" * 50 + "PNG", "", "This is data and not a text."),
        ("x" * 20_000_001, "", "This is too long to be pasted: up to 20 million characters are read."),
    ],
)
def test_what_is_no_text_is_told_in_a_sentence(library, text, html, reason):
    report = paste(library, text, html)

    assert [problem.reason for problem in report.problems] == [reason]
    assert library.issues() == []


def test_the_page_at_an_address_can_be_saved(library):
    web = Web({f"{HOME}/issues/4": page(4), f"{HOME}/data": "{}"})

    raw = page_at(f"{HOME}/issues/4", web)
    import_issues(library, [raw])

    (issue,) = library.issues()
    assert library.outline(issue.key).issue.url == f"{HOME}/issues/4"
    assert [row.name for row in library.newsletters()] == ["The Boat"]
    with pytest.raises(ImporterError):
        page_at(f"{HOME}/data", web)
    with pytest.raises(FetchError):
        page_at(f"{HOME}/nothing", web)
