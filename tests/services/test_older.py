"""Older issues, from sites that a test makes up."""

import gzip
from functools import partial

import pytest
from sites import (
    HOME,
    Clock,
    Web,
    body,
    date,
    linked,
    page,
    posts,
    rfc5005,
    rss,
    sitemap,
    static,
    substack,
    wordpress,
    wordpress_address,
)

from reader.importers.feed import read_feed
from reader.model import NotFoundError
from reader.model.fetched import Fetched, FetchError
from reader.model.following import Preview
from reader.services.following import follow
from reader.services.older import older
from reader.store import older as store

FEED = f"{HOME}/feed/"


def followed(library, web, feed=FEED, site=HOME):
    """Follow the newsletter as it is now, and forget that the feed was asked."""
    answer = web.get(feed)
    read = read_feed(answer.body, feed)
    follow(library, Preview(feed, "The Boat", site, len(read.issues), raws=read.issues), "The Boat")
    web.asked.clear()
    web.at.clear()


def numbers(library):
    return sorted(int(row.label.split()[-1]) for row in library.issues())


def get(library, web, feed=FEED, **more):
    return older(library, feed, fetches=web, clock=web.clock, **more)


def test_wordpress_gives_the_whole_archive_page_by_page(library):
    web = Web(wordpress(34))
    followed(library, web)

    report = get(library, web)

    assert (report.added, report.problems, report.cancelled) == (24, (), False)
    assert numbers(library) == list(range(1, 35))
    assert web.asked == [FEED, *(f"{FEED}?paged={n}" for n in (2, 3, 4, 5))]
    assert {row.newsletter for row in library.issues()} == {"the-boat"}
    assert [row.stories for row in library.issues()] == [3] * 34


def test_a_host_is_asked_one_thing_a_second(library):
    web = Web(wordpress(34))
    followed(library, web)

    get(library, web)

    pauses = [later - before for before, later in zip(web.at, web.at[1:], strict=False)]
    assert all(1 <= pause < 1.3 for pause in pauses)


def test_a_wordpress_feed_of_summaries_gives_its_pages(library):
    web = Web(wordpress(24, full=False))
    followed(library, web)

    report = get(library, web)

    assert (report.added, report.problems) == (14, ())
    assert [row.stories for row in library.issues()][-14:] == [3] * 14
    assert len(web.asked) == len(set(web.asked))


def test_wordpress_that_says_the_same_on_every_page_is_asked_for_its_posts(library):
    same = rss(range(50, 40, -1), wordpress_address, "<generator>https://wordpress.org/</generator>")
    web = Web({FEED: same} | posts(50))
    followed(library, web)

    report = get(library, web)

    assert (report.added, report.problems) == (40, ())
    assert numbers(library) == list(range(1, 51))
    oldest = library.issues()[-1]
    assert oldest.published.startswith(date(1)[:10])


def test_substack_gives_all_but_what_is_paid_for(library):
    web = Web(substack(30, paid={7, 9}))
    followed(library, web, f"{HOME}/feed")

    report = get(library, web, f"{HOME}/feed")

    assert (report.added, report.problems) == (23, ())
    assert [warning.reason for warning in report.warnings] == [
        "2 issues are not for everybody: the site shows the text only to those who pay."
    ]
    assert numbers(library) == sorted({*range(1, 31)} - {7, 9})
    issue = library.outline(library.issues()[-1].key).issue
    assert (issue.author, issue.url) == ("Ada Oar, Ben Sail", f"{HOME}/p/boat-1")
    assert len(web.asked) == len(set(web.asked))


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_a_feed_in_pages_is_followed_to_its_end(library, rel):
    web = Web(rfc5005(23, rel=rel))
    followed(library, web)

    report = get(library, web)

    assert (report.added, report.problems) == (18, ())
    assert numbers(library) == list(range(1, 24))


def test_a_json_feed_goes_on_too(library):
    import json

    def feed(first, following=None):
        items = [
            {
                "id": str(n),
                "url": f"{HOME}/issues/{n}",
                "title": f"The Boat {n}",
                "content_html": body(n),
                "date_published": date(n),
            }
            for n in range(first, first - 3, -1)
        ]
        made = {"version": "https://jsonfeed.org/version/1.1", "title": "The Boat", "items": items}
        return json.dumps(made | ({"next_url": following} if following else {}))

    web = Web({FEED: feed(6, f"{HOME}/feed/2"), f"{HOME}/feed/2": feed(3)})
    followed(library, web)

    assert get(library, web).added == 3


