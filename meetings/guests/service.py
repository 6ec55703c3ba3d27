"""Service functions of guests without an account."""

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import delete

from core.actor import Actor
from core.errors import NotFound
from core.ids import new_id
from core.patch import apply_patch
from core.transactions.transaction import Tx, transaction
from meetings.attendance.attendance_rules import check_moment
from meetings.attendance.declares import Action as RollAction
from meetings.guests.declares import Action, GuestPut, GuestRemoved, GuestView
from meetings.guests.models import MeetingGuest
from meetings.guests.queries import guest_view, guests_of
from meetings.meeting.status_rules import check_open
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.models import Meeting


class GuestChanges(msgspec.Struct, frozen=True):
    """Changes of a guest; an omitted field keeps its value."""

    name: str | UnsetType = UNSET
    position: str | UnsetType = UNSET
    organisation: str | UnsetType = UNSET


def add_guest(
    actor: Actor, meeting_id: str, name: str, position: str, organisation: str
) -> GuestView:
    """Invite a guest without an account. Raises: NotFound, NotAllowed, WrongStatus (over)."""
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.PUT, meeting)
        check_open(meeting.status)
        guests = guests_of(tx.session, meeting_id)
        guest = MeetingGuest(
            id=new_id(),
            meeting_id=meeting_id,
            name=name,
            position=position,
            organisation=organisation,
            listed_at=max((one.listed_at for one in guests), default=0) + 1,
        )
        tx.session.add(guest)
        tx.audit(actor, Action.PUT, meeting, guest_id=guest.id)
        return _put(tx, actor, guest)


def change_guest(actor: Actor, meeting_id: str, guest_id: str, changes: GuestChanges) -> GuestView:
    """Change name, position or organisation. Raises: NotFound, NotAllowed, WrongStatus (over)."""
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.PUT, meeting)
        check_open(meeting.status)
        guest = _guest(tx, meeting_id, guest_id)
        apply_patch(guest, changes)
        tx.audit(actor, Action.PUT, meeting, guest_id=guest_id)
        return _put(tx, actor, guest)


def set_guest_attendance(
    actor: Actor, meeting_id: str, guest_id: str, status: AttendanceStatus | None
) -> GuestView:
    """Record the attendance of a guest; None removes it.

    Guests never count for the quorum. Raises: NotFound, NotAllowed, WrongStatus.
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, RollAction.SET, meeting)
        check_moment(meeting.status)
        guest = _guest(tx, meeting_id, guest_id)
        if status is not guest.attendance:
            guest.attendance = status
            guest.attendance_at = tx.at if status else None
            recorded = status.value if status else None
            tx.audit(actor, RollAction.SET, meeting, guest_id=guest_id, status=recorded)
            tx.publish(meeting_id, GuestPut(guest=guest_view(guest)), actor=actor)
        return tx.answers(guest_view(guest))


def remove_guest(actor: Actor, meeting_id: str, guest_id: str) -> None:
    """Remove a guest from the list. Raises: NotFound, NotAllowed, WrongStatus (over)."""
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.REMOVE, meeting)
        check_open(meeting.status)
        tx.session.delete(_guest(tx, meeting_id, guest_id))
        tx.audit(actor, Action.REMOVE, meeting, guest_id=guest_id)
        tx.publish(meeting_id, GuestRemoved(guest_id=guest_id), actor=actor)
        tx.answers({})


def remove_guests(tx: Tx, meeting: Meeting) -> None:
    """Delete the guests of a meeting that is being deleted."""
    tx.session.execute(delete(MeetingGuest).where(MeetingGuest.meeting_id == meeting.id))


def _guest(tx: Tx, meeting_id: str, guest_id: str) -> MeetingGuest:
    guest = tx.lock(MeetingGuest, guest_id)
    if guest.meeting_id != meeting_id:
        raise NotFound(kind="meeting_guest")
    return guest


def _put(tx: Tx, actor: Actor, guest: MeetingGuest) -> GuestView:
    view = guest_view(guest)
    tx.publish(guest.meeting_id, GuestPut(guest=view), actor=actor)
    return tx.answers(view)
