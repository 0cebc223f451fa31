import base64
import quopri
import time

import drawn
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mails import NEWSLETTER, STORIES, TITLES, WORDS, mailbox, message, part, several

from reader.importers.messages.reading import LIMIT, name_of_message, read_message
from reader.model import ImporterError
from reader.model.picture import kept_address
from reader.parsing import parse

PNG = drawn.png(40, 30)


def read(data):
    return read_message(data, "/mail/one.eml")


def outcome(data):
    """Why a message is refused; None for one that is read."""
    try:
        read(data)
    except ImporterError as error:
        return str(error)
    return None


def said(data):
    return dict(read(data).meta)


def titles(data):
    return [story.title for story in parse(read(data)).stories]


def texts(data):
    return "\n".join(block.text for block in parse(read(data)).blocks)


# --- What it says of itself


def test_a_message_tells_its_title_date_author_and_newsletter():
    raw = read(message())

    assert raw.location == "/mail/one.eml"
    assert (raw.newsletter, raw.markup) == ("The Boat", "html")
    assert raw.meta == (
        ("title", "The Boat 12: oars"),
        ("date", "2026-01-05T09:00:00+00:00"),
        ("author", "The Boat"),
    )
    assert titles(message()) == TITLES


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: The Boat 12", "The Boat 12"),
        ("Re: AW: Fwd[2]: The Boat 12", "The Boat 12"),
        ("WG: [EXTERNAL] The Boat 12", "The Boat 12"),
        ("转发：The Boat 12", "The Boat 12"),
        ("[The Boat] Oars for all", "Oars for all"),
        ("[Sponsored] Oars for all", "[Sponsored] Oars for all"),
        ("Re: ", "Re:"),
        ("Regarding: oars", "Regarding: oars"),
        ("=?utf-8?Q?The_Boat_=E2=80=94_oars?=", "The Boat — oars"),
        ("=?utf-8?B?5biG6Iif?= 12", "帆船"[:1] + "舟 12"),
        ("=?utf-8?Q?=E5=B8?= =?utf-8?Q?=86?=", "帆"),
        ("=?iso-8859-1?q?K=FCste?=\n =?iso-8859-1?q?n?=", "Küsten"),
        ("=?no-such-charset?Q?Oars?=", "Oars"),
        ("=?utf-8?B?T2Fycw?= and more", "Oars and more"),
        ("=?utf-8?B?T2Fycy?= and more", "Oars and more"),
        ("=?utf-8?X?Oars?=", "=?utf-8?X?Oars?="),
        ("Küsten".encode(), "Küsten"),
        ("Küsten".encode("latin-1"), "Küsten"),
        ("Oars\n\tand sails", "Oars and sails"),
    ],
)
def test_a_subject_is_a_title_however_it_was_written(subject, title):
    assert read(message(Subject=subject)).name == title


@pytest.mark.parametrize(
    ("fields", "newsletter"),
    [
        ({"List_Id": '"Import Boats" <importboats.example.com>'}, "Import Boats"),
        ({"List_Id": "<importboats.example.com>", "From": "Import Boats <a@b.example>"}, "Import Boats"),
        (
            {"List_Id": "<importboats.example.com>", "From": "Ada from Import Boats <a@b.example>"},
            "Import Boats",
        ),
        ({"List_Id": "<boat-announce.example.org>", "From": "Ada Lovelace <a@b.example>"}, "boat-announce"),
        ({"List_Id": "<4af8bb2e8c0d.list-id.mcsv.example>"}, "The Boat"),
        ({"List_Id": "4af8bb2e8c0dmc list <4af8bb2e8c0d.77.list-id.mcsv.example>"}, "The Boat"),
        ({"List_Id": "<1234567.sender.example>"}, "The Boat"),
        ({"List_Id": "<newsletter.boat.example>"}, "The Boat"),
        ({"List_Id": "=?utf-8?B?5biG6Iif?= <x1234.example.com>"}, "帆舟"),
        ({"From": "Jack from Import Boats <jack@boats.example>"}, "Jack from Import Boats"),
        ({"From": "\"'The Boat' via Groups\" <a@b.example>"}, "The Boat"),
        ({"From": "hello@mail.boat.example"}, "boat.example"),
        ({"From": '"hello@boat.example" <hello@boat.example>'}, "boat.example"),
        ({"From": "<>"}, ""),
        ({"From": None}, ""),
        ({"From": "(((", "List_Id": "<<<>>>"}, ""),
    ],
)
def test_the_newsletter_is_the_list_else_the_sender(fields, newsletter):
    assert read(message(**fields)).newsletter == newsletter


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"Date": "Mon, 5 Jan 2026 09:00:00 -0800 (PST)"}, "2026-01-05T09:00:00-08:00"),
        ({"Date": "5 Jan 26 09:00 GMT"}, "2026-01-05T09:00:00+00:00"),
        (
            {"Date": "yesterday", "Received": "from a by b; Tue, 6 Jan 2026 10:00:00 +0100"},
            "2026-01-06T10:00:00+01:00",
        ),
        ({"Date": None}, None),
        ({"Date": "Mon, 99 Foo 99999 99:99:99"}, None),
    ],
)
def test_the_date_is_when_it_was_sent_else_received(fields, date):
    assert said(message(**fields)).get("date") == date


