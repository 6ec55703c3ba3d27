"""Views of meetings kept for a moment, for everybody with the same roles at one seq of the room.

Only the progress of a paper moves without an event, so a view with such a paper is not kept.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from core.actor import Actor
from core.permissions import Role
from documents.containers import Container
from documents.declares import DocumentView
from documents.models import VersionStatus
from meetings.meeting.queries import MeetingView, reader_of, view_for
from meetings.shared.models import Meeting
from meetings.shared.view_cache import ViewCache

_meetings: ViewCache[tuple[str, frozenset[Role]], MeetingView] = ViewCache()


def shared_view(
    session: Session, actor: Actor, meeting_id: str, roles: frozenset[Role], seq: int
) -> MeetingView:
    """The meeting as this person, with these roles, sees it.

    seq: of its room, read in the same transaction.
    """
    key = meeting_id, roles
    view = _meetings.find(key, seq)
    if view is None:
        reader = reader_of(session, actor, session.get_one(Meeting, meeting_id))
        view = view_for(reader)
        if not _moves(reader.documents):
            _meetings.keep(key, seq, view)
    return view


def _moves(documents: Mapping[Container, Sequence[DocumentView]]) -> bool:
    """Whether one of these documents is being processed."""
    papers = [paper for listed in documents.values() for paper in listed]
    versions = [paper.version for paper in papers]
    versions += [paper.next_version for paper in papers if paper.next_version is not None]
    return any(version.status == VersionStatus.PROCESSING for version in versions)
