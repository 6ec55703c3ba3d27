"""People on the roster of an open poll: the roster that was frozen at opening decides.

Whoever could remove a voter, or sign in as one after setting a new password, could change the
result. A new password for somebody whose device was lost is logged, and stands on the result.
"""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.shared.models import User
from core.actor import Actor
from core.transactions.transaction import Tx
from meetings.shared.models import Meeting
from meetings.voting.declares import PollOpenForPerson
from meetings.voting.models import Poll, PollSeat, PollStatus
from meetings.voting.poll_facts import RosterChange
from meetings.voting.polls.poll_access import person
from meetings.voting.polls.presenters import encoded, ending_of
from meetings.voting.vote_log import entries
from meetings.voting.vote_log.parts import Person, SeatChange, Standing
from meetings.voting.vote_log.writer import nfc, write


def check_not_on_open_roster(session: Session, user_id: str, meeting_id: str | None) -> None:
    """Raises PollOpenForPerson. meeting_id None: in any meeting."""
    for poll, _present in _open_polls(session, user_id):
        if meeting_id in (None, poll.meeting_id):
            raise PollOpenForPerson(title=poll.title)


def log_new_password(tx: Tx, actor: Actor, user: User, reason: str) -> None:
    """Log, in each open poll in which a person may vote, that another person set the password."""
    for poll, present in _open_polls(tx.session, user.id):
        if present:
            _log(
                tx, poll, Person(user.id, nfc(user.display_name)), person(tx.session, actor), reason
            )


def _log(tx: Tx, poll: Poll, voter: Person, by: Person, reason: str) -> None:
    """Two entries: the voter leaves the roster's present and is present again."""
    steps = (Standing.PRESENT, Standing.ABSENT), (Standing.ABSENT, Standing.PRESENT)
    changes = [
        entries.RosterChanged(
            poll.id, [SeatChange(voter.user_id, voter.name, before, after)], nfc(reason), by
        )
        for before, after in steps
    ]
    written = write(tx, tx.session.get_one(Meeting, poll.meeting_id), changes)
    ending = ending_of(poll)
    change = RosterChange(voter, nfc(reason), by, tx.at, written.start)
    poll.ending = encoded(
        msgspec.structs.replace(ending, roster_changes=[*ending.roster_changes, change])
    )


def _open_polls(session: Session, user_id: str) -> list[tuple[Poll, bool]]:
    """The open polls that a person is on the roster of, and whether the person was present."""
    rows = (
        select(Poll, PollSeat.present)
        .join(PollSeat, PollSeat.poll_id == Poll.id)
        .where(Poll.status == PollStatus.OPEN, PollSeat.user_id == user_id)
    )
    return [(poll, present) for poll, present in session.execute(rows.order_by(Poll.id))]
