"""A cache of meeting views, shared by all people with the same roles at one seq of the room.

Only the progress of a document changes without an event, so views with a document in processing
are not cached.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.room_events import seq_of
from core.db.view_cache import ViewCache
from core.errors import NotFound
from core.i18n import Language, chosen_language
from core.permissions import Role
from documents.containers import Container
from documents.declares import DocumentView
from documents.models import VersionStatus
from meetings.meeting.declares import Action
from meetings.meeting.queries import MeetingView, reader_of, view_for
from meetings.shared.membership import membership_at
from meetings.shared.models import Meeting


class SharedView:
    """A meeting as shown to all people with some roles."""

    def __init__(self, view: MeetingView) -> None:
        self.view = view

    @cached_property
    def encoded(self) -> msgspec.Raw:
        """The view as JSON."""
        return msgspec.Raw(msgspec.json.encode(self.view))


_Key = tuple[str, frozenset[Role], Language]
_meetings: ViewCache[_Key, SharedView] = ViewCache()


def get_meeting(actor: Actor, meeting_id: str) -> SharedView:
    """One meeting. Raises: NotFound, NotAllowed."""
    standing = membership_at(meeting_id, actor.user_id)
    if standing is None:
        raise NotFound(kind="meeting")
    permissions = current_context().permissions
    roles = permissions.allow_in_room(actor, Action.READ, standing.membership.roles)
    found = _meetings.find((meeting_id, roles, chosen_language()), standing.seq)
    if found is not None:
        return found
    with current_context().database.read() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(kind="meeting")
        roles = permissions.allow(session, actor, Action.READ, meeting)
        return shared_view(session, actor, meeting_id, roles, seq_of(session, meeting_id))


def get_meeting_json(actor: Actor, meeting_id: str) -> msgspec.Raw:
    """One meeting, encoded. Raises: NotFound, NotAllowed."""
    return get_meeting(actor, meeting_id).encoded


def shared_view(
    session: Session, actor: Actor, meeting_id: str, roles: frozenset[Role], seq: int
) -> SharedView:
    """The view of a meeting for a person with these roles.

    seq: of its room, read in the same transaction.
    """
    key = meeting_id, roles, chosen_language()
    found = _meetings.find(key, seq)
    if found is None:
        reader = reader_of(session, actor, session.get_one(Meeting, meeting_id))
        found = SharedView(view_for(reader))
        if not _any_in_processing(reader.documents):
            _meetings.keep(key, seq, found)
    return found


def _any_in_processing(documents: Mapping[Container, Sequence[DocumentView]]) -> bool:
    """Whether one of these documents is being processed."""
    views = [view for listed in documents.values() for view in listed]
    versions = [view.version for view in views]
    versions += [view.next_version for view in views if view.next_version is not None]
    return any(version.status == VersionStatus.PROCESSING for version in versions)
