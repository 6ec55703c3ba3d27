"""Actions, permissions, views and events of writing for the room."""

from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.permissions import IN_THE_ROOM, Role


class Action(StrEnum):
    """Actions on people who write for the room."""

    MUTE = "writing.mute"


permissions: dict[StrEnum, frozenset[Role]] = {Action.MUTE: IN_THE_ROOM}
"""Members and guests may only while they present: see `writing_rules`."""


class WriterView(msgspec.Struct, frozen=True):
    """Whether a person is muted, that is, may not write for the whole room."""

    user_id: str
    muted: bool


class WriterMuted(Event, frozen=True):
    """A person was muted for the rest of the meeting, or was unmuted."""

    type = "writer_muted"
    user_id: str
    muted: bool
