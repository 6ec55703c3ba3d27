"""A tablet that sees two vote logs says so loudly, keeps the evidence, and says it again later."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import TABLET

ALARM = "Nhật ký biểu quyết của máy chủ không khớp"


@pytest.fixture(scope="module")
def chromium(whole_browser: Browser) -> Browser:
    """A member's journey is made with the browser that people have."""
    return whole_browser


def hold_a_vote(sitting: Sitting) -> None:
    """Two members here, one vote, from question to result."""
    for name in ("daibieu1", "daibieu2"):
        person = sitting.people[name]
        path = f"{sitting.path}/attendance/{person.id}"
        assert person.put(path, status="present").status_code == 200
    asked = sitting.secretary.post(f"{sitting.path}/polls", question="Thông qua chương trình")
    poll = asked.json()["id"]
    assert sitting.secretary.post(f"/polls/{poll}/open").status_code == 200
    assert sitting.secretary.post(f"/polls/{poll}/close").status_code == 200


def test_a_forked_log_is_told_with_its_evidence(people, enter: Opens, artifacts):
    sitting = call_a_sitting(people, presented=1)
    window = enter("daibieu1", TABLET)
    window.page.add_init_script("Math.random = () => 0.0001")
    # What the tablet sees first is what the log goes on from.
    hold_a_vote(sitting)
    with window.page.expect_response("**/vote-log/checkpoint"):
        screen = RoomScreen.enter(window, sitting.path)
    with screen.page.expect_response("**/vote-log/consistency*"):
        hold_a_vote(sitting)
    expect(screen.page.locator(".log-alarm")).to_be_hidden()

    def forged(route: Route) -> None:
        """A server that cannot prove that its log goes on from what this tablet saw."""
        answer: dict[str, Any] = route.fetch().json()
        answer["proof"] = [hash_[::-1] for hash_ in answer["proof"]]
        route.fulfill(body=json.dumps(answer), content_type="application/json")

    screen.page.route("**/vote-log/consistency*", forged)
    hold_a_vote(sitting)
    expect(screen.page.locator(".log-alarm [role=alert]")).to_contain_text(ALARM)
    settle(screen.page)
    screen.window.shot(artifacts, "log-alarm")
    assert faults(screen.page) + axe_faults(screen.page) == []

    screen.page.unroute("**/vote-log/consistency*")
    screen.reload()
    expect(screen.page.locator(".log-alarm [role=alert]")).to_contain_text(ALARM)
    screen.page.get_by_role("button", name="Xem bằng chứng").click()
    with screen.page.expect_download() as saved:
        screen.page.get_by_role("button", name="Lưu tệp bằng chứng").click()
    kept = json.loads(saved.value.path().read_text())
    assert kept["meeting_id"] == sitting.id
    assert kept["evidence"][0]["offered"]["note"].startswith("dienhong/")