def test_a_sitemap_gives_what_looks_like_the_issues_and_only_from_the_site_itself(library):
    others = [
        f"{HOME}/about",
        f"{HOME}/issues/about",
        f"{HOME}/shop/12",
        "https://evil.example/issues/5",
        "http://127.0.0.1/issues/6",
        "file:///etc/passwd",
    ]
    listed = [*others, *(f"{HOME}/issues/{n}" for n in range(1, 21))]
    web = Web(
        static(20)
        | {
            f"{HOME}/robots.txt": f"User-agent: *\nSitemap: {HOME}/map.xml\nSitemap: https://evil.example/map.xml",
            f"{HOME}/map.xml": sitemap(
                [f"{HOME}/map-tags.xml", f"{HOME}/map-posts.xml.gz", "https://evil.example/posts.xml"],
                "sitemap",
            ),
            f"{HOME}/map-posts.xml.gz": gzip.compress(sitemap(listed).encode()),
        }
    )
    followed(library, web)

    report = get(library, web)

    assert (report.added, report.problems) == (17, ())
    assert numbers(library) == list(range(1, 21))
    assert all(address.startswith(f"{HOME}/") for address in web.asked)
    assert not {f"{HOME}/about", f"{HOME}/shop/12", f"{HOME}/map-tags.xml"} & {*web.asked}


def test_links_to_the_issue_before_are_followed_from_the_oldest(library):
    web = Web(linked(9))
    followed(library, web)

    report = get(library, web)

    assert numbers(library) == list(range(1, 10))
    assert report.added == 6
    assert [web.asked.count(address) for address in {*web.asked}] == [1] * len({*web.asked})


def test_links_that_lead_in_a_circle_end(library):
    web = Web(linked(9, back=lambda n: n - 1 or 9))
    followed(library, web)

    assert get(library, web).added == 6
    assert len(web.asked) == len(set(web.asked))


def test_a_search_that_was_cancelled_goes_on_where_it_stopped(library):
    web = Web(substack(30))
    followed(library, web, f"{HOME}/feed")
    stop = []
    web.every = lambda address: stop.append(1) if address.endswith("boat-12") else None

    first = get(library, web, f"{HOME}/feed", cancelled=lambda: bool(stop))
    before, web.every = [*web.asked], None
    second = get(library, web, f"{HOME}/feed")

    assert first.cancelled
    assert first.added + second.added == 25
    assert numbers(library) == list(range(1, 31))
    assert not {*before} & {*web.asked[len(before) :]}


def test_a_crash_loses_only_what_was_under_way(library):
    web = Web(wordpress(60))
    followed(library, web)

    def dies(address):
        if address.endswith("paged=4"):
            raise KeyboardInterrupt

    web.every = dies
    with pytest.raises(KeyboardInterrupt):
        get(library, web)
    assert len(numbers(library)) == 30

    web.every = None
    web.asked.clear()
    report = get(library, web)

    assert (report.added, report.updated, report.unchanged) == (30, 0, 0)
    assert web.asked[0] == f"{FEED}?paged=4"
    assert numbers(library) == list(range(1, 61))


def test_a_limit_is_kept_and_the_next_ones_come_with_the_next_call(library):
    web = Web(wordpress(34))
    followed(library, web)

    assert get(library, web, limit=4).added == 4
    assert numbers(library) == list(range(21, 35))
    assert get(library, web, limit=13).added == 13
    assert get(library, web).added == 7
    assert numbers(library) == list(range(1, 35))


def test_what_was_complete_once_is_only_looked_at_until_something_is_known(library):
    web = Web(wordpress(34))
    followed(library, web)
    get(library, web)
    web.asked.clear()

    report = get(library, web)

    assert (report.added, report.problems) == (0, ())
    assert web.asked == [FEED, f"{FEED}?paged=2"]


def test_what_the_library_holds_is_passed_over_where_it_is_not_complete(library):
    web = Web(wordpress(34))
    followed(library, web)
    held = read_feed(web.get(f"{FEED}?paged=2").body, FEED).issues
    from reader.services.importing import import_issues

    import_issues(library, [raw._replace(newsletter="The Boat", newsletter_key="the-boat") for raw in held])

    assert get(library, web).added == 14
    assert numbers(library) == list(range(1, 35))


