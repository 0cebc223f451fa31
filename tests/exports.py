"""Exports of other programs as tests need them: short, and made of the parts that matter."""

import csv
import io
import json
import zipfile

_WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Boat</title><link>https://boat.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login>
<wp:author_display_name><![CDATA[Ada L.]]></wp:author_display_name></wp:author>
{items}
</channel></rss>
"""
_ITEM = """<item><title>{title}</title><link>https://boat.example/{number}</link>
<guid isPermaLink="false">https://boat.example/?p={number}</guid><dc:creator><![CDATA[ada]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2024-01-0{number} 12:00:00</wp:post_date>
<wp:post_date_gmt>2024-01-0{number} 11:00:00</wp:post_date_gmt>
<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>
<category domain="category" nicename="news"><![CDATA[News]]></category>
<category domain="post_tag" nicename="oars"><![CDATA[Oars]]></category>
<category domain="post_tag" nicename="tar"><![CDATA[Tar]]></category>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>First!</wp:comment_content></wp:comment>
</item>"""


def wxr_item(number=1, content="Words.", *, title="", kind="post", status="publish"):
    return _ITEM.format(
        number=number, content=content, title=title or f"Letter {number}", kind=kind, status=status
    )


def wxr(*items):
    return _WXR.format(items="\n".join(items or [wxr_item()]))


def zipped(path, files):
    """Write a zip archive of files, by their paths in it; return where it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def table(*rows):
    """CSV of dictionaries."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, rows[0], restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def substack_row(number=1, **more):
    row = {
        "post_id": f"{number}.letter-{number}",
        "post_date": f"2024-01-0{number}T11:00:00.000Z",
        "is_published": "true",
        "email_sent_at": "",
        "inbox_sent_at": "",
        "type": "newsletter",
        "audience": "everyone",
        "title": f"The Boat {number}",
        "subtitle": "About oars",
        "podcast_url": "",
    }
    return row | more


def substack(path, *rows, **files):
    rows = rows or (substack_row(),)
    texts = {f"posts/{row['post_id']}.html": "<p>Words of the letter.</p>" for row in rows}
    return zipped(path, {"posts.csv": table(*rows), **texts, **files})


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. <DT><A HREF="https://comment.example/">Not one</A> -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><A HREF="https://top.example/">Top &amp; first</A>
    <DT><H3 ADD_DATE="1500000000">Boats</H3>
    <DL><p>
        <DT><A HREF="https://oars.example/?a=1&amp;b=2" ADD_DATE="1600000000" TAGS="wood, sea">Oars</A>
        <DD>How to carve them
        <DT><H3>Sails</H3>
        <DL><p>
            <DT><A HREF="https://canvas.example/">Canvas</A>
            <DT><A HREF="javascript:alert(1)">A button</A>
        </DL><p>
        <DT><A HREF="https://tar.example/kettle"></A>
    </DL><p>
</DL><p>
"""


def starred_item(number=1, *states, **more):
    item = {
        "id": f"tag:google.com,2005:reader/item/{number:016x}",
        "crawlTimeMsec": "1700000000000",
        "timestampUsec": "1700000000000000",
        "published": 1_700_000_000,
        "title": f"The Boat {number}",
        "author": "Ada L.",
        "canonical": [{"href": f"https://boat.example/{number}"}],
        "categories": [f"user/1/state/com.google/{state}" for state in ("reading-list", *states)]
        + ["user/1/label/Wood"],
        "origin": {"streamId": "feed/https://boat.example/feed", "title": "The Boat"},
        "summary": {"direction": "ltr", "content": "<p>Words of the letter.</p>"},
    }
    return item | more


def starred(*items):
    return json.dumps(
        {
            "direction": "ltr",
            "id": "user/1/state/com.google/starred",
            "title": "Starred",
            "items": list(items) or [starred_item()],
        }
    )


def pocket_row(number=1, **more):
    row = {
        "title": f"Page {number}",
        "url": f"https://page.example/{number}",
        "time_added": "1600000000",
        "tags": "wood|sea",
        "status": "unread",
    }
    return row | more


def omnivore_page(number=1, **more):
    page = {
        "id": f"id-{number}",
        "slug": f"page-{number}",
        "title": f"Page {number}",
        "description": "What it is about",
        "author": "Ada L.",
        "url": f"https://page.example/{number}",
        "state": "Active",
        "readingProgress": 0,
        "thumbnail": "",
        "labels": ["wood", "sea"],
        "savedAt": "2024-01-02T10:00:00.000Z",
        "publishedAt": "2024-01-01T10:00:00.000Z",
    }
    return page | more


def omnivore(path, *pages, **files):
    pages = pages or (omnivore_page(),)
    texts = {f"content/{page['slug']}.html": "<div><p>Words of the page.</p></div>" for page in pages}
    return zipped(path, {"metadata_0_to_20.json": json.dumps(pages), **texts, **files})


OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="Boats" title="Boats">
    <outline type="rss" text="The Boat" title="The Boat" xmlUrl="https://boat.example/feed" htmlUrl="https://boat.example/"/>
    <outline text="Wood"><outline text="Oars &amp; co" xmlUrl="https://oars.example/atom.xml"/></outline>
  </outline>
  <outline type="rss" title="Tar" xmlUrl="http://tar.example/rss"/>
</body></opml>
"""
