"""What writing for the room lets people do, and tells the room."""

from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.permissions import IN_THE_ROOM, Role


class Action(StrEnum):
    """What can be done about people who write for the room."""

    MUTE = "writing.mute"


permissions: dict[StrEnum, frozenset[Role]] = {Action.MUTE: IN_THE_ROOM}
"""Of members and guests only the presenter may: see `writing_rules`."""


class WriterView(msgspec.Struct, frozen=True):
    """Whether a person is muted: nothing they write is for the whole room."""

    user_id: str
    muted: bool


class WriterMuted(Event, frozen=True):
    """A person was muted for the rest of the meeting, or may write for the room again."""

    type = "writer_muted"
    user_id: str
    muted: bool