def test_pages_that_fail_are_told_and_the_rest_comes(library):
    web = Web(substack(20))
    web.answers[f"{HOME}/api/v1/posts/boat-3"] = FetchError("The server failed (500).", "", 500)
    web.answers[f"{HOME}/api/v1/posts/boat-5"] = '{"body_html": null}'
    del web.answers[f"{HOME}/api/v1/posts/boat-7"]
    web.answers[f"{HOME}/api/v1/posts/boat-9"] = "no JSON"
    followed(library, web, f"{HOME}/feed")

    report = get(library, web, f"{HOME}/feed")

    assert report.added == 11
    assert {problem.path.rpartition("/")[2] for problem in report.problems} == {
        "boat-3",
        "boat-5",
        "boat-7",
        "boat-9",
    }
    assert all(problem.reason.endswith(".") for problem in report.problems)
    web.answers |= substack(20)
    web.asked.clear()
    assert get(library, web, f"{HOME}/feed").added == 1  # a failure of the server passes
    assert web.asked == [f"{HOME}/api/v1/posts/boat-3"]


def test_a_busy_server_is_waited_for(library):
    web = Web(wordpress(24))
    followed(library, web)
    busy = [FetchError("Too many.", "", 429, 40.0), FetchError("Too many.", "", 503)]

    def every(address):
        if address.endswith("paged=3") and busy:
            raise busy.pop(0)

    web.every = every

    assert get(library, web).added == 14
    waited = [later - before for before, later in zip(web.at, web.at[1:], strict=False)]
    assert [round(pause) for pause in sorted(waited)[-2:]] == [30, 40]


def test_a_server_that_wants_long_to_be_left_alone_is(library):
    web = Web(wordpress(24))
    followed(library, web)
    web.answers[f"{FEED}?paged=3"] = FetchError("Too many.", "", 429, 3600.0)

    report = get(library, web)

    assert report.added == 10
    assert [problem.reason for problem in report.problems] == [
        "The site asks to be left alone for 60 minutes. What is left comes another time."
    ]
    del web.answers[f"{FEED}?paged=3"]
    assert get(library, web).added == 4


def test_waiting_can_be_cancelled(library):
    web = Web(wordpress(24))
    followed(library, web)
    web.answers[f"{FEED}?paged=3"] = FetchError("Too many.", "", 429, 100.0)

    report = get(library, web, cancelled=lambda: web.clock.now() > 1030)

    assert (report.added, report.cancelled) == (10, True)
    assert web.clock.now() < 1031


def test_a_site_that_fails_again_and_again_is_left(library):
    web = Web(substack(30))
    followed(library, web, f"{HOME}/feed")

    def every(address):
        if "/posts/" in address:
            raise FetchError("The server does not answer.", address)

    web.every = every

    report = get(library, web, f"{HOME}/feed")

    assert len([address for address in web.asked if "/posts/" in address]) == 5
    assert report.warnings[-1].reason == "The site fails again and again. What is left comes another time."


def test_pages_without_end_that_say_the_same_end(library):
    def feed(query):
        first = int(query.get("paged", 1))
        shown = range(10, 0, -1) if first == 1 else range(20, 10, -1)
        return rss(shown, wordpress_address, "<generator>https://wordpress.org/</generator>")

    web = Web({FEED: feed})
    followed(library, web)

    assert get(library, web).added == 10
    assert len(web.asked) < 10


def test_a_list_without_end_stops_some_time(library, monkeypatch):
    from reader.services import older as service

    monkeypatch.setattr(service, "_MOST", 12)

    def feed(query):
        first = 100_000 - 2 * int(query.get("paged", 1))
        shown = range(first, first - 2, -1)
        return rss(shown, wordpress_address, "<generator>https://wordpress.org/</generator>")

    web = Web({FEED: feed})
    followed(library, web)

    report = get(library, web)

    assert report.added == 22
    assert report.warnings[-1].reason == "The site lists issues without end: so many are enough for now."


