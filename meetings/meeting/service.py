"""Service functions of meetings and their participants."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import delete
from sqlalchemy.orm import Session

from accounts.shared.declares import UnknownUnit
from accounts.shared.models import Unit, User
from core import clock
from core.actor import Actor
from core.db.models import Room, RoomEvent
from core.ids import new_id
from core.patch import given_fields
from core.permissions import STAFF, Role
from core.transactions.transaction import Tx, transaction
from documents.service import publish_ready, remove_containers
from meetings.meeting import status_rules
from meetings.meeting.declares import (
    Action,
    LastOrganiser,
    MeetingStatusChanged,
    ParticipantPut,
    ParticipantRemoved,
    ParticipantView,
    PlaceInMeetingChanged,
    UnknownPerson,
)
from meetings.meeting.naming import facts_of
from meetings.meeting.queries import MeetingView, meeting_view, participant_view
from meetings.meeting.time_rules import check_times, in_utc
from meetings.shared.feature import features
from meetings.shared.models import Meeting, MeetingStatus, Participant


class NewMeeting(msgspec.Struct, frozen=True):
    """The values of a new meeting.

    unit_id None: the unit of the creator. template: the key of a template for the agenda.
    """

    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    kind: str = "general"
    place: str = ""
    unit_id: str | None = None
    chair_ids: Sequence[str] = ()
    secretary_ids: Sequence[str] | None = None
    template: str | None = None
    member_writing: bool = False


class MeetingChanges(msgspec.Struct, frozen=True):
    """Changes of a meeting; an omitted field keeps its value."""

    title: str | UnsetType = UNSET
    starts_at: datetime | UnsetType = UNSET
    ends_at: datetime | None | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    place: str | UnsetType = UNSET
    unit_id: str | None | UnsetType = UNSET
    member_writing: bool | UnsetType = UNSET


def create_meeting(actor: Actor, new: NewMeeting) -> MeetingView:
    """Create a draft meeting with its room and presentation; the creator is secretary by default.

    Raises: UnknownPerson, UnknownUnit, LastOrganiser, InvalidInput (times), NotAllowed.
    """
    check_times(new.starts_at, new.ends_at)
    with transaction() as tx:
        tx.allow(actor, Action.CREATE, None)
        _check_unit(tx, new.unit_id)
        meeting = _draft(actor, new, tx)
        tx.session.add_all([Room(id=meeting.id, seq=0), meeting])
        secretaries = [actor.user_id] if new.secretary_ids is None else new.secretary_ids
        people = dict.fromkeys(new.chair_ids, Role.CHAIR)
        for user_id in secretaries:
            people.setdefault(user_id, Role.SECRETARY)
        for user_id, role in people.items():
            _add_participant(tx.session, meeting, _person(tx, user_id), role, False, None)
        _check_has_organiser(meeting)
        tx.session.flush()
        features().meeting_created(tx, meeting, new.template)
        tx.audit(actor, Action.CREATE, meeting, title=new.title)
        return tx.answers(meeting_view(tx.session, actor, meeting))


def change_meeting(actor: Actor, meeting_id: str, changes: MeetingChanges) -> MeetingView:
    """Change title, kind, time, place, unit or whether members write for the room.

    Raises: WrongStatus (the meeting is over), UnknownUnit, InvalidInput (times).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.EDIT, meeting)
        status_rules.check_open(meeting.status)
        given = given_fields(changes)
        _check_unit(tx, given.get("unit_id"))
        for name, value in given.items():
            moment = isinstance(value, datetime)
            setattr(meeting, name, in_utc(name, value) if moment else value)
        check_times(meeting.starts_at, meeting.ends_at)
        tx.audit(actor, Action.EDIT, meeting, fields=sorted(given))
        tx.publish(meeting.id, facts_of(tx.session, meeting), actor=actor)
        return tx.answers(meeting_view(tx.session, actor, meeting))


def delete_meeting(actor: Actor, meeting_id: str) -> None:
    """Delete a meeting that has not started, with its documents. Raises: WrongStatus."""
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.DELETE, meeting)
        status_rules.check_deletable(meeting.status)
        remove_containers(tx, features().containers(tx.session, meeting))
        features().meeting_deleting(tx, meeting)
        tx.audit(actor, Action.DELETE, meeting, title=meeting.title)
        for participant in meeting.participants:
            _publish_role(tx, participant.user_id, meeting, participant.role, None)
        tx.session.execute(delete(RoomEvent).where(RoomEvent.room_id == meeting.id))
        tx.session.delete(meeting)
        tx.session.delete(tx.session.get_one(Room, meeting.id))
        tx.answers({})


