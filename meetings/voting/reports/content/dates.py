"""Dates and times in the format of reports."""

from datetime import datetime

from core.i18n import Language, text_in


def day(language: Language, at: datetime) -> str:
    """A date in the format of official documents: "ngày 03 tháng 02 năm 2027"."""
    number = str(at.day)
    if at.day < 10:
        number = text_in(language, "report.date.below_ten", number=number)
    month = text_in(language, f"report.month.{at.month}")
    return text_in(language, "report.date", day=number, month=month, year=at.year)


def hour(language: Language, at: datetime) -> str:
    """A time of day in the format of official documents: "07 giờ 30"."""
    return text_in(language, "report.hour", hour=f"{at.hour:02d}", minute=f"{at.minute:02d}")


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
