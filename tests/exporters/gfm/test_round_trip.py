"""Blocks written as Markdown and read again are the blocks they were, in their normal form."""

import string
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.exporters.gfm import blocks_markdown, normal_form
from reader.model import OBJECT, Block, Kind, Mark, Run
from reader.parsing.html import fragment_blocks
from reader.parsing.markdown import markdown_blocks

_WORDS = st.sampled_from(
    [
        "word",
        "it's",
        "“quoted”",
        "a_b",
        "snake_case_name",
        "_x_",
        "__init__",
        "*x*",
        "**",
        "*",
        "2*3",
        "1.",
        "12)",
        "--",
        "---",
        "-",
        "+",
        "#",
        "#tag",
        ">",
        ">>",
        "|",
        "a|b",
        "||",
        "&",
        "&amp;",
        "&copy;",
        "&#35;",
        "AT&T",
        "<b>",
        "</b>",
        "<br>",
        "<!--",
        "x",
        "<",
        "a<b",
        "a>b",
        "<3",
        "[",
        "]",
        "[x]",
        "[",
        "](",
        "[a](b)",
        "![",
        "!",
        "!x",
        "[^1]",
        "[1]:",
        "~",
        "~~",
        "~5",
        "~~x~~",
        "`",
        "``",
        "`x`",
        "\\",
        "\\\\",
        "\\*",
        "\\n",
        "=",
        "==",
        "===",
        ":",
        "::",
        ":x",
        ":---",
        "$x$",
        "{x}",
        "{:",
        "{%",
        "%}",
        "%%",
        "^",
        "@me",
        "(a)",
        "(c)",
        "...",
        "…",
        "—",
        "竖排",
        "日本語。",
        "「引」",
        "ספר",
        "ورق،",
        "🛶",
        "👩\u200d👩\u200d👧",
        "é",
        "İ",
        "ß",
        "http:",
        "https:/",
        "x@",
        "www",
        "example.org",
        "C:\\x",
        "5%",
        "#",
        "##",
        "1)",
        "2.5",
        "e.g.",
        "i.e.",
        "Q:",
        "A:",
        "yes/no",
    ]
)
# No whole addresses ("https://example.org", "me@example.org"): in plain text, readers make links of them.
_LETTERS = st.text(st.sampled_from(string.punctuation + "ab1 é竖ס。“—🛶"), min_size=1, max_size=6)
_PIECES = st.one_of(_WORDS, _WORDS, _LETTERS)
_TEXT = st.lists(_PIECES, min_size=1, max_size=5).map(" ".join)
_LINES = st.lists(_TEXT, min_size=1, max_size=3).map("\n".join)

_MARKS = st.builds(
    lambda marks: sum(marks, Mark.NONE),
    st.lists(
        st.sampled_from([m for m in Mark if m not in (Mark.NONE, Mark.LEAD)] + [Mark.BOLD, Mark.ITALIC] * 4),
        max_size=3,
        unique=True,
    ),
)
_URLS = st.sampled_from(
    [
        "https://example.org/",
        "https://example.org/a_b_c*d*?x=1&y=2&copy=3#f",
        "https://example.org/wiki/Boat_(paper)",
        "https://example.org/((a)",
        "https://example.org/a)b(",
        "https://example.org/a b",
        "https://example.org/%20x&amp;y",
        "https://example.org/<x>`y`|z\\w[1]",
        "https://example.org/竖?q=é",
        "mailto:me@example.org",
        "#part-two",
    ]
)
_RUNS = st.one_of(
    st.builds(Run, _LINES, _MARKS),
    st.builds(Run, _LINES, _MARKS),
    st.builds(Run, _TEXT, st.just(Mark.CODE)),
    st.builds(Run, _TEXT, _MARKS, _URLS),
    st.builds(lambda url: Run(url, href=url), _URLS),
    st.builds(
        lambda alt, marks, href: Run(OBJECT, marks, href, "pictures/a_(1).png", alt),
        st.one_of(st.just(""), _TEXT),
        _MARKS,
        st.one_of(st.just(""), _URLS),
    ),
    st.just(Run(" ")),
)
_LINE = st.lists(_RUNS, min_size=1, max_size=4).map(tuple)
_CODE = st.lists(
    st.sampled_from(
        [
            "x = 1",
            "",
            "  indented",
            "```",
            "````py",
            "# no heading",
            "- no list",
            "~~~",
            "<b>&amp;",
            "***",
            "\\",
            "竖",
        ]
    ),
    min_size=1,
    max_size=5,
).map("\n".join)


