"""Containers of documents in a meeting: one of the meeting itself and one of each agenda item."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db.database import keep
from core.errors import NotFound
from documents.containers import Container
from meetings.agenda.models import AgendaItem
from meetings.shared.containers import MEETING_CONTAINER, meeting_container
from meetings.shared.models import Meeting

ITEM_CONTAINER = "agenda_item"
KINDS = (MEETING_CONTAINER, ITEM_CONTAINER)


def item_container(item_id: str) -> Container:
    """The container of an agenda item."""
    return Container(ITEM_CONTAINER, item_id)


def meeting_of(session: Session, container: Container) -> Meeting:
    """The meeting of a container, in at most two queries. Raises NotFound."""
    meeting = session.get(Meeting, meeting_id_of(session, container))
    if meeting is None:
        raise NotFound(kind=container.kind)
    keep(session, meeting)
    return meeting


def meeting_id_of(session: Session, container: Container) -> str:
    """The id of the meeting of a container. Raises NotFound (no such agenda item)."""
    if container.kind == MEETING_CONTAINER:
        return container.id
    item = session.get(AgendaItem, container.id)
    if item is None:
        raise NotFound(kind=container.kind)
    keep(session, item)
    return item.meeting_id


def containers_of(session: Session, meeting_id: str) -> list[Container]:
    """The containers of a meeting and of its agenda items, in one query."""
    items = session.scalars(select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id))
    return [meeting_container(meeting_id), *map(item_container, items)]


def meeting_ids_of(session: Session, containers: Collection[Container]) -> dict[Container, str]:
    """The meeting's id for each of these containers that exists, in one query."""
    items = [one.id for one in containers if one.kind == ITEM_CONTAINER]
    found = session.execute(
        select(AgendaItem.id, AgendaItem.meeting_id).where(AgendaItem.id.in_(items))
    )
    meeting_ids = {item_container(row.id): row.meeting_id for row in found}
    return meeting_ids | {one: one.id for one in containers if one.kind == MEETING_CONTAINER}
