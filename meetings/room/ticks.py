"""Ticks: what moves many times a second, merged for each room and sent 15 times a second."""

from collections.abc import Mapping
from typing import Any

from core.broadcast import broadcast
from core.periodic import PeriodicTask
from core.permissions import Role
from meetings.presentation.stages import Stages
from meetings.room.wet_ink import Readers, WetInk

TICK = 1 / 15


class Ticks:
    """The newest pointer of each room and what is being drawn there, waiting for the next tick."""

    def __init__(self, stages: Stages, wet_ink: WetInk) -> None:
        self._stages = stages
        self._wet_ink = wet_ink
        self._pointers: dict[str, tuple[float, float] | None] = {}

    def point(self, room_id: str, at: tuple[float, float] | None) -> None:
        """The presenter's pointer is here (None: lifted)."""
        self._pointers[room_id] = at

    def send(self) -> None:
        """Send what waits, each part to those who may read the page that it lies on."""
        pointers, self._pointers = self._pointers, {}
        drawn = self._wet_ink.take()
        for room_id in pointers.keys() | drawn.keys():
            ticks: dict[Readers, dict[str, Any]] = {
                readers: {"ink": strokes} for readers, strokes in drawn.get(room_id, {}).items()
            }
            if room_id in pointers:
                seeing = self._stages.at(room_id).readers
                ticks.setdefault(seeing, {})["pointer"] = pointers[room_id]
            _send(room_id, ticks)

    def periodic_task(self) -> PeriodicTask:
        """Sends the ticks. What one run did not send is replaced by the next."""
        return PeriodicTask("tick_failed", TICK, self.send)


def _send(room_id: str, ticks: Mapping[Readers, dict[str, Any]]) -> None:
    """One packet for each tablet: roles that see the same parts get them together."""
    alike: dict[tuple[Readers, ...], list[Role]] = {}
    for role in sorted(frozenset().union(*ticks)):
        alike.setdefault(tuple(part for part in ticks if role in part), []).append(role)
    for seen, roles in alike.items():
        parts = [ticks[readers] for readers in seen]
        tick = {name: value for part in parts for name, value in part.items() if name != "ink"}
        ink = [stroke for part in parts for stroke in part.get("ink", ())]
        broadcast(room_id, roles, "room.tick", {**tick, "ink": ink} if ink else tick)
