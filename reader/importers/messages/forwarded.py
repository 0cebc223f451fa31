"""Messages that were sent on: where the original begins, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.importers.messages.body import Text, is_tree
from reader.importers.messages.headers import NO_HEADER, Header

_LABELS = {
    "from": "From|Von|De|Da|Van|Från|Fra|Od|Lähettäjä|Kimden|Feladó|От|Від|发件人|寄件者|寄件人"
    "|差出人|보낸 사람|보낸사람",
    "date": "Date|Sent|Datum|Gesendet|Envoyé|Fecha|Enviado(?: el)?|Enviada em|Data|Inviato"
    "|Verzonden|Skickat|Sendt"
    "|Dato|Wysłano|Lähetetty|Päivämäärä|Tarih|Gönderildi|Elküldve|Dátum|Дата|Отправлено|Надіслано"
    "|发送时间|发件日期"
    "|日期|時間|寄件日期|日付|日時|送信日時|날짜|보낸 날짜",
    "subject": "Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Ämne|Emne|Temat|Předmět|Aihe"
    "|Konu|Tárgy|Тема"
    "|主题|主旨|件名|제목",
    "to": "To|An|À|Para|A|Aan|Till|Til|Do|Komu|Vastaanottaja|Kime|Címzett|Кому|收件人|收件者|宛先"
    "|받는 사람|받는사람",
    "cc": "Cc|Bcc|Kopie|Copie|CC|Копия|抄送|副本",
    "reply-to": "Reply-To|Reply to|Antwort an|Répondre à|Responder a|Rispondi a|Antwoord aan|回复|返信先",
}
_LABEL = re.compile(
    r"(?:>\s*)*\*?(?:"
    + "|".join(f"(?P<{key.replace('-', '_')}>{names})" for key, names in _LABELS.items())
    + r")\*?\s?[:：]\*?\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MARKER = re.compile(
    r"(?:>\s*)*(?:[-_—*]{2,}\s*(?:"
    r"(?:original|forwarded|forwarded by .{1,60}) (?:message|mail|e-mail)|forwarded by .{1,80}"
    r"|(?:weitergeleitete|ursprüngliche) (?:nachricht|mail)|original-?nachricht"
    r"|message (?:transféré|d'origine|d’origine)|mensaje (?:reenviado|original)"
    r"|messaggio (?:inoltrato|originale)"
    r"|mensagem (?:encaminhada|original)|(?:doorgestuurd|oorspronkelijk) bericht"
    r"|(?:vidarebefordrat|ursprungligt) meddelande|(?:videresendt|oprindelig"
    r"|opprinnelig) (?:meddelelse|melding)"
    r"|(?:przekazana|oryginalna) wiadomość|пересылаемое сообщение|исходное сообщение|пересланное сообщение"
    r"|iletilen mesaj|转发的?邮件(?:信息)?|原始邮件|轉寄的?郵件|原始郵件|転送(?:された)?メッセージ"
    r"|元のメッセージ|전달된 메시지|원본 메시지"
    r")\s*:?\s*[-_—*]{2,}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht"
    r"|début du message (?:transféré|réexpédié)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:encaminhada"
    r"|reencaminhada)"
    r"|begin doorgestuurd bericht|vidarebefordrat brev|start på videresendt (?:besked|e-post)"
    r"|начало переадресованного сообщения"
    r"|下面是被转发的邮件|以下是轉寄的郵件|転送されたメッセージ|전달된 메시지)\s*[:：])\s*$",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\s*(?:fwd?|wg|wtr|tr|rv|i|enc|doorst|vs|vb|pd|fs|ilt|转发|轉寄|転送|전달)\s*[:：]", re.IGNORECASE
)
_FIRST_LINES = 80
"""Lines within which the original begins: what stands before it is a remark."""
_MOST_LABELS = 14
_VALUE_LENGTH = 1_000
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr
    li main ol p pre section table tbody td th tr ul
    """.split()  # noqa: SIM905
)


class Original(NamedTuple):
    """A message that was sent on in the text of another."""

    header: Header
    """What it says of itself: "from", "date", "subject", as far as they are there."""
    text: Text
    """The remark of whoever sent it on, then the original, without the lines between them."""


