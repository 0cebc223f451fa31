import json

from reader.services.splitting import split_files

TEXT = """---
title: Harbour 7
date: 2020-01-02
---
Welcome.

## News

* [One](https://e.org/1), by Anna
* [Two](https://e.org/2)

Thanks for reading!
"""


def test_each_file_is_an_object_in_order_with_its_stories(tmp_path):
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "b.md").write_text("# B\n\nText.", "utf-8")
    first, second = split_files([tmp_path / "a.md", str(tmp_path / "b.md")])
    assert json.loads(json.dumps(first)) == {
        "file": str(tmp_path / "a.md"),
        "title": "Harbour 7",
        "date": "2020-01-02",
        "truncated": False,
        "intro": "Welcome.",
        "outro": "Thanks for reading!",
        "stories": [
            {
                "title": "One",
                "title_derived": False,
                "dek": None,
                "section": "News",
                "sponsored": False,
                "text": "by Anna",
                "links": [{"url": "https://e.org/1", "text": "One"}],
            },
            {
                "title": "Two",
                "title_derived": False,
                "dek": None,
                "section": "News",
                "sponsored": False,
                "text": "",
                "links": [{"url": "https://e.org/2", "text": "Two"}],
            },
        ],
    }
    assert second["stories"][0]["title"] == "B"


def test_a_file_with_no_text_has_no_stories(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: Harbour 8\n---\n", "utf-8")
    (found,) = split_files([tmp_path / "a.md"])
    assert (found["title"], found["stories"], found["intro"], found["outro"]) == ("Harbour 8", [], "", "")


def test_a_file_that_cannot_be_read_has_an_error_and_no_stories(tmp_path):
    (found,) = split_files([tmp_path / "none.md"])
    assert found["stories"] == []
    assert found["error"]
