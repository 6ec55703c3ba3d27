"""The role of a person in a meeting, on which all permissions of meetings and documents depend."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import keep, table_of
from core.db.models import Room
from core.db.prepared_statements import PreparedQuery
from core.permissions import STAFF, Role, account_roles
from meetings.shared.models import Meeting, MeetingStatus, Participant


@dataclass(frozen=True, slots=True)
class Membership:
    """The membership of one person in one meeting. listed_role None: not a participant."""

    listed_role: Role | None
    status: MeetingStatus

    @property
    def role(self) -> Role | None:
        """The effective role: a draft is visible to its staff only."""
        hidden = self.status is MeetingStatus.DRAFT and self.listed_role not in STAFF
        return None if hidden else self.listed_role

    @property
    def roles(self) -> frozenset[Role]:
        """The effective role, as a set."""
        return frozenset() if self.role is None else frozenset({self.role})


class MembershipAt(NamedTuple):
    """A membership, and the seq of the room in the same state of the database."""

    meeting_id: str
    status: MeetingStatus
    listed_role: Role | None
    seq: int

    @property
    def membership(self) -> Membership:
        return Membership(self.listed_role, self.status)


def membership_at(meeting_id: str, user_id: str) -> MembershipAt | None:
    """The person's membership in the meeting; None when there is no such meeting."""
    return _BY_MEETING.fetch_one(current_context().database, meeting=meeting_id, user=user_id)


def participant_in(session: Session, user_id: str, meeting_id: str) -> Participant | None:
    """The person's participant row in the meeting, or None."""
    participant = session.get(Participant, (meeting_id, user_id))
    if participant is not None:
        keep(session, participant)
    return participant


def membership_of(session: Session, user_id: str, meeting: Meeting) -> Membership:
    """The person's membership in the meeting."""
    participant = participant_in(session, user_id, meeting.id)
    return Membership(participant.role if participant else None, meeting.status)


def role_in(session: Session, user_id: str, meeting: Meeting) -> Role | None:
    """The person's role in the meeting, or None."""
    return membership_of(session, user_id, meeting).role


def meeting_roles(session: Session, actor: Actor, meeting: Meeting) -> frozenset[Role]:
    """The account roles and the role in this meeting, combined."""
    return account_roles(actor) | membership_of(session, actor.user_id, meeting).roles


_meetings, _listed, _rooms = table_of(Meeting), table_of(Participant), table_of(Room)
MEMBERSHIPS = (
    select(_meetings.c.id, _meetings.c.status, _listed.c.role, _rooms.c.seq)
    .join(_rooms, _rooms.c.id == _meetings.c.id)
    .outerjoin(
        _listed,
        and_(_listed.c.meeting_id == _meetings.c.id, _listed.c.user_id == bindparam("user")),
    )
)
"""Each meeting with the membership of the person `user`, as the fields of MembershipAt."""
_BY_MEETING = PreparedQuery(MEMBERSHIPS.where(_meetings.c.id == bindparam("meeting")), MembershipAt)
