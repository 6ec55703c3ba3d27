"""Documents that were put to the vote: those of every poll that was ever opened."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.declares import DocumentInVote
from meetings.shared.models import Meeting
from meetings.voting.models import Poll
from meetings.voting.vote_log.parts import Paper


class _Opening(msgspec.Struct):
    """The part of `poll_facts.Opening` that names the document."""

    document: Paper | None = None


def check_not_put_to_vote(session: Session, meeting: Meeting, document_id: str) -> None:
    """Raises DocumentInVote if a poll of the meeting about this document was opened.

    The document must remain available for later verification of the vote.
    """
    one = select(Poll.id).where(
        Poll.meeting_id == meeting.id, Poll.document_id == document_id, Poll.opening.is_not(None)
    )
    if session.scalar(one.limit(1)) is not None:
        raise DocumentInVote()


def files_put_to_vote(session: Session) -> set[str]:
    """SHA-256 (hex) of the files of all versions that were put to the vote."""
    openings = session.scalars(
        select(Poll.opening).where(Poll.document_id.is_not(None), Poll.opening.is_not(None))
    )
    opened = (msgspec.json.decode(opening or "{}", type=_Opening) for opening in openings)
    return {one.document.sha256 for one in opened if one.document is not None}
