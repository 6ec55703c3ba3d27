"""The data that joining a room depends on, in one query: membership and heads of the streams."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.models import PersonStream
from core.errors import NotAllowed, NotFound
from core.permissions import Role
from meetings.room.declares import Action
from meetings.shared.membership import MEMBERSHIPS, Membership
from meetings.shared.models import Meeting, Participant


@dataclass(frozen=True)
class JoinContext:
    """A person who may join a room, from one state of the database.

    roles: this role and those of the account. seq, mine_seq: sequence number of the last event of
    the room and of the user stream.
    """

    meeting_id: str
    role: Role
    roles: frozenset[Role]
    entitled_to_vote: bool
    seq: int
    mine_seq: int


def join_context(session: Session, actor: Actor, meeting_id: str) -> JoinContext:
    """The actor's join context. Raises: NotFound (no such meeting), NotAllowed (no role in it)."""
    row = session.execute(_CONTEXT, {"meeting": meeting_id, "user": actor.user_id}).one_or_none()
    if row is None:
        raise NotFound(kind="meeting")
    membership = Membership(row.role, row.status)
    permissions = current_context().permissions
    roles = permissions.allow_in_room(actor, Action.JOIN, membership.roles)
    if membership.role is None:
        raise NotAllowed(action=Action.JOIN.value)
    return JoinContext(
        meeting_id, membership.role, roles, row.entitled_to_vote, row.seq, row.mine_seq
    )


# Every joining client runs this statement twice; a whole room may join at the same time.
_streams = table_of(PersonStream)
_CONTEXT = (
    MEMBERSHIPS.add_columns(
        table_of(Participant).c.entitled_to_vote,
        func.coalesce(_streams.c.seq, 0).label("mine_seq"),
    )
    .outerjoin(_streams, _streams.c.user_id == bindparam("user"))
    .where(table_of(Meeting).c.id == bindparam("meeting"))
)
