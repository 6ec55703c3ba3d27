"""The vote card in each of its states, sizes and themes; by keyboard; beside the paper."""

import re

import pytest
from playwright.sync_api import ViewportSize, WebSocketRoute, expect

from tests.browser.conftest import Dresses, Opens
from tests.browser.looker import Looker, Plan
from tests.browser.looks import settle
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.vote_screen import (
    QUESTION,
    VoteScreen,
    announce,
    ask,
    chair,
    close,
    enhanced_faults,
    take_seats,
)
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import add_paper
from tests.server.real_server import wait_until

LARGE_LETTERS: dict[str, ViewportSize] = {
    "tablet": {"width": 590, "height": 410},
    "upright": {"width": 410, "height": 590},
    "phone": {"width": 180, "height": 400},
}
"""At 200 % a screen has half as many points."""
PLANS = (
    Plan("vi", ("tablet", "upright", "desktop")),
    Plan("vi", ("phone", "phone"), first_theme=2),
)
LONG = ("Đại biểu có tán thành thông qua Nghị quyết về phân bổ dự toán ngân sách? " * 20)[:1000]
MANY = [
    {"key": f"o{n}", "label": f"Phương án {n}: đầu tư tuyến đường liên ấp số {n}" + " rất dài" * 8}
    for n in range(1, 21)
]


@pytest.fixture
def council(people) -> Sitting:
    """A People's Council in session, two deputies present."""
    sitting = call_a_sitting(people, presented=2)
    assert sitting.secretary.patch(sitting.path, kind="hdnd_session").ok
    take_seats(sitting, "daibieu1", "daibieu2")
    return sitting


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_every_state_looks_right(plan: Plan, dressed: Dresses, council: Sitting, artifacts):
    member = VoteScreen.enter(dressed("daibieu1", plan), council.path)
    eye = Looker(member.window, artifacts, plan, enhanced_faults)
    poll = ask(council, question=LONG, allow_change=True, timer_seconds=10)
    expect(member.card.locator(".vote-timer")).to_have_text("Hết giờ, chờ chủ tọa kết thúc")
    eye.look("long-question")
    member.card.get_by_text("Căn cứ").click()
    expect(member.card).not_to_contain_text(re.compile("chưa đối chiếu", re.IGNORECASE))
    eye.look("grounds")
    member.choose("Không tán thành")
    eye.look("chosen")
    member.send()
    member.is_recorded("Không tán thành")
    eye.look("recorded")
    member.button("Thay đổi biểu quyết").click()
    eye.look("changing")
    member.button("Thu gọn").click()
    expect(member.vote_bar).to_be_visible()
    eye.look("small")
    close(council, poll)
    member.waits_for_the_announcement()
    eye.look("not-announced")
    announce(council, poll)
    expect(member.verdict).to_contain_text("Đã công bố lúc")
    eye.look("verdict")

    poll = ask(council, options=MANY)
    expect(member.card.get_by_role("radio")).to_have_count(20)
    member.card.get_by_role("radio").last.click()
    eye.look("many-options")
    member.send()
    expect(member.own).to_contain_text("Đã ghi nhận biểu quyết: Phương án 20")
    assert close(council, poll)["counts"]["o20"] == 1
    eye.hold()


def test_at_200_percent_everything_is_reached(enter: Opens, council: Sitting, artifacts):
    large = {"viewport": LARGE_LETTERS["tablet"], "device_scale_factor": 2}
    member = VoteScreen.enter(enter("daibieu1", large), council.path)
    ask(council, question=LONG)
    expect(member.card).to_be_visible()
    for size, viewport in LARGE_LETTERS.items():
        member.page.set_viewport_size(viewport)
        settle(member.page)
        member.window.shot(artifacts, f"{size}-open")
    for size, viewport in LARGE_LETTERS.items():
        member.page.set_viewport_size(viewport)
        member.choose("Không biểu quyết")
        expect(member.button("Gửi biểu quyết")).to_be_in_viewport(ratio=1)
        member.looks_right()
        member.window.shot(artifacts, f"{size}-chosen")
        member.button("Chọn lại").click()
    member.choose("Không biểu quyết")
    member.send()
    expect(member.own).to_contain_text("Đã ghi nhận biểu quyết: Không biểu quyết")


def test_by_keyboard_alone(enter: Opens, council: Sitting):
    member = VoteScreen.enter(enter("daibieu1", DESKTOP), council.path)
    member.shows(2)
    ask(council, document_id=None)
    expect(member.page.locator(".vote-question")).to_be_focused()
    member.press("Tab", "Tab", "Space")
    expect(member.choice("Tán thành")).to_be_checked()
    member.press("ArrowRight")
    expect(member.choice("Không tán thành")).to_be_checked()
    # Neither the arrow nor the space has turned the page behind.
    member.press("Tab")
    expect(member.button("Chọn lại")).to_be_focused()
    member.press("Tab", "Enter")
    member.is_recorded("Không tán thành")
    expect(member.own).to_be_focused()
    member.press("Escape")
    expect(member.vote_bar).to_be_focused()
    expect(member.vote_bar).to_contain_text("Đã ghi nhận biểu quyết: Không tán thành")
    member.shows(2)
    member.press("Enter")
    expect(member.page.locator(".vote-question")).to_be_focused()
    said = member.page.get_by_role("status").filter(has_text="Đã ghi nhận biểu quyết")
    expect(said).to_have_count(1)


