"""The page of one person's notes as that person sees it, and what the server has of them."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from core.ids import new_id
from tests.browser.window import Window
from tests.server.real_server import Person, wait_until

BLUE = {"color": "#1c4fa1", "width": 2.6}
ME = "daibieu1"
MARKS: list[dict[str, Any]] = [
    {
        "page": 7,
        "kind": "highlight",
        "geometry": {"boxes": [[0.1, 0.1, 0.6, 0.12]]},
        "style": {"color": "#ffd84d", "opacity": 0.5},
        "text": "Hỏi lại số này",
        "anchor": {"text": "dự toán ngân sách địa phương", "prefix": "Về ", "suffix": "."},
    },
    {
        "page": 3,
        "kind": "note",
        "audience": "meeting",
        "geometry": {"at": [0.5, 0.5]},
        "style": BLUE,
        "text": "Đề nghị giải trình tiến độ",
    },
    *(
        {
            "page": 5,
            "kind": "ink",
            "geometry": {"strokes": [[[x, 0.4, 0.5], [x + 0.01, 0.42, 0.7]]]},
            "style": BLUE,
        }
        for x in (0.2, 0.22, 0.24)
    ),
]


class NotesScreen:
    """The page of one person's notes (Vietnamese)."""

    def __init__(self, window: Window, path: str = "/notes") -> None:
        self.window = window.open(path)
        self.page: Page = window.page
        expect(self.page.get_by_role("heading", name="Ghi chú của tôi")).to_be_visible()

    @property
    def entries(self) -> Locator:
        """What was written on papers."""
        return self.page.locator(".entry")

    @property
    def cards(self) -> Locator:
        """Notes that lie on no page."""
        return self.page.locator(".own-note")

    def card(self, text: str) -> Locator:
        """The note with these words in its field, once it is there."""
        wait_until(lambda: len(self._ids(text)) == 1, f"there is one note with “{text}”")
        return self.page.locator(f'[data-note="{self._ids(text)[0]}"]')

    def _ids(self, text: str) -> list[str]:
        found: list[str] = self.cards.evaluate_all(
            """(cards, text) => cards.filter(
                one => one.querySelector('textarea').value.includes(text)
              ).map(one => one.dataset.note)""",
            text,
        )
        return found

    def texts(self) -> list[str]:
        """The words in the fields, from top to bottom."""
        found: list[str] = self.cards.locator("textarea").evaluate_all(
            "fields => fields.map(one => one.value)"
        )
        return found

    def add(self, text: str) -> None:
        """Press, type and leave, as a person does."""
        self.page.get_by_role("button", name="Thêm ghi chú", exact=True).click()
        self.page.locator(".own-note textarea:focus").type(text)
        self.page.keyboard.press("Escape")

    def search(self, text: str) -> None:
        self.page.get_by_label("Tìm trong ghi chú").fill(text)

    def choose(self, label: str, option: str | re.Pattern[str]) -> None:
        select = self.page.get_by_label(label, exact=True)
        words = [
            one for one in select.locator("option").all_inner_texts() if re.search(option, one)
        ]
        select.select_option(label=words[0])


def write(person: Person, paper: str) -> None:
    for mark in MARKS:
        body = {"id": new_id(), "audience": "private", **mark}
        answer = person.post(f"/documents/{paper}/annotations", **body)
        assert answer.status_code == 201, answer.text


def kept(person: Person, text: str) -> list[dict[str, Any]]:
    """The notes on the server that hold these words."""
    items = person.get("/notes").json()["items"]
    return [note for note in items if text in note["text"]]


def wait_kept(person: Person, text: str) -> dict[str, Any]:
    wait_until(lambda: kept(person, text), f"the server has “{text}”")
    (note,) = kept(person, text)
    return note
