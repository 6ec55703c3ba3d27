"""The fictional budget of the commune: revenue, expenditure, spending units and works.

Amounts are in millions of đồng. All totals are computed, so that the report, the submission, the
draft resolution, the verification report and the budget table agree. ``before``, ``expected`` and
``planned`` are this year's estimate, this year's expected outcome and next year's estimate.
"""

from __future__ import annotations

from typing import TypedDict


class Line(TypedDict):
    """One line of a budget table."""

    name: str
    before: int
    expected: int
    planned: int


class Work(TypedDict):
    """One work under construction: total cost, spent so far, and next year by source."""

    name: str
    place: str
    total: int
    spent: int
    land: int
    balance: int
    targeted: int


class Done(TypedDict):
    """A work of this year: total cost, funds assigned and paid out, progress in percent."""

    name: str
    place: str
    total: int
    assigned: int
    paid: int
    progress: int


class Unit(TypedDict):
    """A spending unit: its estimate, with its parts for pay and running costs."""

    name: str
    total: int
    pay: int
    running: int


class Budget(TypedDict):
    """All budget tables. ``kept``: the commune's part of each ``collected`` line."""

    collected: tuple[Line, ...]
    kept: list[int]
    collected_total: Line
    revenue: tuple[Line, ...]
    revenue_total: Line
    investment: tuple[Line, ...]
    investment_total: Line
    recurrent: tuple[Line, ...]
    recurrent_total: Line
    reserve: Line
    wage_fund: Line
    spending_total: Line
    units: list[Unit]
    carried_on: list[Work]
    started: list[Work]
    this_year: list[Done]


def _line(name: str, before: int, expected: int, planned: int) -> Line:
    return Line(name=name, before=before, expected=expected, planned=planned)


# (name, before, expected, planned, the commune's part of the planned sum)
_COLLECTED = (
    ("Thuế GTGT, TNDN khu vực ngoài quốc doanh", 14_200, 15_120, 16_300, 9_780),
    ("Thuế thu nhập cá nhân", 6_900, 7_350, 7_900, 4_740),
    ("Lệ phí trước bạ", 8_300, 8_912, 9_500, 6_650),
    ("Thu tiền sử dụng đất", 22_000, 20_480, 19_000, 9_500),
    ("Tiền cho thuê đất, thuê mặt nước", 1_900, 1_965, 2_050, 1_025),
    ("Thuế sử dụng đất phi nông nghiệp", 480, 497, 510, 510),
    ("Phí, lệ phí", 2_350, 2_418, 2_540, 2_540),
    ("Thu khác ngân sách, thu phạt", 2_900, 3_105, 3_150, 2_600),
    ("Thu từ quỹ đất công ích và thu hoa lợi công sản", 1_250, 1_302, 1_400, 1_400),
)

_REVENUE = (
    _line("Thu ngân sách xã được hưởng theo phân cấp", 37_210, 37_945, 38_745),
    _line("Thu bổ sung cân đối từ ngân sách tỉnh", 122_190, 122_190, 128_640),
    _line("Thu bổ sung có mục tiêu từ ngân sách tỉnh", 15_800, 16_110, 19_035),
)

_INVESTMENT = (
    _line("Nguồn thu tiền sử dụng đất", 11_000, 10_240, 9_500),
    _line("Nguồn vốn cân đối ngân sách xã", 11_600, 11_600, 12_725),
    _line("Nguồn ngân sách tỉnh bổ sung có mục tiêu", 15_800, 16_110, 19_035),
)

_RECURRENT = (
    _line("Sự nghiệp giáo dục, đào tạo và dạy nghề", 78_350, 78_120, 82_640),
    _line("Sự nghiệp y tế, dân số và gia đình", 3_980, 4_010, 4_215),
    _line("Sự nghiệp văn hóa, thông tin, thể dục thể thao", 1_860, 1_845, 1_980),
    _line("Sự nghiệp phát thanh, truyền thanh", 440, 440, 465),
    _line("Bảo đảm xã hội", 16_950, 17_685, 18_730),
    _line("Sự nghiệp kinh tế", 5_420, 5_380, 5_860),
    _line("Sự nghiệp bảo vệ môi trường", 1_960, 1_975, 2_140),
    _line("Quản lý hành chính, Đảng, đoàn thể", 18_870, 18_790, 19_420),
    _line("Quốc phòng", 1_950, 2_015, 2_075),
    _line("An ninh và trật tự, an toàn xã hội", 1_330, 1_365, 1_410),
    _line("Khoa học, công nghệ và chuyển đổi số", 240, 236, 320),
    _line("Chi thường xuyên khác", 290, 288, 310),
)

