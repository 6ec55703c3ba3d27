"""Checks whether a person may write for the room, for every packet of live ink."""

from core.app_context import current_context
from core.permissions import STAFF, Role
from documents.annotations.declares import WritingOff
from meetings.writing.writing_rules import may_write_for_room

_ALLOWED, _MUTED, _PRESENTS = 1, 2, 4
_FLAGS = """
SELECT meeting.member_writing + 2 * participant.writing_muted
    + 4 * (stage.presenter_id IS participant.user_id)
FROM participant
JOIN meeting ON meeting.id = participant.meeting_id
JOIN stage ON stage.meeting_id = participant.meeting_id
WHERE participant.meeting_id = ? AND participant.user_id = ?
"""
"""The flags in one number. Nothing is cached: a change applies from the next packet."""


def check_writer(meeting_id: str, user_id: str, role: Role) -> None:
    """Raise WritingOff unless this person may write for the room now."""
    if role in STAFF:
        return
    flags = current_context().database.fetch_scalar(_FLAGS, meeting_id, user_id) or 0
    if not may_write_for_room(
        role,
        member_writing=bool(flags & _ALLOWED),
        muted=bool(flags & _MUTED),
        presents=bool(flags & _PRESENTS),
    ):
        raise WritingOff()