def test_a_message_without_subject_is_called_by_its_heading_else_told_to_have_none():
    assert parse(read(message(Subject=None))).issue.title == "The Boat 12"
    assert parse(read(message("Words.", kind="text/plain", Subject=None))).issue.title == "No subject"


# --- Its text


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "BASE64", "x-nonsense"])
def test_any_transfer_encoding_is_undone(encoding):
    plain = "<p>Küste: " + WORDS + "</p>"
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(
        encoding.lower(), bytes
    )

    assert "Küste: The harbour" in texts(message(coded(plain.encode()), encoding=encoding))


@pytest.mark.parametrize(
    ("words", "written", "told"),
    [
        ("Küste", "latin-1", "iso-8859-1"),
        ("“Küste”", "cp1252", "iso-8859-1"),
        ("Küste", "utf-8", "us-ascii"),
        ("Küste", "utf-8", "iso-8859-1"),
        ("Küste", "latin-1", "utf-8"),
        ("Küste", "utf-8", "no-such-charset"),
        ("Küste", "utf-8", "punycode"),
        ("Küste", "utf-8", "base64"),
        ("Küste", "utf-8", ""),
        ("Берег моря", "koi8-r", "koi8-r"),
        ("海岸", "gb18030", "gb2312"),
        ("海岸", "big5", "big5"),
        ("海岸", "iso-2022-jp", "ISO-2022-JP"),
        ("海岸", "shift_jis", "shift_jis"),
        ("海岸です", "utf-16", "utf-16"),
    ],
)
def test_any_charset_is_read_and_a_wrong_one_is_told_by_the_bytes(words, written, told):
    data = message(
        base64.encodebytes(words.encode(written)), kind=f'text/plain; charset="{told}"', encoding="base64"
    )

    assert read(data).text.strip() == words


def test_of_alternatives_the_html_is_read():
    both = several(part("The plain text.", "text/plain"), part(NEWSLETTER, "text/html"), kind="alternative")

    assert titles(message(**both)) == TITLES


@pytest.mark.parametrize("stub", ["", "<html><body></body></html>", "<p>Your mailer shows no HTML.</p>"])
def test_the_plain_text_is_read_where_the_html_has_no_words(stub):
    both = several(part(WORDS, "text/plain"), part(stub, "text/html"), kind="alternative")

    assert read(message(**both)).markup == "markdown"
    assert "captain" in texts(message(**both))


def test_parts_within_parts_are_read_and_attachments_are_not():
    related = several(part(NEWSLETTER, "text/html"), part("x", "image/png"), kind="related", border="r")
    alternative = several(
        part("Plain.", "text/plain"), part(related["body"], related["kind"]), kind="alternative", border="a"
    )
    attached = {"Content_Disposition": 'attachment; filename="notes.html"'}
    whole = several(
        part(alternative["body"], alternative["kind"]),
        part("<p>secret</p>", "text/html", **attached),
        part("BEGIN:VCALENDAR", "text/calendar"),
        part("To unsubscribe, write to us.", "text/plain"),
    )

    assert titles(message(**whole)) == TITLES
    read_text = texts(message(**whole))
    assert "secret" not in read_text
    assert "VCALENDAR" not in read_text
    assert "To unsubscribe" in read_text


