"""What other programs export: each comes in whole, with its states, or is refused in words."""

import json
import time
import zipfile

import exports
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers import importers
from reader.importers.exports import zips
from reader.importers.exports.items import time_of
from reader.importers.exports.posts import html_of_post
from reader.importers.tags import tags
from reader.model import ImporterError, State
from reader.parsing import parse

KINDS = ("bookmarks", "omnivore", "saved", "starred", "substack", "wordpress")


def read(kind, path):
    """The issues of a file, and the sentences that were told of it."""
    importer, told = importers()[kind], []
    assert importer.accepts(str(path))
    issues = list(importer.issues(str(path), told.append))
    assert all(isinstance(error, ImporterError) and error.location == str(path) for error in told)
    return issues, [str(error) for error in told]


def written(tmp_path, text, name="file"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# WordPress


def test_a_post_of_wordpress_is_an_issue(tmp_path):
    issues, told = read("wordpress", written(tmp_path, exports.wxr()))
    parsed = parse(issues[0])

    assert told == []
    assert (parsed.newsletter_name, parsed.issue.title) == ("The Boat", "Letter 1")
    assert (parsed.issue.author, parsed.issue.url) == ("Ada L.", "https://boat.example/1")
    assert parsed.issue.published == "2024-01-01T11:00:00+00:00"
    assert (parsed.issue.meta["categories"], parsed.issue.meta["tags"]) == ("News", "Oars, Tar")


def test_what_is_no_post_is_no_issue_and_drafts_are_told(tmp_path):
    items = [
        exports.wxr_item(1),
        exports.wxr_item(2, kind="page"),
        exports.wxr_item(3, kind="attachment", status="inherit"),
        exports.wxr_item(4, status="draft"),
        exports.wxr_item(5, status="future"),
        exports.wxr_item(6, status="trash"),
        exports.wxr_item(7, status="private"),
        exports.wxr_item(8, content="  "),
    ]
    issues, told = read("wordpress", written(tmp_path, exports.wxr(*items)))

    assert [dict(raw.meta)["title"] for raw in issues] == ["Letter 1", "Letter 7"]
    assert told == ["2 drafts were left out."]


def test_an_export_without_posts_says_so(tmp_path):
    path = written(tmp_path, exports.wxr(exports.wxr_item(kind="page")))

    assert read("wordpress", path) == ([], ["The export has no posts in it."])


def test_a_damaged_export_comes_in_to_where_it_is_damaged(tmp_path):
    whole = exports.wxr(exports.wxr_item(1), exports.wxr_item(2))
    issues, told = read("wordpress", written(tmp_path, whole[: whole.index("Letter 2")]))

    assert [dict(raw.meta)["title"] for raw in issues] == ["Letter 1"]
    assert told == ["The export is damaged in line 19; what stands before that was read."]


def test_signs_and_entities_that_xml_does_not_know_do_no_damage(tmp_path):
    text = exports.wxr(
        exports.wxr_item(title="Oars&nbsp;&amp; tar &unheard;", content="Wo\x08rds \x0b&nbsp;here")
    )
    issues, told = read("wordpress", written(tmp_path, text))

    assert told == []
    assert dict(issues[0].meta)["title"] == "Oars & tar &unheard;"
    assert parse(issues[0]).blocks[0].text == "Words here"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_an_export_may_be_in_another_encoding(tmp_path, encoding):
    declared = "iso-8859-1" if encoding.startswith("iso") else "UTF-8"
    text = exports.wxr(exports.wxr_item(title="Båt")).replace("UTF-8", declared)
    issues, told = read("wordpress", written(tmp_path, text.encode(encoding)))

    assert (dict(issues[0].meta)["title"], told) == ("Båt", [])


def test_entities_that_grow_are_refused(tmp_path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<rss '
    text = exports.wxr().replace("<rss ", bomb, 1)

    assert read("wordpress", written(tmp_path, text)) == (
        [],
        ["The file was left out: it defines entities, which no export does."],
    )


def paragraphs(tmp_path, content):
    issues, _ = read("wordpress", written(tmp_path, exports.wxr(exports.wxr_item(content=content))))
    return [block.text for block in parse(issues[0]).blocks]


def test_empty_lines_part_paragraphs_and_ends_of_lines_are_breaks(tmp_path):
    assert paragraphs(tmp_path, "One\ntwo.\r\n\r\nThree <a\nhref='https://a.example/'>four</a>.") == [
        "One\ntwo.",
        "Three four.",
    ]


def test_elements_stand_for_themselves_among_paragraphs(tmp_path):
    content = "Before\n<h2>Title</h2>\nAfter\n\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<pre>a\n\nb [x y='1']</pre>\nEnd"

    assert paragraphs(tmp_path, content) == [
        "Before",
        "Title",
        "After",
        "one",
        "two",
        "a\n\nb [x y='1']",
        "End",
    ]


def test_blocks_of_the_editor_are_taken_as_they_are(tmp_path):
    content = "<!-- wp:paragraph -->\n<p>One\ntwo.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list --><ul><li>a</li></ul><!-- /wp:list -->"

    assert paragraphs(tmp_path, content) == ["One two.", "a"]


def test_shortcodes_are_no_text(tmp_path):
    content = (
        "[vc_row width='1'][highlight]Bright[/highlight] words [sic] and [1], [[gallery]] too.[/vc_row]\n\n"
        "[gallery ids='1,2']\n\n[embed]https://film.example/1[/embed]\n\n[audio src='https://a.example/x.mp3']\n\n"
        "[code]if (a < b) [x]\n\ngo[/code]"
    )

    assert paragraphs(tmp_path, content) == [
        "Bright words [sic] and [1], [gallery] too.",
        "https://film.example/1",
        "https://a.example/x.mp3",
        "if (a < b) [x]\n\ngo",
    ]


def test_a_picture_keeps_its_caption(tmp_path):
    content = '[caption id="a" width="1"]<img src="https://a.example/x.png" alt="Oar"/> An <em>oar</em>[/caption]\n\nText'

    assert paragraphs(tmp_path, content) == ["\ufffc", "An oar", "Text"]


# Substack


def test_a_post_of_substack_is_an_issue(tmp_path):
    issues, told = read("substack", exports.substack(tmp_path / "x.zip"))
    parsed = parse(issues[0])

    assert told == []
    assert (parsed.issue.title, parsed.issue.number, parsed.newsletter_name) == (
        "The Boat 1",
        "1",
        "The Boat",
    )
    assert parsed.issue.published == "2024-01-01T11:00:00+00:00"
    assert parsed.issue.meta["subtitle"] == "About oars"
    assert [block.text for block in parsed.blocks] == ["Words of the letter."]


def test_drafts_of_substack_are_told_and_a_podcast_is_a_link(tmp_path):
    rows = [
        exports.substack_row(1),
        exports.substack_row(2, is_published="false"),
        exports.substack_row(3, post_id="3.sound", type="podcast", podcast_url="https://boat.example/3.mp3"),
        exports.substack_row(4, post_id="4.lost"),
    ]
    path = exports.substack(tmp_path / "x.zip", *rows, **{"posts/3.sound.html": "", "posts/4.lost.html": " "})
    issues, told = read("substack", path)

    assert [dict(raw.meta)["title"] for raw in issues] == ["The Boat 1", "The Boat 3"]
    assert parse(issues[1]).stories[0].links[0].url == "https://boat.example/3.mp3"
    assert told == ["One draft was left out."]


# Bookmarks


def test_bookmarks_are_an_issue_with_a_story_for_each(tmp_path):
    (raw,), told = read("bookmarks", written(tmp_path, exports.BOOKMARKS))
    stories = parse(raw).stories

    assert told == []
    assert [(story.section, story.title, story.url) for story in stories] == [
        ("", "Top & first", "https://top.example/"),
        ("Boats", "Oars", "https://oars.example/?a=1&b=2"),
        ("Boats", "tar.example/kettle", "https://tar.example/kettle"),
        ("Boats / Sails", "Canvas", "https://canvas.example/"),
    ]
    said = [block.text for block in stories[1].body(parse(raw).blocks)]
    assert said == ["How to carve them", "Tags: wood, sea", "Added 2020-09-13"]


def test_thousands_of_bookmarks_are_several_issues(tmp_path):
    links = "".join(f'<DT><A HREF="https://page.example/{n}">Page {n}</A>\n' for n in range(4_100))
    issues, _ = read(
        "bookmarks", written(tmp_path, exports.BOOKMARKS.replace("<DL><p>", f"<DL><p>{links}", 1))
    )

    assert [dict(raw.meta)["title"] for raw in issues] == ["Bookmarks", "Bookmarks (2)", "Bookmarks (3)"]
    assert sum(len(parse(raw).stories) for raw in issues) == 4_104


# Starred lists


def test_a_list_of_google_readers_kin_brings_stars_tags_and_what_was_read(tmp_path):
    items = [
        exports.starred_item(1, "starred", "read", starred=1_700_000_100),
        exports.starred_item(2),
        exports.starred_item(
            3, "fresh", categories=[], canonical=[], alternate=[{"href": "https://boat.example/3"}]
        ),
    ]
    issues, told = read("starred", written(tmp_path, exports.starred(*items)))
    first = parse(issues[0])

    assert told == []
    assert (first.newsletter_name, first.issue.title, first.issue.author) == (
        "The Boat",
        "The Boat 1",
        "Ada L.",
    )
    assert first.issue.published == "2023-11-14T22:13:20+00:00"
    assert [raw.state for raw in issues] == [
        State(read=True, starred=True, tags=("Wood",), starred_at="2023-11-14T22:15:00Z"),
        State(starred=True, tags=("Wood",)),
        State(starred=True),
    ]
    assert dict(issues[2].meta)["link"] == "https://boat.example/3"


def test_a_list_that_also_has_others_stars_only_those_that_are(tmp_path):
    text = exports.starred(exports.starred_item(1, "starred"), exports.starred_item(2))
    issues, _ = read(
        "starred",
        written(tmp_path, text.replace('"user/1/state/com.google/starred", "title"', '"x", "title"')),
    )

    assert [raw.state.starred for raw in issues] == [True, False]


def test_lists_of_feedbin_and_of_miniflux_come_in(tmp_path):
    entry = {"id": 1, "title": "The Boat 1", "url": "https://boat.example/1", "content": "<p>Words.</p>"}
    feedbin = [
        entry | {"published": "2024-01-01T11:00:00.000000Z", "author": None, "feed": {"title": "The Boat"}}
    ]
    miniflux = {
        "total": 1,
        "entries": [
            entry
            | {
                "published_at": "2024-01-01T11:00:00Z",
                "status": "read",
                "starred": False,
                "feed": {"title": "The Boat"},
            }
        ],
    }
    (one,), _ = read("starred", written(tmp_path, json.dumps(feedbin), "a"))
    (other,), _ = read("starred", written(tmp_path, json.dumps(miniflux), "b"))

    assert (one.state.starred, one.newsletter, one.text) == (True, "The Boat", "<p>Words.</p>")
    assert (other.state.starred, other.state.read) == (False, True)
    assert parse(one).issue.published == parse(other).issue.published == "2024-01-01T11:00:00+00:00"


def test_a_list_cut_off_comes_in_to_where_it_is(tmp_path):
    whole = exports.starred(exports.starred_item(1), exports.starred_item(2))
    issues, told = read("starred", written(tmp_path, whole[:-60]))

    assert [dict(raw.meta)["title"] for raw in issues] == ["The Boat 1"]
    assert told == ["The list is damaged; what stands before that was read."]


def test_a_star_that_is_new_in_the_next_export_is_another_digest(tmp_path):
    (before,), _ = read("starred", written(tmp_path, exports.starred(exports.starred_item(1)), "a"))
    (after,), _ = read("starred", written(tmp_path, exports.starred(exports.starred_item(1, "read")), "b"))

    assert before.digest != after.digest


# Saved pages


def test_pocket_keeps_tags_and_the_archive_is_read(tmp_path):
    rows = [
        exports.pocket_row(1),
        exports.pocket_row(2, status="archive", tags=""),
        exports.pocket_row(3, title="https://page.example/3"),
        exports.pocket_row(4, url="about:blank"),
    ]
    issues, told = read("saved", written(tmp_path, exports.table(*rows)))

    assert told == []
    assert [raw.state for raw in issues] == [
        State(tags=("sea", "wood")),
        State(read=True),
        State(tags=("sea", "wood")),
    ]
    assert [dict(raw.meta)["title"] for raw in issues] == ["Page 1", "Page 2", "page.example/3"]
    (story,) = parse(issues[0]).stories
    assert (story.title, story.links[0].url) == ("Page 1", "https://page.example/1")
    assert parse(issues[0]).newsletter_name == "Pocket"


def test_pocket_in_its_archive_and_in_its_older_page(tmp_path):
    table = exports.table(exports.pocket_row(1))
    packed = exports.zipped(
        tmp_path / "pocket.zip",
        {"part_000000.csv": table, "part_000001.csv": exports.table(exports.pocket_row(2))},
    )
    page = (
        "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>"
        '<li><a href="https://a.example/" time_added="1600000000" tags="wood,sea">One &amp; all</a></li></ul>'
        '<h1>Read Archive</h1><ul><li><a href="https://b.example/" time_added="1600000000" tags="">Two</a></li></ul>'
    )
    older, _ = read("saved", written(tmp_path, page))

    assert [dict(raw.meta)["title"] for raw in read("saved", packed)[0]] == ["Page 1", "Page 2"]
    assert [(dict(raw.meta)["title"], raw.state) for raw in older] == [
        ("One & all", State(tags=("sea", "wood"))),
        ("Two", State(read=True)),
    ]


def test_instapaper_and_raindrop_come_in(tmp_path):
    instapaper = exports.table(
        {
            "URL": "https://a.example/",
            "Title": "A",
            "Selection": "Words",
            "Folder": "Archive",
            "Timestamp": "1600000000",
        },
        {
            "URL": "https://b.example/",
            "Title": "B",
            "Selection": "",
            "Folder": "Starred",
            "Timestamp": "1600000000",
        },
        {"URL": "https://c.example/", "Title": "C", "Selection": "", "Folder": "Wood", "Timestamp": "0"},
    )
    raindrop = exports.table(
        {
            "id": "1", "title": "A", "note": "Mine", "excerpt": "About it", "url": "https://a.example/", "folder": "Unsorted",
            "tags": "wood, sea", "created": "2024-01-01T10:00:00.000Z", "cover": "", "highlights": "Highlight: x", "favorite": "true",
        }
    )  # fmt: skip
    ours, _ = read("saved", written(tmp_path, instapaper, "a"))
    (other,), _ = read("saved", written(tmp_path, raindrop, "b"))

    assert [raw.state for raw in ours] == [
        State(read=True, note="Words"),
        State(starred=True, starred_at="2020-09-13T12:26:40Z"),
        State(tags=("Wood",)),
    ]
    assert other.state == State(
        starred=True, starred_at="2024-01-01T10:00:00.000Z", tags=("sea", "wood"), note="Mine\n\nHighlight: x"
    )
    assert "About it" in other.text


def test_omnivore_brings_texts_labels_and_highlights(tmp_path):
    pages = [exports.omnivore_page(1, state="Archived"), exports.omnivore_page(2, labels=None)]
    files = {"highlights/page-1.md": "> Words\n", "content/page-2.html": ""}
    issues, told = read("omnivore", exports.omnivore(tmp_path / "x.zip", *pages, **files))

    assert told == []
    assert issues[0].state == State(read=True, tags=("sea", "wood"), note="> Words")
    assert issues[1].state == State()
    assert [block.text for block in parse(issues[0]).blocks] == ["Words of the page."]
    assert [block.text for block in parse(issues[1]).blocks] == ["What it is about", "page.example/2"]
    assert [len(parse(raw).stories) for raw in issues] == [1, 1]


def test_omnivore_is_read_unpacked_too(tmp_path):
    with zipfile.ZipFile(exports.omnivore(tmp_path / "x.zip", **{"highlights/page-1.md": "Mine"})) as archive:
        archive.extractall(tmp_path / "folder")
    (raw,), told = read("omnivore", tmp_path / "folder" / "metadata_0_to_20.json")

    assert (raw.state.note, told) == ("Mine", [])
    assert "Words of the page." in raw.text


def test_a_page_is_one_story_whatever_it_looks_like(tmp_path):
    text = "".join(f"<h2>Part {n}</h2><p>{'Words of it. ' * 30}</p>" for n in range(6))
    (raw,), _ = read("omnivore", exports.omnivore(tmp_path / "x.zip", **{"content/page-1.html": text}))

    assert len(parse(raw).stories) == 1


# Archives that are made to do harm


def test_a_path_out_of_the_archive_is_refused(tmp_path):
    for name in ("../posts/x.html", "/etc/posts/x.html", "C:/x.html"):
        path = exports.substack(tmp_path / "x.zip", **{name: "x"})
        assert read("substack", path) == (
            [],
            ["The zip archive was left out: its files name places outside of it."],
        )


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "_SMALL", 1_000_000)
    path = exports.substack(tmp_path / "x.zip", **{"posts/zeros.html": "0" * 3_000_000})
    issues, (told,) = read("substack", path)

    assert issues == []
    assert told.startswith("The zip archive was left out: it unpacks to ")


def test_an_archive_of_too_many_or_too_large_files_is_refused(tmp_path, monkeypatch):
    path = exports.substack(tmp_path / "x.zip")
    monkeypatch.setattr(zips, "_MOST_FILES", 1)
    assert read("substack", path)[1] == ["The zip archive has too many files: up to 1 are read."]
    monkeypatch.setattr(zips, "_MOST_FILES", 10)
    monkeypatch.setattr(zips, "_MOST_BYTES", 1)
    assert read("substack", path)[1] == ["The zip archive is too large: it unpacks to 0 GB."]


def test_a_file_that_lies_about_its_size_is_not_read_on(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "_MOST_OF_ONE", 1_000)
    rows = [exports.substack_row(1), exports.substack_row(2)]
    path = exports.substack(tmp_path / "x.zip", *rows, **{"posts/2.letter-2.html": "0" * 5_000})
    issues, told = read("substack", path)

    assert [dict(raw.meta)["title"] for raw in issues] == ["The Boat 1"]
    assert told == ["“posts/2.letter-2.html” is too large: up to 0 MB are read."]


def test_a_damaged_archive_says_so(tmp_path):
    path = exports.substack(tmp_path / "x.zip", exports.substack_row(1))
    data = bytearray(path.read_bytes())
    at = data.index(b"posts/1.letter-1.html") + 30
    data[at : at + 12] = bytes(12)
    path.write_bytes(data)
    issues, told = read("substack", path)

    assert issues == []
    assert told == ["The zip archive is damaged: “posts/1.letter-1.html” cannot be read."]


# Anything at all


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [
        (1_600_000_000, "2020-09-13T12:26:40Z"),
        ("1600000000123", "2020-09-13T12:26:40Z"),
        (1_600_000_000_123_456, "2020-09-13T12:26:40Z"),
        (0, ""),
        (-5, ""),
        ("", ""),
        (None, ""),
        ("never", ""),
        ("nan", ""),
        ("inf", ""),
        (True, ""),
        ([1], ""),
    ],
)
def test_a_time_is_read_in_any_unit(written_as, read_as):
    assert time_of(written_as) == read_as


