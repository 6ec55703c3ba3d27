"""Search in the documents of a meeting, or of all meetings of a person. Rights are part of it: what
the person may not read is not searched."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedQuery
from core.errors import NotFound
from core.permissions import Role
from documents.containers import Container
from documents.declares import Action
from documents.search.searchable import Searchable, searchable_in
from documents.search.service import FoundPages, search
from meetings.agenda.containers import item_container
from meetings.agenda.models import AgendaItem
from meetings.shared.containers import meeting_container
from meetings.shared.membership import MEMBERSHIPS, MembershipAt, membership_at
from meetings.shared.models import Meeting, Participant

MOST_MEETINGS = 500
"""The newest meetings of a person that are searched together."""


def search_meeting(actor: Actor, meeting_id: str, query: str) -> FoundPages:
    """Search the documents of one meeting. Raises: NotFound, NotAllowed, Unavailable."""
    found = membership_at(meeting_id, actor.user_id)
    if found is None:
        raise NotFound(kind="meeting")
    permissions = current_context().permissions
    roles = permissions.allow_in_room(actor, Action.READ, found.membership.roles)
    reading = roles & permissions.rows[Action.READ.value]
    with current_context().database.read() as session:
        among = _documents_of(session, {meeting_id: reading})
    return search(query, among)


def search_all(actor: Actor, query: str) -> FoundPages:
    """Search the documents of the person's meetings, newest first. Raises: Unavailable."""
    database = current_context().database
    listed = _MINE.fetch_all(database, user=actor.user_id)
    roles = {one.meeting_id: one.membership.roles for one in listed if one.membership.roles}
    with database.read() as session:
        among = _documents_of(session, roles)
    return search(query, among)


def _documents_of(session: Session, roles: dict[str, frozenset[Role]]) -> list[Searchable]:
    items = session.execute(
        select(AgendaItem.id, AgendaItem.meeting_id).where(AgendaItem.meeting_id.in_(roles))
    )
    containers: dict[Container, str] = {item_container(one.id): one.meeting_id for one in items}
    containers |= {meeting_container(meeting_id): meeting_id for meeting_id in roles}
    return searchable_in(session, containers, roles)


_listed, _meetings = table_of(Participant), table_of(Meeting)
_MINE = PreparedQuery(
    MEMBERSHIPS.where(_listed.c.user_id == bindparam("user"))
    .order_by(_meetings.c.starts_at.desc(), _meetings.c.id)
    .limit(MOST_MEETINGS),
    MembershipAt,
)
