"""Older issues in the terminal, from a server of the tests that plays sites of every kind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from served import serving
from sites import HOME, AsServed, linked, posts, rfc5005, rss, sitemap, static, substack, wordpress
from sites import wordpress_address as address

import reader
from reader.model.fetched import FetchError
from reader.services import pacing

SITES = {
    "WordPress": wordpress(25),
    "WordPress's posts": posts(25)
    | {f"{HOME}/feed/": rss(range(25, 15, -1), address, "<generator>https://wordpress.org/</generator>")},
    "Substack": substack(25) | {f"{HOME}/feed/": substack(25)[f"{HOME}/feed"]},
    "a sitemap": static(25)
    | {f"{HOME}/sitemap.xml": sitemap([f"{HOME}/about", *(f"{HOME}/issues/{n}" for n in range(1, 26))])},
    "RFC 5005": rfc5005(25),
    "links": linked(25),
}


@pytest.fixture
def server():
    with serving() as served:
        yield served


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(pacing, "PAUSE", 0.0)


def issues(run):
    return sorted(
        int(json.loads(line)["label"].split()[-1]) for line in run("list", "issues", "--json")[0].splitlines()
    )


@pytest.mark.parametrize("kind", SITES)
def test_all_issues_of_a_site_come_in(run, server, kind):
    server.pages = AsServed(SITES[kind], server.root)
    run("follow", f"{server.root}/feed/", "--name", "The Boat")
    before = len(issues(run))

    out, err, status = run("older", "the boat")

    assert (out, err, status) == (f"The Boat: {25 - before} older issues came in.\n", "", 0)
    assert issues(run) == list(range(1, 26))
    assert run("older", "the boat")[0] == "The Boat: There are no older issues that are not here.\n"


def test_who_follows_can_have_the_older_ones_at_once(run, server):
    server.pages = AsServed(SITES["RFC 5005"], server.root)

    out, err, status = run("follow", f"{server.root}/feed/", "--name", "The Boat", "--older")

    assert (out.splitlines()[-1], err, status) == ("20 older issues came in.", "", 0)
    assert issues(run) == list(range(1, 26))


def test_a_limit_and_json(run, server):
    server.pages = AsServed(SITES["links"], server.root)
    run("follow", f"{server.root}/feed/", "--name", "The Boat")

    out, _, status = run("older", "the-boat", "--limit", "4", "--json")

    assert (json.loads(out)["added"], status) == (4, 0)
    assert issues(run) == list(range(19, 26))


def test_each_page_that_fails_is_a_line_and_the_status_is_1(run, server):
    site = dict(SITES["a sitemap"])
    site[f"{HOME}/issues/4"] = FetchError("No.", "", 404)
    server.pages = AsServed(site, server.root)
    run("follow", f"{server.root}/feed/", "--name", "The Boat")

    out, err, status = run("older", "the-boat")

    assert (out, status) == ("The Boat: 21 older issues came in, 1 did not.\n", 1)
    assert err.startswith(f"{server.root}/issues/4: ")
    assert err.count("\n") == 1


def test_what_is_not_followed_is_said_to_be_so(run):
    assert run("older", "nothing") == ("", "No newsletter “nothing” is followed.\n", 1)


@pytest.mark.skipif(os.name == "nt", reason="signals are other ones there")
def test_a_program_that_is_killed_amid_it_goes_on_where_it_was(run, server):
    site = AsServed(SITES["a sitemap"], server.root)
    server.pages = site
    run("follow", f"{server.root}/feed/", "--name", "The Boat")
    program = (
        "import sys; from reader.services import pacing; pacing.PAUSE = 0.0;"
        "from reader.__main__ import main; sys.exit(main(['older', 'the-boat']))"
    )
    child = []

    def kill_at(asked):
        if asked.endswith("/issues/14") and child and child[0].poll() is None:
            child[0].send_signal(signal.SIGKILL)

    site.web.every = kill_at
    child.append(subprocess.Popen([sys.executable, "-c", program], cwd=Path(reader.__file__).parents[1]))
    assert child[0].wait(60) == -signal.SIGKILL
    came = issues(run)
    assert 3 < len(came) < 25
    site.web.asked.clear()

    _, err, status = run("older", "the-boat")

    assert (err, status) == ("", 0)
    assert issues(run) == list(range(1, 26))
    assert not {*site.web.asked} & {f"{HOME}/issues/{number}" for number in came}
