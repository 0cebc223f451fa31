"""The names of HTML's elements, to tell a tag from a word in angle brackets."""

from __future__ import annotations

HTML_NAMES = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4
    h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link listing main map mark
    marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param
    path picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small
    source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul use var video wbr xmp
    """.split()  # noqa: SIM905
)

SWALLOWING = frozenset(
    """
    applet audio button canvas datalist frameset head iframe map meter noembed noframes noscript object
    optgroup option plaintext portal progress script select style svg template textarea title video xmp
    """.split()  # noqa: SIM905
)
"""Elements that, left open, would take all the text after them out of sight."""