def test_text_that_flows_becomes_paragraphs():
    text = "The harbour was \nquiet today.\n\n> He said \n> so.\n-- \nAda\n"
    raw = read(message(text, kind="text/plain; format=flowed"))

    assert "The harbour was quiet today." in raw.text
    assert "> He said so." in raw.text
    assert "said so.\n--" not in raw.text  # a line of dashes would make a heading of it


def test_a_word_parted_by_delsp_is_whole():
    assert read(message("har \nbour\n", kind="text/plain; format=flowed; delsp=yes")).text == "harbour"


def test_plain_text_that_is_html_is_read_as_html():
    assert read(message(NEWSLETTER, kind="text/plain")).markup == "html"


def test_pictures_that_a_message_brings_come_along_as_its_own():
    html = f"<h1>Boat</h1><p>{WORDS}</p><img src='cid:one%40b' alt='A boat'><img src=\"cid:two\"><img src='cid:none'>"
    data = message(
        **several(
            part(html, "text/html"),
            part(
                base64.encodebytes(PNG), "image/png", Content_ID="<one@b>", Content_Transfer_Encoding="base64"
            ),
            part("<svg onload='x()'/>", "image/svg+xml", Content_ID="<two>"),
            kind="related",
        )
    )

    parsed = parse(read(data))

    assert parsed.inside == ((kept_address(PNG), PNG),)
    images = [run.image for block in parsed.blocks for run in block.all_runs if run.image]
    assert images == [kept_address(PNG)]


# --- Where it is on the web


@pytest.mark.parametrize(
    "link",
    [
        "<a href='https://boat.example/p/12'>View in browser</a>",
        "<a href='https://boat.example/p/12'>View this email in your browser</a>",
        "<p>Trouble viewing this? <a href='https://boat.example/p/12'>Click here</a></p>",
        "<a href='https://boat.example/p/12'>Read <b>Online</b></a>",
        "<a href='https://boat.example/p/12'>Im Browser ansehen</a>",
        "<a href='https://boat.example/p/12'>Voir en ligne</a>",
        "<a href='https://boat.example/p/12'>Ver en el navegador</a>",
        "<a href='https://boat.example/p/12'>在浏览器中查看</a>",
        "<a href='https://boat.example/p/12'>ブラウザで表示する</a>",
        "<a href='https://boat.example/p/12'>Открыть в браузере</a>",
    ],
)
def test_the_address_is_where_view_online_leads(link):
    other = "<a href='https://boat.example/unsubscribe'>Unsubscribe or view online</a>"
    html = f"<h1><a href='https://boat.example/ad'>Ad</a></h1>{other}{link}<p>{WORDS}</p>"

    assert said(message(html))["link"] == "https://boat.example/p/12"


@pytest.mark.parametrize(
    ("html", "fields", "address"),
    [
        ("<p>x</p>", {"Archived_At": "<https://lists.example/12>"}, "https://lists.example/12"),
        ("<p>x</p>", {"List_Post": "<https://boat.example/p/twelve>"}, "https://boat.example/p/twelve"),
        (
            "<p>x</p>",
            {"List_Post": "<mailto:a@b.example>", "List_Archive": "<https://b.example/archive>"},
            None,
        ),
        (
            "<p><a href='https://a.example/'>a</a></p><h2><a href='https://b.example/p'>T</a></h2>",
            {},
            "https://b.example/p",
        ),
        ("<a href='https://b.example/p'><h1>T</h1></a>", {}, "https://b.example/p"),
        ("<h1><a href='https://b.example/unsubscribe?u=1'>T</a></h1>", {}, None),
        ("<h1><a href='javascript:x()'>T</a></h1>", {}, None),
        ("<p><a href='https://b.example/browser'>The new browser of the year</a></p>", {}, None),
    ],
)
def test_else_the_address_is_what_the_header_or_the_heading_says(html, fields, address):
    assert said(message(html + WORDS, **fields)).get("link") == address


