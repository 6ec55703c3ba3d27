"""Containers of documents in a meeting: one of the meeting itself and one of each agenda item."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.database import keep
from core.errors import NotFound
from documents.containers import Container
from meetings.models import AgendaItem, Meeting

_MEETING, _ITEM = "meeting", "agenda_item"
KINDS = (_MEETING, _ITEM)
_WITH_STAGE = [joinedload(Meeting.stage)]


def meeting_container(meeting_id: str) -> Container:
    """The container of the meeting itself."""
    return Container(_MEETING, meeting_id)


def item_container(item_id: str) -> Container:
    """The container of an agenda item."""
    return Container(_ITEM, item_id)


def containers_of(meeting: Meeting) -> list[Container]:
    """Every container of a meeting: its own, then those of its items in order."""
    return [meeting_container(meeting.id), *(item_container(item.id) for item in meeting.agenda)]


def meeting_of(session: Session, container: Container) -> Meeting:
    """The meeting of a container, and its presentation, in at most two queries. Raises NotFound."""
    meeting_id = container.id
    if container.kind == _ITEM:
        item = session.get(AgendaItem, container.id)
        if item is None:
            raise NotFound(kind=container.kind)
        keep(session, item)
        meeting_id = item.meeting_id
    meeting = session.get(Meeting, meeting_id, options=_WITH_STAGE)
    if meeting is None:
        raise NotFound(kind=container.kind)
    keep(session, meeting)
    return meeting


def meeting_ids_of(session: Session, containers: Collection[Container]) -> dict[Container, str]:
    """The meeting's id for each of these containers that exists, in one query."""
    items = [one.id for one in containers if one.kind == _ITEM]
    found = session.execute(
        select(AgendaItem.id, AgendaItem.meeting_id).where(AgendaItem.id.in_(items))
    )
    meeting_ids = {item_container(row.id): row.meeting_id for row in found}
    return meeting_ids | {one: one.id for one in containers if one.kind == _MEETING}
