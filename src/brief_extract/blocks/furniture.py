"""What stands on a news page beside the article: bylines, credits, datelines, calls to the reader, navigation.

These lines are short and end open, as headings do. Each kind is one piece of evidence for the heading scorer, which
weighs it; none decides by itself. Only what no reader would take for a title is ruled out at once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from brief_extract.blocks.looks import MONTH


def _any(words: str) -> str:
    """A group of alternatives, given as words with blanks between; ``_`` stands for a blank inside one."""
    return f"(?:{'|'.join(words.split()).replace('_', ' ')})"


_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|gmt|utc|[ece]s?t)?"
_DATE = (
    rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th|\.)? (?:de )?{MONTH}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d\d-\d\d)"
)
_PLACE = r"(?-i:[A-Z\u00c0-\u00de][\w.'\u2019-]+(?: [A-Z\u00c0-\u00de][\w.'\u2019-]+){0,2})"
_NAME = r"[A-Z\u00c0-\u00de][\w.'\u2019-]+"
_AND = r"(?:,? (?:(?:and|und|et|y|e) )?)"
_BY = _any("by from von par words text story reporter report reportage analysis opinion interview writer")
_ROLE = _any("correspondent reporter editor columnist staff_writer desk")
_MADE = _any(
    "photo image picture illustration graphic chart map video audio sketch cover source credit reporting editing "
    "edited written compiled translated additional produced fact.?check copyright"
)
_CALL = _any(
    "read see click tap explore discover learn subscribe sign follow share tweet join donate support get listen "
    "watch download vote tell_us send write_to contact(?=_(?!and_)\\w) call text email e-mail print buy register "
    "log have_an? have_your do_you add save view play like comment report(?=_(?:an?|this|it)_) visit become compare "
    "advertise back_to skip_to show load continue already_an? log_in sign_in"
)
_ELSEWHERE = _any(
    "à_lire lire_aussi voir_aussi abonnez-vous suivez-nous partagez lesen_sie mehr_zum_thema jetzt_abonnieren "
    "lee_también leer_más suscríbete síguenos leia_também leia_mais assine leggi_anche читайте_также подпишитесь"
)
"""Calls to read on and to subscribe in French, German, Spanish, Portuguese, Italian and Russian."""
_MENU = _any(
    "home news world sports? business culture travel politics opinion technology science health weather video "
    "newsletter masthead advertisement ad sponsored promoted partner exclusive breaking live latest trending "
    "related recommended popular most_read top_stories also more tags? topics? keywords comments? menu search share "
    "loading privacy terms cookies? about_us contact the_long_read follow"
)

KINDS: dict[str, re.Pattern[str]] = {
    "a byline": re.compile(
        rf"(?i:{_BY})(?: and \w+)?(?: by|:)?\s+(?:our|[A-Z\u00c0-\u00de])|.*\b{_ROLE}s?\b(?: in [A-Z]\w+)?$|@\w+$"
    ),
    "a credit": re.compile(
        rf"{_MADE}\w*\b[^.]*(?:\bby\b|:|/|\d{{4}}|[A-Z])|.*(?:\u00a9|\(c\)) ?\w"
        r"|.*\b(?:reuters|afp|ap|epa|dpa|xinhua|getty(?: images)?|alamy|shutterstock) ?/ ?\w"
        r"|.*\b(?:sketch|photos?|pictures?|illustration|graphic|video) by\b|.*\((?:photo|image|file|reuters|afp|ap)\b",
        re.I,
    ),
    "a dateline": re.compile(
        rf"{_PLACE},? \(?(?:{_DAY}|{MONTH} \d|\d{{1,2}} {MONTH}|{_TIME}$)"
        r"|(?-i:[A-Z][A-Z .'\u2019-]{2,29})(?: ?\([^)]{2,30}\)| ?[,\u2014\u2013].*| -.*)$",
        re.I,
    ),
    "a date or time": re.compile(
        rf"(?:published|updated|posted|last|first|modified|on|as of)?:?\s*+(?:{_DAY},?\s*+)?(?:{_DATE}|{_TIME}$)", re.I
    ),
    "a call to the reader": re.compile(rf"{_CALL}\b", re.I),
    "navigation": re.compile(
        rf"{_MENU}\b(?:[^a-z]*$|: | {_any('in from on opinion stories news interviews content feature policy')}\b)",
        re.I,
    ),
    "a contact or link": re.compile(
        r".*(?:https?://|www\.|\S@\S|\.(?:com|org|net|example)\b|\b\d{3,5}[ -]\d{3}[ -]?\d{3,4}\b)"
    ),
    "a name and a role": re.compile(
        r"[A-Z\u00c0-\u00de][\w.'\u2019-]+(?: [A-Z\u00c0-\u00de][\w.'\u2019-]+){1,3}, (?:an? |the )?[a-z][^.:?!]{2,60}$"
    ),
    "a caption": re.compile(
        rf"{_any('table figure fig exhibit chart graph box photo image map')}\.? ?(?:\d|[ivx]+\b)", re.I
    ),
    "a label and a value": re.compile(r"[A-Z][\w ]{1,24}: [^:]{1,40}$"),
    "a label and a lower-case value": re.compile(r"[A-Z][\w ]{1,24}: [a-z][^:]{1,40}$"),
    "a key and a value": re.compile(r"[a-z][a-z_]{2,20}: \S"),
    "a label and a figure": re.compile(rf"[A-Z][^:.?!]{{1,50}}: (?!(?i:{_DATE}))[^\w\s]?\d"),
    "a label and a quotation": re.compile(r"[A-Z][\w ]{1,24}: [\"\u201c\u201e\u00ab]"),
    "a score or count": re.compile(
        r".*(?<![\w-])\d{1,3}[-\u2013]\d{1,3}\b(?!-)|\d[\d.,]*[kKmM]? (?:comments?|shares?|views?|likes?|min)\b"
    ),
}

_CERTAIN = re.compile(
    rf"(?i:by|von|par|por|texto?:?) {_NAME}(?:{_AND}{_NAME}){{0,5}}(?:{_AND})?"
    rf"(?i:[,|\u00b7\u2022\u2013\u2014 ]*{_DATE}(?:,? \d{{4}})?)?$"
    r"|(?i:by) [A-Z\u00c0-\u00de][\w.'\u2019-]+ [A-Z\u00c0-\u00de][\w.'\u2019-]+, [A-Z\u00c0-\u00de][^.!?]{2,60}$"
    rf"|(?i:(?:{_DAY},? ?)?{_DATE}(?:,? (?:de )?\d{{4}})?(?:,? {_TIME})?$"
    rf"|{_any('photo image picture source credit illustration graphic caption')}s?(?: by)?: \S"
    r"|(?:table|figure|fig\.|exhibit) \d+\s*[:.]"
    r"|advertisement$|page \d+(?: of \d+)?$|[^\s@]*+@\S++$|(?:[\w ]{2,30}: )?https?://\S+$"
    rf"|\(?{_any('reporting editing additional_reporting written edited produced')} (?:and \w+ )?by \S"
    rf"|with (?:additional )?{_any('assistance files material reporting')} (?:from|by) \S"
    rf"|all {_any('images photos photographs pictures rights')} (?:by|courtesy|reserved|\u00a9)"
    r"|\d+[ -]min(?:ute)?s? read$|[\w. '\u2019-]{2,30}, \d{1,2}[:.]\d\d$"
    r"|(?:enter|type) your e-?mail\b|(?:explore|discover|see) more (?:on|from|about)\b"
    rf"|{_any('subscribe sign_up read_more read_also read_next follow_us share_this most_read related newsletters?')}"
    r"(?:$|:| (?:to|for|on|in|stories|articles)\b)"
    rf"|{_any('(?:story|article)_continues_below play_(?:video|audio) watch_live (?:log|sign)_in')}$"
    r"|(?:press|media|news) release$|for immediate release$"
    rf"|(?:as of|date|posted|published|updated|last updated|reporting period):? (?:on |at )?(?:{_DAY},? ?)?{_DATE}"
    r"|(?:posted|published|written) by [^.!?]{3,80}$"
    rf"|already an? (?:subscriber|member)\b|{_ELSEWHERE}\b)"
)


@lru_cache(maxsize=1024)  # each line is asked of once as a candidate, and again by its neighbours
def is_certain(line: str) -> bool:
    """Is the line page furniture beyond doubt?"""
    return _CERTAIN.match(_plain(line)) is not None


def kinds(line: str) -> list[str]:
    """The kinds of page furniture that a line looks like."""
    plain = _plain(line)
    return [kind for kind, pattern in KINDS.items() if pattern.match(plain)]


def _plain(line: str) -> str:
    """The line without the marks of bold and italics (``**Date:** 4 March``)."""
    return line.replace("**", "").replace("__", "").lstrip("*_") if "*" in line or "_" in line else line
