"""Page turns at a pace, and for each how long the last tablet waited for it."""

import itertools
import time
from collections.abc import Sequence

from bench.load.crowd import Crowd, Tablet
from bench.product import Room

LIVE = b'42["room.live"'


class Turns:
    """Turns the pages of a room whose first tablet presents. Durations in seconds.

    pages: the order of turning, again and again; default from the first to the last. timeout: after
    which a turn that not everybody has is an error.
    """

    def __init__(
        self, crowd: Crowd, room: Room, pages: Sequence[int] = (), *, timeout: float = 10.0
    ) -> None:
        self._crowd = crowd
        self._room = room
        self._timeout = timeout
        self._pages = itertools.cycle(pages or range(1, room.pages + 1))
        self._waiting = 0
        self._last_at = 0.0
        self._answered_at = 0.0
        self.to_last: list[float] = []
        self.to_answer: list[float] = []
        self.listen()

    def listen(self) -> None:
        """Hear the tablets (again): whoever listens last hears them alone."""
        for tablet in self._crowd.tablets:
            tablet.heard = self._heard

    def turn(self) -> None:
        """Turn once and wait until every tablet has it."""
        body = {
            "meeting_id": self._room.id,
            "document_id": self._room.document_id,
            "version": 1,
            "page": next(self._pages),
        }
        self._waiting, self._answered_at = len(self._crowd.tablets), 0.0
        sent = self._crowd.tablets[0].call("page.turn", body, self._answered)
        self._crowd.until(self._done, "everyone has the turn", self._timeout)
        self.to_last.append(self._last_at - sent)
        self.to_answer.append(self._answered_at - sent)

    def paced(self, count: int, every: float) -> None:
        """So many turns, one every so many seconds."""
        due = time.perf_counter()
        for _ in range(count):
            self.turn()
            due += every
            self._crowd.pass_time(due - time.perf_counter())

    def forget(self) -> None:
        """What was measured until now was warming up."""
        self.to_last.clear()
        self.to_answer.clear()

    def _done(self) -> bool:
        return not self._waiting and self._answered_at > 0

    def _heard(self, _tablet: Tablet, payload: bytes, at: float) -> None:
        if payload.startswith(LIVE):
            self._waiting -= 1
            self._last_at = at

    def _answered(self, payload: bytes, at: float) -> None:
        if b'"ok":true' not in payload.replace(b" ", b""):
            raise RuntimeError(payload[:300].decode())
        self._answered_at = at
