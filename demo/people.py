"""The people of the demonstration: 31 deputies, a secretary who is not a deputy, and two guests.

All names are fictional. ``key`` is also the user name of the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["chair", "secretary", "member", "guest"]


@dataclass(frozen=True, slots=True)
class Person:
    """One participant of the demonstration's meeting.

    ``frame``: the live frame of the demonstration page that shows this person's client, or None.
    ``simulated``: a program follows the meeting in place of this person.
    """

    key: str
    name: str
    position: str
    role: Role
    seat: str
    entitled_to_vote: bool
    simulated: bool = False
    frame: str | None = None


_CHAIRS = (
    Person(
        "huynh.van.lam", "Huỳnh Văn Lâm", "Chủ tịch HĐND xã", "chair", "CT1", True, frame="chair"
    ),
    Person("tran.thi.my.hanh", "Trần Thị Mỹ Hạnh", "Phó Chủ tịch HĐND xã", "chair", "CT2", True),
)

_SECRETARIES = (
    Person(
        "do.ngoc.quyen",
        "Đỗ Ngọc Quyên",
        "Phó Chánh Văn phòng HĐND và UBND xã",
        "secretary",
        "TK1",
        False,
        frame="secretary",
    ),
    Person(
        "le.minh.triet",
        "Lê Minh Triết",
        "Phó Trưởng Ban Pháp chế HĐND xã",
        "secretary",
        "TK2",
        True,
    ),
)

_GUESTS = (
    Person(
        "ly.thanh.phong",
        "Lý Thanh Phong",
        "Đại biểu HĐND tỉnh Vĩnh Thuận, Tổ đại biểu số 7",
        "guest",
        "KM1",
        False,
    ),
    Person(
        "mai.thi.hong.nhung",
        "Mai Thị Hồng Nhung",
        "Trưởng Đoàn Hội thẩm nhân dân khu vực 4, tỉnh Vĩnh Thuận",
        "guest",
        "KM2",
        False,
    ),
)

# (key, name, position); seats are assigned in rows of seven, from A1 to D7.
_MEMBERS = (
    ("nguyen.hoang.son", "Nguyễn Hoàng Sơn", "Chủ tịch UBND xã"),
    ("phan.thanh.tung", "Phan Thanh Tùng", "Trưởng Ban Kinh tế - Xã hội HĐND xã"),
    ("vo.thi.kim.loan", "Võ Thị Kim Loan", "Phó Chủ tịch UBND xã"),
    ("pham.quoc.thai", "Phạm Quốc Thái", "Phó Chủ tịch UBND xã"),
    ("dang.thi.ngoc.anh", "Đặng Thị Ngọc Ánh", "Trưởng Ban Pháp chế HĐND xã"),
    ("bui.van.duc", "Bùi Văn Đức", "Phó Trưởng Ban Kinh tế - Xã hội HĐND xã"),
    ("nguyen.thi.bich.thuy", "Nguyễn Thị Bích Thủy", "Chủ tịch Ủy ban MTTQ Việt Nam xã"),
    ("tran.quoc.khanh", "Trần Quốc Khánh", "Chỉ huy trưởng Ban Chỉ huy quân sự xã"),
    ("duong.minh.hieu", "Dương Minh Hiếu", "Trưởng Công an xã"),
    ("ngo.nhat.khoi", "Ngô Nhật Khôi", "Trưởng phòng Kinh tế"),
    ("ho.thi.cam.tu", "Hồ Thị Cẩm Tú", "Trưởng phòng Văn hóa - Xã hội"),
    ("thach.thi.sa.rin", "Thạch Thị Sa Rin", "Chủ tịch Hội Liên hiệp Phụ nữ xã"),
    ("le.van.ut", "Lê Văn Út", "Chủ tịch Hội Nông dân xã"),
    ("nguyen.van.thoi", "Nguyễn Văn Thới", "Chủ tịch Hội Cựu chiến binh xã"),
    ("huynh.gia.bao", "Huỳnh Gia Bảo", "Bí thư Đoàn TNCS Hồ Chí Minh xã"),
    ("truong.thi.diem.phuc", "Trương Thị Diễm Phúc", "Hiệu trưởng Trường THCS An Phú Tân"),
    ("lam.quang.vinh", "Lâm Quang Vinh", "Trưởng Trạm Y tế xã"),
    ("kim.thanh.tam", "Kim Thanh Tâm", "Trưởng ấp Hòa Hiệp"),
    ("cao.van.be", "Cao Văn Bé", "Trưởng ấp Tân Lộc"),
    ("phan.thi.lan.chi", "Phan Thị Lan Chi", "Giáo viên Trường Tiểu học Phú Mỹ"),
    ("doan.huu.nghia", "Đoàn Hữu Nghĩa", "Giám đốc Hợp tác xã nông nghiệp Phú Hòa"),
    ("nguyen.ngoc.yen.nhi", "Nguyễn Ngọc Yến Nhi", "Chuyên viên phòng Kinh tế"),
    ("tran.van.sau", "Trần Văn Sáu", "Trưởng ấp Ngã Tư"),
    ("vo.minh.luan", "Võ Minh Luân", "Chủ cơ sở gỗ Minh Luân, ấp An Bình"),
    ("dinh.thi.thu.thao", "Đinh Thị Thu Thảo", "Tiểu thương chợ An Phú Tân"),
    ("pham.van.chin", "Phạm Văn Chín", "Bí thư Chi bộ ấp Phú Long"),
    ("luu.hoang.phuc", "Lưu Hoàng Phúc", "Công chức Trung tâm Phục vụ hành chính công xã"),
    ("son.thi.hoa.my", "Sơn Thị Họa My", "Y sĩ Trạm Y tế xã"),
)

# One member is absent, and one seat is reserved for a visitor with a phone.
_FRAMES = {"phan.thanh.tung": "member-1", "thach.thi.sa.rin": "member-2"}
PHONE_KEY = "doan.huu.nghia"
ABSENT_KEY = "nguyen.van.thoi"
LATE_KEY = "cao.van.be"


def _members() -> tuple[Person, ...]:
    people = []
    for index, (key, name, position) in enumerate(_MEMBERS):
        seat = f"{'ABCD'[index // 7]}{index % 7 + 1}"
        frame = _FRAMES.get(key)
        simulated = frame is None and key not in (PHONE_KEY, ABSENT_KEY)
        people.append(
            Person(key, name, position, "member", seat, True, simulated=simulated, frame=frame)
        )
    return tuple(people)


PEOPLE: tuple[Person, ...] = _CHAIRS + _SECRETARIES + _members() + _GUESTS


def person(key: str) -> Person:
    """The person with this key. Raises KeyError if there is none."""
    for candidate in PEOPLE:
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def deputies() -> tuple[Person, ...]:
    """All people entitled to vote, chairs first."""
    return tuple(someone for someone in PEOPLE if someone.entitled_to_vote)


FRAMES: dict[str, Person] = {
    frame: next(someone for someone in PEOPLE if someone.frame == frame)
    for frame in ("secretary", "chair", "member-1", "member-2")
}
"""The person of each live frame of the demonstration page, in display order."""
