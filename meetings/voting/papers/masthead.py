"""What every paper begins and ends with: whose it is, the country's name, who signs."""

import re

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


def lines_of(name: str) -> list[str]:
    """A body's name in capitals; a long one is parted before its level: "XÃ AN PHÚ TÂN"."""
    parts = _LEVEL.split(name, maxsplit=1) if len(name) > _ONE_LINE else [name]
    return [part.upper() for part in parts]


def masthead(language: Language, meeting: MeetingFacts) -> dict[str, object]:
    """The two columns at the top: the body under its superior; the country and its motto.

    Papers of party meetings bear the Party's name instead and no motto.
    """
    party = meeting.kind.startswith(_PARTY)
    return {
        "above": lines_of(meeting.superior) if meeting.superior else [],
        "body": lines_of(meeting.body),
        "country": say(language, "party" if party else "country"),
        "motto": "" if party else say(language, "motto"),
    }


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
) -> list[dict[str, str]]:
    """Secretary on the left, chair on the right, each with a name where there is one."""
    return [
        {
            "office": say(language, "signatures.secretary"),
            "name": meeting.secretaries[0] if meeting.secretaries else "",
        },
        {
            "office": words.chair.said(language).upper(),
            "name": meeting.chairs[0] if meeting.chairs else "",
        },
    ]
