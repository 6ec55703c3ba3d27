"""Halls in which votes are held: who is here, what is asked, what members' tablets send."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting
from tests.server.real_server import Person

QUESTION = "Thông qua Nghị quyết về phân bổ dự toán ngân sách xã năm 2027"
DEPUTIES = (
    "Nguyễn Thị Hồng Ánh",
    "Trần Văn Bảy",
    "Lê Hoàng Cường",
    "Phạm Thị Dung",
    "Võ Minh Đức",
    "Huỳnh Thị Giang",
    "Đặng Quốc Hưng",
    "Bùi Thị Kim Liên",
)
"""Deputies without a tablet of their own in these tests: the roll says that they are here."""


@dataclass
class Council:
    """A sitting in session whose people are here."""

    sitting: Sitting

    @property
    def people(self) -> dict[str, Person]:
        return self.sitting.people

    @property
    def path(self) -> str:
        return self.sitting.path

    @property
    def secretary(self) -> Person:
        return self.sitting.secretary

    def here(self, *user_ids: str, status: str = "present") -> None:
        """The secretary says of these people that they are here."""
        for user_id in user_ids:
            put = self.secretary.put(f"{self.path}/attendance/{user_id}", status=status)
            assert put.status_code == 200, put.text

    def ask(self, question: str = QUESTION, *, item: int | None = 1, **more: Any) -> str:
        """Prepare a question; answers its id."""
        if item is not None:
            more.setdefault("agenda_item_id", self.sitting.items[item])
        made = self.secretary.post(f"{self.path}/polls", question=question, **more)
        assert made.status_code == 201, made.text
        poll_id: str = made.json()["id"]
        return poll_id

    def at_item(self, item: int) -> None:
        put = self.secretary.put(
            f"{self.path}/current-item", agenda_item_id=self.sitting.items[item]
        )
        assert put.status_code == 200, put.text

    def start(self, poll: str, by: str = "chutoa", **more: Any) -> None:
        opened = self.people[by].post(f"/polls/{poll}/open", **more)
        assert opened.status_code == 200, opened.text

    def votes(self, poll: str, who: str, choice: str) -> None:
        """A member's own tablet sends."""
        sent = self.people[who].post(f"/polls/{poll}/ballots", choice=choice)
        assert sent.status_code == 201, sent.text

    def poll(self, poll: str) -> dict[str, Any]:
        found: dict[str, Any] = self.secretary.get(f"/polls/{poll}").json()
        return found


def a_council(
    people: dict[str, Person], *, kind: str = "hdnd_session", present: bool = True, **more: Any
) -> Council:
    """Two deputies, daibieu1 and daibieu2, both here unless said otherwise; at its second item."""
    council = Council(call_a_sitting(people, **more))
    assert council.secretary.patch(council.path, kind=kind).ok
    if present and more.get("status") != "draft":
        council.here(people["daibieu1"].id, people["daibieu2"].id)
    if more.get("status", "in_session") == "in_session":
        council.at_item(1)
    return council


def seat_more(council: Council, names: tuple[str, ...] = DEPUTIES) -> list[str]:
    """More deputies, all of them here; answers their ids. They stay from one test to the next."""
    admin = council.people["quantri"]
    ids: list[str] = []
    for place, name in enumerate(names, start=1):
        username = f"db.them{place}"
        found = admin.get(f"/users?q={username}").json()["items"]
        if not found:
            unit = admin.get("/units").json()["items"][0]["id"]
            made = admin.post("/users", username=username, display_name=name, unit_id=unit)
            assert made.status_code == 201, made.text
            found = [made.json()]
        ids.append(found[0]["id"])
        put = council.secretary.put(f"{council.path}/participants/{ids[-1]}", role="member")
        assert put.status_code == 200, put.text
    council.here(*ids)
    return ids


def asks(screen: RoomScreen, title: str) -> Locator:
    """The dialog or sheet of this name."""
    dialog = screen.page.get_by_role("dialog", name=title, exact=True)
    expect(dialog).to_be_visible()
    return dialog


def presses(dialog: Locator, verb: str) -> None:
    dialog.get_by_role("button", name=verb, exact=True).click()


def starts(screen: RoomScreen) -> None:
    """Put the question at hand to the vote, through its one clear step."""
    screen.button("Bắt đầu biểu quyết").click()
    presses(asks(screen, "Bắt đầu biểu quyết?"), "Bắt đầu biểu quyết")
    expect(screen.button("Kết thúc biểu quyết")).to_be_visible()


def ends(screen: RoomScreen, *says: str) -> None:
    """End the open vote after the step that says these things."""
    screen.button("Kết thúc biểu quyết").click()
    ending = asks(screen, "Kết thúc biểu quyết?")
    for words in says:
        expect(ending).to_contain_text(words)
    presses(ending, "Kết thúc biểu quyết")
    expect(ending).to_have_count(0)


def looks_right(screen: RoomScreen) -> None:
    settle(screen.page)
    wrong = faults(screen.page) + axe_faults(screen.page)
    assert not wrong, "\n".join(wrong)
