"""Actions, permissions, errors, views and events of the agenda."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import STAFF, Role
from documents.declares import DocumentView
from meetings.meeting.declares import PREPARERS


class Action(StrEnum):
    """Actions on the agenda."""

    ADD = "agenda.add"
    CHANGE = "agenda.change"
    REMOVE = "agenda.remove"
    REORDER = "agenda.reorder"
    MOVE_TO = "agenda.move_to"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.ADD: PREPARERS,
    Action.CHANGE: PREPARERS,
    Action.REMOVE: PREPARERS,
    Action.REORDER: PREPARERS,
    Action.MOVE_TO: STAFF,
}


class AgendaOrderIncomplete(Refusal):
    """An order must have every item of the agenda exactly once."""

    code, status = "agenda_order_incomplete", 422


class ItemHasPapers(Refusal):
    """An item with documents cannot be removed: remove or move its documents first."""

    code, status = "item_has_papers", 409


class ItemHasPolls(Refusal):
    """An item with polls cannot be removed: remove or move its polls first."""

    code, status = "item_has_polls", 409


class AgendaItemView(msgspec.Struct, frozen=True):
    """An item as shown in the room. `documents`: those that the reader may read."""

    id: str
    title: str
    position: int
    minutes: int | None
    rapporteur: str | None
    documents: tuple[DocumentView, ...] = ()


class ItemFacts(msgspec.Struct, frozen=True):
    """An item without its documents."""

    id: str
    title: str
    position: int
    minutes: int | None
    rapporteur: str | None


class AgendaItemAdded(Event, frozen=True):
    """An item without documents was added at the end of the agenda."""

    type = "agenda_item_added"
    item: AgendaItemView


class AgendaItemChanged(Event, frozen=True):
    """Title, minutes or rapporteur of an item changed."""

    type = "agenda_item_changed"
    item: ItemFacts


class AgendaItemRemoved(Event, frozen=True):
    """An item was removed; the items after it moved up."""

    type = "agenda_item_removed"
    agenda_item_id: str


class AgendaReordered(Event, frozen=True):
    """The order of the items changed."""

    type = "agenda_reordered"
    item_ids: tuple[str, ...]


class CurrentItemChanged(Event, frozen=True):
    """The current item changed (None: no current item). `since`: the time at which it began."""

    type = "current_item_changed"
    agenda_item_id: str | None
    since: datetime | None
