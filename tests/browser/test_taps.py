"""How many taps the main journeys take on a tablet held upright, by somebody who makes no mistake.

Every press of a finger counts, also the one that puts the caret into a field. Choosing a file in
the tablet's own picker does not: it is not ours.
"""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import papers_on_disk
from tests.browser.bare_server import BareServer
from tests.browser.conftest import Opens
from tests.browser.council import a_council
from tests.browser.pasting import paste
from tests.browser.window import UPRIGHT

PEOPLE = "Họ và tên\tChức vụ\n" + "".join(
    f"{name}\tĐại biểu\n" for name in ("Trần Thị Bé", "Lê Văn Cường", "Đặng Thị Hạnh")
)
TO_PRESENTING = 20
TO_THE_RECORD = {"deputy": 2, "chair": 5, "secretary": 3}
"""Of one vote: a prepared question is put, answered and announced, and its paper is saved."""


class Finger:
    """Taps what it is given, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.said: list[str] = []

    def tap(self, what: Locator) -> None:
        """One tap."""
        expect(what).to_be_enabled()
        self.taps += 1
        self.said.append(
            what.get_attribute("aria-label") or what.inner_text().split("\n")[0] or "(field)"
        )
        what.tap()

    def press(self, name: str | re.Pattern[str], within: Locator | Page | None = None) -> None:
        """Tap a button or link by its words."""
        place = within or self.page
        self.tap(place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)))

    def write(self, field: Locator, text: str) -> None:
        """Write into a field, which is tapped first unless the caret is there already."""
        expect(field).to_be_visible()
        if not field.evaluate("one => one === document.activeElement"):
            self.tap(field)
        self.page.keyboard.type(text)


def test_from_the_set_up_link_to_presenting(bare: BareServer, windows: Opens, artifacts, tmp_path):
    window = windows("administrator", bare.url, UPRIGHT)
    page = window.open(bare.setup_path).page
    finger = Finger(page)
    set_up(finger)
    expect(page).to_have_url(re.compile("/prepare$"))
    seat_the_chair(finger)
    with page.expect_file_chooser() as chooser:
        finger.press("Chọn tệp cho mục 1")
    chooser.value.set_files(papers_on_disk.good(tmp_path, "bao-cao.pdf", 3))
    # "0/3 trang" stands there while the file is still processed.
    expect(page.locator("ol.items > li").first.locator(".paper")).to_contain_text("3 trang · ")
    finger.press("Phát hành tài liệu")
    finger.press("Khai mạc")
    finger.press("Khai mạc", page.get_by_role("dialog", name="Khai mạc cuộc họp?"))
    expect(page.locator(".top")).to_be_visible()
    finger.press(re.compile("Trình chiếu$"), page.locator("main.desk"))
    expect(page.locator(".desk.presenting")).to_be_visible()
    window.shot(artifacts, "presenting")
    said = "\n".join(finger.said)
    (artifacts / "taps.txt").write_text(f"{finger.taps} taps:\n{said}\n")
    assert finger.taps <= TO_PRESENTING, said


def set_up(finger: Finger) -> None:
    """The body, the own account, a pasted list of people, the first meeting."""
    page = finger.page
    finger.write(page.get_by_label("Tên cơ quan"), "HĐND xã Bình Minh")
    finger.press("Tiếp tục")
    finger.write(page.get_by_label("Họ và tên"), "Nguyễn Thị Minh Khai")
    finger.write(page.get_by_label("Mật khẩu", exact=True), "hội-trường-tầng-hai")
    finger.press("Tạo tài khoản")
    expect(page.get_by_role("heading", name="Thêm những người dự họp")).to_be_visible()
    field = page.get_by_label("Họ và tên")
    finger.write(field, "")
    paste(field, PEOPLE)
    sheet = page.get_by_role("dialog", name="Thêm người theo danh sách")
    finger.press(re.compile("Tạo 3 tài khoản"), sheet)
    finger.press("Xong", sheet)
    finger.press("Tiếp tục")
    finger.write(page.get_by_label("Tên cuộc họp"), "Kỳ họp thứ Nhất")
    finger.press("Tạo cuộc họp")


def seat_the_chair(finger: Finger) -> None:
    """One of the people is made the chair."""
    finger.tap(finger.page.get_by_role("button", name="Chọn người dự").first)
    sheet = finger.page.get_by_role("dialog")
    role = sheet.get_by_role("combobox", name="Vai trò của Trần Thị Bé")
    finger.tap(role)
    role.select_option("chair")
    finger.taps += 1  # In the list that the tablet itself opens.
    finger.press("Xong", sheet)


def test_a_vote_from_its_start_to_the_printed_record(enter: Opens, people, artifacts):
    council = a_council(people, presented=1)
    council.ask()
    member = Finger(enter("daibieu1", UPRIGHT).open(council.path).page)
    chair = Finger(enter("chutoa", UPRIGHT).open(council.path).page)
    dialog = chair.page.get_by_role("dialog")
    chair.press("Bắt đầu biểu quyết")
    chair.press("Bắt đầu biểu quyết", dialog)
    member.tap(member.page.locator(".vote-choice").first)
    member.press("Gửi biểu quyết")
    expect(member.page.locator(".vote-own")).to_contain_text("Đã ghi nhận biểu quyết")
    chair.press(re.compile("^Kết thúc"), chair.page.locator(".strip"))
    chair.press("Kết thúc biểu quyết", dialog)
    chair.press("Công bố kết quả", dialog)
    expect(member.page.locator(".verdict-heading")).to_be_visible()

    secretary = Finger(enter("thuky", UPRIGHT).open(council.path).page)
    secretary.press("Mở chương trình và tài liệu")
    secretary.tap(secretary.page.locator(".result-link a"))
    with secretary.page.expect_download() as record:
        secretary.tap(secretary.page.get_by_role("link", name="PDF").first)
    assert record.value.suggested_filename.endswith(".pdf")
    counted = {"deputy": member, "chair": chair, "secretary": secretary}
    (artifacts / "taps.txt").write_text(
        "".join(f"{who}: {one.taps}: {', '.join(one.said)}\n" for who, one in counted.items())
    )
    assert {who: one.taps for who, one in counted.items()} == TO_THE_RECORD
