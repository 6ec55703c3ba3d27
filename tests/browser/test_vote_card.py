"""Members vote: five at once, without network, after a reload, by hand, late, on two tablets."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.vote_screen import (
    QUESTION,
    VoteScreen,
    announce,
    ask,
    chair,
    close,
    present,
    take_seats,
)
from tests.browser.window import DESKTOP, LINE_IS_DOWN, PHONE, TABLET, UPRIGHT
from tests.server.real_server import Person
from tests.server.shared_server import PEOPLE
from verifier import __main__ as verifier

FIVE = tuple(f"daibieu{n}" for n in range(1, 6))
LATE = "daibieu6"


@pytest.fixture(scope="module")
def deputy_names() -> list[str]:
    """The council has more members than PEOPLE."""
    return [name for name in (*FIVE, LATE) if name not in PEOPLE]


@pytest.fixture
def council(people: dict[str, Person]) -> Sitting:
    """A People's Council in session: five members present, one not here yet."""
    sitting = call_a_sitting(people, presented=2)
    assert sitting.secretary.patch(sitting.path, kind="hdnd_session").ok
    take_seats(sitting, *FIVE)
    take_seats(sitting, LATE, here=False)
    return sitting


def stands_in_equal_choices(member: VoteScreen) -> None:
    """All choices look alike; upright and on a phone one is below the other, all of one width."""
    choices = member.card.locator(".vote-choice")
    expect(choices).to_have_count(3)
    looks = choices.evaluate_all(
        """all => all.map(one => {
            const at = one.getBoundingClientRect(), is = getComputedStyle(one);
            const icons = one.querySelectorAll('.icon').length;
            return {at: [at.left, at.width, at.height].map(Math.round),
                look: [is.backgroundColor, is.color, is.boxShadow, is.fontWeight, icons]} })"""
    )
    assert all(one["look"] == looks[0]["look"] for one in looks)
    screen = member.page.viewport_size
    assert screen is not None
    if screen["height"] > screen["width"]:
        assert all(one["at"] == looks[0]["at"] for one in looks), looks


class Five:
    """Five members' tablets of every size, a guest's, and one open vote."""

    def __init__(self, enter: Opens, council: Sitting) -> None:
        sizes = (TABLET, UPRIGHT, DESKTOP, PHONE, TABLET)
        self.council = council
        self.members = [
            VoteScreen.enter(enter(name, size), council.path)
            for name, size in zip(FIVE, sizes, strict=True)
        ]
        self.guest = VoteScreen.enter(enter("khachmoi", TABLET), council.path)
        self.poll = ask(council, timer_seconds=600, rule_id="hdnd_resolution")

    def all_see_the_card(self) -> None:
        for member in self.members:
            card = member.card
            stands_in_equal_choices(member)
            expect(card.get_by_role("heading", level=2)).to_have_text(QUESTION)
            expect(card.locator(".vote-timer")).to_contain_text(re.compile(r"còn 0?9:\d\d"))
            for said in (
                "Biểu quyết công khai · mục 2",
                "được thông qua khi quá nửa tổng số 6 đại biểu tán thành",
                "Chưa gửi thì chưa tính là biểu quyết",
            ):
                expect(card).to_contain_text(said)
        expect(self.guest.card).to_have_count(0)
        expect(self.guest.vote_bar).to_contain_text(
            "0 đại biểu đã biểu quyết, 5 có mặt chưa biểu quyết, 1 vắng"
        )

    def record_for(self, name: str, choice: str) -> None:
        """The secretary enters a ballot, the chair confirms it."""
        recorded = self.council.secretary.post(
            f"/polls/{self.poll}/ballots/for-member",
            user_id=self.council.people[name].id,
            choice=choice,
            reason="Máy tính bảng hỏng",
        )
        assert recorded.status_code == 201, recorded.text
        assert chair(self.council).post(f"/ballots/{recorded.json()['id']}/confirm").ok

    def all_see_the_verdict_once_it_is_announced(self, late: VoteScreen) -> None:
        everybody = (*self.members, late, self.guest)
        for member in everybody:
            member.waits_for_the_announcement()
        expect(self.members[0].verdict).to_contain_text("Đã ghi nhận biểu quyết: Tán thành, lúc")
        announce(self.council, self.poll)
        for member in everybody:
            expect(member.verdict).to_contain_text(re.compile(r"Đã công bố lúc \d\d:\d\d"))
            for said in (
                "KHÔNG ĐƯỢC THÔNG QUA",
                "3/6 đại biểu tán thành, bằng 50,00%",
                "3 tán thành, 1 không tán thành, 1 không biểu quyết, 1 vắng",
            ):
                expect(member.verdict).to_contain_text(said)
        expect(self.members[0].verdict).to_contain_text("Đã ghi nhận biểu quyết: Tán thành, lúc")
        expect(late.verdict).to_contain_text("Đại biểu không tham gia lần biểu quyết này.")


