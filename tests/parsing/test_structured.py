import json

from reader.model import Kind, RawIssue
from reader.parsing import parse
from reader.parsing.structured import read_structured

ISSUE = {
    "subject": "Harbour Weekly",
    "date": "2011-08-01",
    "header": ["Welcome <b>all</b>.", "Let us begin."],
    "chapters": [
        {
            "title": "<a href='https://e.org'>Ropes</a>",
            "entries": [
                {"title": "Longer ropes", "url": "https://e.org/1", "text": "They are <i>long</i>."},
                {"title": "Shorter ropes", "url": "javascript:alert(1)", "text": "They are not."},
            ],
        },
        {"title": "Cranes", "entries": [{"title": "One crane", "url": "https://e.org/3", "text": ""}]},
    ],
    "footer": ["Bye."],
}


def test_chapters_become_sections_and_entries_stories():
    parsed = parse(RawIssue("/x/1.json", "1.json", json.dumps(ISSUE), markup="json"))
    assert [(s.title, s.section, s.url) for s in parsed.stories] == [
        ("Longer ropes", "Ropes", "https://e.org/1"),
        ("Shorter ropes", "Ropes", ""),
        ("One crane", "Cranes", "https://e.org/3"),
    ]
    assert parsed.issue.published == "2011-08-01"


def test_its_own_facts_are_kept():
    meta, _ = read_structured(json.dumps(ISSUE))
    assert meta["subject"] == "Harbour Weekly"


def test_header_and_footer_are_text():
    _, blocks = read_structured(json.dumps(ISSUE))
    assert [b.text for b in blocks if b.kind is Kind.PARAGRAPH][:2] == ["Welcome all.", "Let us begin."]
    assert blocks[-1].text == "Bye."


def test_a_list_of_entries_alone_is_an_issue():
    _, blocks = read_structured(json.dumps([{"title": "A", "text": "a"}, {"title": "B", "text": "b"}, 7]))
    assert [b.text for b in blocks] == ["A", "a", "B", "b"]


def test_what_is_no_json_or_no_issue_is_read_as_text():
    assert [b.text for b in read_structured('{"items": [1, null]}')[1]] == ['{"items": [1, null]}']
    assert [b.text for b in read_structured("{not json")[1]] == ["{not json"]
    assert [b.text for b in read_structured("[" * 100_000)[1]] == ["[" * 100_000]
