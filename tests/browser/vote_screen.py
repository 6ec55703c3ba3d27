"""The vote card as a person sees and presses it, and votes made ready through the API."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting
from tests.server.real_server import Person

QUESTION = "Thông qua Nghị quyết về phân bổ dự toán ngân sách xã năm 2027"
WITHHELD = "Đã kết thúc biểu quyết, chờ chủ tọa công bố"
_ENHANCED = """async () => {
  if (!document.querySelector('.vote-layer, .vote-bars')) return [];
  const found = await axe.run('.vote-layer, .vote-bars', {
    runOnly: ['color-contrast-enhanced'], resultTypes: ['violations']});
  return found.violations.flatMap(one => one.nodes.map(
    node => node.html.slice(0, 120) + ' ' + (node.any[0]?.message ?? '')));
}"""


def enhanced_faults(page: Page) -> list[str]:
    """Of the vote itself: where it misses the contrast of AAA. The page has axe already."""
    return [f"AAA: {fault}" for fault in page.evaluate(_ENHANCED)]


class VoteScreen(RoomScreen):
    """The room with its vote card (Vietnamese)."""

    @property
    def card(self) -> Locator:
        """The card of an open vote, whole."""
        return self.page.locator(".vote-layer.open .vote-card")

    @property
    def vote_bar(self) -> Locator:
        """The vote put small."""
        return self.page.locator(".vote-bar")

    @property
    def verdict(self) -> Locator:
        return self.page.locator(".vote-card.verdict")

    @property
    def own(self) -> Locator:
        """How it stands with this person's own vote."""
        return self.card.locator(".vote-own")

    def choice(self, label: str) -> Locator:
        return self.card.get_by_role("radio", name=label, exact=True)

    def choose(self, label: str) -> None:
        self.choice(label).click()
        expect(self.card.locator(".vote-chosen")).to_have_text(f"Đã chọn: {label}")

    def send(self) -> None:
        self.card.get_by_role("button", name="Gửi biểu quyết").click()

    def vote(self, label: str) -> None:
        """Both steps, and the receipt."""
        self.choose(label)
        self.send()
        self.is_recorded(label)

    def is_recorded(self, label: str) -> None:
        expect(self.own).to_contain_text(
            re.compile(rf"Đã ghi nhận biểu quyết: {label}, lúc \d\d:\d\d")
        )
        expect(self.own.locator(".vote-receipt")).to_have_text(
            re.compile(r"^Mã biên nhận [0-9A-F]{4}-[0-9A-F]{4}$")
        )

    def is_recorded_not_wanted(self, label: str, wanted: str) -> None:
        """Another tablet was first: its ballot stands, and what became of this one's is said."""
        expect(self.own).to_contain_text(f"Đã ghi nhận biểu quyết: {label}")
        expect(self.own).to_contain_text(f"Lựa chọn “{wanted}” trên máy này không được ghi nhận.")

    def waits_for_the_announcement(self) -> None:
        """The vote ended; nothing of its result is shown."""
        heading = self.verdict.get_by_role("heading", level=2)
        expect(heading).to_have_text(WITHHELD)
        expect(self.verdict).not_to_contain_text(re.compile("THÔNG QUA|tán thành, bằng|\\d/\\d"))
        expect(self.verdict.get_by_role("link")).to_have_count(0)

    def looks_right(self) -> None:
        """Targets, text, overlaps and axe; and of the vote itself the contrast of AAA."""
        settle(self.page)
        wrong = faults(self.page) + axe_faults(self.page) + enhanced_faults(self.page)
        assert not wrong, "\n".join(wrong)


def take_seats(sitting: Sitting, *names: str, here: bool = True) -> None:
    """Make these people members; `here`: and present, by the secretary's word."""
    for name in names:
        person = sitting.people[name]
        put = sitting.secretary.put(f"{sitting.path}/participants/{person.id}", role="member")
        assert put.status_code == 200, put.text
    if here:
        present(sitting, *names)


def present(sitting: Sitting, *names: str) -> None:
    for name in names:
        path = f"{sitting.path}/attendance/{sitting.people[name].id}"
        said = sitting.secretary.put(path, status="present")
        assert said.status_code == 200, said.text


def ask(sitting: Sitting, **more: Any) -> str:
    """Put a question to the vote, by the chair; answers the poll's id."""
    body = {
        "question": QUESTION,
        "agenda_item_id": sitting.items[1],
        "document_id": sitting.paper,
        **more,
    }
    made = sitting.secretary.post(f"{sitting.path}/polls", **body)
    assert made.status_code == 201, made.text
    poll: str = made.json()["id"]
    opened = chair(sitting).post(f"/polls/{poll}/open", override_reason="Có mặt chưa đủ")
    assert opened.status_code == 200, opened.text
    return poll


def close(sitting: Sitting, poll: str) -> dict[str, Any]:
    """End the vote; answers its result."""
    closed = chair(sitting).post(f"/polls/{poll}/close")
    assert closed.status_code == 200, closed.text
    result: dict[str, Any] = closed.json()
    return result


def announce(sitting: Sitting, poll: str) -> None:
    """The chair makes the result known to everybody."""
    announced = chair(sitting).post(f"/polls/{poll}/announce")
    assert announced.status_code == 200, announced.text


def chair(sitting: Sitting) -> Person:
    return sitting.people["chutoa"]