def test_five_members_vote_one_offline_two_reload_one_by_hand_and_one_is_late(
    enter: Opens, council: Sitting, artifacts
):
    five = Five(enter, council)
    first, second, third, fourth, fifth = five.members
    five.all_see_the_card()
    fourth.window.shot(artifacts, "phone-open")
    fourth.vote("Tán thành")
    fourth.looks_right()

    first.window.awaits(LINE_IS_DOWN)
    first.choose("Tán thành")
    first.window.context.set_offline(True)
    expect(first.card).to_contain_text("Mất kết nối. Đại biểu vẫn chọn và gửi được")
    first.send()
    expect(first.own).to_contain_text("Đang gửi lại…")
    expect(first.own).to_contain_text("Chưa được ghi nhận")
    first.looks_right()
    first.window.shot(artifacts, "offline-sending-again")

    second.choose("Không biểu quyết")
    second.reload()
    expect(second.choice("Không biểu quyết")).to_be_checked()
    second.window.shot(artifacts, "chosen-after-reload")
    second.send()
    second.is_recorded("Không biểu quyết")
    third.vote("Không tán thành")
    third.reload()
    third.is_recorded("Không tán thành")
    five.record_for(FIVE[4], "for")
    expect(fifth.own).to_contain_text("Đã ghi nhận thay cho đại biểu: Tán thành, lúc")
    late = comes_late(enter, council, artifacts)

    line = "4 đại biểu đã biểu quyết, 1 có mặt chưa biểu quyết, 1 vắng"
    expect(five.guest.vote_bar).to_contain_text(line)
    expect(second.card.locator(".vote-progress")).to_have_text(line)
    first.window.context.set_offline(False)
    first.is_recorded("Tán thành")
    expect(five.guest.vote_bar).to_contain_text("5 đại biểu đã biểu quyết, 0 có mặt")
    assert close(council, five.poll)["counts"] == {"for": 3, "against": 1, "abstain": 1}
    five.all_see_the_verdict_once_it_is_announced(late)


def comes_late(enter: Opens, council: Sitting, artifacts) -> VoteScreen:
    """Somebody arrives while the vote is open, and is told at once."""
    present(council, LATE)
    late = VoteScreen.enter(enter(LATE, PHONE), council.path)
    expect(late.own).to_contain_text("Đại biểu tham gia biểu quyết từ lần tiếp theo")
    expect(late.own).to_contain_text("chưa được xác nhận có mặt")
    expect(late.card.get_by_role("radio")).to_have_count(0)
    late.looks_right()
    late.window.shot(artifacts, "late")
    late.button("Đã hiểu").tap()
    expect(late.vote_bar).to_contain_text("từ lần tiếp theo")
    return late


def test_the_announced_verdict_is_read_and_stays_away_once_put_away(
    enter: Opens, council: Sitting, artifacts, tmp_path
):
    desktop = VoteScreen.enter(enter("daibieu1", DESKTOP), council.path)
    window = enter("daibieu2", PHONE).awaits(LINE_IS_DOWN)
    # Requests about the log are spread over seconds: here they are sent at once.
    window.page.add_init_script("Math.random = () => 0.0001")
    phone = VoteScreen.enter(window, council.path)
    poll = ask(council)
    phone.vote("Tán thành")
    close(council, poll)
    expect(phone.verdict).to_contain_text("Phiếu của tôi: đã có trong nhật ký, còn niêm phong.")
    announce(council, poll)
    expect(phone.verdict).to_contain_text("Phiếu của tôi: đã có trong nhật ký.")
    phone.window.shot(artifacts, "in-the-log")
    the_saved_receipt_stands(phone, council, tmp_path)
    the_slip_is_made_without_a_network(phone, artifacts)
    for screen in (desktop, phone):
        expect(screen.verdict).to_contain_text(re.compile(r"Đã công bố lúc \d\d:\d\d"))
        expect(screen.verdict).to_contain_text("không được thông qua.")
        screen.looks_right()
        screen.window.shot(artifacts, f"verdict-{screen.window.name}")
    desktop.reload()
    expect(desktop.verdict).to_contain_text("Đại biểu không gửi biểu quyết.")
    phone.button("Đóng").tap()
    expect(phone.verdict).to_have_count(0)
    phone.reload()
    phone.follows()
    expect(phone.verdict).to_have_count(0)


