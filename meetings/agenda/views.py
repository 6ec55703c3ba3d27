"""HTTP routes of the agenda: parse, call one service function, answer."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.http.endpoints import Answer, act, act_with, parse
from core.http.openapi import describes
from documents.declares import DocumentOrderIncomplete
from documents.http.uploads import receive_document
from documents.http.views import UPLOAD_REFUSES
from documents.service import Accepted, DocumentList, reorder_documents
from meetings.agenda import service
from meetings.agenda.containers import item_container
from meetings.agenda.declares import (
    AgendaItemView,
    AgendaOrderIncomplete,
    ItemFacts,
    ItemHasPapers,
    ItemHasPolls,
)
from meetings.meeting.declares import WrongStatus
from meetings.meeting.queries import MeetingView

api = Blueprint("agenda", __name__, url_prefix="/api/v1")

Title = Annotated[str, Meta(min_length=1, max_length=500)]
Minutes = Annotated[int, Meta(ge=0, le=1440)]
Rapporteur = Annotated[str, Meta(max_length=200)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]


class NewItem(msgspec.Struct):
    """Body of POST /meetings/{id}/agenda-items."""

    title: Title
    minutes: Minutes | None = None
    rapporteur: Rapporteur | None = None


class ItemPatch(msgspec.Struct):
    """Body of PATCH /agenda-items/{id}."""

    title: Title | UnsetType = UNSET
    minutes: Minutes | None | UnsetType = UNSET
    rapporteur: Rapporteur | None | UnsetType = UNSET


class Order(msgspec.Struct):
    """All ids in the new order."""

    ids: Annotated[list[Id], Meta(max_length=2000)]


class CurrentItem(msgspec.Struct):
    """Body of PUT /meetings/{id}/current-item."""

    agenda_item_id: Id | None


@api.post("/meetings/<meeting_id>/agenda-items")
@describes(
    "Add an item at the end of the agenda.",
    body=NewItem,
    answer=AgendaItemView,
    status=201,
    refuses=(WrongStatus,),
)
def post_item(meeting_id: str) -> Answer:
    body = parse(NewItem)
    return act_with(
        201, service.add_agenda_item, meeting_id, body.title, body.minutes, body.rapporteur
    )


@api.patch("/agenda-items/<item_id>")
@describes(
    "Change title, minutes or rapporteur of an item.",
    body=ItemPatch,
    answer=ItemFacts,
    refuses=(WrongStatus,),
)
def patch_item(item_id: str) -> Answer:
    changes = service.ItemChanges(**msgspec.structs.asdict(parse(ItemPatch)))
    return act(service.change_agenda_item, item_id, changes)


@api.delete("/agenda-items/<item_id>")
@describes(
    "Remove an item without documents and polls from the agenda.",
    status=204,
    refuses=(ItemHasPapers, ItemHasPolls, WrongStatus),
)
def delete_item(item_id: str) -> Answer:
    return act_with(204, service.remove_agenda_item, item_id)


@api.put("/meetings/<meeting_id>/agenda-order")
@describes(
    "Reorder the items.",
    body=Order,
    answer=MeetingView,
    refuses=(AgendaOrderIncomplete, WrongStatus),
)
def put_agenda_order(meeting_id: str) -> Answer:
    return act(service.reorder_agenda, meeting_id, parse(Order).ids)


@api.put("/meetings/<meeting_id>/current-item")
@describes(
    "Set the current item; null: no current item.",
    body=CurrentItem,
    answer=MeetingView,
    refuses=(WrongStatus,),
)
def put_current_item(meeting_id: str) -> Answer:
    return act(service.move_to_item, meeting_id, parse(CurrentItem).agenda_item_id)


@api.post("/agenda-items/<item_id>/documents")
@describes(
    "Upload a document of an item.",
    upload=("title", "kind"),
    answer=Accepted,
    status=202,
    refuses=(*UPLOAD_REFUSES, WrongStatus),
)
def post_document(item_id: str) -> Answer:
    return receive_document(item_container(item_id))


@api.put("/agenda-items/<item_id>/document-order")
@describes(
    "Reorder the documents of an item.",
    body=Order,
    answer=DocumentList,
    refuses=(DocumentOrderIncomplete, WrongStatus),
)
def put_document_order(item_id: str) -> Answer:
    return act(reorder_documents, item_container(item_id), parse(Order).ids)
