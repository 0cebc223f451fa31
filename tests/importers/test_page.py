"""Pages: what they say of themselves, however they are written and saved."""

import json
import time
from base64 import b64encode

import drawn
import pytest

from reader.importers import importers
from reader.importers.page import page_issue
from reader.model import ImporterError
from reader.model.fetched import Fetched
from reader.parsing import parse

ADDRESS = "https://boats.example/2024/oars?utm_source=x"


def fetched(html, media_type="text/html", **headers):
    body = html if isinstance(html, bytes) else html.encode()
    return Fetched(
        ADDRESS, 200, body, media_type, {name.replace("_", "-"): value for name, value in headers.items()}
    )


def page(head="", body="<article><h1>Oars</h1><p>Oars are long.</p></article>"):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def test_a_page_says_what_it_is():
    head = """
        <title>Oars and sails – The Boat</title>
        <meta property="og:site_name" content="The Boat">
        <meta name="author" content="Ada &amp; Ben">
        <meta property="article:published_time" content="2024-03-05T06:07:08Z">
        <meta property="og:image" content="/oars.png">
        <link rel="canonical" href="/2024/oars">
    """

    raw = page_issue(fetched(page(head)))

    assert raw.location == "https://boats.example/2024/oars"
    assert raw.newsletter == "The Boat"
    assert dict(raw.meta) == {
        "title": "Oars and sails",
        "date": "2024-03-05T06:07:08Z",
        "author": "Ada & Ben",
        "link": "https://boats.example/2024/oars",
        "image": "https://boats.example/oars.png",
    }
    issue = parse(raw).issue
    assert (issue.title, issue.published, issue.author) == (
        "Oars and sails",
        "2024-03-05T06:07:08+00:00",
        "Ada & Ben",
    )


@pytest.mark.parametrize(
    "wrapped", [lambda one: one, lambda one: [one], lambda one: {"@graph": [{"@type": "Person"}, one]}]
)
def test_structured_data_say_it_best(wrapped):
    one = {
        "@type": ["NewsArticle"],
        "headline": "Oars &amp; sails",
        "datePublished": "2024-03-05",
        "author": [{"name": "Ada"}, "Ben", {"name": "Ada"}],
        "publisher": {"name": "The Boat"},
    }
    head = '<title>Wrong</title><script type="application/ld+json">{ broken</script>'
    script = f'<script type="application/ld+json">{json.dumps(wrapped(one))}</script>'

    raw = page_issue(fetched(page(head + script)))

    assert raw.newsletter == "The Boat"
    assert dict(raw.meta) | {"title": "Oars & sails", "date": "2024-03-05", "author": "Ada, Ben"} == dict(
        raw.meta
    )


def test_a_page_that_says_nothing_is_of_its_host():
    raw = page_issue(fetched(page()))

    assert (raw.newsletter, raw.location, raw.name) == ("boats.example", ADDRESS, "oars")
    assert parse(raw).issue.title == "Oars"


@pytest.mark.parametrize(
    "link", ["https://evil.example/other", "javascript:alert(1)", "//evil.example", "http://[", ""]
)
def test_an_address_on_another_site_is_not_believed(link):
    raw = page_issue(fetched(page(f'<link rel="canonical" href="{link}">')))

    assert dict(raw.meta)["link"] == ADDRESS


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("<p>Grüße, 帆</p>".encode(), {}),
        ("<p>Grüße</p>".encode("latin-1"), {"content_type": "text/html; charset=ISO-8859-1"}),
        ('<meta charset="koi8-r"><p>Лодка</p>'.encode("koi8-r"), {}),
        ("<p>Лодка</p>".encode("koi8-r"), {"content_type": "text/html; charset=koi8-r"}),
        ("<p>舟</p>".encode("shift_jis"), {"content_type": 'text/html; charset="Shift_JIS"'}),
        ("<p>Grüße</p>".encode("utf-16"), {}),
        ("<p>Grüße</p>".encode(), {"content_type": "text/html; charset=no-such-thing"}),
    ],
)
def test_every_charset_is_read(body, headers):
    raw = page_issue(fetched(b"<html><body>" * (not body.startswith(b"\xff\xfe")) + body, **headers))

    assert any(word in raw.text for word in ("Grüße", "Лодка", "舟"))
    assert "\ufffd" not in raw.text


def test_a_base_is_heeded():
    raw = page_issue(fetched(page('<base href="/other/">', '<a href="x">x</a>')))

    assert 'href="https://boats.example/other/x"' in raw.text


def test_what_servers_write_anew_into_each_answer_is_no_change():
    one = page_issue(fetched(page('<script nonce="1">a</script>', '<p data-token="a1">Oars.</p>')))
    other = page_issue(fetched(page('<script nonce="2">b</script>', '<p data-token="b2">Oars.</p>')))
    edited = page_issue(fetched(page(body="<p>Sails.</p>")))

    assert one.digest == other.digest != edited.digest


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (fetched(""), "The page is empty."),
        (fetched(b"%PDF-1.4 ..."), "This is a PDF, not a page to read."),
        (fetched(b"\x89PNG....", "image/png"), "This is a picture, not a page to read."),
        (fetched('{"a": 1}', "application/json"), "This is data (application/json), not a page to read."),
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence(answer, reason):
    with pytest.raises(ImporterError) as caught:
        page_issue(answer)

    assert (str(caught.value), caught.value.location) == (reason, ADDRESS)


