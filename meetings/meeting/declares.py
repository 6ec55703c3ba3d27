"""What a meeting lets people do, tells its room, and refuses."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, STAFF, Role
from meetings.shared.quorum_rule import QuorumRuleView

PREPARERS = STAFF | {Role.ADMIN}


class Action(StrEnum):
    """What can be done with a meeting as a whole and with its people."""

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
    """This cannot be done while the meeting has this status."""

    code, status = "wrong_status", 409


class UnknownPerson(Refusal):
    """A named person does not exist or is not active."""

    code, status = "unknown_person", 422


class LastOrganiser(Refusal):
    """A meeting keeps at least one chair or secretary."""

    code, status = "last_organiser", 409


class ParticipantView(msgspec.Struct, frozen=True):
    """One person of a meeting, as everybody in the room sees it.

    writing_muted: was kept from writing for the whole room.
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
    """Title, kind, time, place, unit, the unit's name or who may write were changed; all as they
    are now.

    member_writing: members may write what the whole room sees. With the kind, the day or the unit
    the rule of the quorum may be another.
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
    """The meeting took a step. `resumes_at`: while paused, when it goes on, if that was said.
    `closed_at`: when it ended, while it is over."""

    type = "meeting_status_changed"
    status: str
    resumes_at: datetime | None = None
    closed_at: datetime | None = None


class ParticipantPut(Event, frozen=True):
    """A person was added, or the role, entitlement or seat was changed."""

    type = "participant_put"
    participant: ParticipantView


class ParticipantRemoved(Event, frozen=True):
    """A person no longer belongs to the meeting."""

    type = "participant_removed"
    user_id: str


class PlaceInMeetingChanged(Event, frozen=True):
    """On a person's own stream: the role in a meeting changed; None: no longer in it."""

    type = "place_in_meeting_changed"
    mine = True
    meeting_id: str
    title: str
    role: str | None
