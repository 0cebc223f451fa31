"""The words that newsletters use for their own parts: short lists, for any newsletter."""

from __future__ import annotations

import re

CITING = (
    r"(?:Read (?:more|on|it|(?:and|the|about|an?|this|his|her|their)\b[^.:!?\n]{1,80})"
    r"|(?:Find|See|Learn)(?: out)? more(?: [^.:!?\n]{1,60})?"
    r"|(?:Get|Check out|Access|Watch|Download|Try(?: out)?|Find|View|Listen to|Explore|Play with|Buy) "
    r"(?:the|a|an|it|more|some|and|our|his|her|their|your)\b[^.:!?\n]{0,80}"
    r"|Get [^.:!?\n]{1,60} here"
    r"|Check out [^.:!?\n]{1,80}"
    r"|More(?: information| details| here)?"
    r"|Further reading|Sources?|Via)"
)
"""How a line begins that only cites."""

CITING_WORD = re.compile(
    r"Read|Find|See|Learn|Get|Check out|Access|Watch|Download|Try|View|Listen to|Explore|Play with|Buy"
    r"|More|Further reading|Source|Via"
)
"""With what any such line begins: a text in which it is not found, which is soon known, cites nothing."""

LEADS = (
    "Why this matters",
    "Why it matters",
    "What this means",
    "The big picture",
    "Why this is important",
)
"""Run-in headings that are known even where their bold type was lost."""


def _begins(*words: str) -> re.Pattern[str]:
    """Compile what matches a text that begins with one of some words, whatever signs stand before."""
    return re.compile(rf"\W*+(?:{'|'.join(words)})", re.IGNORECASE | re.DOTALL)


def _is(*words: str) -> re.Pattern[str]:
    """Compile what matches a text that is one of some words, whatever signs stand around."""
    return re.compile(rf"\W*+(?:{'|'.join(words)})\W*", re.IGNORECASE)


SERIES = re.compile(r"\b(?:series|column|feature|essays?|fiction)\b", re.IGNORECASE)
"""A line under a title with one of these words names a series: the title is a section's."""

TALES = re.compile(r"(?:tech tales|short stor(?:y|ies)|fiction|microfiction)\W*", re.IGNORECASE)
"""The label that stands above a tale."""

NOT_STORIES = _is(
    r"(?:new )?contributors?|credits?|acknowledge?ments?|thanks|(?:table of )?contents|in this issue",
    r"(?:un)?subscribe|about(?: us| this newsletter)?|archives?|(?:previous|past) (?:issues?|editions?)",
    r"footer|feedback|license|disclaimer|share(?: this)?|follow us|support us|sponsor us|sign[- ]?off",
    r"(?:want to |how to )?contribut(?:e|ing)|get involved|special thanks",
    r"call for (?:participation|proposals?|papers?|contributions?|testing)",
    r"目录|赞助|声明|往年回顾|回顾|欢迎订阅|订阅|投稿|推荐阅读|致谢|版权声明|历史上的本周",
)
"""A heading, all of it, over what is of the newsletter itself and no story."""

SPONSORED = _is(
    r"(?:(?:our|today[’']s|this week[’']s|from our|featured) )?"
    r"(?:sponsor(?:s|ed|ship)?|advert(?:isement|orial|ising)?|partner content|promoted|赞助|广告)"
    r"\W*(?:\w+\W*)?"
)
"""A section's name, all of it, that says: this is paid for."""

PAID = re.compile(r"[(\[](?i:sponsor(?:ed)?|ad|advertisement|promoted|赞助|广告)[)\]]")
"""A mark in a title that says so."""

