"""The six items of the demonstration's agenda, and their times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demo.people import person
from demo.setting import STARTS, planned_year

# The break comes after the item with this index.
BREAK_AFTER = 1
BREAK_MINUTES = 15


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One agenda item.

    ``minutes``: planned duration. ``rapporteur``: name and position of the presenter. ``papers``:
    keys of ``demo.papers``.
    """

    title: str
    minutes: int
    rapporteur: str
    papers: tuple[str, ...] = ()


def _rapporteur(key: str) -> str:
    someone = person(key)
    return f"{someone.name}, {someone.position}"


def items(on: date) -> tuple[AgendaItem, ...]:
    """The agenda of the meeting held on ``on``."""
    plan = planned_year(on)
    return (
        AgendaItem(
            "Khai mạc, thông qua chương trình kỳ họp",
            20,
            _rapporteur("huynh.van.lam"),
            ("chuong_trinh",),
        ),
        AgendaItem(
            f"Báo cáo kinh tế - xã hội năm {plan - 1}, kế hoạch năm {plan}",
            60,
            _rapporteur("nguyen.hoang.son"),
            ("bao_cao",),
        ),
        AgendaItem(
            f"Dự thảo Nghị quyết phân bổ dự toán ngân sách năm {plan}",
            60,
            _rapporteur("vo.thi.kim.loan"),
            ("to_trinh", "du_thao", "tham_tra", "du_toan"),
        ),
        AgendaItem(
            "Chất vấn và trả lời chất vấn; kiến nghị của cử tri",
            40,
            _rapporteur("nguyen.thi.bich.thuy"),
            ("kien_nghi",),
        ),
        AgendaItem(
            "Bầu bổ sung Ủy viên Ủy ban nhân dân xã",
            25,
            _rapporteur("tran.thi.my.hanh"),
        ),
        AgendaItem(
            "Thông qua các nghị quyết, bế mạc kỳ họp",
            20,
            _rapporteur("huynh.van.lam"),
        ),
    )


def timetable(on: date, starts: time = STARTS) -> tuple[tuple[time, time], ...]:
    """Start and end of each item, in the order of ``items``, including the break."""
    at = datetime.combine(on, starts)
    hours = []
    for index, item in enumerate(items(on)):
        end = at + timedelta(minutes=item.minutes)
        hours.append((at.time(), end.time()))
        at = end
        if index == BREAK_AFTER:
            at += timedelta(minutes=BREAK_MINUTES)
    return tuple(hours)
