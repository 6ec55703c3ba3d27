"""Service functions of writing for the room."""

from core.actor import Actor
from core.errors import InvalidInput, NotAllowed
from core.permissions import STAFF
from core.transactions.transaction import Tx, transaction
from meetings.meeting.status_rules import check_open
from meetings.presentation.queries import presenter_of
from meetings.shared.membership import role_in
from meetings.shared.models import Meeting, Participant
from meetings.writing.declares import Action, WriterMuted, WriterView
from meetings.writing.writing_rules import may_moderate


def mute_writer(actor: Actor, meeting_id: str, user_id: str, muted: bool) -> WriterView:
    """Mute a person, so that they may not write for the room, or unmute them.

    Chair, secretary and presenter may do this. Private annotations are not affected.
    Raises: NotAllowed, NotFound (not a participant), WrongStatus (the meeting is over),
    InvalidInput (chair and secretary are never muted).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.MUTE, meeting)
        presents = presenter_of(tx.session, meeting_id) == actor.user_id
        if not may_moderate(role_in(tx.session, actor.user_id, meeting), presents=presents):
            raise NotAllowed(action=Action.MUTE.value)
        check_open(meeting.status)
        participant = _participant(tx, meeting_id, user_id)
        if muted and participant.role in STAFF:
            raise InvalidInput(("user_id", "chair and secretary are never muted"))
        if participant.writing_muted is not muted:
            participant.writing_muted = muted
            tx.audit(actor, Action.MUTE, meeting, user_id=user_id, muted=muted)
            tx.publish(meeting_id, WriterMuted(user_id=user_id, muted=muted), actor=actor)
        return tx.answers(WriterView(user_id, muted))


def _participant(tx: Tx, meeting_id: str, user_id: str) -> Participant:
    return tx.lock(Participant, (meeting_id, user_id))  # type: ignore[arg-type]
