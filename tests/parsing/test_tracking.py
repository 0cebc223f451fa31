"""Links lose what counts the reader, and nothing else."""

import base64
import json
import time
from urllib.parse import quote

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import RawIssue
from reader.parsing import parse
from reader.parsing.tracking import cleaned, untracked, unwrapped, without_tracking

TARGET = "https://a.example/b?c=1&d=%20e#f"


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://a.example/?utm_source=x", "https://a.example/"),
        ("https://a.example/x?b=1&utm_medium=y&c=2#d", "https://a.example/x?b=1&c=2#d"),
        ("https://a.example/?UTM_Source=x&B=1", "https://a.example/?B=1"),
        ("https://a.example/?mtm_cid=1&_bhlid=2&mc_eid=3&fbclid=4&gclid=5&mkt_tok=6", "https://a.example/"),
        ("https://a.example/?b=1&amp;utm_source=x", "https://a.example/?b=1"),
        ("https://a.example?utm_source=x#top", "https://a.example#top"),
        ("https://www.youtube.com/watch?v=1&si=2", "https://www.youtube.com/watch?v=1"),
        ("https://boats.medium.com/oars?source=email-1", "https://boats.medium.com/oars"),
        ("https://x.com/ada/status/1?s=20&t=abc", "https://x.com/ada/status/1"),
    ],
)
def test_what_counts_goes(address, clean):
    assert without_tracking(address) == clean


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/",
        "https://a.example/?b=%20&&c=&=d&e",
        "https://a.example/?source=utm_source&si=1&t=2",
        "https://a.example/#?utm_source=x",
        "https://a.example/utm_source=x",
        "mailto:a@b.example?utm_source=x",
        "page?utm_source=x",
        "#utm_source=x",
        "?utm_source=x",
        "",
    ],
)
def test_any_other_link_stays_to_the_letter(address):
    assert cleaned(address) is address


def test_the_name_of_its_own_site_counts():
    own = frozenset({"boat.example"})

    assert without_tracking("https://a.example/?ref=boat.example&b=1", own) == "https://a.example/?b=1"
    assert (
        without_tracking("https://a.example/?ref=https%3A%2F%2Fwww.boat.example%2F", own)
        == "https://a.example/"
    )
    assert without_tracking("https://a.example/?ref=main", own) == "https://a.example/?ref=main"


def _base64(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.google.com/url?q={quote(TARGET, safe='')}&sa=D",
        f"https://l.facebook.com/l.php?u={quote(TARGET, safe='')}&h=AT1",
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(TARGET, safe='')}&data=05%7C01&reserved=0",
        f"https://tracking.tldrnewsletter.com/CL0/{quote(TARGET, safe=':')}/1/0100-000000/AAAA=451",
        f"https://abc123.r.eu-west-1.awstrack.me/L0/{quote(TARGET, safe='')}/1/0102-000000/BBB=12",
        f"https://click.convertkit-mail2.com/abc/def/{_base64(TARGET)}",
        f"https://substack.com/redirect/2/{_base64(json.dumps({'e': TARGET}))}.sig_nature?utm_source=x",
        f"https://www.youtube.com/redirect?event=x&q={quote(TARGET, safe='')}",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_b-3Fc-3D1-26d-3D-2520e-23f&d=DwMFaQ&c=x",
        "https://urldefense.proofpoint.com/v1/url?u=https://a.example/b%3Fc%3D1%26d%3D%2520e%23f&k=x",
        "https://urldefense.com/v3/__https://a.example/b?c=1&d=*20e*f__;JSM!!AbC!xyz$",
        "https://urldefense.com/v3/__https:/a.example/b?c=1&d=%20e*f__;Iw!!AbC!xyz$",
        f"https://www.google.com/url?q={quote('https://l.facebook.com/l.php?u=' + quote(TARGET, safe=''), safe='')}",
    ],
)  # fmt: skip
def test_a_wrapper_comes_off(address):
    assert unwrapped(address) == TARGET


def test_signs_in_a_row_are_put_back():
    assert (
        unwrapped("https://urldefense.com/v3/__https://a.example/**Ab*__;JSNb!!A$")
        == "https://a.example/%#b["
    )


def test_the_fragment_of_a_wrapper_stays():
    address = "https://hellogithub.com/periodical/statistics/click?target=https://a.example/b#read"

    assert unwrapped(address) == "https://a.example/b#read"


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/2020/https://a.example/",
        "https://translate.example/?u=https://a.example/",
        "https://validator.w3.org/check?uri=https%3A%2F%2Fa.example%2F",
        "https://www.google.com/search?q=https://a.example/",
        "https://www.google.com/url?q=boats",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/urls?q=https://a.example/",
        "https://www.google.com.evil.example/url?q=https://a.example/",
        f"https://click.convertkit-mail2.com/abc/def/{_base64('not an address at all')}",
        "https://click.convertkit-mail2.com/abc/def/%ff%fe",
        f"https://substack.com/redirect/2/{_base64('[1]')}",
        "https://substack.com/redirect/1234-5678?j=eyJ1IjoiMSJ9",
        "https://urldefense.com/v3/broken",
        "https://a.us1.list-manage.com/track/click?u=1&id=2&e=3",
    ],
)
def test_what_is_no_wrapper_or_hides_its_target_stays(address):
    assert unwrapped(address) is address


