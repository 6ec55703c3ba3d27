"""Queries of the roll call: the roll sheet for organisers, and the quorum."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from accounts.shared.models import User
from core.actor import Actor
from core.app_context import current_context
from core.errors import NotFound
from meetings.attendance.declares import Action, RollLine, RollView
from meetings.attendance.quorum_rules import quorum_among
from meetings.shared.feature import features
from meetings.shared.models import Meeting, Participant
from meetings.shared.shares import Share


def get_roll(actor: Actor, meeting_id: str) -> RollView:
    """The roll sheet with the reasons. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(kind="meeting")
        current_context().permissions.allow(session, actor, Action.READ_ROLL, meeting)
        lines = _lines(session, meeting_id)
        rule = features().quorum_rule(session, meeting)
    entitled = [line.status for line in lines if line.entitled_to_vote]
    share = Share(
        numerator=rule.numerator, denominator=rule.denominator, comparison=rule.comparison
    )
    return RollView(lines, quorum_among(share, entitled))


def _lines(session: Session, meeting_id: str) -> list[RollLine]:
    recorder = aliased(User)
    rows = session.execute(
        select(
            User.id,
            User.display_name,
            User.position,
            Participant.role,
            Participant.entitled_to_vote,
            Participant.seat,
            Participant.attendance,
            Participant.attendance_reason,
            Participant.attendance_at,
            recorder.id,
            recorder.display_name,
        )
        .join(User, User.id == Participant.user_id)
        .join(recorder, recorder.id == Participant.attendance_by, isouter=True)
        .where(Participant.meeting_id == meeting_id)
        .order_by(Participant.position)
    )
    return [
        RollLine(
            user_id=user_id,
            display_name=name,
            position=position,
            role=role.value,
            entitled_to_vote=entitled,
            seat=seat,
            status=status,
            reason=reason,
            at=at,
            by=by,
            by_name=by_name,
        )
        for user_id, name, position, role, entitled, seat, status, reason, at, by, by_name in rows
    ]
