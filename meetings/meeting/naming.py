"""Publishes a new name of a person or a unit to the rooms that show it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core.transactions.transaction import Tx
from meetings.meeting.declares import MeetingChanged, ParticipantPut
from meetings.meeting.queries import participant_view
from meetings.shared.feature import features
from meetings.shared.models import Meeting, Participant


def facts_of(session: Session, meeting: Meeting) -> MeetingChanged:
    """The event with the current values of a meeting's own fields."""
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
    """Publish a person's new name and position to the rooms of their meetings."""
    participants = tx.session.scalars(select(Participant).where(Participant.user_id == person.id))
    for participant in participants:
        tx.publish(
            participant.meeting_id,
            ParticipantPut(participant=participant_view(participant, person)),
        )


def unit_changed(tx: Tx, unit: Unit) -> None:
    """Publish a unit's new name to the rooms of its meetings."""
    for meeting in tx.session.scalars(select(Meeting).where(Meeting.unit_id == unit.id)):
        tx.publish(meeting.id, facts_of(tx.session, meeting))