def test_who_comes_into_a_vote_is_led_to_its_question(enter: Opens, council: Sitting):
    ask(council, document_id=None)
    member = VoteScreen.enter(enter("daibieu1", DESKTOP), council.path)
    expect(member.page.locator(".vote-question")).to_be_focused()


def test_a_reminder_brings_the_card_back(enter: Opens, council: Sitting, artifacts):
    member = VoteScreen.enter(enter("daibieu1", UPRIGHT), council.path)
    other = VoteScreen.enter(enter("daibieu2", PHONE), council.path)
    poll = ask(council)
    other.vote("Tán thành")
    member.button("Thu gọn").tap()
    expect(member.vote_bar).to_contain_text("Đại biểu chưa gửi biểu quyết")
    assert chair(council).post(f"/polls/{poll}/remind").ok
    expect(member.card).to_contain_text("Đề nghị đại biểu gửi biểu quyết")
    member.looks_right()
    member.window.shot(artifacts, "reminded")
    expect(other.card).not_to_contain_text("Đề nghị đại biểu gửi biểu quyết")


def a_draft(council: Sitting) -> str:
    """A published draft of four pages on the second item; answers its id."""
    draft = add_paper(council.secretary, council.items[1], small_pdf(4, "du thao"), "du-thao.pdf")
    council.secretary.patch(f"/documents/{draft}", title="Dự thảo Nghị quyết về dự toán")
    council.secretary.post(f"/documents/{draft}/publish")
    return draft


def test_the_draft_is_read_beside_the_card_and_the_bar_leads_back(
    enter: Opens, council: Sitting, artifacts
):
    draft = a_draft(council)
    member = VoteScreen.enter(enter("daibieu1", UPRIGHT), council.path)
    the_chair_votes(council)
    handed = council.secretary.put(f"{council.path}/presenter", user_id=chair(council).id)
    assert handed.ok, handed.text
    presenter = VoteScreen.enter(enter("chutoa", TABLET), council.path)
    presenter.presents()
    member.shows(2)
    ask(council, document_id=draft)
    expect(member.card).to_contain_text("Theo dự thảo bản 1 · được thông qua khi quá nửa")
    member.choose("Tán thành")
    member.button("Xem dự thảo").tap()
    member.shows(1)
    expect(member.page_element).to_have_attribute("aria-label", re.compile("Dự thảo Nghị quyết"))
    expect(member.vote_bar).to_contain_text("Đã chọn: Tán thành, chưa gửi")
    bar = member.vote_bar.bounding_box()
    assert bar is not None
    assert 71 <= bar["height"] <= 80
    member.looks_right()
    member.window.shot(artifacts, "beside-the-draft")
    member.next_page()
    member.shows(2)
    member.vote_bar.tap()
    expect(member.choice("Tán thành")).to_be_checked()

    # Whoever presents reads it alone: the room stays where it is.
    presenter.button("Xem dự thảo").tap()
    expect(presenter.bar).to_contain_text("Đang xem trước")
    expect(presenter.page_element).to_have_attribute("aria-label", re.compile("Dự thảo Nghị quyết"))
    presenter.looks_right()
    presenter.window.shot(artifacts, "presenter-beside-the-draft")


def test_a_draft_renewed_meanwhile_is_read_as_it_was_put_to_the_vote(
    enter: Opens, council: Sitting
):
    draft = a_draft(council)
    member = VoteScreen.enter(enter("daibieu1", TABLET), council.path)
    ask(council, document_id=draft)
    expect(member.button("Xem dự thảo")).to_be_visible()
    renewed = council.secretary.upload(
        f"/documents/{draft}/versions", "du-thao-2.pdf", small_pdf(5, "du thao moi")
    )
    assert renewed.status_code == 202, renewed.text
    old = member.card.get_by_role("link", name="Xem dự thảo (bản 1)")
    expect(old).to_have_attribute("href", re.compile(rf"/documents/{draft}/versions/1/file$"))
    expect(member.card).to_contain_text("Theo dự thảo bản 1")
    file = member.page.request.get(f"{member.window.base}{old.get_attribute('href')}")
    assert file.body() == small_pdf(4, "du thao")


