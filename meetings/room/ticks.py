"""Ticks: pointer and live ink, merged for each room and sent 15 times a second."""

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
    """The latest pointer and the new ink of each room, queued for the next tick."""

    def __init__(self, presentations: Presentations, live_ink: LiveInk) -> None:
        self._presentations = presentations
        self._live_ink = live_ink
        self._pointers: dict[str, tuple[float, float] | None] = {}

    def point(self, room_id: str, at: tuple[float, float] | None) -> None:
        """Set the position of the presenter's pointer (None: lifted)."""
        self._pointers[room_id] = at

    def send_ticks(self) -> None:
        """Send queued pointers and ink, each to the roles that may read its page."""
        pointers, self._pointers = self._pointers, {}
        drawn = self._live_ink.take()
        for room_id in pointers.keys() | drawn.keys():
            pointer_roles = (
                self._presentations.at(room_id).readers if room_id in pointers else frozenset()
            )
            _send(room_id, drawn.get(room_id, {}), pointer_roles, pointers.get(room_id))

    def periodic_task(self) -> PeriodicTask:
        """The task that sends ticks; a run replaces what an earlier one did not send."""
        return PeriodicTask("tick_failed", TICK, self.send_ticks)


def _send(
    room_id: str,
    drawn: Mapping[Readers, list[WetStroke]],
    pointer_roles: Readers,
    pointer: tuple[float, float] | None,
) -> None:
    """Send one packet for each role; roles that see the same parts share it.

    pointer_roles: the roles that receive the pointer.
    """
    alike: dict[tuple[bool, tuple[Readers, ...]], list[Role]] = {}
    for role in sorted(pointer_roles.union(*drawn)):
        parts = tuple(readers for readers in drawn if role in readers)
        alike.setdefault((role in pointer_roles, parts), []).append(role)
    for (pointed, parts), roles in alike.items():
        at: tuple[float, float] | None | UnsetType = pointer if pointed else UNSET
        ink = [stroke for readers in parts for stroke in drawn[readers]]
        broadcast(room_id, roles, "room.tick", RoomTickPacket(pointer=at, ink=ink or UNSET))
