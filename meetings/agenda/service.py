"""Service functions of the agenda."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import delete

from core.actor import Actor
from core.errors import NotFound
from core.ids import new_id
from core.patch import apply_patch
from core.transactions.transaction import Tx, transaction
from documents.service import has_documents
from meetings.agenda.agenda_rules import reordered_positions
from meetings.agenda.containers import item_container
from meetings.agenda.declares import (
    Action,
    AgendaItemAdded,
    AgendaItemChanged,
    AgendaItemRemoved,
    AgendaItemView,
    AgendaReordered,
    CurrentItemChanged,
    ItemFacts,
    ItemHasPapers,
)
from meetings.agenda.models import AgendaItem
from meetings.agenda.queries import items_of
from meetings.meeting.queries import MeetingView, meeting_view
from meetings.meeting.status_rules import OVER, check_open
from meetings.meeting.templates import TEMPLATES
from meetings.shared.feature import features
from meetings.shared.models import Meeting, MeetingStatus


class ItemChanges(msgspec.Struct, frozen=True):
    """Changes of an item; an omitted field keeps its value."""

    title: str | UnsetType = UNSET
    minutes: int | None | UnsetType = UNSET
    rapporteur: str | None | UnsetType = UNSET


def add_agenda_item(
    actor: Actor, meeting_id: str, title: str, minutes: int | None, rapporteur: str | None
) -> AgendaItemView:
    """Add an item at the end of the agenda. Raises: WrongStatus (the meeting is over)."""
    with transaction() as tx:
        meeting = _meeting(tx, actor, Action.ADD, meeting_id)
        item = AgendaItem(
            id=new_id(),
            meeting_id=meeting.id,
            title=title,
            minutes=minutes,
            rapporteur=rapporteur,
            position=len(items_of(tx.session, meeting.id)) + 1,
        )
        tx.session.add(item)
        tx.audit(actor, Action.ADD, meeting, agenda_item_id=item.id)
        view = AgendaItemView(item.id, title, item.position, minutes, rapporteur)
        tx.publish(meeting.id, AgendaItemAdded(item=view), actor=actor)
        return tx.answers(view)


def change_agenda_item(actor: Actor, item_id: str, changes: ItemChanges) -> ItemFacts:
    """Change title, minutes or rapporteur. Raises: WrongStatus (the meeting is over)."""
    with transaction() as tx:
        item = tx.lock(AgendaItem, item_id)
        meeting = _meeting(tx, actor, Action.CHANGE, item.meeting_id)
        apply_patch(item, changes)
        tx.audit(actor, Action.CHANGE, meeting, agenda_item_id=item.id)
        facts = ItemFacts(item.id, item.title, item.position, item.minutes, item.rapporteur)
        tx.publish(meeting.id, AgendaItemChanged(item=facts), actor=actor)
        return tx.answers(facts)


def remove_agenda_item(actor: Actor, item_id: str) -> None:
    """Remove an item; the items after it move up.

    Raises: ItemHasPapers, ItemHasPolls, WrongStatus.
    """
    with transaction() as tx:
        item = tx.lock(AgendaItem, item_id)
        meeting = _meeting(tx, actor, Action.REMOVE, item.meeting_id)
        if has_documents(tx.session, item_container(item.id)):
            raise ItemHasPapers()
        features().check_agenda_item_removable(tx.session, item.id)
        if meeting.current_item_id == item.id:
            _move_to(tx, actor, meeting, None)
        tx.session.delete(item)
        for position, left in enumerate(items_of(tx.session, meeting.id), start=1):
            left.position = position
        tx.audit(actor, Action.REMOVE, meeting, agenda_item_id=item_id)
        tx.publish(meeting.id, AgendaItemRemoved(agenda_item_id=item_id), actor=actor)
        tx.answers({})


def reorder_agenda(actor: Actor, meeting_id: str, item_ids: Sequence[str]) -> MeetingView:
    """Reorder the items of a meeting.

    item_ids: every item of the meeting, each once. Raises: AgendaOrderIncomplete, WrongStatus.
    """
    with transaction() as tx:
        meeting = _meeting(tx, actor, Action.REORDER, meeting_id)
        items = items_of(tx.session, meeting.id)
        positions = reordered_positions([item.id for item in items], item_ids)
        for item in items:
            item.position = positions[item.id]
        tx.audit(actor, Action.REORDER, meeting, order=list(item_ids))
        tx.publish(meeting.id, AgendaReordered(item_ids=tuple(item_ids)), actor=actor)
        return tx.answers(meeting_view(tx.session, actor, meeting))


def move_to_item(actor: Actor, meeting_id: str, item_id: str | None) -> MeetingView:
    """Set the current item (None: no current item). The presented page does not change.

    Raises: NotFound (no item of this meeting), WrongStatus.
    """
    with transaction() as tx:
        meeting = _meeting(tx, actor, Action.MOVE_TO, meeting_id)
        if item_id is not None:
            item = tx.session.get(AgendaItem, item_id)
            if item is None or item.meeting_id != meeting.id:
                raise NotFound(kind="agenda_item")
        tx.audit(actor, Action.MOVE_TO, meeting, agenda_item_id=item_id)
        _move_to(tx, actor, meeting, item_id)
        return tx.answers(meeting_view(tx.session, actor, meeting))


def leave_current_item(tx: Tx, actor: Actor, meeting: Meeting, _before: MeetingStatus) -> None:
    """Clear the current item of a meeting that ends."""
    if meeting.status in OVER and meeting.current_item_id is not None:
        _move_to(tx, actor, meeting, None)


def add_items_of_template(tx: Tx, meeting: Meeting, template: str | None) -> None:
    """Add a template's agenda to a new meeting. template: its key; unknown or None: no items."""
    usual = TEMPLATES.get(template or "")
    for position, item in enumerate(usual.items if usual else (), start=1):
        tx.session.add(
            AgendaItem(
                id=new_id(),
                meeting_id=meeting.id,
                title=item.title,
                minutes=item.minutes,
                position=position,
            )
        )


def remove_items(tx: Tx, meeting: Meeting) -> None:
    """Delete the items of a meeting that is being deleted."""
    tx.session.execute(delete(AgendaItem).where(AgendaItem.meeting_id == meeting.id))


def _meeting(tx: Tx, actor: Actor, action: Action, meeting_id: str) -> Meeting:
    meeting = tx.lock(Meeting, meeting_id)
    tx.allow(actor, action, meeting)
    check_open(meeting.status)
    return meeting


def _move_to(tx: Tx, actor: Actor, meeting: Meeting, item_id: str | None) -> None:
    meeting.current_item_id = item_id
    meeting.current_since = tx.at if item_id else None
    tx.publish(
        meeting.id,
        CurrentItemChanged(agenda_item_id=item_id, since=meeting.current_since),
        actor=actor,
    )