_RESERVE = _line("Dự phòng ngân sách", 3_510, 3_120, 3_760)
_WAGE_FUND = _line("Tạo nguồn cải cách tiền lương", 1_650, 1_650, 1_835)

# (unit, estimate, of which pay, of which running costs); the rest are specific tasks.
_UNITS = (
    ("Văn phòng HĐND và UBND xã", 9_840, 5_120, 1_830),
    ("Phòng Kinh tế", 8_215, 1_790, 565),
    ("Phòng Văn hóa - Xã hội", 21_430, 1_915, 585),
    ("Trung tâm Phục vụ hành chính công", 2_365, 1_480, 460),
    ("Văn phòng Đảng ủy", 5_320, 3_260, 1_040),
    ("Ủy ban MTTQ Việt Nam và các đoàn thể", 3_715, 2_310, 690),
    ("Ban Chỉ huy quân sự xã", 2_075, 640, 310),
    ("Công an xã", 1_410, 0, 420),
    ("Trạm Y tế xã", 2_885, 2_190, 430),
    ("Trung tâm Văn hóa, Thể thao và Truyền thanh", 1_620, 745, 280),
    ("Trường Mẫu giáo An Phú Tân", 6_420, 5_485, 640),
    ("Trường Mẫu giáo Tân Lộc", 5_310, 4_530, 535),
    ("Trường Mẫu giáo Phú Mỹ", 4_985, 4_265, 500),
    ("Trường Tiểu học An Phú Tân A", 9_870, 8_560, 960),
    ("Trường Tiểu học An Phú Tân B", 8_640, 7_510, 835),
    ("Trường Tiểu học Tân Lộc", 8_215, 7_130, 790),
    ("Trường Tiểu học Phú Mỹ", 7_760, 6_740, 745),
    ("Trường THCS An Phú Tân", 11_940, 10_340, 1_150),
    ("Trường THCS Tân Lộc", 9_350, 8_115, 900),
    ("Trường THCS Phú Mỹ", 8_200, 7_105, 795),
)

# (name, place, total cost, spent so far, next year: land, balance, targeted)
_CARRIED_ON = (
    ("Nâng cấp đường Tân Lộc - Phú Mỹ", "ấp Tân Lộc, ấp Phú Mỹ", 14_600, 6_200, 0, 1_400, 5_000),
    ("Cầu Rạch Sâu", "ấp Phú Hòa", 8_950, 4_300, 0, 750, 3_000),
    (
        "Trường Tiểu học An Phú Tân A, khối 8 phòng học",
        "ấp An Bình",
        12_400,
        5_500,
        0,
        1_000,
        4_535,
    ),
    (
        "Đê bao ngăn triều cường Tân Quy - Tân Hưng",
        "ấp Tân Quy, ấp Tân Hưng",
        9_800,
        4_100,
        0,
        0,
        4_500,
    ),
    ("Cải tạo, mở rộng Trạm Y tế xã", "ấp An Bình", 4_900, 2_700, 0, 1_875, 0),
)
_STARTED = (
    ("Đường vào Trường THCS Phú Mỹ", "ấp Phú Mỹ", 5_600, 0, 1_700, 2_000, 0),
    ("Cầu Kênh Mười", "ấp Phú Thành", 6_200, 0, 1_100, 0, 2_000),
    ("Nhà văn hóa - khu thể thao ấp Phú Long", "ấp Phú Long", 1_950, 0, 1_800, 0, 0),
    ("Mở rộng mạng cấp nước sạch", "ấp Tân Quy, ấp Hòa Thuận", 4_300, 0, 900, 1_700, 0),
    ("Chiếu sáng các tuyến đường liên ấp", "toàn xã", 2_400, 0, 2_000, 0, 0),
    ("Kè chống sạt lở khu vực chợ An Phú Tân", "ấp An Bình", 7_800, 0, 1_000, 2_900, 0),
    ("Sửa chữa trường, lớp học trước năm học mới", "toàn xã", 2_300, 0, 1_000, 1_100, 0),
)

