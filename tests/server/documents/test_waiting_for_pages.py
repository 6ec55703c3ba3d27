"""People who wait for the same page while the worker goes away, comes back or takes its time."""

import threading
from pathlib import Path

import pytest

from core.offload import native_thread
from documents.declares import PageNotReady
from documents.worker import ipc_client
from documents.worker.ipc_client import IpcClient
from documents.worker.messages import Message, RenderRequest, RenderResult
from tests.server.real_server import wait_until

PAGE = RenderRequest("image", "0" * 64, 7, 1200)


class LinkByHand(IpcClient):
    """A link whose worker is the test: it says when and what is answered."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"), "")
        self.sent: list[Message] = []

    def _send(self, message: Message) -> bool:
        self.sent.append(message)
        return True

    def answer(self) -> None:
        self._heard(RenderResult(PAGE, None))

    def worker_is_lost(self) -> None:
        self._resolve(PAGE, None)

    def waiting(self) -> int:
        wish = self._wishes.get(PAGE)
        return wish.waiting if wish else 0


class Reader:
    """Somebody who waits for the page in a thread of its own."""

    def __init__(self, link: LinkByHand) -> None:
        self.outcome = ""
        self._link = link
        self._ended = threading.Event()
        native_thread(self._wait, "reader")

    def _wait(self) -> None:
        try:
            self._link.request(PAGE)
            self.outcome = "made"
        except PageNotReady:
            self.outcome = "not ready"
        self._ended.set()

    def end(self) -> str:
        assert self._ended.wait(10)
        return self.outcome


def test_who_came_later_still_gets_the_page_after_the_first_gave_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = LinkByHand()
    monkeypatch.setattr(ipc_client, "TIMEOUT", 0.2)
    first = Reader(link)
    wait_until(lambda: link.waiting() == 1, "the first waits")
    monkeypatch.setattr(ipc_client, "TIMEOUT", 10.0)
    second = Reader(link)
    wait_until(lambda: link.waiting() == 2, "the second waits")
    assert first.end() == "not ready"
    link.answer()
    assert second.end() == "made"
    assert len(link.sent) == 1
    assert link.waiting() == 0


def test_a_wish_that_nobody_waits_for_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    link = LinkByHand()
    monkeypatch.setattr(ipc_client, "TIMEOUT", 0.05)
    assert Reader(link).end() == "not ready"
    assert Reader(link).end() == "not ready"
    assert len(link.sent) == 2


def test_a_new_wish_after_the_worker_came_back_is_not_taken_for_the_old_one() -> None:
    link = LinkByHand()
    old = Reader(link)
    wait_until(lambda: link.waiting() == 1, "somebody waits")
    lost = link._wishes[PAGE]
    link.worker_is_lost()
    new = Reader(link)
    wait_until(lambda: len(link.sent) == 2, "it is wanted again")
    assert old.end() == "not ready"
    assert link._wishes.get(PAGE) is not lost
    wait_until(lambda: link.waiting() == 1, "the new one waits")
    link.answer()
    assert new.end() == "made"