def _samples(kind, folder):
    if kind == "wordpress":
        return exports.wxr(exports.wxr_item(1), exports.wxr_item(2)).encode()
    if kind == "bookmarks":
        return exports.BOOKMARKS.encode()
    if kind == "starred":
        return exports.starred(exports.starred_item(1), exports.starred_item(2)).encode()
    if kind == "saved":
        return exports.table(exports.pocket_row(1), exports.pocket_row(2)).encode()
    build = exports.substack if kind == "substack" else exports.omnivore
    return build(folder / "sample.zip").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_any_change_of_a_file_gives_issues_or_a_sentence(kind, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    whole = _samples(kind, folder)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    path = folder / "file"
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])
    told = []

    for raw in importers()[kind].issues(str(path), told.append):
        assert raw.text
        assert parse(raw).issue.title
    assert all(isinstance(error, ImporterError) and str(error).endswith(".") for error in told)


@pytest.mark.parametrize("kind", [*KINDS, "opml"])
@given(content=st.binary(max_size=300))
def test_any_bytes_give_issues_or_a_sentence(kind, content, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    told = []

    assert importers()[kind].accepts(str(path)) in (True, False)
    assert list(importers()[kind].issues(str(path), told.append)) or told
    assert all(isinstance(error, ImporterError) and str(error).endswith(".") for error in told)


@pytest.mark.parametrize(
    "post",
    [
        '[caption a="b"]' * 10_000 + "[/caption]",
        "[caption]<img><a>x" * 10_000,
        "[caption]<img " * 10_000 + "[/caption]",
        "[code]" * 30_000,
        "<pre>" * 30_000,
        "<code>" * 30_000 + "</code>",
        "x" + "</div> " * 20_000 + "y",
        "<" * 100_000,
        "[" * 100_000,
        "[a " + " " * 100_000,
        "\n" + " " * 100_000 + "x\n" + " " * 100_000,
    ],
)
def test_no_post_takes_longer_than_it_must(post):
    began = time.perf_counter()
    html_of_post(post)

    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "<a " + "b" * 500_000 + ">",
        "<a " + "=" * 500_000 + ">",
        "<a " + "b " * 200_000 + ">",
        '<a b="' * 50_000,
        "<a b='\"<" * 50_000,
        "<!--" * 100_000,
        "<" * 500_000,
    ],
)
def test_no_tags_take_longer_than_they_must(text):
    began = time.perf_counter()
    assert all(tag.name for tag in tags(text))

    assert time.perf_counter() - began < 5
