"""What a line of prose looks like: how it begins, how it ends, how it is written. Shared by breaks and headings."""

from __future__ import annotations

import re

CLOSERS = "\"'\u201d\u2019\u00bb)]*_"
_OPEN = frozenset(
    "the a an of and or nor but to for with by as at in than which who if because its their his her our your is are "
    "was has have had will would could may might into per via between during among against through "
    "der das dem des ein eine einer eines einem und oder für von mit zu zum zur im auf aus bei nach vor über unter ab "
    "als wie dass le les un une du et ou à aux en dans sur pour avec sans que qui el los las una unos y del al "
    "para il gli di della dei delle nel nella per che um uma da dos das na em het een в на и с по для о от из".split()
)
"""Words that hardly end a sentence or a title, in English and, where they are no English words, in German, French,
Spanish, Italian, Portuguese, Dutch and Russian. Of the sample's 621 headings none ends in one."""
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|St|Rev|Hon|No|vs|e\.g|i\.e|cf|approx|Fig|Messrs)\.$"
    r"|[A-Z][\w'\u2019-]{1,30} [A-Z]\.$"
)
_MAY_END = re.compile(r"\b(?:Co|Inc|Ltd|Corp|Bros|Jr|Sr|U\.S|U\.K|U\.N|E\.U|D\.C|[ap]\.m|etc)\.$")
_STOPS = ".!?\u2026\u3002\uff01\uff1f\u061f\u0964"
_ENDS = re.compile(rf"[{_STOPS}][{re.escape(CLOSERS)}]*$")
_NOTE = re.compile(
    r" ?(?:\[\^?\w{1,3}\]|\u3010[^\u3010\u3011]{0,30}\u3011|</?[a-z]{1,6} ?/?>|[\u00b9\u00b2\u00b3\u2070-\u2079])$"
)
"""What may stand behind the closing mark of a sentence: ``faster.[2]``, ``said.<br>``."""
_NOTE_ENDS = frozenset("]\u3011>\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079")
MOST_NOTES = 4
"""Notes behind one sentence that are looked through."""
_INNER_END = re.compile(
    rf"(?<=\w\w)[{_STOPS}][{re.escape(CLOSERS)}]*\s+[*_(\[\"'\u201c\u2018\u00ab]*(?!\d)\w"
    rf"|[\u3002\uff01\uff1f\u0964](?=\w)"
)
_SPEECH = re.compile(
    r"[,.!?][\"\u201d'\u2019\u00bb](?:\s|$)|[\"\u201c\u201d\u00bb], "
    r"|(?:[\"\u201c\u00ab]|(?:^|[\"\u201c\u201d\u00ab\u00bb])[^\"\u201c\u201d\u201e\u00ab\u00bb]*+\u201e)"
    r"[^\"\u201c\u201d\u00ab\u00bb]{25,}+[\"\u201c\u201d\u00bb]"
)
_ADDRESS = re.compile(
    r"\b(?:[Ww]e|[Oo]urs?|[Yy]ours?|[Yy]ou|I|[Mm]y|[Ww]ir|[Uu]nser\w*|[Nn]ous|[Nn]otre|[Nn]os|[Vv]ous|[Vv]otre|[Vv]os|"
    r"[Nn]osotros|[Nn]uestr\w+|[Мм]ы|[Нн]аш\w*|[Вв]ы|[Вв]аш\w*)\b"
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_SMALL = frozenset(
    "a an the and or nor but of in on at to for from by with as is it its into over per via vs than that this these "
    "their his her our your not no if so be are was were has have had will would can could may might who which when "
    "while after before under about between through during against among because".split()
)
MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mär|már|mai|okt|dez|ene|abr|ago|dic|set|out|janv|févr|"
    r"avr|juin|juil|août|déc)(?:uary|ruary|ch|il|e|y|ust|ember|tember|ober|s|t|i|uar|ruar|z|ier|let|embre|tembre|"
    r"bre|iembre|tiembre|o|zo|yo|nio|lio|rero|osto|ubre|embro|tembro|eiro|ereiro|ho)?\.?"
)
"""A month's name in English, German, French, Spanish or Portuguese, for patterns that ignore case."""
_NUMBERED = re.compile(
    rf"(?!(?i:\d{{1,2}}\.? (?:de )?{MONTH})\b)"
    r"(?:\(?\d{1,2}(?:\.\d{1,2})*[.):]?|[IVX]{1,5}[.)]|[A-Z][.)]|Q\d{1,2}[.:]|Step \d+:?)\s+\S"
)


def ends_sentence(line: str) -> bool:
    """Does the line end with a full stop, a question or an exclamation mark, closing quotes and notes allowed?"""
    for _ in range(MOST_NOTES):
        note = line[-1:] in _NOTE_ENDS and _NOTE.search(line[-40:])
        if not note:
            break
        line = line[: note.start() - len(line[-40:])]
    return bool(_ENDS.search(line[-6:])) and not (line[-1:] == "." and _ABBREVIATED.search(line[-20:]))


def holds_sentence_end(line: str) -> bool:
    """Does a sentence end within the line and another one begin?"""
    return any(
        not match.group()[-1].islower()
        and not _ABBREVIATED.search(line[max(0, match.start() - 40) : match.start() + 1])
        for match in _INNER_END.finditer(line)
    )


def is_speech(line: str) -> bool:
    """Does the line quote what somebody said (``... any more," she said``), rather than a name or term?"""
    return _SPEECH.search(line) is not None


def is_address(line: str) -> bool:
    """Does the line speak of *we*, *you* or *I* (English, German, French, Spanish, Russian)?"""
    return _ADDRESS.search(line) is not None


def ends_in_abbreviation(line: str) -> bool:
    """Is the full stop at the end one that titles have too (``& Co.``, ``the U.S.``)?"""
    return line[-1:] == "." and _MAY_END.search(line[-8:]) is not None


def begins(line: str) -> str:
    """How the line begins: ``upper``, ``lower``, ``digit``, ``quote``, ``bracket`` or ``other`` (no case, too)."""
    for character in line[:4]:
        if character in "*_`-\u2013\u2014 ":
            continue
        if character.islower():
            return "lower"
        if character.isupper():
            return "upper"
        if character.isdigit():
            return "digit"
        if character in "([":
            return "bracket"
        return "quote" if character in "\"'\u201c\u2018\u00ab" else "other"
    return "other"


def words(line: str) -> list[str]:
    """The words of the line that begin with a letter."""
    return _WORD.findall(line)


def ends_open(line: str) -> bool:
    """Does the line end in a word that a sentence or title cannot end in (``of``, ``the``, ``and``; not ``May``)?"""
    last = line.split()[-1:]
    if not last or (last[0][0].isupper() and not line.isupper()):
        return False
    return last[0].lower() in _OPEN


def small_words(tokens: list[str]) -> int:
    """How many of the words are articles, prepositions, auxiliaries and the like."""
    return sum(token.lower() in _SMALL for token in tokens)


def title_share(tokens: list[str]) -> float:
    """The share of the longer words after the first that begin with a capital, 0 to 1."""
    rest = [token for token in tokens[1:] if token.lower() not in _SMALL]
    return sum(token[0].isupper() for token in rest) / len(rest) if rest else 0.0


def is_capitals(line: str) -> bool:
    """Is the line written in capitals (at least four letters)?"""
    return line.isupper() and sum(character.isalpha() for character in line) >= 4


def numbering(line: str) -> str | None:
    """The number the line begins with (``2.``, ``1.3``, ``IV.``), if it has one."""
    match = _NUMBERED.match(line)
    return match.group().split()[0] if match else None