def the_saved_receipt_stands(screen: VoteScreen, council: Sitting, folder: Path) -> None:
    """A member saves the receipt; the verifier holds it against the archive."""
    with screen.page.expect_download() as download:
        screen.verdict.get_by_role("button", name="Lưu biên nhận").click()
    assert re.fullmatch(
        r"bien-nhan-[0-9A-F]{4}-[0-9A-F]{4}\.json", download.value.suggested_filename
    )
    receipt, archive = folder / "receipt.json", folder / "archive.zip"
    download.value.save_as(receipt)
    archive.write_bytes(council.secretary.get(f"{council.path}/vote-archive.zip").content)
    assert verifier.main([str(archive), "--receipt", str(receipt)]) == 0


def the_slip_is_made_without_a_network(screen: VoteScreen, artifacts: Path) -> None:
    """All that the slip needs is on the device since the room was opened."""
    screen.page.context.set_offline(True)
    screen.verdict.get_by_role("button", name="In phiếu xác nhận").click()
    slip = screen.page.get_by_role("dialog").locator(".slip")
    expect(slip).to_contain_text("DHR1: ")
    expect(slip).to_contain_text(re.compile(r"Dấu vân tay của khóa: [0-9a-f]{4}( [0-9a-f]{4}){7}"))
    screen.looks_right()
    screen.window.shot(artifacts, "slip")
    printed = artifacts / "slip-of-the-room.pdf"
    screen.page.pdf(path=printed, prefer_css_page_size=True)
    facts = subprocess.run(["pdfinfo", printed], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages: +1$", facts, re.MULTILINE), facts
    screen.page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    screen.page.context.set_offline(False)


def test_two_tablets_of_one_person_show_one_ballot(enter: Opens, council: Sitting, artifacts):
    first = VoteScreen.enter(enter("daibieu1", TABLET).awaits(LINE_IS_DOWN), council.path)
    second = VoteScreen.enter(enter("daibieu1", PHONE), council.path)
    poll = ask(council)
    first.choose("Tán thành")
    second.vote("Tán thành")
    first.is_recorded("Tán thành")
    close(council, poll)

    poll = ask(council)
    first.choose("Tán thành")
    first.window.awaits("status of 409").context.set_offline(True)
    first.send()
    expect(first.own).to_contain_text("Đang gửi lại…")
    second.vote("Không tán thành")
    first.window.context.set_offline(False)
    first.is_recorded_not_wanted("Không tán thành", "Tán thành")
    first.window.shot(artifacts, "another-tablet-was-first")
    assert close(council, poll)["counts"] == {"for": 0, "against": 1, "abstain": 0}


def test_a_recorded_vote_is_changed_where_that_is_allowed(enter: Opens, council: Sitting):
    member = VoteScreen.enter(enter("daibieu1", UPRIGHT), council.path)
    poll = ask(council, allow_change=True)
    member.choose("Tán thành")
    member.button("Chọn lại").tap()
    expect(member.choice("Tán thành")).not_to_be_checked()
    expect(member.card).to_contain_text("Gửi rồi vẫn thay đổi được cho đến khi kết thúc.")
    member.vote("Tán thành")
    member.button("Thay đổi biểu quyết").tap()
    expect(member.card).to_contain_text("Đang ghi nhận: Tán thành.")
    member.button("Giữ nguyên").tap()
    member.is_recorded("Tán thành")
    member.button("Thay đổi biểu quyết").tap()
    member.vote("Không tán thành")
    assert close(council, poll)["counts"] == {"for": 0, "against": 1, "abstain": 0}
    member.waits_for_the_announcement()
    expect(member.verdict).to_contain_text("Đã ghi nhận biểu quyết: Không tán thành")
