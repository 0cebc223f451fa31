"""The words that newsletters use for their own parts: short lists, for any newsletter, in lower case."""

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

SERIES = re.compile(r"\b(?:series|column|feature|essays?|fiction)\b", re.IGNORECASE)
"""A line under a title with one of these words names a series: the title is a section's."""

TALES = re.compile(r"(?:tech tales|short stor(?:y|ies)|fiction|microfiction)\W*", re.IGNORECASE)
"""The label that stands above a tale."""

LEADS = ("Why this matters", "Why it matters", "What this means", "The big picture", "Why this is important")
"""Run-in headings that are known even where their bold type was lost."""

NOT_STORIES = re.compile(
    r"\W*(?:(?:new )?contributors?|credits?|acknowledge?ments?|thanks|(?:table of )?contents|in this issue|subscribe"
    r"|about(?: us| this newsletter)?|archives?|(?:previous|past) (?:issues?|editions?)|unsubscribe|footer|feedback"
    r"|license|disclaimer|share(?: this)?|follow us|support us|sponsor us|(?:your )?turn|目录|赞助|声明|往年回顾|欢迎订阅|订阅|投稿"
    r"|推荐阅读|回顾|致谢|版权声明|历史上的本周|call for (?:participation|proposals?|papers?|contributions?|testing)|sign[- ]?off)\W*",
    re.IGNORECASE,
)
"""A heading over what is of the newsletter itself and no story."""

SPONSORED = re.compile(
    r"\W*(?:(?:our|today[’']s|this week[’']s|from our|featured) )?"
    r"(?:sponsor(?:s|ed|ship)?|advert(?:isement|orial|ising)?|partner content|promoted|classifieds?|赞助|广告)\W*(?:\w+\W*)?",
    re.IGNORECASE,
)
"""A section's name that says: this is paid for."""

PAID = re.compile(r"[(\[](?:sponsor(?:ed)?|ad|advertisement|promoted|赞助|广告)[)\]]", re.IGNORECASE)
"""A mark in a title that says so."""

DEPENDENT = re.compile(
    r"\W*(?:it|its|this|these|that|those|they|their|he|she|his|her|but|however|so|also|and|then|yet|still|instead|moreover"
    r"|furthermore|in addition|additionally|for example|for instance|meanwhile|as a result|therefore|thus|such|both|another"
    r"|here|there|now|next|first|second|we|our|you|your|if|when|while|once)\b",
    re.IGNORECASE,
)
"""How a paragraph begins that goes on from the one before and does not stand alone."""

FAREWELL = re.compile(
    r"\W*(?:.{0,80}\b(?:unsubscribe|manage your|update your preferences|all rights reserved|referrals?\b|advertise (?:with|in)|tell your friends)"
    r"|©|copyright \W?\d{4})",
    re.IGNORECASE | re.DOTALL,
)
"""A line of a mail's foot; nothing below it is a story."""

CALLS = re.compile(
    r"\W*(?:(?:please |if you (?:are|have|want|would|know|like|enjoy\w*|find)\b.{0,120}?please )?"
    r"(?:submit|subscribe|tweet|share|follow|discuss|add your|send (?:us|your|in|me|fleeting)|suggest|vote)\b"
    r"|if you are (?:running|organi[sz]ing)\b|thanks for reading|thank you for reading|dataset suggestions|see (?:ya|you)\b"
    r"|that[’']s (?:all|it)\b|until next|happy reading|this (?:issue|newsletter|edition) (?:is|was) (?:edited|curated|written)"
    r"|(?:完)|.{0,60}\bis edited by\b|got (?:a tip|feedback|an? )|was this (?:forwarded|email)|want (?:more|to (?:advertise|sponsor))"
    r"|（完）|欢迎|关注)",
    re.IGNORECASE,
)
"""How a line begins that calls on the readers or takes leave of them."""

EVERY_ISSUE = re.compile(r"\b(?:every|each) (?:week|month|issue|edition|day|time)\b|这里记录每?周", re.IGNORECASE)
"""A text with these words speaks of all issues, not of this one."""

NOTHING = re.compile(r"\W*(?:no|none|nothing|not) ?\b[^\n]{0,160}\W*", re.IGNORECASE)
"""A section that says it is empty this time."""