# This year's works: (name, place, total cost, funds assigned, funds paid out, progress in %)
_THIS_YEAR = (
    ("Nâng cấp đường Tân Lộc - Phú Mỹ", "ấp Tân Lộc, ấp Phú Mỹ", 14_600, 6_200, 6_200, 45),
    ("Cầu Rạch Sâu", "ấp Phú Hòa", 8_950, 4_300, 4_300, 52),
    ("Trường Tiểu học An Phú Tân A, khối 8 phòng học", "ấp An Bình", 12_400, 5_500, 5_500, 48),
    (
        "Đê bao ngăn triều cường Tân Quy - Tân Hưng",
        "ấp Tân Quy, ấp Tân Hưng",
        9_800,
        4_100,
        4_100,
        43,
    ),
    ("Nhà văn hóa ấp Tân Thạnh", "ấp Tân Thạnh", 2_150, 1_900, 1_900, 100),
    (
        "Tuyến ống cấp nước sạch Phú Long - Phú Thành",
        "ấp Phú Long, ấp Phú Thành",
        3_450,
        2_600,
        2_600,
        100,
    ),
    ("Đường bê tông kênh Hai Thước", "ấp Hòa Hiệp", 2_850, 2_400, 2_400, 100),
    ("Cải tạo, mở rộng Trạm Y tế xã", "ấp An Bình", 4_900, 2_700, 2_700, 60),
    ("Đèn đường năng lượng mặt trời", "7 ấp", 1_600, 1_500, 1_500, 100),
    ("Nạo vét kênh thủy lợi nội đồng", "5 ấp", 2_200, 2_100, 2_100, 100),
    ("Sửa chữa Trung tâm Phục vụ hành chính công", "ấp An Bình", 1_750, 1_600, 1_600, 100),
    ("Hệ thống thoát nước chợ An Phú Tân", "ấp An Bình", 3_100, 2_100, 1_870, 78),
    ("Sân, tường rào Trường Mẫu giáo Tân Lộc", "ấp Tân Lộc", 2_980, 1_400, 1_180, 55),
)


def _sum(name: str, lines: tuple[Line, ...]) -> Line:
    return _line(
        name,
        sum(line["before"] for line in lines),
        sum(line["expected"] for line in lines),
        sum(line["planned"] for line in lines),
    )


def _works(rows: tuple[tuple[str, str, int, int, int, int, int], ...]) -> list[Work]:
    return [
        Work(
            name=name,
            place=place,
            total=total,
            spent=spent,
            land=land,
            balance=balance,
            targeted=targeted,
        )
        for name, place, total, spent, land, balance, targeted in rows
    ]


def budget() -> Budget:
    """All budget tables and their totals, ready for JSON."""
    collected = tuple(_line(*row[:4]) for row in _COLLECTED)
    recurrent = _sum("Chi thường xuyên", _RECURRENT)
    investment = _sum("Chi đầu tư phát triển", _INVESTMENT)
    return {
        "collected": collected,
        "kept": [row[4] for row in _COLLECTED],
        "collected_total": _sum("Tổng thu ngân sách nhà nước trên địa bàn", collected),
        "revenue": _REVENUE,
        "revenue_total": _sum("Tổng thu ngân sách xã", _REVENUE),
        "investment": _INVESTMENT,
        "investment_total": investment,
        "recurrent": _RECURRENT,
        "recurrent_total": recurrent,
        "reserve": _RESERVE,
        "wage_fund": _WAGE_FUND,
        "spending_total": _sum(
            "Tổng chi ngân sách xã", (investment, recurrent, _RESERVE, _WAGE_FUND)
        ),
        "units": [
            Unit(name=name, total=total, pay=pay, running=running)
            for name, total, pay, running in _UNITS
        ],
        "carried_on": _works(_CARRIED_ON),
        "started": _works(_STARTED),
        "this_year": [
            Done(
                name=name, place=place, total=total, assigned=assigned, paid=paid, progress=progress
            )
            for name, place, total, assigned, paid, progress in _THIS_YEAR
        ],
    }
