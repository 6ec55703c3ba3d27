"""Place and time of the demonstration's meeting, and the format of its dates.

The commune, its province and all people are fictional. The meeting takes place on the day on which
the demonstration is prepared, so the dates of documents are counted back from that day.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

COMMUNE = "An Phú Tân"
PROVINCE = "Vĩnh Thuận"
COUNCIL = f"HĐND xã {COMMUNE}"
TERM = "khóa II, nhiệm kỳ 2026 - 2031"
SESSION = "Kỳ họp thứ Hai"
MEETING_TITLE = f"{SESSION}, {COUNCIL} {TERM}"
HALL = f"Hội trường Ủy ban nhân dân xã {COMMUNE}"
STARTS = time(7, 30)
"""The usual start, for documents without a particular meeting."""
LENGTH = timedelta(hours=4)
STARTED_BEFORE = timedelta(minutes=30)
STEP = timedelta(minutes=15)

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def hours_around(now: datetime) -> tuple[datetime, datetime]:
    """Start and end of a meeting that started about half an hour before ``now``.

    Both are quarters of an hour on the same day; just after midnight, the start is midnight.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    quarters = round((now - STARTED_BEFORE - midnight) / STEP)
    starts = midnight + max(0, quarters) * STEP
    return starts, min(starts + LENGTH, midnight + timedelta(days=1) - STEP)


def planned_year(on: date) -> int:
    """The year whose plan and budget the meeting decides.

    A sitting in the second half of a year plans the next year; a sitting in the first half plans
    the current year.
    """
    return on.year + 1 if on.month >= 7 else on.year


def working_day_before(on: date, days: int) -> date:
    """The day ``days`` before ``on``, or the Friday before if that is on a weekend."""
    day = on - timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - 4))


def long_date(day: date) -> str:
    """A date as in official documents: days below 10 and months below 3 have a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday(day: date) -> str:
    """The Vietnamese name of the weekday."""
    return _WEEKDAYS[day.weekday()]


def clock(at: time) -> str:
    """A time of day as in official documents: ``07 giờ 30``."""
    return f"{at.hour:02d} giờ {at.minute:02d}"
