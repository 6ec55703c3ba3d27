"""Checks what a person may show to a room, and repeats a check only after events of the room.

Everything that could change the answer (the meeting's status, a role, a document that is published
or opened to guests) is a durable event of the room, so the answer is the same at one seq. It also
remains valid after annotations (50 a second while everyone writes) and after events of other
documents, which are prepared while the room is at this one.

Every turn reads the seq from the database, never from memory: the worker and the commands of an
installation also write to rooms, and a COMMIT of this process becomes visible in a native thread,
at a moment that only the database knows. So a turn is never checked against a state older than one
that a client has already received. As one plain statement, this read takes microseconds.
"""

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.models import Room, RoomEvent
from core.permissions import Role
from documents.annotations.declares import AnnotationsPut, AnnotationsRemoved
from documents.containers import access_to
from documents.declares import document_of
from documents.queries import Presentable, presentable
from meetings.meeting.status_rules import check_open
from meetings.presentation.declares import NoSuchPage
from meetings.shared.membership import role_in
from meetings.shared.models import Meeting

LOOKED_THROUGH = 200
"""The number of events that are examined; after more of them the check is repeated."""


@dataclass(frozen=True)
class PresentableVersion:
    """A document version that a person may show at `seq`, with the roles of its readers."""

    seq: int
    user_id: str
    document_id: str
    version: int
    page_count: int
    readers: frozenset[Role]


def check_presentable(
    actor: Actor,
    meeting_id: str,
    document_id: str,
    version: int,
    page: int,
    before: PresentableVersion | None,
) -> PresentableVersion:
    """Check that the actor may show this page to the room now.

    before: the result for the last turn of this room. Raises: NoSuchPage, WrongStatus.
    """
    requested = actor.user_id, document_id, version
    if before is not None and requested != (before.user_id, before.document_id, before.version):
        before = None
    found: PresentableVersion | None = before
    if (
        before is None
        or current_context().database.fetch_scalar(_SEQ_NOW, meeting_id) != before.seq
    ):
        found = _check_again(meeting_id, requested, before)
    if found is None or not 1 <= page <= found.page_count:
        raise NoSuchPage(page=page)
    return found


def _check_again(
    meeting_id: str, requested: tuple[str, str, int], before: PresentableVersion | None
) -> PresentableVersion | None:
    """The result and its seq, from one state of the database; None: the person may not show it.

    requested: person, document, version. before: an earlier result for it. Raises WrongStatus.
    """
    user_id, document_id, version = requested
    with current_context().database.read() as session:
        seq = session.scalar(_SEQ, {"of": meeting_id})
        if seq is None:
            return None
        if before is not None and _still_holds(session, meeting_id, before, seq):
            return replace(before, seq=seq)
        meeting = session.get_one(Meeting, meeting_id)
        check_open(meeting.status)
        shown = document_in_room(session, meeting_id, document_id, version)
        if shown is None or role_in(session, user_id, meeting) not in shown.readers:
            return None
    return PresentableVersion(seq, *requested, shown.page_count, shown.readers)


def document_in_room(
    session: Session, meeting_id: str, document_id: str, version: int
) -> Presentable | None:
    """A version of one of the meeting's documents, with the roles of its readers, or None."""
    found = presentable(session, document_id, version)
    if found is None or access_to(session, None, found.container).room_id != meeting_id:
        return None
    return found


def _still_holds(session: Session, room_id: str, before: PresentableVersion, seq: int) -> bool:
    """Whether all events since are annotations or are about other documents."""
    if seq - before.seq > LOOKED_THROUGH:
        return False
    more = session.execute(_MORE, {"of": room_id, "after": before.seq})
    return all(document_of(*row) not in (None, before.document_id) for row in more)


_events = table_of(RoomEvent)
_SEQ_NOW = "SELECT seq FROM room WHERE id = ?"
_SEQ = select(table_of(Room).c.seq).where(table_of(Room).c.id == bindparam("of"))
_MORE = select(_events.c.type, _events.c.data).where(
    _events.c.room_id == bindparam("of"),
    _events.c.seq > bindparam("after"),
    _events.c.type.not_in([AnnotationsPut.type, AnnotationsRemoved.type]),
)
