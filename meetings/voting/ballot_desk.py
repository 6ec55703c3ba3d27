"""What a ballot that arrives must know: the poll, its sender's place in it, what was sent before.

Read in one look, because a whole hall sends at the same moment.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import BindParameter, and_, bindparam, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.database import table_of
from core.errors import NotFound
from core.permissions import Role
from meetings.shared.membership import effective_role, with_account_roles
from meetings.shared.models import Meeting, MeetingStatus, Participant
from meetings.voting.facts import OwnBallot, Receipt
from meetings.voting.models import Ballot, Poll, PollSeat, PollStatus
from meetings.voting.question_rules import Option
from meetings.voting.tally_rules import Channel


class Desk(NamedTuple):
    """One person before one poll. The names after `present` are of their ballot that counts.

    role: in the meeting. present: when the poll was opened; None: not entitled to vote in it.
    """

    poll_id: str
    meeting_id: str
    meeting_status: MeetingStatus
    role: Role | None
    status: PollStatus
    options: str
    allow_change: bool
    present: bool | None
    choice: str | None
    channel: Channel | None
    revision: int | None
    log_index: int | None
    leaf_hash: str | None
    at: datetime | None

    @property
    def option_keys(self) -> list[str]:
        """What may be chosen."""
        return [option.key for option in msgspec.json.decode(self.options, type=list[Option])]

    @property
    def standing(self) -> OwnBallot | None:
        """The person's ballot that counts, as its voter sees it."""
        if self.log_index is None or self.leaf_hash is None or self.at is None:
            return None
        return OwnBallot(
            poll_id=self.poll_id,
            choice=self.choice or "",
            channel=(self.channel or Channel.TABLET).value,
            revision=self.revision or 1,
            receipt=Receipt(self.log_index, self.leaf_hash),
            at=self.at,
        )


def desk_of(session: Session, poll_id: str, user_id: str) -> Desk:
    """The desk, its poll held until the end of the transaction. Raises NotFound."""
    row = session.execute(_DESK, {"poll": poll_id, "person": user_id}).one_or_none()
    if row is None:
        raise NotFound(kind=Poll.__name__)
    return Desk._make(row)


def desk_roles(_session: Session, actor: Actor, desk: Desk) -> frozenset[Role]:
    """The roles of who stands before a poll: those towards its meeting."""
    return with_account_roles(actor, desk.role and effective_role(desk.role, desk.meeting_status))


_poll, _meeting, _place = table_of(Poll), table_of(Meeting), table_of(Participant)
_seat, _ballot = table_of(PollSeat), table_of(Ballot)
_person: BindParameter[str] = bindparam("person")
_DESK = (
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
    .with_for_update(of=_poll)
)
