"""Ticks: what moves many times a second, merged for each room and sent 15 times a second."""

from collections.abc import Mapping

from msgspec import UNSET, UnsetType

from core.periodic import PeriodicTask
from core.permissions import Role
from core.realtime.broadcast import broadcast
from meetings.presentation.presentations import Presentations
from meetings.room.live_ink import LiveInk, Readers
from meetings.room.live_strokes import WetStroke
from meetings.room.packets import RoomTickPacket

TICK = 1 / 15


class Ticks:
    """The newest pointer of each room and what is being drawn there, waiting for the next tick."""

    def __init__(self, presentations: Presentations, live_ink: LiveInk) -> None:
        self._presentations = presentations
        self._live_ink = live_ink
        self._pointers: dict[str, tuple[float, float] | None] = {}

    def point(self, room_id: str, at: tuple[float, float] | None) -> None:
        """The presenter's pointer is here (None: lifted)."""
        self._pointers[room_id] = at

    def send(self) -> None:
        """Send what waits, each part to those who may read the page that it lies on."""
        pointers, self._pointers = self._pointers, {}
        drawn = self._live_ink.take()
        for room_id in pointers.keys() | drawn.keys():
            seeing = self._presentations.at(room_id).readers if room_id in pointers else frozenset()
            _send(room_id, drawn.get(room_id, {}), seeing, pointers.get(room_id))

    def periodic_task(self) -> PeriodicTask:
        """Sends the ticks. What one run did not send is replaced by the next."""
        return PeriodicTask("tick_failed", TICK, self.send)


def _send(
    room_id: str,
    drawn: Mapping[Readers, list[WetStroke]],
    seeing: Readers,
    pointer: tuple[float, float] | None,
) -> None:
    """One packet for each role: roles that see the same parts share it.

    seeing: the roles that get the pointer.
    """
    alike: dict[tuple[bool, tuple[Readers, ...]], list[Role]] = {}
    for role in sorted(seeing.union(*drawn)):
        parts = tuple(readers for readers in drawn if role in readers)
        alike.setdefault((role in seeing, parts), []).append(role)
    for (pointed, parts), roles in alike.items():
        at: tuple[float, float] | None | UnsetType = pointer if pointed else UNSET
        ink = [stroke for readers in parts for stroke in drawn[readers]]
        broadcast(room_id, roles, "room.tick", RoomTickPacket(pointer=at, ink=ink or UNSET))
