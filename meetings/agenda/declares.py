"""What the agenda lets people do, tells the room, and refuses."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import STAFF, Role
from documents.declares import DocumentView
from meetings.meeting.declares import PREPARERS


class Action(StrEnum):
    """What can be done with the agenda."""

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
    """An order must name every item of the agenda once."""

    code, status = "agenda_order_incomplete", 422


class ItemHasPapers(Refusal):
    """An item with papers cannot be removed: remove or move its papers first."""

    code, status = "item_has_papers", 409


class ItemHasPolls(Refusal):
    """An item with questions to vote on cannot be removed: take them away or move them first."""

    code, status = "item_has_polls", 409


class AgendaItemView(msgspec.Struct, frozen=True):
    """An item as the room sees it. `documents`: the papers that this reader may read."""

    id: str
    title: str
    position: int
    minutes: int | None
    rapporteur: str | None
    documents: tuple[DocumentView, ...] = ()


class ItemFacts(msgspec.Struct, frozen=True):
    """An item without its papers."""

    id: str
    title: str
    position: int
    minutes: int | None
    rapporteur: str | None


class AgendaItemAdded(Event, frozen=True):
    """A new item stands at the end of the agenda; it has no papers yet."""

    type = "agenda_item_added"
    item: AgendaItemView


class AgendaItemChanged(Event, frozen=True):
    """Title, minutes or rapporteur of an item were changed."""

    type = "agenda_item_changed"
    item: ItemFacts


class AgendaItemRemoved(Event, frozen=True):
    """An item was taken off; those behind it moved up."""

    type = "agenda_item_removed"
    agenda_item_id: str


class AgendaReordered(Event, frozen=True):
    """The items were put in a new order."""

    type = "agenda_reordered"
    item_ids: tuple[str, ...]


class CurrentItemChanged(Event, frozen=True):
    """The meeting moved to another item (None: to none). `since`: when it began."""

    type = "current_item_changed"
    agenda_item_id: str | None
    since: datetime | None
