"""Queries of the agenda."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.permissions import Role
from documents.containers import Container
from meetings.agenda.declares import AgendaItemView
from meetings.agenda.models import AgendaItem
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting
from meetings.shared.view_parts import MeetingReader


class AgendaPart(msgspec.Struct, frozen=True, kw_only=True):
    """The agenda's part of the view of a meeting: the items in order."""

    agenda: Sequence[AgendaItemView]


def items_of(session: Session, meeting_id: str) -> list[AgendaItem]:
    """The items of a meeting in order."""
    of_meeting = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(session.scalars(of_meeting.order_by(AgendaItem.position)))


def item_roles(session: Session, actor: Actor, item: AgendaItem) -> frozenset[Role]:
    """The actor's roles for an item, which are those for its meeting."""
    return meeting_roles(session, actor, session.get_one(Meeting, item.meeting_id))


def containers_of(session: Session, meeting: Meeting) -> list[Container]:
    """The container of each item's documents, in order."""
    return [_container(item) for item in items_of(session, meeting.id)]


def meeting_part(reader: MeetingReader) -> AgendaPart:
    """The AgendaPart for a reader."""
    return AgendaPart(
        agenda=[
            AgendaItemView(
                item.id,
                item.title,
                item.position,
                item.minutes,
                item.rapporteur,
                tuple(reader.documents.get(_container(item), ())),
            )
            for item in items_of(reader.session, reader.meeting.id)
        ]
    )


def _container(item: AgendaItem) -> Container:
    return Container("agenda_item", item.id)
