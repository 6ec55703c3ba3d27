"""Access checks of polls, for changes and for reads."""

from sqlalchemy.orm import Session

from accounts.shared.models import User
from core.actor import Actor
from core.app_context import current_context
from core.errors import NotAllowed, NotFound
from core.transactions.transaction import Tx
from meetings.meeting.declares import WrongStatus
from meetings.shared.membership import Membership, membership_of
from meetings.shared.models import Meeting, MeetingStatus
from meetings.voting.declares import Action
from meetings.voting.models import Poll, PollStatus
from meetings.voting.vote_log.parts import Person
from meetings.voting.vote_log.writer import nfc


def poll_for(tx: Tx, actor: Actor, action: Action, poll_id: str) -> tuple[Poll, Meeting]:
    """The poll, locked, and its meeting. Raises: NotFound, NotAllowed, WrongStatus (archived)."""
    poll = tx.lock(Poll, poll_id)
    meeting = tx.session.get_one(Meeting, poll.meeting_id)
    tx.allow(actor, action, meeting)
    check_not_archived(meeting.status)
    return poll, meeting


def check_not_archived(status: MeetingStatus) -> None:
    """Raises WrongStatus for an archived meeting, which cannot be changed."""
    if status is MeetingStatus.ARCHIVED:
        raise WrongStatus(status=status.value, wanted="")


def person(session: Session, actor: Actor) -> Person:
    """The actor with the current name, as recorded in the log."""
    return Person(actor.user_id, nfc(session.get_one(User, actor.user_id).display_name))


def readable(session: Session, actor: Actor, poll_id: str) -> Poll:
    """A poll that the actor may read. Raises: NotFound, NotAllowed."""
    poll = session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(kind="poll")
    meeting = session.get_one(Meeting, poll.meeting_id)
    check_readable(actor, poll.status, membership_of(session, actor.user_id, meeting))
    return poll


def check_readable(actor: Actor, status: PollStatus, membership: Membership) -> None:
    """Check access to a poll of this status. Raises: NotFound (a draft), NotAllowed."""
    allowed = current_context().permissions
    if status is not PollStatus.DRAFT:
        allowed.allow_in_room(actor, Action.READ, membership.roles)
        return
    try:
        allowed.allow_in_room(actor, Action.READ_DRAFTS, membership.roles)
    except NotAllowed:
        raise NotFound(kind="poll") from None
