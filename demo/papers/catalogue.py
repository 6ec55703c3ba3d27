"""The eight documents: titles, kinds, numbers, dates and agenda items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demo.agenda import items
from demo.setting import planned_year, working_day_before

# Number (``{year}``: year of the date of the document), and days from that date to the sitting.
NUMBERS: dict[str, tuple[str, int]] = {
    "giay_moi": ("19/GM-HĐND", 8),
    "chuong_trinh": ("07/CTr-HĐND", 4),
    "bao_cao": ("118/BC-UBND", 15),
    "to_trinh": ("41/TTr-UBND", 14),
    "du_toan": ("41/TTr-UBND", 14),
    "tham_tra": ("12/BC-BKTXH", 6),
    "kien_nghi": ("26/BC-MTTQ-BTT", 13),
    # Documents that are only cited.
    "tinh_du_toan": ("87/NQ-HĐND", 20),
    "tinh_dinh_muc": ("64/{year}/NQ-HĐND", 20),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One typeset document.

    ``item``: index of its agenda item, ``None`` for a document of the whole meeting. ``path``: the
    PDF file. ``pages``: the required number of pages.
    """

    key: str
    title: str
    kind: str
    file_name: str
    path: Path
    item: int | None
    open_to_guests: bool
    pages: int


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    open_to_guests: bool
    pages: int


def _entries(on: date) -> dict[str, _Entry]:
    plan = planned_year(on)
    return {
        "giay_moi": _Entry("Giấy mời dự Kỳ họp thứ Hai", True, 1),
        "chuong_trinh": _Entry("Chương trình Kỳ họp thứ Hai", True, 2),
        "bao_cao": _Entry(
            f"Báo cáo số 118/BC-UBND về kinh tế - xã hội năm {plan - 1}, kế hoạch năm {plan}",
            True,
            40,
        ),
        "to_trinh": _Entry(
            f"Tờ trình số 41/TTr-UBND về phân bổ dự toán ngân sách xã năm {plan}",
            False,
            3,
        ),
        "du_thao": _Entry(
            f"Dự thảo Nghị quyết về phân bổ dự toán ngân sách xã năm {plan}",
            False,
            3,
        ),
        "tham_tra": _Entry(
            "Báo cáo thẩm tra số 12/BC-BKTXH của Ban Kinh tế - Xã hội",
            False,
            3,
        ),
        "du_toan": _Entry(f"Biểu dự toán thu, chi ngân sách xã năm {plan}", False, 5),
        "kien_nghi": _Entry(
            "Tổng hợp ý kiến, kiến nghị của cử tri (bản quét)",
            True,
            3,
        ),
    }


def file_stem(key: str) -> str:
    """The name of the document's template and PDF, without the extension."""
    return key.replace("_", "-")


def dated(key: str, on: date) -> date:
    """The date of the document for a meeting on ``on``."""
    return working_day_before(on, NUMBERS[key][1])


def number(key: str, on: date) -> str:
    """The number of the document for a meeting on ``on``."""
    return NUMBERS[key][0].format(year=dated(key, on).year)


def papers(on: date, folder: Path) -> list[Paper]:
    """The documents in reading order: those of the meeting, then those of each item."""
    entries = _entries(on)
    indexes: dict[str, int | None] = {"giay_moi": None}
    for index, item in enumerate(items(on)):
        indexes.update(dict.fromkeys(item.papers, index))
    found = []
    for key, item_index in indexes.items():
        entry = entries[key]
        name = f"{file_stem(key)}.pdf"
        found.append(
            Paper(
                key,
                entry.title,
                key,
                name,
                folder / name,
                item_index,
                entry.open_to_guests,
                entry.pages,
            )
        )
    return found