@st.composite
def _block(draw):
    kind = draw(
        st.sampled_from([Kind.PARAGRAPH] * 6 + [Kind.HEADING, Kind.CODE, Kind.TABLE, Kind.RULE, Kind.SOURCE])
    )
    quote, depth = draw(st.sampled_from([0, 0, 0, 1, 2])), draw(st.sampled_from([0, 0, 1, 1, 2, 3]))
    marker = draw(st.sampled_from(["", "-", "-", "1.", "2.", "7.", "[ ]", "[x]"])) if depth else ""
    place = {"quote": quote, "depth": depth, "marker": marker}
    if kind is Kind.CODE:
        return Block(
            kind, (Run(draw(_CODE)),), lang=draw(st.sampled_from(["", "python", "c++", "c#"])), **place
        )
    if kind is Kind.TABLE:
        width = draw(st.integers(2, 3))
        row = st.lists(st.one_of(st.just(()), _LINE), min_size=width, max_size=width).map(tuple)
        rows = tuple(draw(st.lists(row, min_size=1, max_size=3)))
        aligns = tuple(
            draw(st.lists(st.sampled_from(["", "left", "center", "right"]), min_size=width, max_size=width))
        )
        return Block(kind, rows=rows, aligns=aligns, **place)
    runs = () if kind is Kind.RULE else draw(_LINE)
    return Block(kind, runs, level=draw(st.integers(1, 6)) if kind is Kind.HEADING else 0, **place)


_BLOCKS = st.lists(_block(), min_size=1, max_size=5).map(tuple)

# GitHub has footnotes, but the other reader has not; GitHub itself has no definitions.
_LABELS = st.sampled_from(["1", "2", "a b", "note*"])
_CALLS = st.tuples(_RUNS, st.builds(lambda label: Run(label, Mark.SUPER, note=label), _LABELS))
_MORE = st.one_of(
    _block(),
    st.builds(lambda runs: Block(runs=runs), _CALLS),
    st.builds(
        lambda runs, label: Block(Kind.FOOTNOTE, runs, marker=label), _LINE, st.one_of(_LABELS, st.just(""))
    ),
    st.builds(lambda runs: Block(Kind.TERM, runs), _LINE),
    st.builds(lambda runs: Block(Kind.DEFINITION, runs), _LINE),
    st.builds(lambda runs: Block(Kind.CAPTION, runs), _LINE),
)
_ALL = st.lists(_MORE, min_size=1, max_size=6).map(tuple)
_SLOW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def github_blocks(text):
    """Read Markdown with another reader, which follows the specification that GitHub's follows."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.normalizeLink = reader.normalizeLinkText = str  # GitHub leaves an address as it is written.
    html = reader.render(text)
    for state, box in (("[ ]", "<input type=checkbox>"), ("[x]", "<input type=checkbox checked>")):
        html = html.replace(f"<li>{state} ", f"<li>{box}").replace(f"<li>\n<p>{state} ", f"<li><p>{box}")
    return fragment_blocks(html)


def without_nested_strikes(blocks):
    """Our own reader does not see "**~~_a_ b~~**": strikes in other marks that begin with yet another."""

    def mended(runs, kind):
        slant = Mark.BOLD | Mark.ITALIC
        return tuple(
            replace(run, marks=run.marks & ~Mark.STRIKE) if run.marks & slant or kind is Kind.CAPTION else run
            for run in runs
        )

    return tuple(
        replace(
            b,
            runs=mended(b.runs, b.kind),
            rows=tuple(tuple(mended(c, b.kind) for c in row) for row in b.rows),
        )
        for b in blocks
    )


def shown(blocks):
    return "\n".join(repr(block) for block in blocks)


def check(read, blocks):
    text = blocks_markdown(blocks)
    assert shown(read(text)) == shown(normal_form(blocks)), text


@_SLOW
@given(_BLOCKS)
def test_github_reads_what_was_written(blocks):
    check(github_blocks, blocks)


@_SLOW
@given(_ALL)
def test_the_normal_form_of_the_normal_form_is_itself(blocks):
    once = normal_form(blocks)

    assert shown(normal_form(once)) == shown(once)
    assert blocks_markdown(once) == blocks_markdown(blocks)


@_SLOW
@given(_ALL)
@example((Block(Kind.CAPTION, (Run("word _\nword"),)),))
def test_what_was_written_is_read_back(blocks):
    check(markdown_blocks, without_nested_strikes(blocks))
