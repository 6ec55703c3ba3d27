"""Header and signatures of reports: body, country, number, place and date."""

import re
from datetime import datetime

import msgspec

from core.i18n import Language, text_in
from meetings.voting.reports.content.dates import day, hour
from meetings.voting.reports.content.report_facts import MeetingFacts
from meetings.voting.rules.poll_rules import RuleWords
from meetings.voting.rules.sentences import capital

_PARTY = "party"
_LEVEL = re.compile(
    r"\s+(?=(?:xã|phường|đặc khu|thị trấn|thị xã|quận|huyện|thành phố|tỉnh)\s)", re.IGNORECASE
)
_OF_A_PLACE = re.compile(
    r"^(?:hội đồng nhân dân|ủy ban nhân dân|đảng ủy|đảng bộ|ủy ban mặt trận tổ quốc[^,]*?)\s+"
    r"(xã|phường|đặc khu|thị trấn|thị xã|quận|huyện|thành phố|tỉnh)\s+([^,]+)",
    re.IGNORECASE,
)
_ABBREVIATIONS = {"hội đồng nhân dân": "HĐND", "ủy ban nhân dân": "UBND"}
_ONE_LINE = 22
"""Number of capital letters that fit on one line of the left column."""


class Masthead(msgspec.Struct, frozen=True):
    """The two columns at the top: the body below its superior; the country and its motto."""

    above: tuple[str, ...]
    body: tuple[str, ...]
    country: str
    motto: str


class Signature(msgspec.Struct, frozen=True):
    """A signature block: the office, how to sign, and the names, each with space for a
    signature."""

    office: str
    names: tuple[str, ...]
    how: str


def lines_of(name: str) -> tuple[str, ...]:
    """A body's name in capitals; a long name breaks before its level: "XÃ AN PHÚ TÂN"."""
    parts = _LEVEL.split(name, maxsplit=1) if len(name) > _ONE_LINE else [name]
    return tuple(part.upper() for part in parts)


def masthead(language: Language, meeting: MeetingFacts) -> Masthead:
    """The masthead of a meeting's reports. Party meetings have the Party's name and no motto."""
    party = meeting.kind.startswith(_PARTY)
    return Masthead(
        above=lines_of(meeting.superior) if meeting.superior else (),
        body=lines_of(meeting.body),
        country=text_in(language, "report.party" if party else "report.country"),
        motto="" if party else text_in(language, "report.motto"),
    )


def when_and_where(language: Language, meeting: MeetingFacts) -> str:
    """Start and place of the meeting."""
    at = meeting.starts_at
    return text_in(
        language,
        "report.where.value",
        hour=hour(language, at),
        day=day(language, at),
        place=meeting.place,
    )


def signatures(
    language: Language, meeting: MeetingFacts, words: RuleWords
) -> tuple[Signature, Signature]:
    """The first secretary on the left, all chairs on the right."""
    return (
        signature(
            language, text_in(language, "report.signatures.secretary"), meeting.secretaries[:1]
        ),
        signature(language, words.chair.said(language).upper(), meeting.chairs),
    )


def signature(language: Language, office: str, names: tuple[str, ...]) -> Signature:
    """A signature block with the instruction how to sign."""
    return Signature(office, names, text_in(language, "report.signatures.how"))


def number_line(language: Language, number: str = "", symbol: str = "") -> str:
    """The number of a report; blank if it has none yet: "Số: ……/……"."""
    blank = text_in(language, "report.number.blank")
    return text_in(language, "report.number", number=number or blank, symbol=symbol or blank)


def placed(language: Language, meeting: MeetingFacts, at: datetime) -> str:
    """Place and date under the motto: "An Phú Tân, ngày 24 tháng 11 năm 2026"."""
    place = place_of(meeting.body) or text_in(language, "report.placed.blank")
    return text_in(language, "report.placed", place=place, day=day(language, at))


def place_of(body: str) -> str:
    """The place name for the date line of a local government body; "" for another body.

    A place with a number as its name keeps its level: "Phường 12".
    """
    found = _OF_A_PLACE.search(body)
    if found is None:
        return ""
    level, name = found.groups()
    return f"{capital(level.lower())} {name}" if name[:1].isdigit() else name


def abbreviation(body: str) -> str:
    """The abbreviation of a body in document numbers: "HĐND"; "" if unknown."""
    for name, short in _ABBREVIATIONS.items():
        if body.casefold().startswith(name):
            return short
    return ""
