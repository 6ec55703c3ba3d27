"""The verbs of the roll call."""

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
    """Say of a person of the meeting who is here or why not; anybody may confirm to be here.

    reason: None leaves what was given for the same status, "" takes it away.
    Raises: WrongStatus (not published yet, or over), NotAllowed, NotFound (nobody of the meeting).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        own = confirms_own(actor.user_id, user_id, status, reason)
        if own:
            tx.allow(actor, Action.CONFIRM_OWN, meeting)
        else:
            tx.allow(actor, Action.SET, meeting)
        check_moment(meeting.status)
        place = _place(tx, meeting_id, user_id)
        if own:
            status = status_after_own_word(place.attendance)
        reason = reason_after(place.attendance, place.attendance_reason, status, reason)
        if (status, reason) != (place.attendance, place.attendance_reason):
            _say(tx, actor, place, status, reason)
            # The reason may be about somebody's health: the audit keeps who said what of whom.
            tx.audit(actor, Action.SET, meeting, user_id=user_id, status=status.value)
            tx.publish(
                meeting_id, AttendanceChanged(user_id=user_id, attendance=status), actor=actor
            )
        return tx.answers(_view(place))


def take_back_attendance(actor: Actor, meeting_id: str, user_id: str) -> AttendanceView:
    """Say nothing of a person any more, as before the roll call.

    Raises: WrongStatus, NotAllowed, NotFound.
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.SET, meeting)
        check_moment(meeting.status)
        place = _place(tx, meeting_id, user_id)
        if place.attendance is not None:
            _say(tx, actor, place, None, None)
            tx.audit(actor, Action.SET, meeting, user_id=user_id, status=None)
            tx.publish(meeting_id, AttendanceChanged(user_id=user_id, attendance=None), actor=actor)
        return tx.answers(_view(place))


def call_roll(
    actor: Actor, meeting_id: str, user_ids: Sequence[str], status: AttendanceStatus | None
) -> CalledView:
    """Say the same of several people: only of those of whom nothing was said yet.

    status: None takes the word back from all of them. Whoever is not of the meeting is passed
    over: the list was made a moment ago. Raises: WrongStatus, NotAllowed, NotFound (no meeting).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.SET, meeting)
        check_moment(meeting.status)
        wanted = set(user_ids)
        changed = [
            place
            for place in meeting.participants
            if place.user_id in wanted and (place.attendance is None) != (status is None)
        ]
        for place in changed:
            _say(tx, actor, place, status, None)
        ids = tuple(place.user_id for place in changed)
        if ids:
            said = status.value if status else None
            tx.audit(actor, Action.SET, meeting, user_ids=ids, status=said)
            tx.publish(meeting_id, RollCalled(user_ids=ids, attendance=status), actor=actor)
        return tx.answers(CalledView(ids, status))


def _place(tx: Tx, meeting_id: str, user_id: str) -> Participant:
    return tx.lock(Participant, (meeting_id, user_id))  # type: ignore[arg-type]


def _say(
    tx: Tx, actor: Actor, place: Participant, status: AttendanceStatus | None, reason: str | None
) -> None:
    """Write it down. A reason that comes later leaves the hour of the status as it was."""
    if status is not place.attendance:
        place.attendance_at = tx.at if status else None
        place.attendance_by = actor.user_id if status else None
    place.attendance, place.attendance_reason = status, reason


def _view(place: Participant) -> AttendanceView:
    return AttendanceView(place.user_id, place.attendance, place.attendance_at)
