"""The input of the templates: place, people, dates, numbers, agenda and tables."""

from __future__ import annotations

from datetime import date, time

from demo.agenda import BREAK_AFTER, BREAK_MINUTES, items, timetable
from demo.papers.budget import budget
from demo.papers.catalogue import NUMBERS, dated, number
from demo.papers.figures import figures
from demo.people import PEOPLE
from demo.setting import (
    COMMUNE,
    HALL,
    PROVINCE,
    SESSION,
    STARTS,
    TERM,
    clock,
    long_date,
    planned_year,
    weekday,
)


def _agenda(on: date, starts: time) -> list[dict[str, object]]:
    return [
        {
            "title": item.title,
            "rapporteur": item.rapporteur,
            "begins": clock(begins),
            "ends": clock(ends),
        }
        for item, (begins, ends) in zip(items(on), timetable(on, starts), strict=True)
    ]


def facts(on: date, starts: time = STARTS) -> dict[str, object]:
    """The template input for a meeting on ``on`` that begins at ``starts``, ready for JSON."""
    plan = planned_year(on)
    return {
        "commune": COMMUNE,
        "province": PROVINCE,
        "hall": HALL,
        "session": SESSION,
        "term": TERM,
        "last_year": plan - 2,
        "year": plan - 1,
        "plan": plan,
        "sitting": {
            "weekday": weekday(on),
            "date": long_date(on),
            "begins": clock(starts),
            "month": f"{on.month:02d}" if on.month < 3 else str(on.month),
            "year": on.year,
        },
        "numbers": {key: number(key, on) for key in NUMBERS},
        "dates": {key: long_date(dated(key, on)) for key in NUMBERS},
        "agenda": _agenda(on, starts),
        "break": {"after": BREAK_AFTER, "minutes": BREAK_MINUTES},
        "people": {someone.key: someone.name for someone in PEOPLE},
        "budget": budget(),
        "statistics": figures(),
    }
