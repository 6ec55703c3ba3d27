"""What every paper begins and ends with: whose it is, the country's name, who signs."""

import re

import msgspec

from meetings.attendance.quorum_rules import Language
from meetings.voting.papers.facts import MeetingFacts
from meetings.voting.papers.words import day, hour, say
from meetings.voting.poll_rules import RuleWords

_PARTY = "party"
_LEVEL = re.compile(
    r"\s+(?=(?:xã|phường|đặc khu|thị trấn|thị xã|quận|huyện|thành phố|tỉnh)\s)", re.IGNORECASE
)
_ONE_LINE = 22
"""Capitals that stand on one line of the left column."""


class Masthead(msgspec.Struct, frozen=True):
    """The two columns at the top: the body under its superior; the country and its motto."""

    above: tuple[str, ...]
    body: tuple[str, ...]
    country: str
    motto: str


class Signature(msgspec.Struct, frozen=True):
    """An office and the names under it, each with room to sign."""

    office: str
    names: tuple[str, ...]


def lines_of(name: str) -> tuple[str, ...]:
    """A body's name in capitals; a long one is parted before its level: "XÃ AN PHÚ TÂN"."""
    parts = _LEVEL.split(name, maxsplit=1) if len(name) > _ONE_LINE else [name]
    return tuple(part.upper() for part in parts)


def masthead(language: Language, meeting: MeetingFacts) -> Masthead:
    """The masthead of a meeting's papers. Those of the Party bear its name and no motto."""
    party = meeting.kind.startswith(_PARTY)
    return Masthead(
        above=lines_of(meeting.superior) if meeting.superior else (),
        body=lines_of(meeting.body),
        country=say(language, "party" if party else "country"),
        motto="" if party else say(language, "motto"),
    )


def when_and_where(language: Language, meeting: MeetingFacts) -> str:
    """When the meeting began and where it is."""
    at = meeting.starts_at
    return say(
        language,
        "where.value",
        hour=hour(language, at),
        day=day(language, at),
        place=meeting.place,
    )


def signatures(
    language: Language, meeting: MeetingFacts, words: RuleWords
) -> tuple[Signature, Signature]:
    """Secretary on the left, chair on the right: the first of each."""
    return (
        Signature(say(language, "signatures.secretary"), meeting.secretaries[:1]),
        Signature(words.chair.said(language).upper(), meeting.chairs[:1]),
    )
