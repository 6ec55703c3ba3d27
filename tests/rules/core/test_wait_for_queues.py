"""A large packet for one client waits while much waits to be sent, but not for ever."""

from typing import Any

import pytest

from core.realtime import broadcast
from core.realtime.broadcast import MOST_WAITING, Broadcaster


class Queues:
    """A direct write whose clients take what waits, some of it at each look."""

    def __init__(self, waiting: int, taken: int) -> None:
        self.left, self._taken, self.looks = waiting, taken, 0

    def waiting(self) -> int:
        self.looks += 1
        self.left -= self._taken
        return self.left


def broadcaster(queues: Any) -> Broadcaster:
    return Broadcaster(queues)


def test_nothing_waits_while_the_queues_are_short():
    queues = Queues(MOST_WAITING, 0)
    broadcaster(queues).wait_for_queues()
    assert queues.looks == 1


def test_it_goes_on_once_the_clients_have_taken_enough():
    queues = Queues(MOST_WAITING + 30, 10)
    broadcaster(queues).wait_for_queues()
    assert queues.left == MOST_WAITING


def test_clients_that_do_not_read_stop_nobody_for_good(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(broadcast, "LONGEST_WAIT", 0.05)
    queues = Queues(MOST_WAITING + 1, 0)
    waiting = broadcaster(queues)
    for _ in range(2):
        waiting.wait_for_queues()
    assert 2 <= queues.looks <= 20


def test_a_server_without_direct_writes_has_no_queues_to_look_at():
    broadcaster(None).wait_for_queues()
