"""The page of one vote's result: everything that it shows, in the reader's language."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Unit, User
from core.actor import Actor
from core.errors import NotFound
from core.house import house
from core.permissions import STAFF, Role
from meetings.membership import role_in
from meetings.models import AgendaItem, Meeting, Participant
from meetings.voting.ballots import own_ballot, standing_ballot
from meetings.voting.facts import OwnBallot, PollView
from meetings.voting.models import Poll, PollSeat
from meetings.voting.poll_views import closing_of, labels_of, poll_view, rule_of
from meetings.voting.queries import readable, said
from meetings.voting.results import PollResult, result_of
from meetings.voting.share_rules import ShareRow, share_rows


class MeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting of a vote. body: whose it is, "" where nobody said it.

    chairs, secretaries: names, in the order of listing.
    """

    id: str
    title: str
    kind: str
    status: str
    starts_at: datetime
    place: str
    body: str
    chairs: Sequence[str]
    secretaries: Sequence[str]


class ItemLine(msgspec.Struct, frozen=True):
    """The agenda item of a vote, numbered as on the agenda."""

    number: int
    title: str


class EarlierVote(msgspec.Struct, frozen=True):
    """The vote that this one repeats."""

    id: str
    title: str


class ResultPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows. result None: not closed, or cancelled while open; then no rows either.

    voters: what the rule calls the entitled. seat: the reader's place on the roster, None without
    one: whether they were present. in_room: whether the reader has a place in the meeting's room.
    """

    meeting: MeetingLine
    item: ItemLine | None
    repeats: EarlierVote | None
    poll: PollView
    voters: str
    result: PollResult | None
    rows: Sequence[ShareRow]
    ballot: OwnBallot | None
    seat: bool | None
    in_room: bool


def result_page(actor: Actor, meeting_id: str, poll_id: str) -> ResultPage:
    """The page of a vote of this meeting. Raises: NotFound, NotAllowed."""
    with house().database.read() as session:
        poll = readable(session, actor, poll_id)
        if poll.meeting_id != meeting_id:
            raise NotFound(kind="poll")
        meeting = session.get_one(Meeting, meeting_id)
        seat = session.get(PollSeat, (poll.id, actor.user_id))
        ballot = standing_ballot(session, poll.id, actor.user_id)
        return ResultPage(
            meeting=_meeting(session, meeting),
            item=_item(session, poll, meeting),
            repeats=_repeats(session, poll),
            poll=poll_view(poll),
            voters=rule_of(poll).words.voters.said(said()),
            result=result_of(session, poll, said()) if poll.closing else None,
            rows=_rows(poll),
            ballot=own_ballot(ballot) if ballot else None,
            seat=seat.present if seat else None,
            in_room=role_in(session, actor.user_id, meeting) is not None,
        )


def _rows(poll: Poll) -> list[ShareRow]:
    if poll.closing is None:
        return []
    closing = closing_of(poll)
    return share_rows(said(), closing.count, closing.outcome, labels_of(poll))


def _meeting(session: Session, meeting: Meeting) -> MeetingLine:
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else None
    staff = session.execute(
        select(Participant.role, User.display_name)
        .join(User, User.id == Participant.user_id)
        .where(Participant.meeting_id == meeting.id, Participant.role.in_(STAFF))
        .order_by(Participant.position)
    ).all()
    return MeetingLine(
        id=meeting.id,
        title=meeting.title,
        kind=meeting.kind,
        status=meeting.status.value,
        starts_at=meeting.starts_at,
        place=meeting.place,
        body=unit.name if unit else "",
        chairs=[name for role, name in staff if role is Role.CHAIR],
        secretaries=[name for role, name in staff if role is Role.SECRETARY],
    )


def _item(session: Session, poll: Poll, meeting: Meeting) -> ItemLine | None:
    item = session.get(AgendaItem, poll.agenda_item_id) if poll.agenda_item_id else None
    if item is None:
        return None
    number = [one.id for one in meeting.agenda].index(item.id) + 1
    return ItemLine(number, item.title)


def _repeats(session: Session, poll: Poll) -> EarlierVote | None:
    earlier = session.get(Poll, poll.repeats) if poll.repeats else None
    return EarlierVote(earlier.id, earlier.title) if earlier else None
