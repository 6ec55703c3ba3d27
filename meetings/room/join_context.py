"""What joining a room depends on, in one query: the membership and the heads of the streams."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.models import PersonStream, Room
from core.errors import NotAllowed, NotFound
from core.permissions import Role
from meetings.room.declares import Action
from meetings.shared.membership import Membership
from meetings.shared.models import Meeting, Participant


@dataclass(frozen=True)
class JoinContext:
    """A person who may join a room, all of it read at one moment.

    roles: this role and those of the account. seq, mine_seq: the last of the room's events and of
    the person's own.
    """

    meeting_id: str
    role: Role
    roles: frozenset[Role]
    entitled_to_vote: bool
    seq: int
    mine_seq: int


def join_context(session: Session, actor: Actor, meeting_id: str) -> JoinContext:
    """The actor's context. Raises: NotFound (no such meeting), NotAllowed (no role in it)."""
    row = session.execute(_CONTEXT, {"meeting": meeting_id, "user": actor.user_id}).one_or_none()
    if row is None:
        raise NotFound(kind="meeting")
    membership = Membership(row.role, row.status)
    roles = current_context().permissions.allow(session, actor, Action.JOIN, membership)
    if membership.role is None:
        raise NotAllowed(action=Action.JOIN.value)
    return JoinContext(
        meeting_id, membership.role, roles, row.entitled_to_vote, row.seq, row.mine_seq
    )


# A hall that comes in at once asks this for each of its tablets, twice.
_meetings, _places = table_of(Meeting), table_of(Participant)
_rooms, _streams = table_of(Room), table_of(PersonStream)
_CONTEXT = (
    select(
        _meetings.c.status,
        _rooms.c.seq,
        _places.c.role,
        _places.c.entitled_to_vote,
        func.coalesce(_streams.c.seq, 0).label("mine_seq"),
    )
    .join(_rooms, _rooms.c.id == _meetings.c.id)
    .outerjoin(
        _places,
        and_(_places.c.meeting_id == _meetings.c.id, _places.c.user_id == bindparam("user")),
    )
    .outerjoin(_streams, _streams.c.user_id == bindparam("user"))
    .where(_meetings.c.id == bindparam("meeting"))
)
