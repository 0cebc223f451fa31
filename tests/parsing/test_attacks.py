"""Nothing active survives: every attack goes through both doors, and only harmless addresses come out."""

import re

import pytest

from reader.model import text_of
from reader.parsing.html import html_blocks
from reader.parsing.markdown import markdown_blocks

ATTACKS = {
    "javascript link": '<a href="javascript:alert(1)">safe text</a>',
    "mixed case": '<a href="JaVaScRiPt:alert(1)">safe text</a>',
    "numeric entities": '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)">safe text</a>',
    "entities without semicolons": '<a href="&#0000106&#0000097&#0000118ascript:alert(1)">safe text</a>',
    "entities twice": '<a href="javascript&amp;#58;alert(1)">safe text</a>',
    "percent signs": '<a href="javascript%3Aalert(1)">safe text</a>',
    "tab in the scheme": '<a href="jav&#9;ascript:alert(1)">safe text</a>',
    "newline in the scheme": '<a href="java\nscript:alert(1)">safe text</a>',
    "control character first": '<a href="&#1;javascript:alert(1)">safe text</a>',
    "spaces first": '<a href="   javascript:alert(1)">safe text</a>',
    "invisible characters": '<a href="java\u200bscript:alert(1)">safe text</a>',
    "vbscript": '<a href="vbscript:msgbox(1)">safe text</a>',
    "data page": '<a href="data:text/html;base64,PHNjcmlwdD4=">safe text</a>',
    "file": '<a href="file:///etc/passwd">safe text</a>',
    "script": "<script>evil()</script><p>safe text</p>",
    "script in another case": "<ScRiPt src=//evil.example/x.js>evil()</sCrIpT ><p>safe text</p>",
    "handlers": '<p onclick="evil()" onmouseover=evil()>safe text</p><img src=x onerror="evil()">',
    "style": "<style>p { background: url(javascript:evil()) }</style><p style='background:url(javascript:evil())'>safe text</p>",
    "svg": '<svg onload="evil()"><a xlink:href="javascript:evil()"><text>evil</text></a></svg><p>safe text</p>',
    "mathml": '<math><mtext><a xlink:href="javascript:evil()">safe text</a></mtext></math>',
    "iframe": '<iframe src="javascript:evil()" srcdoc="<script>evil()</script>">evil()</iframe><p>safe text</p>',
    "form": '<form action="javascript:evil()"><p>safe text</p><input value=evil() formaction=javascript:evil()></form>',
    "button": '<button formaction="javascript:evil()">evil</button><p>safe text</p>',
    "object": '<object data="javascript:evil()"><param name=x value=evil()>evil</object><p>safe text</p>',
    "embed": '<embed src="data:image/svg+xml;base64,PHN2Zz4="><p>safe text</p>',
    "meta refresh": '<meta http-equiv="refresh" content="0;url=javascript:evil()"><p>safe text</p>',
    "base": '<base href="javascript:evil()//"><a href="page">safe text</a>',
    "one pixel": '<p>safe text<img src="https://evil.example/open.gif" width="1" height="1"></p>',
    "no pixel": "<p>safe text<img src='https://evil.example/open.gif' style='width:0px;height:0'></p>",
    "cite": '<blockquote cite="javascript:evil()"><q cite="javascript:evil()">safe text</q></blockquote>',
    "broken nesting": '<<p><a href="jav<b>ascript:evil()">safe text</<a>script>alert(1)</script></p>',
    "template": "<template><script>evil()</script><p>evil</p></template><p>safe text</p>",
    "noscript": '<noscript><img title="</noscript><img src=x onerror=evil()>"></noscript><p>safe text</p>',
    "srcset": '<p>safe text<img srcset="javascript:evil() 1x, data:image/svg+xml,evil 2x"></p>',
    "picture data": '<p>safe text<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="x"></p>',
    "css import": "<link rel=stylesheet href='javascript:evil()'><style>@import 'javascript:evil()';</style><p>safe text</p>",
    "textarea": "<textarea><script>evil()</script></textarea><p>safe text</p>",
    "comment": "<!--[if gte IE 4]><script>evil()</script><![endif]--><p>safe text</p>",
}
MARKDOWN_ATTACKS = {
    "link": "[safe text](javascript:alert(1))",
    "entities": "[safe text](&#106;avascript:alert(1))",
    "escapes": "[safe text](javascript\\:alert(1))",
    "angles": "[safe text](<java\tscript:alert(1)>)",
    "reference": "[safe text][a]\n\n[a]: javascript:alert(1)",
    "autolink": "safe text <javascript:alert(1)>",
    "image": "safe text ![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "code span around a tag": "safe text `<script>`",
}
ALLOWED = re.compile(r"(?:https?://|mailto:|#|(?![a-z][a-z0-9+.-]*:|//))", re.IGNORECASE)


def addresses(blocks):
    return [
        address for block in blocks for run in block.all_runs for address in (run.href, run.image) if address
    ]


def check(blocks):
    text = text_of(blocks)
    assert "safe text" in text
    assert "evil" not in text
    for address in addresses(blocks):
        assert ALLOWED.match(address)
        assert "script" not in address
        assert "evil" not in address


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_active_survives_in_html(attack):
    check(html_blocks(attack))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_active_survives_in_a_page(attack):
    check(html_blocks(f"<!doctype html><html><body><article>{attack}</article></body></html>"))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_active_survives_in_markdown(attack):
    check(markdown_blocks(f"Before.\n\n{attack}\n\nAfter."))


@pytest.mark.parametrize("attack", MARKDOWN_ATTACKS.values(), ids=MARKDOWN_ATTACKS)
def test_nothing_active_survives_in_the_links_of_markdown(attack):
    check(markdown_blocks(attack))
