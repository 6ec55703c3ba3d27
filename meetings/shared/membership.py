"""Who a person is in a meeting: the one answer behind every permission of meetings and papers."""

from sqlalchemy.orm import Session

from core.actor import Actor
from core.database import keep
from core.permissions import STAFF, Role, account_roles
from meetings.shared.models import Meeting, MeetingStatus, Participant


def role_in(session: Session, user_id: str, meeting: Meeting) -> Role | None:
    """The person's role in the meeting, or None."""
    place = session.get(Participant, (meeting.id, user_id))
    if place is None:
        return None
    keep(session, place)
    return effective_role(place.role, meeting.status)


def meeting_roles(session: Session, actor: Actor, meeting: Meeting) -> frozenset[Role]:
    """Account roles and the role in this meeting, together."""
    return with_account_roles(actor, role_in(session, actor.user_id, meeting))


def effective_role(role: Role, status: MeetingStatus) -> Role | None:
    """The role that counts: a draft is there for its staff only."""
    return None if status is MeetingStatus.DRAFT and role not in STAFF else role


def with_account_roles(actor: Actor, role: Role | None) -> frozenset[Role]:
    """Account roles and the role in a meeting, together."""
    return account_roles(actor) | (frozenset() if role is None else {role})
