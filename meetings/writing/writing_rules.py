"""Permission to write for the whole room. Pure: no database, no clock, no request."""

from core.permissions import STAFF, Role


def may_write_for_room(role: Role, *, member_writing: bool, muted: bool, presents: bool) -> bool:
    """Whether a person may write for the whole room.

    Chair, secretary and the presenter always may; other members while the meeting allows it and
    they are not muted. The permission table excludes guests from sharing.
    """
    return role in STAFF or (member_writing and not muted) or presents


def may_moderate(role: Role | None, *, presents: bool) -> bool:
    """Whether a person may remove others' annotations from the room and mute their authors."""
    return role is not None and (role in STAFF or presents)
