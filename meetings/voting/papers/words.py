"""The words and the dates of the papers of a vote, in both languages.

What a screen says as well (the verdict, the arithmetic, the quorum) is `words_rules`.
"""

from datetime import datetime

from meetings.shared.bilingual import Language
from meetings.voting.papers.words_en import ENGLISH
from meetings.voting.papers.words_vi import VIETNAMESE

PAPER_WORDS: dict[Language, dict[str, str]] = {"vi": VIETNAMESE, "en": ENGLISH}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def say(language: Language, key: str, **facts: object) -> str:
    """The words of a key with the facts in their places."""
    return PAPER_WORDS[language][key].format_map(facts)


def day(language: Language, at: datetime) -> str:
    """A date as official papers write it: days below 10 and months below 3 get a zero."""
    if language == "en":
        return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return f"ngày {at.day:02d} tháng {month} năm {at.year}"


def hour(language: Language, at: datetime) -> str:
    """A time of day as official papers write it: "07 giờ 30"."""
    mark = ":" if language == "en" else " giờ "
    return f"{at.hour:02d}{mark}{at.minute:02d}"


def moment(language: Language, at: datetime) -> str:
    """Time and date, with seconds: "09:14:05, ngày 24 tháng 11 năm 2026"."""
    return f"{clock(at)}, {day(language, at)}"


def clock(at: datetime) -> str:
    """The time of day with seconds."""
    return f"{at.hour:02d}:{at.minute:02d}:{at.second:02d}"


def minute(at: datetime) -> str:
    """The time of day without seconds."""
    return f"{at.hour:02d}:{at.minute:02d}"


def stamp(at: datetime) -> str:
    """Date and time in figures, for tables: "09:14:05 24/11/2026"."""
    return f"{clock(at)} {at.day:02d}/{at.month:02d}/{at.year}"


def capital(text: str) -> str:
    """The text with its first letter in capitals."""
    return text[:1].upper() + text[1:]