class _Place(NamedTuple):
    """Where among the lines the original's header stands."""

    start: int
    end: int
    header: Header


def says_forwarded(subject: str) -> bool:
    """Say whether a subject begins as those of messages do that were sent on."""
    return bool(_PREFIX.match(subject))


def original_in(text: Text, subject: str) -> Original | None:
    """Return the message that was sent on in a text; None where there is none, as mostly."""
    if text.markup == "text":
        return _in_plain(text.text, subject)
    return _in_html(text.text, subject) if is_tree(text) else None


def _in_plain(text: str, subject: str) -> Original | None:
    lines = text.splitlines()
    place = _place([line.strip() for line in lines[:_FIRST_LINES]], subject)
    if place is None:
        return None
    rest = lines[place.end :]
    if _is_quoted(lines[place.start : place.end]):
        rest = [re.sub(r"^> ?", "", line) for line in rest]
    return Original(place.header, Text("text", "\n".join([*lines[: place.start], "", *rest])))


def _is_quoted(lines: Sequence[str]) -> bool:
    labels = [line for line in lines if _LABEL.match(line.strip())]
    return bool(labels) and all(line.startswith(">") for line in labels)


def _in_html(html: str, subject: str) -> Original | None:
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return None
    lines = _lines(tree.body)
    place = _place([_words(nodes) for nodes in lines], subject)
    if place is None:
        return None
    after = lines[place.end : place.end + 1] or lines[place.end - 1 : place.end]
    for quote in _quotes_around(after[0][0]):
        quote.unwrap()
    for node in (node for nodes in lines[place.start : place.end] for node in nodes):
        node.remove()
    return Original(place.header, Text("html", tree.html or html))


def _lines(body: LexborNode) -> list[list[LexborNode]]:
    """Return the text nodes of the first lines, as they are seen: parted by blocks and breaks."""
    lines: list[list[LexborNode]] = []
    block, broken = 0, True
    for node in body.traverse(include_text=True):
        if node.tag in ("style", "script", "title") or (
            node.parent and node.parent.tag in ("style", "script")
        ):
            continue
        if node.tag == "br":
            broken = True
        elif node.is_text_node and (node.text_content or "").strip():
            around = _block_around(node)
            if broken or around != block:
                if len(lines) == _FIRST_LINES:
                    break
                lines.append([])
            lines[-1].append(node)
            block, broken = around, False
    return lines


def _words(nodes: Sequence[LexborNode]) -> str:
    return " ".join("".join(node.text_content or "" for node in nodes).split())


def _block_around(node: LexborNode) -> int:
    parent = node.parent
    while parent is not None and parent.tag not in _BLOCKS:
        parent = parent.parent
    return parent.mem_id if parent is not None else 0


def _quotes_around(node: LexborNode) -> list[LexborNode]:
    found, parent = [], node.parent
    while parent is not None:
        if parent.tag == "blockquote":
            found.append(parent)
        parent = parent.parent
    return found


def _place(lines: Sequence[str], subject: str) -> _Place | None:
    """Return where the original's header stands: below a line that says so, or a header all the same."""
    for start, line in enumerate(lines):
        if _MARKER.match(line):
            end, header = _header(lines, start + 1)
            if "from" in header or "subject" in header:
                return _Place(start, end, header)
        elif says_forwarded(subject) and _LABEL.match(line):
            end, header = _header(lines, start)
            if {"from", "subject"} <= header.keys():
                return _Place(start, end, header)
    return None


def _header(lines: Sequence[str], start: int) -> tuple[int, Header]:
    """Read labelled lines; a value may stand on the line below its label, and go on there."""
    header: dict[str, str] = {}
    end, key = start, ""
    for number in range(start, min(len(lines), start + 2 * _MOST_LABELS)):
        line = lines[number].removeprefix(">").strip()
        if match := _LABEL.match(line):
            key = str(match.lastgroup and next(name for name in _LABELS if match[name.replace("-", "_")]))
            header.setdefault(key, match["value"][:_VALUE_LENGTH].strip(" *"))
        elif not line and header:
            break
        elif line and key and not header[key]:
            header[key] = line[:_VALUE_LENGTH]
        elif line:
            break
        end = number + 1
    return end, header or NO_HEADER
