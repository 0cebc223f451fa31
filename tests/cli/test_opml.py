import json

import exports
import pytest


@pytest.fixture
def opml(tmp_path):
    path = tmp_path / "list.opml"
    path.write_text(exports.OPML, encoding="utf-8")
    return path


def test_opml_import_follows_and_says_how_many(run, opml):
    assert run("opml", "import", opml) == ("3 newsletters followed.\n", "", 0)
    assert run("opml", "import", opml) == ("0 newsletters followed; 3 were followed already.\n", "", 0)


def test_opml_import_tells_what_it_left_out(run, opml):
    opml.write_text(exports.OPML.replace("http://tar.example/rss", "|~/tar.sh"), encoding="utf-8")

    assert run("opml", "import", opml) == (
        "2 newsletters followed.\n",
        "|~/tar.sh: This is no address of the web.\n",
        1,
    )


def test_opml_as_json(run, opml):
    told = [json.loads(line) for line in run("opml", "import", "--json", opml)[0].splitlines()]

    assert told[0] == {
        "address": "https://boat.example/feed",
        "newsletter": "the-boat",
        "name": "The Boat",
        "site": "https://boat.example/",
        "new": True,
    }
    out, _, status = run("opml", "export", "--json", opml.with_name("out.opml"))
    assert (status, [json.loads(line)["groups"] for line in out.splitlines()]) == (
        0,
        [["Boats", "Wood"], [], ["Boats"]],
    )


def test_opml_export_writes_what_is_followed(run, opml):
    assert run("opml", "export", "-") == ("", "No newsletters are followed.\n", 1)
    run("opml", "import", opml)
    out = opml.with_name("out.opml")

    assert run("opml", "export", out) == (f"3 newsletters written to {out}.\n", "", 0)
    assert run("opml", "export", "-")[0] == out.read_text(encoding="utf-8")


def test_what_is_no_list_is_refused(run, tmp_path):
    path = tmp_path / "letter.md"
    path.write_text("# Letter\n", encoding="utf-8")

    assert run("opml", "import", path) == ("", "This is no OPML file, for nothing in it says so.\n", 1)
    assert run("opml", "import", tmp_path / "nowhere") == ("", "It is no longer there.\n", 1)


def test_import_of_a_list_says_what_it_is_for(run, opml):
    out, err, status = run("import", opml)

    assert (out, status) == ("No issues came in.\n", 1)
    assert (
        "This is a list of 3 newsletters to follow, not of issues. To follow them: File › Follow a List,"
        " or tearsheet opml import FILE." in err
    )


@pytest.mark.parametrize(
    ("name", "export"),
    [
        ("export.xml", (exports.wxr(), "The Boat")),
        ("bookmarks.html", (exports.BOOKMARKS, "Bookmarks")),
        ("starred.json", (exports.starred(), "The Boat")),
        ("part_000000.csv", (exports.table(exports.pocket_row()), "Pocket")),
    ],
)
def test_import_takes_exports_in(run, library, tmp_path, name, export):
    text, came = export
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    assert run("import", path) == ("1 issue came in.\n", "", 0)
    assert run("import", path)[0] == "0 issues came in, 1 unchanged.\n"
    assert [row.name for row in library.newsletters()] == [came]


def test_an_import_brings_stars_tags_and_notes(run, library, tmp_path):
    path = tmp_path / "starred.json"
    path.write_text(
        exports.starred(exports.starred_item(1, "starred", starred=1_700_000_100)), encoding="utf-8"
    )
    run("import", path)
    pages = exports.omnivore(
        tmp_path / "x.zip", exports.omnivore_page(state="Archived"), **{"highlights/page-1.md": "Mine"}
    )
    run("import", pages)

    (star,) = library.stories(starred=True)
    assert (star.state.tags, star.state.starred_at) == (("Wood",), "2023-11-14T22:15:00Z")
    (read,) = library.stories(read=True)
    assert (read.state.tags, read.state.note) == (("sea", "wood"), "Mine")