_HOSTS = ["a.example", "google.com/url", "urldefense.com/v3/__https:", "urldefense.com/v2/url", "substack.com/redirect/2/",
    "awstrack.me/L0", "click.convertkit.com", "youtube.com/redirect"]  # fmt: skip
_PIECES = st.lists(
    st.sampled_from(["utm_a", "q", "u", "url", "=", "&", "?", "#", "/", "%", "__;", "!", "*", "-3A", "_", "https://b.example", "https%3A%2F%2Fc.example%3Futm_x%3D1", _base64("https://d.example/"), "x"])
    | st.text(max_size=6),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.sampled_from(_HOSTS), _PIECES)
def test_a_clean_link_is_clean(host, rest):
    once = cleaned(f"https://{host}{rest}", frozenset({"b.example"}))

    assert once.startswith(("https://", "http://"))
    assert cleaned(once, frozenset({"b.example"})) == once


@given(st.text())
def test_no_text_is_too_odd_to_be_looked_at(text):
    assert cleaned(cleaned(text)) == cleaned(text)


def test_blocks_keep_all_but_their_links():
    blocks = make.blocks(
        "# [Oars](https://a.example/?utm_source=x)\n\nWords, [one](https://b.example/) and [two](https://c.example/?b=1&fbclid=2)."
    )
    clean, originals = untracked(blocks)

    assert [run.href for block in clean for run in block.runs if run.href] == [
        "https://a.example/",
        "https://b.example/",
        "https://c.example/?b=1",
    ]
    assert [block.text for block in clean] == [block.text for block in blocks]
    assert dict(originals) == {
        "https://a.example/": "https://a.example/?utm_source=x",
        "https://c.example/?b=1": "https://c.example/?b=1&fbclid=2",
    }
    assert untracked(clean) == (clean, ())
    assert untracked(clean)[0] is clean


TRACKED = "https://a.example/x?utm_source=letter&b=1"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("markdown", f"# One\n\nWords about [oars]({TRACKED}) and more.\n"),
        ("markdown", f"# One\n\nWords about [oars][1] and more.\n\n[1]: {TRACKED}\n"),
        ("markdown", f"# One\n\nWords about <{TRACKED}> and more.\n"),
        ("markdown", f"# One\n\n| a | b |\n|---|---|\n| [oars]({TRACKED}) | c |\n"),
        ("html", f"<h1>One</h1><p>Words about <a href='{TRACKED.replace('&', '&amp;')}'>oars</a> and more."),
        ("rst", f"One\n===\n\nWords about `oars <{TRACKED}>`_ and more.\n"),
        ("org", f"* One\nWords about [[{TRACKED}][oars]] and more.\n"),
        ("text", f"One\n\nWords about {TRACKED} and more.\n"),
        (
            "json",
            json.dumps({"title": "One", "items": [{"title": "Oars", "url": TRACKED, "text": "Words."}]}),
        ),
    ],
)
def test_links_of_every_form_are_cleaned_and_the_original_is_told(markup, text):
    parsed = parse(RawIssue("one", "one", text, markup))
    hrefs = {run.href for block in parsed.blocks for run in block.all_runs} - {""}

    if markup != "text":  # which has no links
        assert hrefs == {"https://a.example/x?b=1"}
        assert parsed.originals == (("https://a.example/x?b=1", TRACKED),)
    assert all("utm_" not in link.url for story in parsed.stories for link in story.links)


def test_an_issue_knows_its_own_site_and_its_own_address_is_clean():
    meta = (("title", "One"), ("link", "https://boat.example/1?utm_source=rss"))
    text = "<p>Words about <a href='https://a.example/?ref=boat.example'>oars</a> and more.</p>"
    parsed = parse(RawIssue("one", "one", text, "html", meta=meta))

    assert parsed.issue.url == "https://boat.example/1"
    assert parsed.issue.meta["link"] == "https://boat.example/1?utm_source=rss"
    assert parsed.originals == (("https://a.example/", "https://a.example/?ref=boat.example"),)


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/?" + "utm_a=b&" * 200_000,
        "https://google.com/url?" + "q=&" * 200_000,
        "https://urldefense.com/v3/__" + "*" * 200_000,
        "https://click.convertkit.com/" + "a/" * 200_000,
        "https://" + "a." * 100_000 + "b/?c=d",
    ],
)
def test_a_long_address_takes_no_longer_than_it_must(address):
    began = time.perf_counter()
    cleaned(address)

    assert time.perf_counter() - began < 5
