"""The fictional statistics of the socio-economic report, with computed totals.

Areas are in hectares, yields in quintals per hectare, harvests in tonnes, values in billions of
đồng at constant prices, households and people in numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

# (hamlet, households, people, poor at the start of the year, poor at its end, near-poor)
_HAMLETS = (
    ("Tân Lộc", 842, 3_214, 19, 11, 27),
    ("Tân Thạnh", 716, 2_689, 16, 9, 22),
    ("Tân Quy", 655, 2_512, 24, 16, 31),
    ("Tân Hưng", 628, 2_405, 22, 15, 28),
    ("Phú Mỹ", 905, 3_438, 15, 8, 21),
    ("Phú Hòa", 734, 2_796, 18, 11, 24),
    ("Phú Long", 689, 2_641, 21, 13, 29),
    ("Phú Thành", 597, 2_288, 23, 15, 30),
    ("An Bình", 1_124, 4_187, 9, 4, 12),
    ("An Thới", 811, 3_065, 13, 7, 18),
    ("An Lạc", 763, 2_902, 14, 8, 19),
    ("Hòa Hiệp", 702, 2_758, 31, 21, 36),
    ("Hòa Thuận", 641, 2_497, 28, 18, 33),
    ("Ngã Tư", 583, 2_216, 17, 10, 23),
)

# (crop, area last year, yield last year, area, yield, area planned, yield planned)
_CROPS = (
    ("Lúa Đông Xuân", 1_842.0, 68.4, 1_815.5, 69.7, 1_780.0, 70.2),
    ("Lúa Hè Thu", 1_836.0, 57.9, 1_808.0, 58.6, 1_770.0, 59.0),
    ("Lúa Thu Đông", 1_214.0, 54.2, 1_196.5, 55.1, 1_150.0, 55.5),
    ("Bắp", 126.0, 58.5, 131.0, 59.8, 140.0, 60.5),
    ("Khoai, củ các loại", 84.0, 212.0, 88.5, 216.4, 95.0, 220.0),
    ("Rau màu thực phẩm", 742.0, 231.5, 786.0, 235.8, 830.0, 238.0),
    ("Dừa", 968.0, 104.2, 982.0, 106.5, 1_000.0, 108.0),
    ("Bưởi, cam, quýt", 412.0, 142.6, 427.5, 145.3, 445.0, 147.0),
    ("Cây ăn trái khác", 236.0, 118.4, 241.0, 119.7, 248.0, 121.0),
)

# (sector, last year, expected this year, planned next year)
_OUTPUT = (
    ("Nông nghiệp, thủy sản", 1_342.7, 1_412.5, 1_483.1),
    ("Công nghiệp, xây dựng", 682.4, 748.3, 823.9),
    ("Thương mại, dịch vụ", 1_012.8, 1_123.8, 1_250.7),
)

# (kind, unit, last year, expected, planned)
_LIVESTOCK = (
    ("Đàn heo", "con", 14_820, 15_360, 15_900),
    ("Đàn bò", "con", 6_415, 6_580, 6_750),
    ("Đàn dê", "con", 1_870, 2_015, 2_150),
    ("Gia cầm", "nghìn con", 312, 327, 340),
    ("Thịt hơi xuất chuồng", "tấn", 3_284, 3_412, 3_540),
    ("Diện tích nuôi thủy sản", "ha", 286, 294, 300),
    ("Sản lượng thủy sản nuôi", "tấn", 4_126, 4_318, 4_500),
    ("Sản lượng thủy sản khai thác", "tấn", 412, 398, 390),
)

# (school, classes, pupils, teachers and staff, national standard level)
_SCHOOLS = (
    ("Trường Mẫu giáo An Phú Tân", 14, 412, 34, 2),
    ("Trường Mẫu giáo Tân Lộc", 11, 318, 27, 1),
    ("Trường Mẫu giáo Phú Mỹ", 10, 296, 25, 1),
    ("Trường Tiểu học An Phú Tân A", 22, 731, 36, 1),
    ("Trường Tiểu học An Phú Tân B", 19, 604, 31, 1),
    ("Trường Tiểu học Tân Lộc", 18, 562, 30, 2),
    ("Trường Tiểu học Phú Mỹ", 17, 538, 28, 1),
    ("Trường THCS An Phú Tân", 21, 842, 45, 1),
    ("Trường THCS Tân Lộc", 16, 617, 35, 0),
    ("Trường THCS Phú Mỹ", 14, 538, 31, 1),
)

# (field, received, settled in time, settled late, being settled)
_FILES = (
    ("Hộ tịch, chứng thực", 8_942, 8_931, 0, 11),
    ("Đất đai", 1_684, 1_602, 21, 61),
    ("Xây dựng, quy hoạch", 236, 224, 3, 9),
    ("Đăng ký hộ kinh doanh", 418, 415, 0, 3),
    ("Bảo trợ xã hội, người có công", 1_127, 1_108, 4, 15),
    ("Giáo dục, văn hóa", 164, 163, 0, 1),
    ("Nông nghiệp, môi trường", 139, 134, 1, 4),
    ("Lĩnh vực khác", 305, 301, 0, 4),
)

# (hamlet, length of roads in km, of which hard-surfaced, households with clean water,
# households meeting the cultural family title), in the order of _HAMLETS
_SERVICES = (
    (9.8, 9.2, 812, 793),
    (8.4, 7.9, 688, 671),
    (8.9, 7.1, 581, 596),
    (8.2, 6.8, 560, 577),
    (10.6, 10.1, 881, 862),
    (8.7, 8.0, 704, 692),
    (8.1, 7.2, 655, 640),
    (7.6, 6.3, 549, 551),
    (7.2, 7.2, 1_118, 1_071),
    (8.8, 8.3, 786, 768),
    (8.5, 7.8, 735, 719),
    (9.4, 7.7, 633, 639),
    (8.6, 7.0, 560, 588),
    (7.3, 6.6, 551, 545),
)

# State revenue collected in the area, month by month, in millions of đồng.
_MONTHLY = (6_412, 4_385, 4_702, 5_168, 4_926, 5_341, 5_087, 4_655, 5_214, 5_478, 4_863, 4_918)


Rows = Sequence[Sequence[str | float]]


def _total(rows: Rows, column: int) -> float:
    """The sum of one column; an int if it is whole."""
    total = round(sum(float(row[column]) for row in rows), 1)
    return int(total) if total.is_integer() else total


def _totals(rows: Rows, columns: range) -> list[float]:
    return [_total(rows, column) for column in columns]


def _harvest(area: float, quintals: float) -> list[float]:
    """Area, yield, and the harvest in tonnes."""
    return [area, quintals, round(area * quintals / 10, 1)]


def _crops() -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "last": _harvest(area_last, yield_last),
            "now": _harvest(area, yield_now),
            "next": _harvest(area_next, yield_next),
        }
        for name, area_last, yield_last, area, yield_now, area_next, yield_next in _CROPS
    ]


def _rice() -> list[list[float]]:
    """Area sown and harvest of the three rice crops: last year, this year, next year."""
    years = []
    for part in range(3):
        fields = [(float(row[1 + 2 * part]), float(row[2 + 2 * part])) for row in _CROPS[:3]]
        years.append(
            [
                sum(area for area, _ in fields),
                round(sum(area * quintals / 10 for area, quintals in fields), 1),
            ]
        )
    return years


def figures() -> dict[str, object]:
    """All tables of the report except the budget, ready for JSON."""
    return {
        "hamlets": _HAMLETS,
        "population": _totals(_HAMLETS, range(1, 6)),
        "crops": _crops(),
        "rice": _rice(),
        "output": _OUTPUT,
        "output_total": _totals(_OUTPUT, range(1, 4)),
        "livestock": _LIVESTOCK,
        "schools": _SCHOOLS,
        "schools_total": _totals(_SCHOOLS, range(1, 4)),
        "files": _FILES,
        "files_total": _totals(_FILES, range(1, 5)),
        "services": [
            (hamlet[0], hamlet[1], *row) for hamlet, row in zip(_HAMLETS, _SERVICES, strict=True)
        ],
        "services_total": _totals(_SERVICES, range(4)),
        "monthly": _MONTHLY,
    }
