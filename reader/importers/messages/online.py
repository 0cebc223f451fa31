"""Where on the web a message can be read, told by the link that mailers put above or below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.importers.messages.body import Text, is_tree
from reader.importers.messages.headers import Header, web_addresses

_SEE = re.compile(
    r"\b(?:view|read|see|open|display|show)\b.{0,40}\b(?:browser|online|on (?:the )?(?:web|site"
    r"|website)|web ?page|web version)"
    r"|\b(?:web|browser|online)[- ]?version\b|\bwebversie|trouble (?:viewing|reading|seeing)"
    r"|not displaying (?:correctly|properly)"
    r"|\bim (?:web-?)?browser\b.{0,30}\b(?:ansehen|anzeigen|öffnen|lesen|anschauen|betrachten|aufrufen)"
    r"|\bonline[- ]?(?:ansicht|ansehen|lesen)|darstellungsprobleme|nicht (?:richtig"
    r"|korrekt) (?:angezeigt|dargestellt)"
    r"|\b(?:voir|lire|afficher|ouvrir|consulter|visualiser)\b.{0,40}\b(?:navigateur|en ligne)"
    r"|\bversion (?:en ligne|web)\b"
    r"|\b(?:ver|leer|abrir|ler|visualizar|consultar)\b.{0,40}\b(?:navegador|en l[ií]nea|online|on-line)"
    r"|\bversi[oó]n (?:web|online)|\bvers[aã]o (?:web|online)|\bversione (?:web|online)"
    r"|\b(?:visualizza|vedi|leggi|apri|bekijk|lees|open|visa|läs|öppna|vis|les|læs|åbn|åpne|se)\b.{0,40}"
    r"\b(?:browser\w*|online|webbläsare\w*|nettleser\w*)|webbversion"
    r"|\b(?:zobacz|otwórz|wyświetl|czytaj)\w*.{0,30}przeglądar|\b(?:zobrazit|otevřít"
    r"|číst)\b.{0,30}prohlížeč"
    r"|tarayıcı\w*.{0,20}(?:görüntüle|aç|oku)|(?:avaa|lue|katso).{0,30}selaimessa"
    r"|böngésző\w*.{0,20}(?:meg|olvas)"
    r"|(?:откр|посмотр|чита|прочит|просмотр|перегля|відкри)\w*.{0,30}(?:браузер|онлайн)|веб-верси"
    r"|المتصفح|בדפדפן"
    r"|在.{0,6}(?:浏览器|瀏覽器).{0,4}(?:查看|打开|阅读|浏览|檢視|開啟|閱讀)|网页版|網頁版"
    r"|在线(?:阅读|查看|浏览)|線上(?:閱讀|檢視)"
    r"|在网页(?:中|上)?(?:查看|阅读|打开)|ブラウザー?で(?:表示|見る|読む|開く|ご覧)|ウェブ版|web版"
    r"|オンラインで(?:読む|見る)"
    r"|브라우저(?:에서|로) ?(?:보기|열기|읽기)|웹에서 ?보기",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"unsubscribe|subscri(?:be|ption)|opt[-_ ]?out|preferences|manage|settings|profile|privacy"
    r"|forward|share|abmelden"
    r"|abbestellen|désabonn|cancelar|disiscri|afmelden|отпис|退订|取消订阅|退訂|購読解除",
    re.IGNORECASE,
)
_LEADS_AWAY = re.compile(r"unsubscribe|opt[-_]?out|preferences|abmelden|desabonn", re.IGNORECASE)
_LABEL = 70
"""Characters of a link that says nothing but where it leads."""
_SAID_IN = 160
"""Characters of the line around a link that say what it is: "Trouble reading this? Click here"."""
_OUTER = 25
"""Links from the top and from the bottom among which the one to the web is looked for."""
_OUTER_LINES = 60
_WEB = re.compile(r"https?://[^\s<>\"'\])]+", re.IGNORECASE)
_PLACE = re.compile(r"/[^/]+/[^/]+|/[^/]*[-_\d][^/]*")
"""A path that leads to something, and not to the front page or an index."""


def web_address_of(text: Text, header: Header) -> str:
    """Return where an issue can be read on the web; "" where nothing says.

    It is where "View online" leads; else what the header says of this very message; else the first link in
    the first heading.
    """
    tree = LexborHTMLParser(text.text) if is_tree(text) else None
    found = _seen_online(tree) if tree else _seen_in_plain(text)
    return found or _said_by(header) or (_headed(tree) if tree else "")


def _said_by(header: Header) -> str:
    archived = next(web_addresses(header.get("archived-at", "")), "")
    posted = (one for one in web_addresses(header.get("list-post", "")) if _is_place(one))
    return archived or next(posted, "")


def _is_place(address: str) -> bool:
    try:
        return bool(_PLACE.match(urlsplit(address).path))
    except ValueError:
        return False


def _seen_online(tree: LexborHTMLParser) -> str:
    links = tree.css("a[href]")
    outer = links if len(links) <= 2 * _OUTER else [*links[:_OUTER], *links[-_OUTER:]]
    for said in (_own_words, _words_around):
        for link in outer:
            if _SEE.search(words := said(link)) and not _LEAVE.search(words) and (address := _web(link)):
                return address
    return ""


def _own_words(link: LexborNode) -> str:
    return _short(link, _LABEL)


def _words_around(link: LexborNode) -> str:
    """Return the line that a link stands in, where it is the only one there."""
    parent = link.parent
    return _short(parent, _SAID_IN) if parent is not None and len(parent.css("a[href]")) == 1 else ""


def _short(node: LexborNode, most: int) -> str:
    words = " ".join(node.text(deep=True).split())
    return words if len(words) <= most else ""


def _web(link: LexborNode) -> str:
    address = " ".join((link.attributes.get("href") or "").split())
    return address if _WEB.fullmatch(address) and not _LEADS_AWAY.search(address) else ""


def _seen_in_plain(text: Text) -> str:
    lines = text.text.splitlines() if text.markup == "text" else []
    lines = lines if len(lines) <= 2 * _OUTER_LINES else [*lines[:_OUTER_LINES], *lines[-_OUTER_LINES:]]
    for place, line in enumerate(lines):
        if len(line) <= 2 * _SAID_IN and (_SEE.search(line) and not _LEAVE.search(line)):
            for found in _on(lines[place : place + 3]):
                return found
    return ""


def _on(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if found := _WEB.search(line):
            yield found[0].rstrip(".,;")


def _headed(tree: LexborHTMLParser) -> str:
    heading = tree.css_first("h1, h2, h3")
    if heading is None:
        return ""
    around = heading.parent if heading.parent is not None and heading.parent.tag == "a" else None
    links = [*heading.css("a[href]"), *([around] if around is not None else [])]
    return next(
        (address for link in links if (address := _web(link)) and not _LEAVE.search(_short(link, _SAID_IN))),
        "",
    )