def test_plain_text_says_where_it_can_be_seen():
    text = "View this email in your browser:\n(https://boat.example/p/12)\n\n" + WORDS

    assert said(message(text, kind="text/plain"))["link"] == "https://boat.example/p/12"


# --- Sent on

GMAIL = """<div dir="ltr">Have a look!<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded
 message ---------<br>From: <strong>The Boat</strong> <span dir="auto">&lt;<a href="mailto:hi@boat.example">hi@boat.example</a>
&gt;</span><br>Date: Mon, Oct 19, 2020 at 9:05 AM<br>Subject: The Boat 7: tar<br>To:  &lt;<a href="mailto:m@e.org">m@e.org</a>&gt;<br>
</div><br><br>{}</div></div>"""
APPLE = """<html><body>Have a look!<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br>
<div><span><b>From: </b></span><span>The Boat &lt;hi@boat.example&gt;<br></span></div>
<div><span><b>Subject: </b></span><span><b>The Boat 7: tar</b><br></span></div>
<div><span><b>Date: </b></span><span>19 October 2020 at 09:05:00 GMT+2<br></span></div>
<div><span><b>To: </b></span><span>m@e.org<br></span></div><br><div>{}</div></blockquote></div></body></html>"""
OUTLOOK = """<html><body><p>Have a look!</p><div style="border-top:solid 1pt"><p><b>Von:</b> The Boat &lt;hi@boat.example&gt;
<br><b>Gesendet:</b> Montag, 19. Oktober 2020 09:05<br><b>An:</b> m@e.org<br><b>Betreff:</b> The Boat 7: tar</p></div>{}</body></html>"""
THUNDERBIRD = """<html><body><p>Have a look!</p><div class="moz-forward-container">-------- Forwarded Message --------<table><tbody>
<tr><th>Subject: </th><td>The Boat 7: tar</td></tr><tr><th>Date: </th><td>Mon, 19 Oct 2020 09:05:00 +0000</td></tr>
<tr><th>From: </th><td>The Boat &lt;hi@boat.example&gt;</td></tr><tr><th>To: </th><td>m@e.org</td></tr></tbody></table><br>{}</div></body></html>"""


@pytest.mark.parametrize("mailer", [GMAIL, APPLE, OUTLOOK, THUNDERBIRD])
def test_of_an_issue_that_was_sent_on_the_original_counts(mailer):
    data = message(
        mailer.format(STORIES),
        From="Ada <ada@example.org>",
        Subject="Fwd: The Boat 7: tar",
        Message_ID="<f@e>",
    )
    raw, meta = read(data), said(data)

    assert (raw.newsletter, meta["title"], meta["author"]) == ("The Boat", "The Boat 7: tar", "The Boat")
    assert meta["date"].startswith("2020-10-19T09:05:00")
    assert titles(data) == TITLES
    text = texts(data)
    assert text.startswith("Have a look!")
    assert "m@e.org" not in text
    assert all(block.quote == 0 for block in parse(raw).blocks)


@pytest.mark.parametrize(
    ("mark", "names", "date"),
    [
        ("---------- Forwarded message ---------", "From Date Subject To", "Mon, Oct 19, 2020 at 9:05 AM"),
        ("-----Original Message-----", "From Sent Subject To", "Monday, October 19, 2020 9:05 AM"),
        ("-----Ursprüngliche Nachricht-----", "Von Gesendet Betreff An", "Montag, 19. Oktober 2020 09:05"),
        ("---------- Message transféré ---------", "De Date Objet À", "lun. 19 oct. 2020 à 09:05"),
        ("---------- Mensaje reenviado ---------", "De Date Asunto Para", "lun, 19 oct 2020 a las 9:05"),
        (
            "Anfang der weitergeleiteten Nachricht:",
            "Von Datum Betreff An",
            "19. Oktober 2020 um 09:05:00 MESZ",
        ),
        ("-------- 转发邮件信息 --------", "发件人 日期 主题 收件人", "2020年10月19日 9:05"),
        ("-------- Пересылаемое сообщение --------", "От Дата Тема Кому", "19 октября 2020 г. 9:05"),
    ],
)
def test_plain_text_that_was_sent_on_is_recognised_in_many_languages(mark, names, date):
    sender, sent, subject, to = names.split()
    head = (
        f"{sender}: The Boat <hi@boat.example>\n{sent}: {date}\n{subject}: The Boat 7: tar\n{to}: m@e.org\n"
    )
    data = message(
        f"Look!\n\n{mark}\n{head}\n{WORDS}\n",
        kind="text/plain; charset=utf-8",
        From="Ada <a@e.org>",
        Subject="Tr: x",
    )
    raw = read(data)

    assert (raw.newsletter, raw.name) == ("The Boat", "The Boat 7: tar")
    assert said(data)["date"].startswith("2020-10-19T09:05")
    assert "Look!" in raw.text
    assert "m@e.org" not in raw.text


