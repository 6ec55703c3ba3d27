"""Queries of meetings, shaped for a screen or the API."""

import base64
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.errors import InvalidInput, NotFound
from core.permissions import STAFF, Role
from documents.declares import DocumentView
from documents.queries import readable_in
from meetings.meeting.declares import Action, ParticipantView
from meetings.meeting.status_rules import UNDER_WAY
from meetings.meeting.time_rules import with_offset
from meetings.shared.containers import meeting_container
from meetings.shared.feature import features
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting, MeetingStatus, Participant
from meetings.shared.quorum_rule import QuorumRuleView
from meetings.shared.view_parts import MeetingReader, composed, composed_type

PAGE_SIZE = 50


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


class MeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting in a list. `my_role`: the reader's role in it, None for an administrator."""

    id: str
    title: str
    kind: str
    status: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    my_role: str | None


class MeetingList(msgspec.Struct, frozen=True):
    """One page of a list. `next`: cursor of the following page, or None."""

    items: Sequence[MeetingLine]
    next: str | None


class MeetingFilter(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """The filters of a list of meetings."""

    status: MeetingStatus | None = None
    from_: datetime | None = None
    to: datetime | None = None
    q: str | None = None
    cursor: str | None = None


def get_meeting(actor: Actor, meeting_id: str) -> MeetingView:
    """One meeting. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(kind="meeting")
        current_context().permissions.allow(session, actor, Action.READ, meeting)
        return meeting_view(session, actor, meeting)


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


def my_meetings(actor: Actor, wanted: MeetingFilter) -> MeetingList:
    """One page of the actor's meetings (an administrator: all), latest first."""
    statement = (
        _narrowed(_reachable(actor), wanted)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if wanted.cursor:
        statement = statement.where(
            tuple_(Meeting.starts_at, Meeting.id) < tuple_(*_read_cursor(wanted.cursor))
        )
    with current_context().database.read() as session:
        rows = session.execute(statement).all()
    lines = [meeting_line(meeting, role) for meeting, role in rows[:PAGE_SIZE]]
    more = len(rows) > PAGE_SIZE
    return MeetingList(lines, _cursor(rows[PAGE_SIZE - 1][0]) if more else None)


def meeting_line(meeting: Meeting, role: str | None) -> MeetingLine:
    """A meeting as an entry of a list."""
    return MeetingLine(
        id=meeting.id,
        title=meeting.title,
        kind=meeting.kind,
        status=meeting.status.value,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        my_role=role,
    )


def _reachable(actor: Actor) -> Select[Meeting, Role]:
    mine = (Participant.meeting_id == Meeting.id) & (Participant.user_id == actor.user_id)
    statement = select(Meeting, Participant.role)
    if actor.is_admin:
        return statement.join(Participant, mine, isouter=True)
    shown = or_(Meeting.status != MeetingStatus.DRAFT, Participant.role.in_(STAFF))
    return statement.join(Participant, mine).where(shown)


def _narrowed(statement: Select[Meeting, Role], wanted: MeetingFilter) -> Select[Meeting, Role]:
    if wanted.status is not None:
        statement = statement.where(Meeting.status == wanted.status)
    if wanted.from_ is not None:
        statement = statement.where(Meeting.starts_at >= with_offset("from", wanted.from_))
    if wanted.to is not None:
        statement = statement.where(Meeting.starts_at < with_offset("to", wanted.to))
    if wanted.q:
        statement = statement.where(Meeting.title.icontains(wanted.q, autoescape=True))
    return statement


def _cursor(last: Meeting) -> str:
    whole = f"{last.starts_at.isoformat()}|{last.id}"
    return base64.urlsafe_b64encode(whole.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, _, meeting_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
        return with_offset("cursor", datetime.fromisoformat(at)), meeting_id
    except ValueError:
        raise InvalidInput(("cursor", "not a cursor of this list")) from None


class Today(msgspec.Struct, frozen=True):
    """The actor's meetings on the first page: under way or today, coming, past."""

    today: Sequence[MeetingLine]
    coming: Sequence[MeetingLine]
    past: Sequence[MeetingLine]


def my_day(actor: Actor, today: datetime) -> Today:
    """Group the actor's latest meetings by day. today: midnight at the start of the local day."""
    with current_context().database.read() as session:
        rows = session.execute(
            _reachable(actor).order_by(Meeting.starts_at.desc()).limit(4 * PAGE_SIZE)
        ).all()
    from_today = today.timestamp()
    parts: dict[str, list[MeetingLine]] = {"today": [], "coming": [], "past": []}
    for meeting, role in rows:
        starts = meeting.starts_at.timestamp()
        over = meeting.status in (MeetingStatus.CLOSED, MeetingStatus.ARCHIVED)
        live = meeting.status in (MeetingStatus.IN_SESSION, MeetingStatus.PAUSED)
        if live or (from_today <= starts < from_today + 86_400 and not over):
            parts["today"].append(meeting_line(meeting, role))
        elif starts >= from_today and not over:
            parts["coming"].append(meeting_line(meeting, role))
        else:
            parts["past"].append(meeting_line(meeting, role))
    parts["coming"].reverse()
    parts["today"].reverse()
    return Today(**parts)


def may_create_meetings(actor: Actor) -> bool:
    """Whether the actor may create a meeting."""
    with current_context().database.read() as session:
        return current_context().permissions.may(session, actor, Action.CREATE, None)


def sits_in_a_meeting(session: Session, user_id: str) -> bool:
    """Whether a meeting of the person is in session or paused; sign-ins then do not expire."""
    now = (
        select(Participant.user_id)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Participant.user_id == user_id, Meeting.status.in_(UNDER_WAY))
        .limit(1)
    )
    return session.scalar(now) is not None


def server_time() -> datetime:
    """The server's time, which clients with a wrong clock need to show the correct time."""
    return clock.now()
