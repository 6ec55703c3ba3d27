"""Service functions of the roll call."""

from collections.abc import Sequence

from core.actor import Actor
from core.transactions.transaction import Tx, transaction
from meetings.attendance.attendance_rules import (
    check_moment,
    confirms_own,
    reason_after,
    status_after_own_word,
)
from meetings.attendance.declares import (
    Action,
    AttendanceChanged,
    AttendanceView,
    CalledView,
    RollCalled,
)
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.models import Meeting, Participant


def set_attendance(
    actor: Actor,
    meeting_id: str,
    user_id: str,
    status: AttendanceStatus,
    reason: str | None = None,
) -> AttendanceView:
    """Record the attendance of a participant; all may confirm their own presence.

    reason: None keeps the reason of the same status, "" removes it.
    Raises: WrongStatus (not published yet, or over), NotAllowed, NotFound (not a participant).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        own = confirms_own(actor.user_id, user_id, status, reason)
        if own:
            tx.allow(actor, Action.CONFIRM_OWN, meeting)
        else:
            tx.allow(actor, Action.SET, meeting)
        check_moment(meeting.status)
        participant = _participant(tx, meeting_id, user_id)
        if own:
            status = status_after_own_word(participant.attendance)
        reason = reason_after(participant.attendance, participant.attendance_reason, status, reason)
        if (status, reason) != (participant.attendance, participant.attendance_reason):
            _record(tx, actor, participant, status, reason)
            # The audit has actor, person and status; the reason may be about a person's health.
            tx.audit(actor, Action.SET, meeting, user_id=user_id, status=status.value)
            tx.publish(
                meeting_id, AttendanceChanged(user_id=user_id, attendance=status), actor=actor
            )
        return tx.answers(_view(participant))


def take_back_attendance(actor: Actor, meeting_id: str, user_id: str) -> AttendanceView:
    """Remove the attendance of a person, as before the roll call.

    Raises: WrongStatus, NotAllowed, NotFound.
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.SET, meeting)
        check_moment(meeting.status)
        participant = _participant(tx, meeting_id, user_id)
        if participant.attendance is not None:
            _record(tx, actor, participant, None, None)
            tx.audit(actor, Action.SET, meeting, user_id=user_id, status=None)
            tx.publish(meeting_id, AttendanceChanged(user_id=user_id, attendance=None), actor=actor)
        return tx.answers(_view(participant))


def call_roll(
    actor: Actor, meeting_id: str, user_ids: Sequence[str], status: AttendanceStatus | None
) -> CalledView:
    """Record the same attendance for several people who have none yet.

    status None: remove the attendance of all of them. People who are no participants are ignored:
    the client's list may be out of date. Raises: WrongStatus, NotAllowed, NotFound (no meeting).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.SET, meeting)
        check_moment(meeting.status)
        wanted = set(user_ids)
        changed = [
            participant
            for participant in meeting.participants
            if participant.user_id in wanted
            and (participant.attendance is None) != (status is None)
        ]
        for participant in changed:
            _record(tx, actor, participant, status, None)
        ids = tuple(participant.user_id for participant in changed)
        if ids:
            recorded = status.value if status else None
            tx.audit(actor, Action.SET, meeting, user_ids=ids, status=recorded)
            tx.publish(meeting_id, RollCalled(user_ids=ids, attendance=status), actor=actor)
        return tx.answers(CalledView(ids, status))


def _participant(tx: Tx, meeting_id: str, user_id: str) -> Participant:
    return tx.lock(Participant, (meeting_id, user_id))  # type: ignore[arg-type]


def _record(
    tx: Tx,
    actor: Actor,
    participant: Participant,
    status: AttendanceStatus | None,
    reason: str | None,
) -> None:
    """Store status and reason. A later reason for the same status does not change its time."""
    if status is not participant.attendance:
        participant.attendance_at = tx.at if status else None
        participant.attendance_by = actor.user_id if status else None
    participant.attendance, participant.attendance_reason = status, reason


def _view(participant: Participant) -> AttendanceView:
    return AttendanceView(participant.user_id, participant.attendance, participant.attendance_at)
