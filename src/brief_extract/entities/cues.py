"""What a name is by the word beside one mention of it: *the miner Polvera*, *Kalinko striker*, *the Zamora river*.

A model that has not met a name guesses. A cue is no guess, and it speaks for all mentions of the name in the document.
"""

from __future__ import annotations

import re

COMPANIES = (
    "miner|carmaker|automaker|drugmaker|chipmaker|planemaker|steelmaker|brewer|retailer|lender|insurer|airline|airliner"
    "|broadcaster|start-?up|conglomerate|shipbuilder|refiner|telecoms? (?:company|firm|operator|group)|distiller|grocer"
    "|(?:oil|gas|mining|energy|power|shipping|tech|technology|software|security|pharmaceutical|insurance|media|trading"
    "|engineering|construction|logistics|investment) (?:company|firm|group|giant|major)|company|firm|subsidiary"
)
BODIES = (
    "rebel group|militant group|armed group|opposition party|ruling party|party|think ?tank|charity|watchdog|newspaper"
    "|daily|weekly|news agency|news site|union|aid group|rights group|non-profit|nonprofit|cartel|gang"
)
CLUBS = "club|football club|soccer club|side|champions|league leaders|band|group|orchestra|rock band|pop group|trio"
PLAYERS = (
    "striker|midfielder|defender|goalkeeper|winger|forward|centre-back|full-back|left-back|right-back|playmaker"
    "|captain|coach|head coach|manager|boss|frontman|drummer|bassist|guitarist"
)
OFFICERS = "shares|shareholders|stock|employees|subsidiary|executives|CEO|CFO|boardroom|workforce"
WATERS = "river|lake|mountain|mountains|island|islands|valley|peninsula|desert|strait|gulf|bay|volcano|glacier|reef|dam"
TOWNS = "town|city|village|port city|capital|municipality|district|province|hamlet|suburb"

_NOUN_ENDS = r"(?=[,.;:)]|$| (?:that|which|who|said|says|in|on|at|based|behind|with|of|for|and|from|near|by)\b)"
"""What follows a noun that stands for the name and is not itself before a noun: not *a company boss*."""

_ORG_BEFORE = re.compile(rf"\b(?:{COMPANIES}|{BODIES}|{CLUBS}) $")
_LOC_BEFORE = re.compile(r"\b(?:rivers?|volcano|islands? of|mountains?) $")
_GPE_BEFORE = re.compile(rf"\b(?:{TOWNS}) of $|\b(?:in|near|from|to) the (?:[a-z-]+ ){{0,2}}(?:{TOWNS}) $")
_PERSON_BEFORE = re.compile(rf"\b(?:{PLAYERS}|spokesman|spokeswoman) $")
_ORG_AFTER = re.compile(
    rf" (?:{PLAYERS})\b|(?:['\u2019]s?)? (?:{OFFICERS})\b"
    rf"|, (?:the|an?) (?:[\w-]+ ){{0,3}}(?:{COMPANIES}|{BODIES}){_NOUN_ENDS}"
    r"|(?: also)? (?:posted|reported) (?:an? |its )(?:[\w-]+ ){0,3}(?:profit|loss|revenue|earnings|sales)\b"
    r"|, which (?:makes|employs|operates|sells|publishes)\b"
)
_LOC_AFTER = re.compile(rf" (?:{WATERS})\b")
_GPE_AFTER = re.compile(
    rf", (?:an?|the) (?:[\w-]+ ){{0,2}}(?:{TOWNS}){_NOUN_ENDS}| (?:town|city|village|municipality)\b"
)
_PERSON_AFTER = re.compile(
    rf", (?:an?|the|his|her|their) (?:[\w'-]+ ){{0,2}}(?:{PLAYERS}){_NOUN_ENDS}|, \d\d, (?=[a-z])"
)

LONGEST_CUE = 48
"""Characters before a name in which a cue is looked for."""

_BEFORE = ((_GPE_BEFORE, "GPE"), (_ORG_BEFORE, "ORG"), (_LOC_BEFORE, "LOC"), (_PERSON_BEFORE, "PERSON"))
_AFTER = ((_PERSON_AFTER, "PERSON"), (_LOC_AFTER, "LOC"), (_GPE_AFTER, "GPE"), (_ORG_AFTER, "ORG"))


def told(text: str, start: int, end: int, label: str) -> str | None:
    """The label that the words beside a name give it, if they give any; ``label`` is the model's.

    What stands before a full name may be about another: *the company Ana Diaz founded*.
    """
    first = max(0, start - LONGEST_CUE)
    full_name = label == "PERSON" and " " in text[start:end]
    for cue, said in () if full_name else _BEFORE:
        if cue.search(text, first, start):
            return said
    return next((said for cue, said in _AFTER if cue.match(text, end)), None)
