"""Where and when the demonstration's meeting takes place, and how dates are written there.

The commune, its province and every person are made up. The meeting sits on whatever day
the demonstration is prepared, so each paper is dated backwards from that day.
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
"""The usual hour, for papers of no particular meeting."""
LENGTH = timedelta(hours=4)
STARTED_BEFORE = timedelta(minutes=30)
STEP = timedelta(minutes=15)

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def hours_around(now: datetime) -> tuple[datetime, datetime]:
    """Beginning and end of a meeting that has been going on for about half an hour at ``now``.

    Both are on a quarter of an hour of the same day: a start just after midnight is midnight.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    quarters = round((now - STARTED_BEFORE - midnight) / STEP)
    starts = midnight + max(0, quarters) * STEP
    return starts, min(starts + LENGTH, midnight + timedelta(days=1) - STEP)


def planned_year(on: date) -> int:
    """The year whose plan and budget the meeting decides.

    A sitting in the second half of a year plans the next one; a sitting in the first half
    still plans the year it is in.
    """
    return on.year + 1 if on.month >= 7 else on.year


def working_day_before(on: date, days: int) -> date:
    """The day ``days`` before ``on``, moved back to a Friday when it is a weekend."""
    day = on - timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - 4))


def long_date(day: date) -> str:
    """A date as official papers write it: days below 10 and months below 3 get a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday(day: date) -> str:
    """The Vietnamese name of the weekday."""
    return _WEEKDAYS[day.weekday()]


def clock(at: time) -> str:
    """A time of day as official papers write it: ``07 giờ 30``."""
    return f"{at.hour:02d} giờ {at.minute:02d}"
