"""The voting part of a room's snapshot."""

from collections.abc import Sequence

import msgspec
from sqlalchemy.orm import Session

from core.db.view_cache import ViewCache
from core.permissions import STAFF
from meetings.shared.models import Meeting
from meetings.shared.view_parts import RoomReader
from meetings.voting.poll_facts import OwnBallot, PollView, VoteProgress
from meetings.voting.polls.progress import open_progress
from meetings.voting.polls.queries import own_ballots, polls_of

_polls: ViewCache[tuple[str, bool], list[PollView]] = ViewCache()


class VotesPart(msgspec.Struct, frozen=True, kw_only=True):
    """The voting part of a snapshot."""

    polls: Sequence[PollView]
    my_ballots: Sequence[OwnBallot]
    votes: Sequence[VoteProgress]


class ProgressPart(msgspec.Struct, frozen=True, kw_only=True):
    """The voting part of the answer with missed events."""

    votes: Sequence[VoteProgress]


def snapshot_part(reader: RoomReader) -> VotesPart:
    """See VotesPart."""
    session, meeting_id = reader.session, reader.meeting_id
    polls = _shared_polls(session, meeting_id, reader.seq, for_staff=reader.role in STAFF)
    return VotesPart(
        polls=polls,
        my_ballots=own_ballots(session, meeting_id, reader.actor.user_id) if polls else [],
        votes=open_progress(session, meeting_id, reader.role) if polls else [],
    )


def catch_up_part(reader: RoomReader) -> ProgressPart:
    """See ProgressPart."""
    return ProgressPart(votes=open_progress(reader.session, reader.meeting_id, reader.role))


def _shared_polls(
    session: Session, meeting_id: str, seq: int, *, for_staff: bool
) -> list[PollView]:
    """The polls of a meeting, cached; for chair and secretary with drafts and unannounced results.

    seq: of the room, read in the same transaction.
    """
    key = meeting_id, for_staff
    view = _polls.find(key, seq)
    if view is None:
        meeting = session.get_one(Meeting, meeting_id)
        view = polls_of(session, meeting, with_drafts=for_staff, unannounced=for_staff)
        _polls.keep(key, seq, view)
    return view
