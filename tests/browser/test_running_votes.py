"""Votes as chair and secretary run them: start, wait, end, read the verdict aloud, announce."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Opens
from tests.browser.council import (
    QUESTION,
    a_council,
    asks,
    ends,
    looks_right,
    presses,
    seat_more,
    starts,
)
from tests.browser.room_screen import RoomScreen
from tests.browser.vote_screen import VoteScreen
from tests.browser.window import DESKTOP, LINE_IS_DOWN, PHONE, TABLET, UPRIGHT


def test_a_vote_from_start_to_announcement(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    seat_more(council)
    poll = council.ask(document_id=council.sitting.paper)
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), council.path)
    chair.window.shot(artifacts, "chair-before")
    column = secretary.page.locator(".column")
    column.evaluate("one => one.scrollTo(0, one.scrollHeight)")
    assert column.evaluate("one => one.scrollTop") > 0

    chair.button("Bắt đầu biểu quyết").tap()
    question = asks(chair, "Bắt đầu biểu quyết?")
    expect(question).to_contain_text(QUESTION)
    expect(question).to_contain_text("đủ số đại biểu theo quy định: 10/10 (tối thiểu 7)")
    expect(question).to_contain_text("bao-cao, bản 1")
    chair.window.shot(artifacts, "chair-starts")
    looks_right(chair)
    presses(question, "Bắt đầu biểu quyết")
    count = chair.page.locator(".vote-count")
    expect(count).to_have_text("đã biểu quyết 0/10")
    council.votes(poll, "daibieu1", "for")
    expect(count).to_have_text("đã biểu quyết 1/10")
    expect(secretary.page.locator(".vote-figure")).to_have_text(re.compile("đã biểu quyết 1/10"))
    expect(column.locator(".column-vote h2")).to_be_in_viewport(ratio=1)
    for screen in (chair, secretary):
        looks_right(screen)
        screen.window.shot(artifacts, f"{screen.window.name}-open")

    ends(chair, "Còn 9 đại biểu có mặt chưa biểu quyết:", "Bùi Thị Kim Liên")
    verdict = asks(chair, "Kết quả biểu quyết")
    expect(verdict).to_contain_text("KHÔNG ĐƯỢC THÔNG QUA")
    expect(verdict.locator("blockquote")).to_contain_text("Có 1/10 đại biểu tán thành")
    looks_right(chair)
    chair.window.shot(artifacts, "chair-verdict")
    secretary.window.shot(artifacts, "secretary-verdict")
    presses(verdict, "Công bố kết quả")
    expect(verdict).to_have_count(0)
    expect(secretary.page.locator(".last-result")).to_contain_text("Đã công bố")
    assert council.poll(poll)["ending"]["announced_at"]
    expect(chair.button(re.compile("^Mục 3"))).to_be_visible()


def test_a_result_waits_for_the_chair_whatever_the_item_is_now(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    poll = council.ask()
    council.start(poll)
    chair = RoomScreen.enter(enter("chutoa", UPRIGHT), council.path)
    member = VoteScreen.enter(enter("daibieu1", UPRIGHT), council.path)
    member.vote("Tán thành")
    ends(chair)
    presses(asks(chair, "Kết quả biểu quyết"), "Đóng")
    member.waits_for_the_announcement()
    member.looks_right()
    member.window.shot(artifacts, "member-waits")
    member.button("Đóng").tap()
    expect(member.verdict).to_have_count(0)

    council.at_item(2)
    expect(chair.top).to_contain_text("Bế mạc")
    primary = chair.page.locator(".strip .primary")
    expect(primary).to_have_text("Công bố kết quả")
    looks_right(chair)
    chair.window.shot(artifacts, "chair-not-announced")
    primary.tap()
    verdict = asks(chair, "Kết quả biểu quyết")
    expect(verdict).to_contain_text("KHÔNG ĐƯỢC THÔNG QUA")
    presses(verdict, "Công bố kết quả")
    expect(member.verdict.get_by_role("heading", level=2)).to_have_text("KHÔNG ĐƯỢC THÔNG QUA")
    expect(member.verdict).to_contain_text(re.compile(r"Đã công bố lúc \d\d:\d\d"))
    expect(primary).to_have_text("Kết thúc phiên họp")


def test_those_who_have_not_voted_are_named_and_reminded(enter: Opens, people, artifacts):
    council = a_council(people)
    seat_more(council)
    poll = council.ask(timer_seconds=120)
    council.start(poll)
    chair = RoomScreen.enter(enter("chutoa", UPRIGHT), council.path)
    tablet = people["daibieu1"].tablet(council.sitting.id)
    looks_right(chair)
    chair.window.shot(artifacts, "upright")
    chair.button(re.compile("^Chưa biểu quyết")).tap()
    sheet = asks(chair, "Đang biểu quyết")
    expect(sheet).to_contain_text("Còn 10 đại biểu có mặt chưa biểu quyết")
    looks_right(chair)
    chair.window.shot(artifacts, "waits-for")
    presses(sheet, "Nhắc người chưa biểu quyết")
    tablet.next("mine.event", type="vote_reminded")
    tablet.close()
    expect(sheet.get_by_role("button", name=re.compile("Đã nhắc lúc"))).to_be_disabled()
    council.votes(poll, "daibieu1", "against")
    expect(sheet).to_contain_text("Còn 9 đại biểu có mặt chưa biểu quyết")


def test_a_vote_recorded_for_a_member_counts_once_somebody_else_confirms(
    enter: Opens, people, artifacts
):
    council = a_council(people)
    poll = council.ask()
    council.start(poll)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), council.path)
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    council.votes(poll, "daibieu1", "for")
    secretary.button("Ghi nhận thay Daibieu2").click()
    entry = asks(secretary, "Ghi nhận thay")
    presses(entry, "Ghi nhận, chờ xác nhận")
    expect(entry.get_by_role("alert")).to_have_text("Hãy chọn biểu quyết của người đó.")
    entry.get_by_text("Tán thành", exact=True).click()
    presses(entry, "Máy hết pin")
    looks_right(secretary)
    secretary.window.shot(artifacts, "secretary-records")
    presses(entry, "Ghi nhận, chờ xác nhận")
    waiting = secretary.page.locator(".recorded-one")
    expect(waiting).to_contain_text("Chờ người khác xác nhận")
    expect(waiting.get_by_role("button", name=re.compile("^Xác nhận"))).to_have_count(0)
    looks_right(secretary)
    secretary.window.shot(artifacts, "secretary-waits")

    chair.button("Kết thúc biểu quyết").tap()
    ending = asks(chair, "Kết thúc biểu quyết?")
    expect(ending.locator(".recorded-one")).to_contain_text(
        re.compile("Tán thành.*Máy hết pin", re.S)
    )
    stop = ending.get_by_role("button", name="Kết thúc biểu quyết", exact=True)
    expect(stop).to_be_disabled()
    looks_right(chair)
    chair.window.shot(artifacts, "chair-confirms")
    presses(ending, "Xác nhận Daibieu2: Tán thành")
    expect(ending).to_contain_text("Tất cả 2 người có mặt đã biểu quyết.")
    stop.click()
    expect(asks(chair, "Kết quả biểu quyết")).to_contain_text("ĐƯỢC THÔNG QUA")
    chair.window.shot(artifacts, "chair-verdict")


def test_below_quorum_only_a_chair_begins_and_says_why(enter: Opens, people, artifacts):
    council = a_council(people, present=False)
    council.here(people["daibieu1"].id)
    poll = council.ask()
    secretary = RoomScreen.enter(enter("thuky", UPRIGHT), council.path)
    secretary.button("Bắt đầu biểu quyết").tap()
    question = asks(secretary, "Bắt đầu biểu quyết?")
    expect(question).to_contain_text("đề nghị chủ tọa bấm")
    start = question.get_by_role("button", name="Bắt đầu biểu quyết", exact=True)
    expect(start).to_be_disabled()
    looks_right(secretary)
    secretary.window.shot(artifacts, "secretary-is-told")
    presses(question, "Quay lại")

    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    chair.button("Bắt đầu biểu quyết").tap()
    question = asks(chair, "Bắt đầu biểu quyết?")
    presses(question, "Vẫn bắt đầu biểu quyết")
    expect(question.get_by_role("alert")).to_have_text("Hãy ghi lý do.")
    question.get_by_label("Lý do vẫn bắt đầu").fill("Đường ngập, đại biểu đến sau")
    looks_right(chair)
    chair.window.shot(artifacts, "chair-overrides")
    presses(question, "Vẫn bắt đầu biểu quyết")
    expect(chair.button("Kết thúc biểu quyết")).to_be_visible()
    assert council.poll(poll)["opened"]["override_reason"] == "Đường ngập, đại biểu đến sau"


def test_enter_does_not_start_a_vote_and_the_focus_comes_back(enter: Opens, people):
    council = a_council(people)
    poll = council.ask()
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    begin = chair.button("Bắt đầu biểu quyết").first
    begin.focus()
    chair.press("Enter")
    question = asks(chair, "Bắt đầu biểu quyết?")
    chair.press("Enter", "Enter")
    expect(question).to_be_visible()
    chair.press("Escape")
    expect(question).to_have_count(0)
    expect(begin).to_be_focused()
    assert council.poll(poll)["status"] == "draft"


def test_two_chairs_pressing_at_once_start_one_vote(enter: Opens, people):
    council = a_council(people)
    poll = council.ask()
    chair = RoomScreen.enter(enter("chutoa", TABLET).awaits("status of 409"), council.path)

    def other_first(route: Route) -> None:
        council.start(poll, by="thuky")
        route.continue_()

    chair.page.route(f"**/polls/{poll}/open", other_first)
    starts(chair)
    expect(chair.page.locator(".toast")).to_contain_text("đã được bắt đầu từ máy khác")
    assert council.poll(poll)["opened"]["by"]["user_id"] == people["thuky"].id


def test_several_questions_of_an_item_are_put_one_after_another(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    council.ask("Thông qua báo cáo sáu tháng đầu năm")
    council.ask()
    chair = RoomScreen.enter(enter("chutoa", PHONE), council.path)
    chair.button("Bắt đầu biểu quyết").tap()
    choice = asks(chair, "Biểu quyết câu hỏi nào?")
    expect(choice.locator(".question-text")).to_have_text(
        ["Thông qua báo cáo sáu tháng đầu năm", QUESTION]
    )
    looks_right(chair)
    chair.window.shot(artifacts, "which")
    choice.get_by_text(QUESTION).tap()
    presses(asks(chair, "Bắt đầu biểu quyết?"), "Bắt đầu biểu quyết")
    expect(chair.page.locator(".vote-count")).to_be_visible()
    looks_right(chair)
    chair.window.shot(artifacts, "open")
    ends(chair)
    verdict = asks(chair, "Kết quả biểu quyết")
    looks_right(chair)
    chair.window.shot(artifacts, "verdict")
    presses(verdict, "Công bố kết quả")
    starts(chair)


def test_a_lost_line_is_said_and_the_step_waits(enter: Opens, people, artifacts):
    council = a_council(people)
    poll = council.ask()
    council.start(poll)
    chair = RoomScreen.enter(enter("chutoa", TABLET).awaits(LINE_IS_DOWN), council.path)
    chair.button("Kết thúc biểu quyết").tap()
    ending = asks(chair, "Kết thúc biểu quyết?")
    chair.window.context.set_offline(True)
    expect(ending).to_contain_text("Mất kết nối")
    stop = ending.get_by_role("button", name="Kết thúc biểu quyết", exact=True)
    expect(stop).to_be_disabled()
    chair.window.context.set_offline(False)
    expect(stop).to_be_enabled()
    stop.click()
    expect(asks(chair, "Kết quả biểu quyết")).to_be_visible()


def test_a_chair_who_votes_keeps_the_step_that_ends_in_reach(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    seat = f"{council.path}/participants/{people['chutoa'].id}"
    assert council.secretary.put(seat, role="chair", entitled_to_vote=True).ok
    council.here(people["chutoa"].id)
    council.ask()
    chair = RoomScreen.enter(enter("chutoa", UPRIGHT), council.path)
    starts(chair)
    card = chair.page.locator(".vote-layer.open .vote-card")
    chair.button("Thu gọn").tap()
    expect(chair.page.locator(".vote-bar-title")).to_have_text("Chưa gửi biểu quyết của mình")
    chair.page.locator(".vote-bar").tap()
    card.get_by_role("radio", name="Tán thành", exact=True).click()
    looks_right(chair)
    chair.window.shot(artifacts, "card-and-strip")
    ends(chair, "Còn 3 đại biểu có mặt chưa biểu quyết:", "Chưa gửi biểu quyết của mình")
    expect(asks(chair, "Kết quả biểu quyết")).to_contain_text("3 có mặt không gửi")
    looks_right(chair)
    chair.window.shot(artifacts, "verdict-once")
    presses(asks(chair, "Kết quả biểu quyết"), "Đóng")
    expect(chair.page.locator(".vote-card")).to_have_count(0)


def test_the_verdict_comes_up_for_the_chair_when_the_secretary_ends(enter: Opens, people):
    council = a_council(people)
    poll = council.ask()
    council.start(poll)
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), council.path)
    chair.button("Kết thúc biểu quyết").tap()
    ending = asks(chair, "Kết thúc biểu quyết?")
    ends(secretary)
    expect(ending).to_have_count(0)
    expect(asks(chair, "Kết quả biểu quyết").locator("blockquote")).to_contain_text("0/2")
    presses(asks(secretary, "Kết quả biểu quyết"), "Công bố kết quả")
    verdict = asks(chair, "Kết quả biểu quyết")
    expect(verdict).to_contain_text("Đã công bố lúc")
    expect(verdict.get_by_role("button", name="Công bố kết quả")).to_have_count(0)
    verdict.get_by_role("button", name="Việc khác của cuộc biểu quyết này").tap()
    chair.page.get_by_role("menuitem", name="Xem kết quả").tap()
    expect(chair.page).to_have_url(re.compile(f"/polls/{poll}$"))


def test_votes_by_hand_beside_one_on_tablets_are_ended_one_by_one(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    hands = council.ask("Thông qua biên bản kỳ họp trước", method="hands")
    named = council.ask()
    council.start(hands)
    council.start(named)
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    expect(chair.page.locator(".vote-now")).to_contain_text("Đang biểu quyết 2 câu hỏi")
    chair.page.locator(".vote-now").tap()
    sheet = asks(chair, "Đang biểu quyết")
    looks_right(chair)
    chair.window.shot(artifacts, "two-open")
    sheet.get_by_role("radio", name="Thông qua biên bản kỳ họp trước").check(force=True)
    expect(sheet.get_by_role("button", name="Nhập số đếm")).to_be_visible()
    chair.press("Escape")
    expect(chair.page.locator(".vote-now")).to_contain_text("Thông qua biên bản kỳ họp trước")
    expect(chair.button("Nhập số đếm")).to_be_visible()