def test_a_text_that_is_fetched_is_an_issue_too():
    raw = page_issue(fetched("# Oars\n\nThey are long.\n", "text/markdown"))

    assert (raw.markup, parse(raw).issue.title) == ("markdown", "Oars")


@pytest.mark.parametrize(
    "html",
    [
        "<style>" * 60_000,
        "<script>" * 60_000 + "</style>",
        "<a href=" * 60_000,
        "<meta " * 60_000,
        "<time datetime=" * 60_000,
        "<title>" * 60_000,
        '<script type="application/ld+json">' * 60_000,
        '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
        "<!-- saved from url=(1)" * 60_000,
        "<" * 500_000,
    ],
)
def test_a_hostile_page_takes_no_time(html):
    began = time.process_time()

    page_issue(fetched(html))

    assert time.process_time() - began < 3


def mhtml(html=None, headers="", charset="utf-8"):
    html = html or page(
        "<title>Oars</title>", '<p>Oars are long.</p><img src="cid:pic@x"><img src="cid:gone@x">'
    )
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://boats.example/2024/oars\r\n"
        f'Subject: Oars\r\nMIME-Version: 1.0\r\n{headers}Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/css\r\nContent-Location: cid:css@x\r\n\r\np { color: red }\r\n"
        f"--b\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Location: https://boats.example/2024/oars\r\n\r\n"
        f"{html}\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <pic@x>\r\n"
        "Content-Location: https://boats.example/pic.png\r\n\r\n"
        f"{b64encode(drawn.png(40, 30)).decode()}\r\n--b--\r\n"
    ).encode(charset)


def test_a_page_saved_with_its_pictures_is_an_issue(tmp_path):
    path = tmp_path / "Oars.mhtml"
    path.write_bytes(mhtml())

    raw = importers()["page"].read(str(path))

    assert (raw.location, raw.name, raw.newsletter) == (str(path), "Oars.mhtml", "boats.example")
    assert dict(raw.meta) == {"title": "Oars", "link": "https://boats.example/2024/oars"}
    assert parse(raw).blocks[0].text == "Oars are long."


@pytest.mark.parametrize("source", ["cid:pic@x", "https://boats.example/pic.png"])
def test_the_pictures_of_a_saved_page_come_along(tmp_path, source):
    path = tmp_path / "Oars.mhtml"
    words = f'<p>Oars <a href="https://boats.example/pic.png">are</a> long.</p><img src="{source}">'
    path.write_bytes(mhtml(page("<title>Oars</title>", words)))

    parsed = parse(importers()["page"].read(str(path)))

    (kept,) = [address for address, _ in parsed.inside]
    assert [run.image for block in parsed.blocks for run in block.all_runs if run.image] == [kept]
    assert [link.url for story in parsed.stories for link in story.links] == ["https://boats.example/pic.png"]


def test_a_saved_page_is_read_in_its_charset(tmp_path):
    path = tmp_path / "Oars.mht"
    path.write_bytes(mhtml(page(body="<p>Лодка</p>"), charset="windows-1251"))

    assert "Лодка" in importers()["page"].read(str(path)).text


def test_saved_pages_are_found_in_folders_beside_what_others_read(tmp_path):
    inner = tmp_path / "2024"
    (tmp_path / ".hidden").mkdir()
    inner.mkdir()
    for place in (tmp_path / "a.mhtml", inner / "b.MHT", tmp_path / ".hidden" / "c.mht", tmp_path / "d.html"):
        place.write_bytes(mhtml())

    found = list(importers()["page"].locations(str(tmp_path), pytest.fail))

    assert found == [str(tmp_path / "a.mhtml"), str(inner / "b.MHT")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"Subject: x\r\n\r\nwords", "There is no page in this file."),
        (b"Content-Type: text/html\r\n\r\n  ", "There is no page in this file."),
        (b"\x00\x01\x02" * 100, "There is no page in this file."),
    ],
)
def test_a_saved_page_that_cannot_be_read_is_told_in_a_sentence(tmp_path, data, reason):
    path = tmp_path / "x.mhtml"
    path.write_bytes(data)

    with pytest.raises(ImporterError) as caught:
        importers()["page"].read(str(path))

    assert (str(caught.value), caught.value.location) == (reason, str(path))


def test_a_page_saved_in_one_html_file_reads_well_too(tmp_path):
    styles = "p { color: red }" * 8_000
    picture = "data:image/png;base64," + "A" * 100_000
    path = tmp_path / "oars.html"
    path.write_text(
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://boats.example/2024/oars \n"
        " saved date: Tue Mar 05 2024\n--><meta charset=utf-8>\n<title>Oars and sails</title>\n"
        f"<style>{styles}</style><link rel=canonical href=https://boats.example/2024/oars></head>"
        f"<body><article><h1>Oars</h1><p>Oars are long.<img src={picture}></article>",
        encoding="utf-8",
    )

    parsed = parse(importers()["folder"].read(str(path)))

    assert parsed.issue.title == "Oars and sails"
    assert parsed.issue.url == "https://boats.example/2024/oars"
    assert "AAAA" not in str(parsed.blocks)
