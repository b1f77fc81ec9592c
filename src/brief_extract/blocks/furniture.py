"""What stands on a news page beside the article: bylines, credits, datelines, calls to the reader, navigation.

These lines are short and end open, as headings do. Each kind is one piece of evidence for the heading scorer, which
weighs it; none decides by itself.
"""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|ember|tember|ober)?\.?"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|gmt|utc|[ece]s?t)?"

KINDS: dict[str, re.Pattern[str]] = {
    "a byline": re.compile(
        r"(?:by|from|von|par|por|words|text|story|reporter|report|reportage|analysis|opinion|interview|writer)(?: and \w+)?"
        r"(?: by|:)?\s+(?:our|[A-Z\u00c0-\u00de])|.*\b(?:correspondent|reporter|editor|columnist|staff writer|desk)s?\b"
        r"(?: in [A-Z]\w+)?$|@\w+$",
    ),
    "a credit": re.compile(
        r"(?:photo|image|picture|illustration|graphic|chart|map|video|audio|sketch|cover|source|credit|reporting|editing|edited|"
        r"written|compiled|translated|additional|produced|fact.?check|copyright|\u00a9|\(c\))\w*\b[^.]*(?:\bby\b|:|/|\d{4}|[A-Z])"
        r"|.*\b(?:sketch|photos?|pictures?|illustration|graphic|video) by\b|.*\((?:photo|image|file|reuters|afp|ap)\b",
        re.I,
    ),
    "a dateline": re.compile(
        rf"[A-Z\u00c0-\u00de][\w .'\u2019-]{{1,30}},? \(?(?:{_DAY}|{_MONTH} \d|\d{{1,2}} {_MONTH}|{_TIME}$)"
        rf"|[A-Z .'\u2019-]{{3,30}} ?(?:\([^)]{{2,30}}\)|[,\u2014\u2013-].*)$",
        re.I,
    ),
    "a date or time": re.compile(
        rf"(?:published|updated|posted|last|first|modified|on|as of)?:?\s*(?:{_DAY},?\s*)?"
        rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{4}}-\d\d-\d\d|{_TIME}$)",
        re.I,
    ),
    "a call to the reader": re.compile(
        r"(?:read|see|click|tap|subscribe|sign|follow|share|tweet|join|donate|support|get|listen|watch|download|vote|tell us|"
        r"send|write to|contact|call|text|email|e-mail|call|print|buy|register|log|have (?:a|your)|do you|add|save|view|play|"
        r"like|comment|report|visit|become|compare|advertise|back to|skip to|show|load|continue)\b",
        re.I,
    ),
    "navigation": re.compile(
        r"(?:home|news|world|sport|sports|business|culture|travel|politics|opinion|technology|science|health|weather|video|"
        r"newsletter|masthead|advertisement|ad|sponsored|promoted|partner|exclusive|breaking|live|latest|trending|related|"
        r"recommended|popular|most read|top stories|also|more|tags?|topics?|keywords|comments?|menu|search|share|"
        r"loading|privacy|terms|cookies?|about us|contact|the long read|follow)\b(?:[^a-z]*$|: | (?:in|from|on|opinion|stories|news|"
        r"interviews|content|feature|policy)\b)",
        re.I,
    ),
    "a contact or link": re.compile(r".*(?:https?://|www\.|\S@\S|\.(?:com|org|net|example)\b|\b\d{3,5}[ -]\d{3}[ -]?\d{3,4}\b)"),
    "a caption": re.compile(r"(?:table|figure|fig|exhibit|chart|graph|box|photo|image|map|plate)\.? ?(?:\d|[ivx]+\b)", re.I),
    "a label and a value": re.compile(r"[A-Z][\w ]{1,24}: [^:]{1,40}$"),
    "a score or count": re.compile(r".*\b\d+[-\u2013]\d+\b|\d[\d.,]*[kKmM]? (?:comments?|shares?|views?|likes?|min)\b"),
}


_CERTAIN = re.compile(
    r"by (?:[A-Z\u00c0-\u00de][\w.'\u2019-]+(?:,? and | )?){1,6}$"
    r"|(?:photo|image|picture|source|credit|illustration|graphic|caption)s?(?: by)?: \S|(?:table|figure|fig\.|exhibit) \d+\s*[:.]"
    r"|advertisement$|page \d+(?: of \d+)?$|\S*@\S+$|https?://\S+$"
    r"|(?:reporting|editing|additional reporting|written|edited|produced) (?:and \w+ )?by \S"
    r"|(?:subscribe|sign up|read (?:more|also|next)|follow us|share this|most read|related(?: stories| articles)?|newsletters?)(?:$|:| (?:to|for|on|in)\b)",
    re.I,
)
"""Lines that no reader would take for a title, whatever stands around them."""


def is_certain(line: str) -> bool:
    """Is the line page furniture beyond doubt?"""
    return _CERTAIN.match(line) is not None


def kinds(line: str) -> list[str]:
    """The kinds of page furniture that a line looks like."""
    return [kind for kind, pattern in KINDS.items() if pattern.match(line)]
