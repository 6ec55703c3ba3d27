"""The data needed to cast a ballot: the poll, the voter's entitlement, the previous ballot.

One query reads all of it, because all voters send at the same time.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import BindParameter, and_, bindparam, select
from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedQuery
from core.errors import NotFound
from core.permissions import Role
from meetings.shared.membership import Membership
from meetings.shared.models import Meeting, MeetingStatus, Participant
from meetings.voting.models import Ballot, Poll, PollSeat, PollStatus
from meetings.voting.poll_facts import OwnBallot
from meetings.voting.polls.sealed_ballots import receipt_of
from meetings.voting.rules.question_rules import Option
from meetings.voting.rules.tally_rules import Channel


class BallotContext(NamedTuple):
    """One person and one poll. The fields after `present` describe the person's ballot that counts.

    listed_role: role of the participant. present: whether the person was present at the opening;
    None: not entitled to vote in this poll.
    """

    poll_id: str
    meeting_id: str
    meeting_status: MeetingStatus
    listed_role: Role | None
    status: PollStatus
    options: str
    allow_change: bool
    present: bool | None
    choice: str | None
    channel: Channel | None
    revision: int | None
    log_index: int | None
    leaf_hash: str | None
    log_id: str | None
    proof: bytes | None
    note: str | None
    at: datetime | None

    @property
    def membership(self) -> Membership:
        """The person's membership in the poll's meeting."""
        return Membership(self.listed_role, self.meeting_status)

    @property
    def option_keys(self) -> list[str]:
        """Keys of the options."""
        return [option.key for option in msgspec.json.decode(self.options, type=list[Option])]

    @property
    def standing(self) -> OwnBallot | None:
        """The person's ballot that counts, in the voter's view."""
        if self.log_index is None or self.leaf_hash is None or self.at is None:
            return None
        return OwnBallot(
            poll_id=self.poll_id,
            choice=self.choice or "",
            channel=(self.channel or Channel.TABLET).value,
            revision=self.revision or 1,
            receipt=receipt_of(self.log_id, self.log_index, self.leaf_hash, self.proof, self.note),
            at=self.at,
        )


def read_ballot_context(poll_id: str, user_id: str) -> BallotContext:
    """Read the context without a transaction. Raises: NotFound."""
    database = current_context().database
    found = _READING.fetch_one(database, poll=poll_id, person=user_id)
    if found is None:
        raise NotFound(kind=Poll.__name__)
    return found


def ballot_context(session: Session, poll_id: str, user_id: str) -> BallotContext:
    """Read the context and lock the poll until the end of the transaction. Raises: NotFound."""
    found = _CONTEXT.fetch_one_in(session, poll=poll_id, person=user_id)
    if found is None:
        raise NotFound(kind=Poll.__name__)
    return found


_poll, _meeting, _place = table_of(Poll), table_of(Meeting), table_of(Participant)
_seat, _ballot = table_of(PollSeat), table_of(Ballot)
_person: BindParameter[str] = bindparam("person")
_SELECT = (
    select(
        _poll.c.id,
        _poll.c.meeting_id,
        _meeting.c.status,
        _place.c.role,
        _poll.c.status,
        _poll.c.options,
        _poll.c.allow_change,
        _seat.c.present,
        _ballot.c.choice,
        _ballot.c.channel,
        _ballot.c.revision,
        _ballot.c.log_index,
        _ballot.c.leaf_hash,
        _ballot.c.log_id,
        _ballot.c.proof,
        _ballot.c.note,
        _ballot.c.at,
    )
    .select_from(_poll)
    .join(_meeting, _meeting.c.id == _poll.c.meeting_id)
    .outerjoin(_place, and_(_place.c.meeting_id == _meeting.c.id, _place.c.user_id == _person))
    .outerjoin(_seat, and_(_seat.c.poll_id == _poll.c.id, _seat.c.user_id == _person))
    .outerjoin(
        _ballot,
        and_(
            _ballot.c.poll_id == _poll.c.id,
            _ballot.c.user_id == _person,
            _ballot.c.log_index.is_not(None),
        ),
    )
    .where(_poll.c.id == bindparam("poll"))
    .order_by(_ballot.c.revision.desc())
    .limit(1)
)
_CONTEXT = PreparedQuery(_SELECT.with_for_update(of=_poll), BallotContext)
_READING = PreparedQuery(_SELECT, BallotContext)
