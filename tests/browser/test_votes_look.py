"""Every screen of running votes in every size, theme and language."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Dresses
from tests.browser.council import QUESTION, Council, a_council, seat_more
from tests.browser.looker import Looker, Plan

PLANS = (
    Plan("vi", ("desktop",)),
    Plan("en", ("desktop",), first_theme=1),
    Plan("vi", ("tablet", "upright", "phone"), first_theme=2),
    Plan("en", ("phone",), in_turn=("upright", "tablet")),
)
LONG = (
    "Thông qua Nghị quyết về chủ trương đầu tư dự án nâng cấp, mở rộng đường liên xã An Phú Tân "
    "– Hòa Tân và hệ thống thoát nước hai bên đường, giai đoạn 2027–2030"
)


def council_with_questions(people) -> tuple[Council, str]:
    council = a_council(people, presented=2)
    seat_more(council)
    council.ask(QUESTION, document_id=council.sitting.paper)
    poll = council.ask(LONG, method="named", timer_seconds=60, document_id=council.sitting.paper)
    council.ask("Chọn phương án xây chợ", method="paper", item=2)
    return council, poll


def written(eye: Looker) -> None:
    """All votes of the meeting, and the form of a question with options of its own."""
    if eye.page.locator(".column-votes").count():
        eye.press(".column-votes > .btn")
    else:
        eye.press(".strip > .icon-only")
        eye.page.locator(".run-sheet .btn.wide").nth(1).click()
        expect(eye.page.locator(".vote-list")).to_be_visible()
        eye.look("0-all-votes")
        eye.dialog.locator(".sheet-foot .btn.plain").click()
    expect(eye.page.locator(".rule-cards")).to_be_visible()
    eye.look("0-form")
    eye.dialog.get_by_role("radio").nth(4).check(force=True)
    for place in (0, 1):
        eye.page.locator(f"[data-place=option-{place}]").fill("Phương án A")
    expect(eye.page.locator(".own-option .wrong")).to_be_visible()
    eye.page.locator("#question-title").scroll_into_view_if_needed()
    eye.look("0-form-below")
    eye.away()


def before(eye: Looker) -> None:
    """The questions of the item, and the step that starts."""
    eye.look("1-before")
    eye.press(".primary")
    eye.look("2-which")
    eye.dialog.locator(".question-choice button").nth(1).click()
    expect(eye.page.locator(".start-vote")).to_be_visible()
    eye.look("3-start")
    eye.dialog.locator(".btn.room").click()
    expect(eye.page.locator(".vote-count, .vote-figure").first).to_be_visible()


def while_open(eye: Looker, council: Council, poll: str, other: str) -> None:
    """Progress, who has not sent, an entry for a member, the step that ends."""
    council.votes(poll, "daibieu1", "for")
    entry = {"user_id": council.people["daibieu2"].id, "choice": "for", "reason": "Máy hết pin"}
    assert council.people[other].post(f"/polls/{poll}/ballots/for-member", **entry).ok
    expect(eye.page.locator(".recorded-one, .amber-edge").first).to_be_visible()
    eye.look("4-open")
    sheet = eye.page.locator(".vote-now").count() > 0
    if sheet:
        eye.press(".vote-now")
        eye.look("5-who-is-missing")
    eye.page.locator(".waiting-people .text-btn").first.click()
    expect(eye.page.locator(".record")).to_be_visible()
    eye.look("6-record")
    eye.away()
    if sheet:
        eye.away()
    eye.press(".primary")
    expect(eye.page.locator(".end-vote .recorded-choice")).not_to_have_text("…")
    eye.look("7-end")


def after(eye: Looker) -> None:
    """The verdict, and all votes of the meeting."""
    eye.dialog.locator(".recorded-one .btn").last.click()
    expect(eye.page.locator(".end-vote .recorded-one")).to_have_count(0)
    eye.dialog.locator(".btn.room").click()
    expect(eye.page.locator(".read-aloud")).to_be_visible()
    expect(eye.page.locator(".toast")).to_have_count(0)
    eye.look("8-verdict")
    eye.away()
    eye.look("9-not-announced")


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_running_a_vote_looks_right(plan: Plan, dressed: Dresses, people, artifacts):
    council, poll = council_with_questions(people)
    # The secretary has the wide screen; what the one enters the other confirms.
    mine, other = ("thuky", "chutoa") if plan.sizes[0] == "desktop" else ("chutoa", "thuky")
    eye = Looker(dressed(mine, plan).open(council.path), artifacts, plan)
    expect(eye.page.locator(".primary")).to_be_visible()
    written(eye)
    before(eye)
    while_open(eye, council, poll, other)
    after(eye)
    eye.hold()
