"""Actions, permissions and errors of the room."""

from enum import StrEnum

from core.errors import Refusal
from core.permissions import IN_THE_ROOM, Role


class Action(StrEnum):
    """Actions in the room."""

    JOIN = "room.join"
    DRAW = "ink.wet"
    TELL_PRESENCE = "presence.at"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.JOIN: IN_THE_ROOM,
    Action.DRAW: IN_THE_ROOM - {Role.GUEST},
    Action.TELL_PRESENCE: IN_THE_ROOM,
}


class NotInRoom(Refusal):
    """The socket has not joined this room."""

    code, status = "not_in_room", 409


class SnapshotNeeded(Refusal):
    """The events are no longer stored, or belong to another epoch: take a snapshot."""

    code, status = "snapshot_needed", 409
