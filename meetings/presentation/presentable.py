"""What a person may show to a room. It is looked up again only after something happened there.

Whatever could change the answer (the meeting's status, a role, a document that is published or
opened to guests) is a durable event of the room: at one seq the answer stays the same. So it does
when nothing came since but annotations, 50 of them in a second while everybody writes, and events
of other documents, which are prepared while the room is at this one.

The seq itself is asked of the database at every turn, never remembered: the worker and the commands
of an installation write to rooms too, and a COMMIT of this process becomes visible in a native
thread, at a moment that only the database knows. So no turn can be checked against an older state
than one that somebody was already told of. Asked in one plain statement, that costs microseconds.
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
"""Events that are looked through; after more of them everything is looked up again."""


@dataclass(frozen=True)
class PresentableVersion:
    """A version of a document that this person may show at this `seq`, and the roles of readers."""

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
    """Raise NoSuchPage or WrongStatus unless the person may show this page to the room now.

    before: the answer to the last turn of this room.
    """
    asked = actor.user_id, document_id, version
    if before is not None and asked != (before.user_id, before.document_id, before.version):
        before = None
    found: PresentableVersion | None = before
    if (
        before is None
        or current_context().database.fetch_scalar(_SEQ_NOW, meeting_id) != before.seq
    ):
        found = _looked_up(meeting_id, asked, before)
    if found is None or not 1 <= page <= found.page_count:
        raise NoSuchPage(page=page)
    return found


def _looked_up(
    meeting_id: str, asked: tuple[str, str, int], before: PresentableVersion | None
) -> PresentableVersion | None:
    """The answer and its seq, of one state of the database; None: there is no such thing to show.

    asked: person, document, version. before: the answer to the same. Raises WrongStatus.
    """
    user_id, document_id, version = asked
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
    return PresentableVersion(seq, *asked, shown.page_count, shown.readers)


def document_in_room(
    session: Session, meeting_id: str, document_id: str, version: int
) -> Presentable | None:
    """A version of one of the meeting's documents, with the roles of its readers, or None."""
    found = presentable(session, document_id, version)
    if found is None or access_to(session, None, found.container).room_id != meeting_id:
        return None
    return found


def _still_holds(session: Session, room_id: str, before: PresentableVersion, seq: int) -> bool:
    """Whether all that happened since is that people wrote, and something about other documents."""
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