CALLS = _begins(
    r"(?:please |if you (?:are|have|want|would|know|like|enjoy\w*|find)\b.{0,120}?please )?"
    r"(?:submit|subscribe|tweet|share|follow|discuss|add your|suggest|vote)\b",
    r"(?:please )?send (?:us|your|in|me)\b",
    r"if you are (?:running|organi[sz]ing)\b",
    r"if you (?:enjoy|like|love|found)\w*\b.{0,120}\b(?:share|subscribe|forward|tell|consider|support)\b",
    r"thanks for reading|thank you for reading|see (?:ya|you)\b|that[’']s (?:all|it)\b|until next",
    r"this (?:issue|newsletter|edition) (?:is|was) (?:edited|curated|written)",
    # What is looked for behind a space is found soon; what begins at any edge of a word is not.
    r".{0,62} (?<=\bis )(?:edited|curated|sponsored) by\b",
    r"(?:\w+ )?(?:suggestions?|nominations?|corrections?|feedback)\?",
    r"got (?:a tip|feedback|an? )|was this (?:forwarded|email)|editor[’']s note\b",
    r"want (?:more|to (?:advertise|sponsor))|how to (?:publish|post|submit|place) (?:an?|your)\b",
    r"完\W*$|欢迎|关注",
)
"""How a line begins that calls on the readers or takes leave of them."""

FAREWELL = _begins(
    r".{0,80}\b(?:unsubscribe|manage your|update your preferences|all rights reserved|tell your friends)",
    r".{0,80}\b(?:referrals?\b|advertise (?:with|in))",
    r"copyright \W?\d{4}",
)
"""A line of a mail's foot; nothing below it is a story."""

PARTS_OF_ONE = _begins(
    r"(?:introduction|intro|conclusions?|background|overview|summary|references|appendix|faq)\b",
    r"(?:next steps|getting started|prerequisites|(?:final|closing) (?:thoughts|words)|further reading)\b",
    r"(?:part|chapter|step|section) (?:one|two|three|\d+|[ivx]+)\b|what[’']s next\b",
    r"about the author|tl;?dr\b",
)
"""How a heading begins that names a part of one text, and no story of its own."""

KIND = _is(
    r"(?:video|podcast|article|blog|(?:blog )?post|talk|paper|tool|book|tutorial|thread|interview|release)s?",
    r"(?:[^\W\d]+ )?#?\d+",
)
"""A tag, all of it, that says what kind of thing a link leads to, or counts it ("Episode 5:")."""

PLACE = re.compile(
    r"[^\w#(\[]*(?:(?:on|at|via) )?(?:reddit|github|gitlab|codeberg|sourcehut|youtube|vimeo|twitter|x"
    r"|mastodon|bluesky|medium|hacker ?news|hn|lobste\.?rs|discord|slack|linkedin|dev\.to|web ?site"
    r"|product hunt|home ?page|docs?|documentation|demo|source(?: code)?|code|repo(?:sitory)?|slides"
    r"|video|article|blog(?: ?post)?|paper|arxiv|discussion|thread|comments|pr|pull request|commit"
    r"|changelog|release notes|announcement|link)[^\w(\[]*(?:\([^()\n]{1,60}\)[^\w(\[]*)?",
    re.IGNORECASE,
)
"""The name of a place to read on, all of a link's words, and a remark in brackets ("Reddit (the thread)")."""

DEPENDENT = _begins(
    r"(?:it|its|this|these|that|those|they|their|he|she|his|her|we|our|you|your|both|another|such)\b",
    r"(?:but|however|so|also|and|then|yet|still|instead|moreover|furthermore|meanwhile|therefore|thus)\b",
    r"(?:in addition|additionally|for example|for instance|as a result|here|there|now|next|first|second)\b",
    r"(?:if|when|while|once)\b",
)
"""How a paragraph begins that goes on from the one before and does not stand alone."""

EVERY_ISSUE = re.compile(
    r"\b(?:every|each) (?:week|month|issue|edition)\b"
    r"|\bthis section (?:is (?:about|for|where)|holds|lists|shows|highlights|collects|gathers)\b"
    r"|这里记录每?周",
    re.IGNORECASE,
)
"""A text with these words speaks of all issues, not of this one."""

SUMMARY = _is(r"(?:executive )?summary|overview|at a glance|tl;?dr|in short|摘要|概览|概要")
"""A heading, all of it, over prose that tells in short what the issue holds."""

NOTHING = re.compile(
    r"\W*+(?:[^\n.]{0,60}\bhas no new|no|none|nothing|not) ?\b"
    r"[^\n]{0,160}\W*",
    re.IGNORECASE,
)
"""A section that says it is empty this time."""
