"""Queries of meetings, shaped for a screen or the API."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core import clock
from core.actor import Actor
from core.app_context import current_context
from documents.declares import DocumentView
from documents.queries import readable_in
from meetings.meeting.declares import Action, ParticipantView
from meetings.meeting.status_rules import UNDER_WAY
from meetings.shared.containers import meeting_container
from meetings.shared.feature import features
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting, Participant
from meetings.shared.quorum_rule import QuorumRuleView
from meetings.shared.view_parts import MeetingReader, composed, composed_type


class MeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as shown to one person. `documents`: those that this person may read.

    member_writing: members may write for the whole room.
    """

    id: str
    title: str
    kind: str
    status: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    unit_id: str | None
    unit_name: str | None
    resumes_at: datetime | None
    closed_at: datetime | None
    current_item_id: str | None
    current_since: datetime | None
    documents: Sequence[DocumentView]
    participants: Sequence[ParticipantView]
    member_writing: bool
    quorum_rule: QuorumRuleView


def meeting_view(session: Session, actor: Actor, meeting: Meeting) -> MeetingView:
    """The meeting with the fields of its features, in a fixed number of queries."""
    return view_for(reader_of(session, actor, meeting))


def reader_of(session: Session, actor: Actor, meeting: Meeting) -> MeetingReader:
    """Input to the view of a meeting: the documents that the actor may read."""
    containers = features().containers(session, meeting)
    roles = meeting_roles(session, actor, meeting)
    documents = readable_in(session, containers, roles)
    return MeetingReader(session=session, meeting=meeting, documents=documents)


def view_for(reader: MeetingReader) -> MeetingView:
    """The view of a meeting whose documents are already loaded."""
    session, meeting = reader.session, reader.meeting
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else None
    return composed(
        meeting_view_type(),
        features().meeting_parts,
        reader,
        id=meeting.id,
        title=meeting.title,
        kind=meeting.kind,
        status=meeting.status.value,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        unit_id=meeting.unit_id,
        unit_name=unit.name if unit else None,
        resumes_at=meeting.resumes_at,
        closed_at=meeting.closed_at,
        current_item_id=meeting.current_item_id,
        current_since=meeting.current_since,
        documents=reader.documents.get(meeting_container(meeting.id), []),
        participants=participants_of(session, meeting.id),
        member_writing=meeting.member_writing,
        quorum_rule=features().quorum_rule(session, meeting),
    )


def meeting_view_type() -> type[MeetingView]:
    """The type of the view with the fields of the registered features."""
    return composed_type(MeetingView, features().meeting_parts)


def participants_of(session: Session, meeting_id: str) -> list[ParticipantView]:
    """The participants of a meeting in the order of the list."""
    # Columns, not ORM objects: for 500 people this blocks the event loop a tenth of the time.
    rows = session.execute(
        select(
            User.id,
            User.display_name,
            User.position,
            Participant.role,
            Participant.entitled_to_vote,
            Participant.seat,
            Participant.attendance,
            Participant.writing_muted,
        )
        .join(User, User.id == Participant.user_id)
        .where(Participant.meeting_id == meeting_id)
        .order_by(Participant.position)
    )
    return [
        ParticipantView(
            user_id=user_id,
            display_name=display_name,
            position=position,
            role=role.value,
            entitled_to_vote=entitled_to_vote,
            seat=seat,
            attendance=attendance,
            writing_muted=muted,
        )
        for user_id, display_name, position, role, entitled_to_vote, seat, attendance, muted in rows
    ]


def participant_view(participant: Participant, person: User) -> ParticipantView:
    """A participant as shown in the room."""
    return ParticipantView(
        user_id=person.id,
        display_name=person.display_name,
        position=person.position,
        role=participant.role.value,
        entitled_to_vote=participant.entitled_to_vote,
        seat=participant.seat,
        attendance=participant.attendance,
        writing_muted=participant.writing_muted,
    )


def may_create_meetings(actor: Actor) -> bool:
    """Whether the actor may create a meeting."""
    with current_context().database.read() as session:
        return current_context().permissions.may(session, actor, Action.CREATE, None)


def sits_in_meeting(session: Session, user_id: str, meeting_id: str) -> bool:
    """Whether the person is in this meeting, and it is in session or paused."""
    now = (
        select(Participant.user_id)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Participant.user_id == user_id, Meeting.id == meeting_id)
        .where(Meeting.status.in_(UNDER_WAY))
    )
    return session.scalar(now) is not None


def server_time() -> datetime:
    """The server's time, which clients with a wrong clock need to show the correct time."""
    return clock.now()