def change_status(
    actor: Actor, meeting_id: str, wanted: MeetingStatus, resumes_at: datetime | None = None
) -> MeetingView:
    """Change the status; publishing and opening a meeting publish every ready document.

    resumes_at: with `paused`, the planned end of the pause. Raises: WrongStatus, InvalidInput, and
    the refusals of features.
    """
    resumes_at = resumes_at and in_utc("resumes_at", resumes_at)
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.CHANGE_STATUS, meeting)
        now = clock.now()
        status_rules.check_step(meeting.status, wanted, at=now, closed_at=meeting.closed_at)
        features().before_status_change(tx.session, meeting, wanted)
        before, meeting.status = meeting.status, wanted
        if before is MeetingStatus.DRAFT:
            # Titles and people that were removed before anybody was told of the meeting.
            tx.restrict_past_events(meeting.id, STAFF)
        meeting.resumes_at = resumes_at if wanted is MeetingStatus.PAUSED else None
        if wanted is not MeetingStatus.ARCHIVED:
            meeting.closed_at = now if wanted is MeetingStatus.CLOSED else None
        tx.audit(actor, Action.CHANGE_STATUS, meeting, status=wanted.value)
        tx.publish(
            meeting.id,
            MeetingStatusChanged(
                status=wanted.value, resumes_at=meeting.resumes_at, closed_at=meeting.closed_at
            ),
            actor=actor,
        )
        features().after_status_change(tx, actor, meeting, before)
        for participant in meeting.participants:
            if before is MeetingStatus.DRAFT and participant.role not in STAFF:
                _publish_role(tx, participant.user_id, meeting, None, participant.role)
        if wanted in status_rules.PUBLISHING:
            publish_ready(tx, features().containers(tx.session, meeting), actor)
        return tx.answers(meeting_view(tx.session, actor, meeting))


def put_participant(
    actor: Actor,
    meeting_id: str,
    user_id: str,
    role: Role,
    entitled_to_vote: bool | None = None,
    seat: str | None = None,
) -> ParticipantView:
    """Add a participant or change the role, entitlement or seat.

    entitled_to_vote None: members are entitled, others are not. Raises: UnknownPerson,
    LastOrganiser, WrongStatus, the refusal of `Feature.check_person_changeable`.
    """
    entitled = role is Role.MEMBER if entitled_to_vote is None else entitled_to_vote
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.PUT_PARTICIPANT, meeting)
        status_rules.check_open(meeting.status)
        person = _person(tx, user_id)
        participant = tx.session.get(Participant, (meeting_id, user_id))
        before = participant.role if participant else None
        if participant is not None and participant.entitled_to_vote and not entitled:
            features().check_person_changeable(tx.session, user_id, meeting_id)
        if participant is None:
            participant = _add_participant(tx.session, meeting, person, role, entitled, seat)
        else:
            participant.role, participant.entitled_to_vote, participant.seat = role, entitled, seat
        _check_has_organiser(meeting)
        tx.audit(actor, Action.PUT_PARTICIPANT, meeting, user_id=user_id, role=role.value)
        view = participant_view(participant, person)
        tx.publish(meeting.id, ParticipantPut(participant=view), actor=actor)
        if before is not role:
            _publish_role(tx, user_id, meeting, before, role)
        features().participants_changed(tx, meeting)
        return tx.answers(view)


def remove_participant(actor: Actor, meeting_id: str, user_id: str) -> None:
    """Remove a person from a meeting.

    Raises: LastOrganiser, WrongStatus, NotFound, the refusal of `Feature.check_person_changeable`.
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.REMOVE_PARTICIPANT, meeting)
        status_rules.check_open(meeting.status)
        participant = tx.lock(Participant, (meeting_id, user_id))  # type: ignore[arg-type]
        features().check_person_changeable(tx.session, user_id, meeting_id)
        meeting.participants.remove(participant)
        _check_has_organiser(meeting)
        tx.audit(actor, Action.REMOVE_PARTICIPANT, meeting, user_id=user_id)
        tx.publish(meeting.id, ParticipantRemoved(user_id=user_id), actor=actor)
        _publish_role(tx, user_id, meeting, participant.role, None)
        features().participants_changed(tx, meeting)
        tx.answers({})


def _draft(actor: Actor, new: NewMeeting, tx: Tx) -> Meeting:
    return Meeting(
        id=new_id(),
        title=new.title,
        kind=new.kind,
        status=MeetingStatus.DRAFT,
        starts_at=in_utc("starts_at", new.starts_at),
        ends_at=new.ends_at and in_utc("ends_at", new.ends_at),
        place=new.place,
        unit_id=new.unit_id or tx.session.get_one(User, actor.user_id).unit_id,
        member_writing=new.member_writing,
        created_by=actor.user_id,
        created_at=tx.at,
    )


def _check_unit(tx: Tx, unit_id: str | None) -> None:
    if unit_id is not None and tx.session.get(Unit, unit_id) is None:
        raise UnknownUnit()


def _person(tx: Tx, user_id: str) -> User:
    person = tx.session.get(User, user_id)
    if person is None or not person.active:
        raise UnknownPerson()
    return person


def _add_participant(
    session: Session, meeting: Meeting, person: User, role: Role, entitled: bool, seat: str | None
) -> Participant:
    last = max((participant.position for participant in meeting.participants), default=0)
    participant = Participant(
        meeting_id=meeting.id,
        user_id=person.id,
        role=role,
        entitled_to_vote=entitled,
        seat=seat,
        position=last + 1,
        writing_muted=False,
    )
    meeting.participants.append(participant)
    return participant


def _check_has_organiser(meeting: Meeting) -> None:
    if not any(participant.role in STAFF for participant in meeting.participants):
        raise LastOrganiser()


def _publish_role(
    tx: Tx, user_id: str, meeting: Meeting, before: Role | None, role: Role | None
) -> None:
    """Notify a person of a changed role. A draft is visible to, and notifies, its staff only."""
    if meeting.status is MeetingStatus.DRAFT and not {before, role} & STAFF:
        return
    tx.publish_to_user(
        user_id,
        PlaceInMeetingChanged(
            meeting_id=meeting.id, title=meeting.title, role=role.value if role else None
        ),
    )