def test_a_quoted_original_is_no_quotation():
    lines = [
        "Begin forwarded message:",
        "From: The Boat <b@b.example>",
        "Subject: The Boat 7",
        "",
        "Oars are long.",
    ]
    data = message(
        "Look!\n\n" + "\n".join(f"> {line}" for line in lines), kind="text/plain", Subject="Fwd: The Boat 7"
    )

    assert read(data).text.splitlines()[-1] == "Oars are long."


@pytest.mark.parametrize("fields", [{"Content_Disposition": 'attachment; filename="boat.eml"'}, {}])
@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream"])
def test_a_message_that_another_one_carries_is_read(fields, kind):
    inner = message(Subject="The Boat 7: tar", Date="Mon, 19 Oct 2020 09:05:00 +0000")
    if kind != "message/rfc822":
        fields, inner = (
            {"Content_Transfer_Encoding": "base64", "Content_Disposition": 'attachment; filename="b.eml"'},
            base64.encodebytes(inner),
        )
    outer = several(part("Have a look!", "text/plain"), part(inner, kind, **fields))
    data = message(**outer, From="Ada <ada@example.org>", Subject="Fwd: The Boat 7: tar")

    assert (read(data).newsletter, said(data)["date"][:10]) == ("The Boat", "2020-10-19")
    assert titles(data) == TITLES
    assert texts(data).startswith("Have a look!")


def test_who_answers_a_letter_and_a_newsletter_that_cites_one_send_nothing_on():
    answer = f"Thanks.\n\nOn Monday, The Boat wrote:\n> {WORDS}"
    cites = f"From: the desk\n\n{WORDS}\n\n-----Original Message-----\nFrom: Bob <b@b.example>\nSubject: Tar\n\nTar!"

    assert read(message(answer, kind="text/plain", Subject="Re: tar")).newsletter == "The Boat"
    assert read(message(cites, kind="text/plain", List_Id="The Boat <b.example>")).newsletter == "The Boat"


# --- What is no message, and what is equal


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The mail is empty."),
        (b" \n\n", "The mail is empty."),
        (b"%PDF-1.4", "This is a PDF, not a mail."),
        (b"Just some words.", "This is not a mail."),
        (b"Title: x\n\nWords.", "This is not a mail."),
        (message(""), "There is nothing to read in this mail."),
        (message("<html><body></body></html>"), "There is nothing to read in this mail."),
        (message("x" * LIMIT), "The mail is too large: 30 MB; up to 30 MB are read."),
    ],
)
def test_what_is_no_mail_is_refused_in_a_sentence(data, reason):
    with pytest.raises(ImporterError) as caught:
        read(data)

    assert (str(caught.value), caught.value.location) == (reason, "/mail/one.eml")


def test_equal_copies_have_equal_digests_however_they_came():
    one = read(message(Received="from a by b", Delivered_To="me@e.org"))
    coded = read(message(base64.encodebytes(NEWSLETTER.encode()), encoding="base64", Message_ID="<other@e>"))

    assert one.digest == coded.digest != read(message(NEWSLETTER + "<p>More.</p>")).digest


def test_a_message_is_known_by_its_own_identifier():
    assert name_of_message(message()) == name_of_message(message("Other text", Received="x"))
    assert name_of_message(message()) != name_of_message(message(Message_ID="<13@boat.example>"))
    assert name_of_message(message(Message_ID=None)) != name_of_message(message("Other", Message_ID=None))
    assert len(name_of_message(message(Message_ID=None))) == 16