def test_what_leads_to_another_site_is_not_taken(library):
    web = Web(static(5, **{f"{HOME}/sitemap.xml": sitemap(f"{HOME}/issues/{n}" for n in range(1, 6))}))
    web.answers[f"{HOME}/issues/2"] = Fetched("https://evil.example/2", 200, page(2).encode(), "text/html")
    followed(library, web)

    report = get(library, web)

    assert report.added == 1
    assert [problem.reason for problem in report.problems] == ["It leads to another site: evil.example."]


def test_where_nothing_lists_older_issues_nothing_comes(library):
    web = Web(static(3))
    followed(library, web)

    report = get(library, web)

    assert (report.added, report.problems, report.warnings) == (0, (), ())


def test_a_sitemap_of_other_things_is_no_reason_not_to_follow_links(library):
    web = Web(
        linked(9)
        | {
            f"{HOME}/sitemap.xml": sitemap([f"{HOME}/things.xml"], "sitemap"),
            f"{HOME}/things.xml": sitemap([f"{HOME}/shop/1"]),
        }
    )
    followed(library, web)

    assert get(library, web).added == 6


def test_a_feed_that_is_gone_leaves_the_other_ways(library):
    web = Web(static(9, **{f"{HOME}/sitemap.xml": sitemap(f"{HOME}/issues/{n}" for n in range(1, 10))}))
    followed(library, web)
    web.answers[FEED] = FetchError("It is gone for good (410).", FEED, 410)

    assert get(library, web).added == 6


def test_five_hundred_issues_come_in_and_progress_counts_them(library):
    web = Web(wordpress(500))
    followed(library, web)
    told = []

    report = get(library, web, progress=told.append)

    assert report.added == 490
    assert (told[-1].done, told[-1].total) == (490, 490)
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_many_issues_of_one_answer_come_in_together(library):
    web = Web(wordpress(110, per_page=55))
    followed(library, web)

    assert get(library, web).added == 55
    assert numbers(library) == list(range(1, 111))


def test_what_is_not_followed_has_no_older_issues(library):
    with pytest.raises(NotFoundError):
        older(library, "https://nowhere.example/feed", fetches=Web(), clock=Clock())


def test_an_older_issue_takes_no_place_of_another_newsletter(library):
    from reader.services.importing import import_issues

    web = Web(rfc5005(10))
    stolen = web.answers[f"{HOME}/feed/5.xml"].replace(f"{HOME}/issues/3", "https://oars.example/1")
    web.answers[f"{HOME}/feed/5.xml"] = stolen
    said = "<p>An oar is a lever that turns in the water and pushes the boat along, says The Oar.</p>"
    feed = rss([1], lambda n: f"https://oars.example/{n}", text=lambda _: said, title="The Oar")
    (other,) = read_feed(feed.encode(), FEED).issues
    import_issues(library, [other])
    followed(library, web)

    assert get(library, web).added == 5
    assert [row.label for row in library.issues(newsletter="the-oar")] == ["The Oar 1"]


def test_a_limit_is_kept_where_pages_are_read(library):
    web = Web(static(20, **{f"{HOME}/sitemap.xml": sitemap(f"{HOME}/issues/{n}" for n in range(20, 0, -1))}))
    followed(library, web)

    assert get(library, web, limit=5).added == 5
    assert get(library, web, limit=3).added == 3
    assert get(library, web, limit=20).added == 9
    assert numbers(library) == list(range(1, 21))
    assert len(web.asked) == len(set(web.asked))


def test_a_site_that_does_not_answer_is_said_to_be_so(library):
    web = Web(static(3))
    followed(library, web)

    def every(address):
        raise FetchError("The server does not answer.", address)

    web.every = every

    assert [problem.reason for problem in get(library, web).problems] == ["The server does not answer."]


def test_a_search_of_a_way_that_is_known_no_more_begins_anew(library):
    web = Web(static(9, **{f"{HOME}/sitemap.xml": sitemap(f"{HOME}/issues/{n}" for n in range(1, 10))}))
    followed(library, web)
    get(library, web, limit=2)
    forgotten = partial(store.begin, address=FEED, way="carrier pigeon")
    library.write(forgotten).result()
    library.write(
        partial(store.note, address=FEED, found=[store.Place("https://x.example")], done=[])
    ).result()

    assert get(library, web).added == 4
    assert numbers(library) == list(range(1, 10))
