"""Ticks: what moves many times a second, merged for each room and sent 15 times a second."""

import time
from typing import Any

import structlog

from core.broadcast import broadcast
from core.permissions import Role
from meetings.live.stages import Stages

TICK = 1 / 15
log = structlog.get_logger()


class Ticks:
    """The newest pointer of each room, waiting for the next tick."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages
        self._waiting: dict[str, dict[str, Any]] = {}

    def point(self, room_id: str, at: tuple[float, float] | None) -> None:
        """The presenter's pointer is here (None: lifted)."""
        self._waiting.setdefault(room_id, {})["pointer"] = at

    def send(self) -> None:
        """Send what waits, to those who may read the page that is pointed at."""
        waiting, self._waiting = self._waiting, {}
        for room_id, tick in waiting.items():
            stage = self._stages.at(room_id)
            seeing: frozenset[Role] = stage.readers
            broadcast(room_id, seeing, "room.tick", tick)

    def run(self) -> None:
        """Tick for ever."""
        while True:
            time.sleep(TICK)
            try:
                self.send()
            except Exception:
                # A pointer is replaced by the next one.
                log.exception("tick_failed")
