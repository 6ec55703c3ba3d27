"""Actions, permissions, errors, views and events of meetings."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, STAFF, Role
from meetings.shared.quorum_rule import QuorumRuleView

PREPARERS = STAFF | {Role.ADMIN}


class Action(StrEnum):
    """Actions on a meeting as a whole and on its participants."""

    CREATE = "meeting.create"
    READ = "meeting.read"
    EDIT = "meeting.edit"
    DELETE = "meeting.delete"
    CHANGE_STATUS = "meeting.change_status"
    PUT_PARTICIPANT = "participant.put"
    REMOVE_PARTICIPANT = "participant.remove"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.CREATE: frozenset({Role.ADMIN, Role.MEETING_CREATOR}),
    Action.READ: IN_THE_ROOM | {Role.ADMIN},
    Action.EDIT: PREPARERS,
    Action.DELETE: PREPARERS,
    Action.CHANGE_STATUS: STAFF,
    Action.PUT_PARTICIPANT: PREPARERS,
    Action.REMOVE_PARTICIPANT: PREPARERS,
}


class WrongStatus(Refusal):
    """The action is not allowed in the current status of the meeting."""

    code, status = "wrong_status", 409


class UnknownPerson(Refusal):
    """A given person does not exist or is not active."""

    code, status = "unknown_person", 422


class LastOrganiser(Refusal):
    """A meeting must have at least one chair or secretary."""

    code, status = "last_organiser", 409


class ParticipantView(msgspec.Struct, frozen=True):
    """A participant as shown to everyone in the room.

    writing_muted: may not write for the whole room.
    """

    user_id: str
    display_name: str
    position: str | None
    role: str
    entitled_to_vote: bool
    seat: str | None
    attendance: str | None = None
    writing_muted: bool = False


class MeetingChanged(Event, frozen=True):
    """Title, kind, time, place, unit, the unit's name or member writing changed.

    The event has all current values. member_writing: members may write for the whole room.
    quorum_rule: depends on the kind, the day and the unit.
    """

    type = "meeting_changed"
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    unit_id: str | None
    unit_name: str | None
    member_writing: bool
    quorum_rule: QuorumRuleView


class MeetingStatusChanged(Event, frozen=True):
    """The status of the meeting changed.

    resumes_at: the planned end of a pause, while paused, if given. closed_at: the time of its end,
    while it is over.
    """

    type = "meeting_status_changed"
    status: str
    resumes_at: datetime | None = None
    closed_at: datetime | None = None


class ParticipantPut(Event, frozen=True):
    """A participant was added, or the role, entitlement or seat changed."""

    type = "participant_put"
    participant: ParticipantView


class ParticipantRemoved(Event, frozen=True):
    """A person is no longer a participant of the meeting."""

    type = "participant_removed"
    user_id: str


class PlaceInMeetingChanged(Event, frozen=True):
    """In the user stream: the person's role in a meeting changed; None: no longer a participant."""

    type = "place_in_meeting_changed"
    mine = True
    meeting_id: str
    title: str
    role: str | None
