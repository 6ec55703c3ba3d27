"""Rooms show the names of people and of a unit: they are told when an administrator changes one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Unit, User
from core.transactions.transaction import Tx
from meetings.meeting.declares import MeetingChanged, ParticipantPut
from meetings.meeting.queries import participant_view
from meetings.shared.feature import features
from meetings.shared.models import Meeting, Participant


def facts_of(session: Session, meeting: Meeting) -> MeetingChanged:
    """The event that gives a meeting's own facts as they are now."""
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else None
    return MeetingChanged(
        title=meeting.title,
        kind=meeting.kind,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        unit_id=meeting.unit_id,
        unit_name=unit.name if unit else None,
        member_writing=meeting.member_writing,
        quorum_rule=features().quorum_rule(session, meeting),
    )


def person_changed(tx: Tx, person: User) -> None:
    """Tell every room in which a person sits the new name and position."""
    places = tx.session.scalars(select(Participant).where(Participant.user_id == person.id))
    for place in places:
        tx.publish(place.meeting_id, ParticipantPut(participant=participant_view(place, person)))


def unit_changed(tx: Tx, unit: Unit) -> None:
    """Tell the rooms of a unit's meetings its new name."""
    for meeting in tx.session.scalars(select(Meeting).where(Meeting.unit_id == unit.id)):
        tx.publish(meeting.id, facts_of(tx.session, meeting))