def test_a_border_that_never_comes_loses_no_text():
    assert "captain" in texts(message(WORDS, kind='multipart/mixed; boundary="never"'))
    assert "captain" in texts(message(WORDS, kind="multipart/mixed"))


def test_parts_nested_without_end_end():
    nested = b"".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(3000)
    )
    data = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n" + nested + b"Content-Type: text/plain\n\nwords"
    )

    assert outcome(data) in (None, "There is nothing to read in this mail.")


FIELDS = st.sampled_from(
    [
        b"From: ",
        b"Subject: ",
        b"Date: ",
        b"List-Id: ",
        b"Content-Type: ",
        b"Content-ID: ",
        b"Content-Transfer-Encoding: ",
    ]
)
VALUES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"multipart/mixed; boundary=b",
            b'multipart/alternative; boundary="b"',
            b"message/rfc822",
            b"text/html; charset*=x'y'%zz",
            b"text/html; charset=\xff",
            b"base64",
            b"quoted-printable",
            b"uuencode",
            b"=?utf-8?B?\xff?=",
            b"=?a?q?",
            b"<a@",
            b"(((",
            b'"',
            b"text/plain; format=flowed; delsp=yes",
            b"Mon, 31 Feb 10000 25:61:61 +9999",
            b"Fwd: x",
        ]
    ),
)
PIECES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"--b\n",
            b"--b--\n",
            b"\n",
            b"\n\n",
            b"Begin forwarded message:\n",
            b"From: x\n",
            b"Subject: y\n",
            b"<h1>",
            b"begin 644 x\n",
            b"cid:x",
            b"<a href='http://[x'>view online</a>",
        ]
    ),
)


@given(st.lists(st.tuples(FIELDS, VALUES), max_size=8), st.lists(PIECES, max_size=12))
@example([(b"Content-Type: ", b"message/rfc822"), (b"From: ", b"a")], [b"\n", b"Subject: y\n"])
def test_any_message_is_an_issue_or_an_importer_error(fields, pieces):
    data = b"".join(name + value + b"\n" for name, value in fields) + b"\n" + b"".join(pieces)
    reason = outcome(data)
    if reason is None:
        raw = read(data)
        assert raw.text
        assert len(raw.digest) == 64
        parse(raw)
    else:
        assert reason.endswith(".")


@given(st.binary(max_size=400))
def test_any_bytes_are_an_issue_or_an_importer_error(data):
    for one in (data, b"From: a\n" + data, message(data), mailbox(data)):
        assert (outcome(one) or ".").endswith(".")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<style " * 100_000),
        ("text/html", b"<!-- " * 100_000),
        ("text/html", b"<div>" * 50_000 + b"words"),
        ("text/html", b"<blockquote>" * 20_000 + b"From: a<br>Subject: b<br>Date: c<br>x"),
        ("text/html", b"<img src=cid:x>" * 50_000),
        ("text/plain", b"&#" * 500_000),
        ("text/plain; format=flowed", b"x \n" * 300_000),
        ("text/plain", (b"view " * 60 + b"\n") * 10_000),
        ("text/plain" + ';"' * 5_000, b"words"),
        ("multipart/mixed; boundary=b", b"--b\n\nx\n" * 20_000),
    ],
)
def test_what_is_made_to_take_long_does_not(kind, body):
    before = time.process_time()
    outcome(message(body, kind=kind, Subject="Fwd: x"))

    assert time.process_time() - before < 5


@pytest.mark.parametrize("field", ["From", "Subject", "List-Id", "Date", "List-Post", "Content-Type"])
@pytest.mark.parametrize(
    "value", ['"(<@,;' * 20_000, "1" * 100_000, "=?utf-8?q?x?= " * 10_000, "(" * 100_000]
)
def test_fields_without_end_are_read_as_far_as_they_tell(field, value):
    before = time.process_time()

    assert outcome(message(WORDS, kind="text/plain", **{field.replace("-", "_"): value})) is None
    assert time.process_time() - before < 5
