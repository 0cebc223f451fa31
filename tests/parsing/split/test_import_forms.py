"""One newsletter in the four forms that exports give it: each comes to the same five stories."""

import pytest

from reader.model import Kind, Mark
from reader.parsing.html import html_blocks
from reader.parsing.markdown import markdown_blocks
from reader.parsing.source import mended
from reader.parsing.split import split

TITLE = "Harbour Letter 12: Cranes; tide tables; a quiet lock"

STRIPPED = """### Harbour Letter 12: Cranes; tide tables; a quiet lock

Cranes: Taller than they look:&hellip;It turns out that height is mostly rope&hellip;The port has measured its cranes again. They grew.

The rope question: However, rope stretches in the sun.&nbsp;

Why this matters &ndash; more than height: In summer the reach of a crane changes, they write.Read more:How Rope Stretches (Harbour Press).

###################################################

Tide tables leave paper:&hellip;Print VS pocket&hellip;The tide office prints its last table this year.

Why this matters: Pockets are wet.&nbsp; Read more:The last table (tide office, official site).####################

Can a lock be quiet? Engineers think so:&hellip;Rubber, meet water&hellip;A lock without noise opened on Monday, a keeper told the Gazette.How loud was it? Nobody could say. Get the data for the lock here (GitHub).&nbsp; Read the paper:A Silent Gate (PDF).

###################################################

Buoys learn to talk:&hellip;They have much to say&hellip;The first buoy that rep&hellip;"""

MARKDOWN = """Welcome to the Harbour Letter. If you like it, please subscribe.

**Cranes: Taller than they look:**
*…It turns out that height is mostly rope…*

The port has measured its cranes again. They grew.

**The rope question:**

However, rope stretches in the sun.

**Read more:**

[How Rope Stretches (Harbour Press)](https://example.org/rope)

.

\\*\\*\\*

**Tide tables leave paper:**
*…Print VS pocket…*

The tide office prints its last table this year.

**Why this matters:**

Pockets are wet.

**Tech Tales:



The Lamp**
*[North quay, 2040]*

The lamp was the last to be told.

**Things that inspired this story:**

Fog; lamps.

*Thanks for reading!*
"""

HTML = """<p>Welcome to the Harbour Letter. If you like it, please subscribe.</p>
<p><strong>Cranes: Taller than they look:<br /></strong><em>…It turns out that height is mostly rope…<br /></em>The port has measured its cranes again. They grew.</p>
<p><strong>The rope question:</strong> However, rope stretches in the sun.<br /><strong>   Read more:</strong> <a href="https://example.org/rope">How Rope Stretches (Harbour Press)</a>.</p>
<p>***</p>
<p><strong>Tide tables leave paper:<br /></strong><em>…Print VS pocket…</em>The tide office prints its last table this year.</p>
<p><strong>Why this matters: </strong>Pockets are wet.</p>
<p>***<br /><strong>Tech Tales:<br /></strong><br /><strong>The Lamp<br /></strong><em>[North quay, 2040]</em></p>
<p>The lamp was the last to be told.</p>
<p><strong>Things that inspired this story: </strong>Fog; lamps.</p>
<p><em>Thanks for reading!<br /></em></p>"""

TURNED = """Welcome to the Harbour Letter. If you like it, please subscribe.

**  \nCranes: Taller than they look:  \n**_…It turns out that height is mostly rope…  \n_ The port has measured its cranes again. They grew.   \n  \n**The rope question** : However, rope stretches in the _Gazette_ sun.   \n  \n**Read more:** [How Rope Stretches (Harbour Press)](https://example.org/rope).   \n  \n***  \n  \n **Tide tables leave paper:  \n**_…Print VS pocket…  \n_ The tide office prints its last table this _year.  \n  \n_**Why this matters:** Pockets are wet.  \n  \n***  \n  \n **Tech Tales:  \n  \nThe Lamp   \n** _[North quay, 2040]  \n  \n_ The lamp was the last to be told.   \n  \n**Things that inspired this story** : Fog; lamps.
"""

FORMS = {
    "markdown": lambda: markdown_blocks(mended(MARKDOWN)),
    "html": lambda: html_blocks(HTML),
    "turned": lambda: markdown_blocks(mended(TURNED)),
}


@pytest.fixture
def stripped():
    return split(markdown_blocks(mended(STRIPPED)), TITLE)


def test_an_issue_whose_markup_was_stripped_opens_into_its_stories(stripped):
    assert [(piece.title, piece.dek) for piece in stripped.stories] == [
        ("Cranes: Taller than they look:", "…It turns out that height is mostly rope…"),
        ("Tide tables leave paper:", "…Print VS pocket…"),
        ("Can a lock be quiet? Engineers think so:", "…Rubber, meet water…"),
        ("Buoys learn to talk:", "…They have much to say…"),
    ]


def test_run_in_headings_are_found_where_their_type_was_lost(stripped):
    leads = [run.text for block in stripped.blocks for run in block.runs if run.marks & Mark.LEAD]
    assert leads == [
        "The rope question:",
        "Why this matters – more than height:",
        "Why this matters:",
        "How loud was it?",
    ]


def test_sources_are_found_where_their_links_were_lost(stripped):
    assert [block.text for block in stripped.blocks if block.kind is Kind.SOURCE] == [
        "Read more: How Rope Stretches (Harbour Press).",
        "Read more: The last table (tide office, official site).",
        "Get the data for the lock here (GitHub).",
        "Read the paper: A Silent Gate (PDF).",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_comes_to_the_same_stories(form):
    found = split(FORMS[form](), TITLE).stories
    assert [(piece.title, piece.dek, piece.section) for piece in found] == [
        ("Cranes: Taller than they look:", "…It turns out that height is mostly rope…", ""),
        ("Tide tables leave paper:", "…Print VS pocket…", ""),
        ("The Lamp", "[North quay, 2040]", "Tech Tales"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_welcome_and_the_thanks_are_in_no_story(form):
    found = split(FORMS[form](), TITLE)
    whole = "\n".join(block.text for block in found.blocks)
    inside = "".join(whole[piece.start : piece.end] for piece in found.stories)
    assert "Welcome" in whole
    assert "Welcome" not in inside
    assert "Thanks for reading" not in inside


@pytest.mark.parametrize("form", FORMS)
def test_each_form_keeps_its_source_as_a_block_of_its_own(form):
    found = split(FORMS[form](), TITLE)
    sources = [block for block in found.blocks if block.kind is Kind.SOURCE]
    assert [block.text for block in sources] == ["Read more: How Rope Stretches (Harbour Press)."]
    assert {run.href for run in sources[0].runs} == {"", "https://example.org/rope"}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_its_run_in_headings_at_the_head_of_a_paragraph(form):
    found = split(FORMS[form](), TITLE)
    opened = {block.text for block in found.blocks if block.runs and block.runs[0].marks & Mark.LEAD}
    assert "Why this matters: Pockets are wet." in opened
    assert any(text.startswith("The rope question") and "However, rope" in text for text in opened)