def test_the_first_figures_move_nothing_under_a_finger(enter: Opens, council: Sitting):
    """They come up to a second after the card, just when somebody presses."""
    window = enter("daibieu1", UPRIGHT)
    held: list[str | bytes] = []
    lines: list[WebSocketRoute] = []

    def without_figures(line: WebSocketRoute) -> None:
        lines.append(line)
        server = line.connect_to_server()
        server.on_message(
            lambda frame: held.append(frame) if "room.votes" in str(frame) else line.send(frame)
        )

    window.page.route_web_socket(re.compile("/socket.io/"), without_figures)
    member = VoteScreen.enter(window, council.path)
    draft = a_draft(council)
    ask(council, document_id=draft)
    button = member.button("Xem dự thảo")
    expect(button).to_be_visible()
    settle(member.page)
    before = button.bounding_box()
    # Frames are handed over while the page is asked something.
    wait_until(lambda: member.page.evaluate("0") or held, "the first figures are on their way")
    for frame in held:
        lines[-1].send(frame)
    expect(member.card.locator(".vote-progress")).to_contain_text("0 đại biểu đã biểu quyết")
    expect(member.card.locator(".vote-progress")).to_be_visible()
    settle(member.page)
    assert button.bounding_box() == before


def the_chair_votes(council: Sitting) -> None:
    """Entitled, and present."""
    president = council.people["chutoa"]
    seat = f"{council.path}/participants/{president.id}"
    assert council.secretary.put(seat, role="chair", entitled_to_vote=True).ok
    assert council.secretary.put(f"{council.path}/attendance/{president.id}", status="present").ok


def test_the_chair_votes_with_the_same_card_above_the_strip(
    enter: Opens, council: Sitting, artifacts
):
    the_chair_votes(council)
    for name, size in (("tablet", TABLET), ("phone", PHONE)):
        screen = VoteScreen.enter(enter("chutoa", size), council.path)
        poll = ask(council, question=LONG)
        screen.choose("Tán thành")
        strip, card = screen.page.locator(".strip").bounding_box(), screen.card.bounding_box()
        assert strip is not None
        assert card is not None
        assert card["y"] + card["height"] <= strip["y"]
        expect(screen.page.locator(".strip .primary")).to_be_in_viewport(ratio=1)
        screen.looks_right()
        screen.window.shot(artifacts, f"chair-{name}")
        screen.send()
        screen.is_recorded("Tán thành")
        close(council, poll)


def test_by_hands_the_card_informs_and_a_cancelled_vote_says_why(
    enter: Opens, council: Sitting, artifacts
):
    member = VoteScreen.enter(enter("daibieu1", TABLET), council.path)
    poll = ask(council, method="hands")
    expect(member.own).to_contain_text(
        "Biểu quyết giơ tay: đại biểu biểu quyết theo hướng dẫn của chủ tọa"
    )
    expect(member.card.get_by_role("radio")).to_have_count(0)
    member.looks_right()
    member.window.shot(artifacts, "by-hands")
    assert chair(council).post(f"/polls/{poll}/cancel", reason="Đếm nhầm, biểu quyết lại").ok
    expect(member.verdict).to_contain_text("ĐÃ HỦY BIỂU QUYẾT")
    expect(member.verdict).to_contain_text("Lý do: Đếm nhầm, biểu quyết lại")
    member.looks_right()
    member.window.shot(artifacts, "cancelled")
    ask(council)
    expect(member.verdict).to_have_count(0)
    expect(member.card.get_by_role("heading", level=2)).to_have_text(QUESTION)


def test_of_a_tie_members_learn_nothing_and_the_verdict_leaves_with_the_item(
    enter: Opens, council: Sitting, artifacts
):
    assert council.secretary.patch(council.path, kind="ubnd_meeting").ok
    member = VoteScreen.enter(enter("daibieu1", UPRIGHT), council.path)
    poll = ask(council, rule_id="ubnd_decision")
    member.vote("Tán thành")
    assert council.people["daibieu2"].post(f"/polls/{poll}/ballots", choice="against").ok
    assert close(council, poll)["verdict"] == "tie_needs_ruling"
    member.waits_for_the_announcement()
    expect(member.verdict).not_to_contain_text(re.compile("BẰNG NHAU|quyết định"))
    member.window.shot(artifacts, "tie")
    member.button("Đóng").tap()
    expect(member.verdict).to_have_count(0)
    ruled = chair(council).post(f"/polls/{poll}/ruling", side="for", reason="Đã thảo luận kỹ")
    assert ruled.ok, ruled.text
    announce(council, poll)
    expect(member.verdict.get_by_role("heading", level=2)).to_have_text("ĐƯỢC THÔNG QUA")
    council.secretary.put(f"{council.path}/current-item", agenda_item_id=council.items[2])
    expect(member.verdict).to_have_count(0)
    member.button("Mở chương trình và tài liệu").tap()
    expect(member.page.locator(".agenda-line").first).to_be_visible()
    link = member.page.get_by_role("link", name=re.compile("Kết quả biểu quyết"))
    if link.count() == 0:
        member.page.locator(".agenda-line", has_text="Báo cáo").tap()
    member.looks_right()
    member.window.shot(artifacts, "agenda-with-result")
    link.tap()
    expect(member.page.get_by_role("heading", level=1)).to_have_text(QUESTION)
