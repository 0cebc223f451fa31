import json

import pytest
from fetched import feed
from served import serving


@pytest.fixture
def served():
    with serving() as running:
        running.page("/feed", feed(1, 2, site=running.root))
        yield running


def test_follow_refresh_list_and_unfollow(run, served):
    address = f"{served.root}/feed"

    assert run("follow", address) == (f"The Boat is followed at {address}; 2 issues came in.\n", "", 0)
    assert run("refresh") == ("0 new issues from 1 address.\n", "", 0)
    served.page("/feed", feed(1, 2, 3, site=served.root))
    assert run("refresh", "boat") == ("The Boat: 1 new issue.\n1 new issue from 1 address.\n", "", 0)
    assert run("newsletters") == (f"The Boat: 3 issues, 3 unread\n    {address}  1 new issue.\n", "", 0)
    out, _, status = run("unfollow", "The Boat")
    assert (out, status) == (f"The Boat is followed no longer ({address}). Its issues are still here.\n", 0)
    assert run("newsletters") == ("The Boat: 3 issues, 3 unread\n", "", 0)
    assert run("refresh") == ("Nothing was asked: no newsletter is followed, or none is due.\n", "", 0)


def test_as_json(run, served):
    address = f"{served.root}/feed".replace("//", "//ada:secret@")
    out, err, status = run("follow", address, "--name", "Boats", "--json")
    shown = json.loads(out)

    assert (err, status) == ("", 0)
    assert (shown["address"], shown["name"], shown["added"]) == (f"{served.root}/feed", "Boats", 2)
    (answer,) = map(json.loads, run("refresh", "--json")[0].splitlines())
    assert (answer["address"], answer["result"], answer["error"]) == (
        f"{served.root}/feed",
        "Nothing new.",
        "",
    )
    (listed,) = map(json.loads, run("newsletters", "--json")[0].splitlines())
    assert (listed["key"], listed["issues"], listed["followed"][0]["result"]) == ("boats", 2, "Nothing new.")
    assert "secret" not in out + json.dumps(answer) + json.dumps(listed)


def test_only_what_is_due_where_that_is_asked_for(run, served):
    run("follow", f"{served.root}/feed")

    assert run("refresh", "--due")[0] == "Nothing was asked: no newsletter is followed, or none is due.\n"


def test_a_failure_is_one_line_and_status_1(run, served):
    run("follow", f"{served.root}/feed")
    served.page("/feed", "", 410)

    out, err, status = run("refresh")

    assert (out, status) == ("0 new issues from 1 address, 1 of them in vain.\n", 1)
    assert err == f"The Boat ({served.root}/feed): It is gone for good (410).\n"
    assert "It is asked no longer." in run("newsletters")[0]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("follow", "about boats"), "This is no address of the web."),
        (("unfollow", "boats"), "No newsletter “boats” is followed."),
        (("refresh", "boats"), "No newsletter “boats” is followed."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, words, error):
    assert run(*words) == ("", f"{error}\n", 1)


def test_a_site_that_has_nothing_to_follow(run, served):
    served.page("/", "<!doctype html><html><body>Boats</body></html>")
    del served.pages["/feed"]

    assert run("follow", f"{served.root}/") == ("", "Nothing was found there that can be followed.\n", 1)


def test_what_else_a_site_offers_is_told(run, served):
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{t}" href="/{t}">' for t in ("feed", "all")
    )
    served.page("/", f"<!doctype html><html><head>{links}</head></html>")

    out, _, _ = run("follow", f"{served.root}/")

    assert out.splitlines()[1] == f"    also there: {served.root}/all  all"
