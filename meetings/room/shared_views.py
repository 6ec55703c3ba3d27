"""A cache of meeting views, shared by all people with the same roles at one seq of the room.

Only the progress of a document changes without an event, so views with a document in processing
are not cached.
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
    """The view of a meeting for a person with these roles.

    seq: of its room, read in the same transaction.
    """
    key = meeting_id, roles
    view = _meetings.find(key, seq)
    if view is None:
        reader = reader_of(session, actor, session.get_one(Meeting, meeting_id))
        view = view_for(reader)
        if not _any_in_processing(reader.documents):
            _meetings.keep(key, seq, view)
    return view


def _any_in_processing(documents: Mapping[Container, Sequence[DocumentView]]) -> bool:
    """Whether one of these documents is being processed."""
    views = [view for listed in documents.values() for view in listed]
    versions = [view.version for view in views]
    versions += [view.next_version for view in views if view.next_version is not None]
    return any(version.status == VersionStatus.PROCESSING for version in versions)
