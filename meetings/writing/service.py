"""The verbs of writing for the room."""

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
    """Keep a person from writing for the room until this is lifted, or lift it.

    Chair and secretary may, and whoever presents. Private marks are not affected.
    Raises: NotAllowed, NotFound (nobody of the meeting), WrongStatus (it is over), InvalidInput
    (chair and secretary are never muted).
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.MUTE, meeting)
        presents = presenter_of(tx.session, meeting_id) == actor.user_id
        if not may_moderate(role_in(tx.session, actor.user_id, meeting), presents=presents):
            raise NotAllowed(action=Action.MUTE.value)
        check_open(meeting.status)
        place = _place(tx, meeting_id, user_id)
        if muted and place.role in STAFF:
            raise InvalidInput(("user_id", "chair and secretary are never muted"))
        if place.writing_muted is not muted:
            place.writing_muted = muted
            tx.audit(actor, Action.MUTE, meeting, user_id=user_id, muted=muted)
            tx.publish(meeting_id, WriterMuted(user_id=user_id, muted=muted), actor=actor)
        return tx.answers(WriterView(user_id, muted))


def _place(tx: Tx, meeting_id: str, user_id: str) -> Participant:
    return tx.lock(Participant, (meeting_id, user_id))  # type: ignore[arg-type]
