"""HTTP of papers: parse, call one verb or query, answer."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.web import Answer, act, act_with, current_actor, look, parse, parse_query
from documents import queries, service, serving
from documents.uploads import LONGEST_KIND, LONGEST_TITLE, receive_document, receive_version

__all__ = ["api", "receive_document"]

api = Blueprint("documents", __name__, url_prefix="/api/v1")


class DocumentPatch(msgspec.Struct):
    """Body of PATCH /documents/{id}."""

    title: Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)] | UnsetType = UNSET
    kind: Annotated[str, Meta(min_length=1, max_length=LONGEST_KIND)] | UnsetType = UNSET
    open_to_guests: bool | UnsetType = UNSET


class ImageQuery(msgspec.Struct):
    """Query of a page image. `width`: pixels that the reader can use."""

    width: Annotated[int, Meta(ge=1, le=100_000)] = 1200


@api.get("/documents/<document_id>")
def get_document(document_id: str) -> Answer:
    return look(queries.get_document, document_id)


@api.patch("/documents/<document_id>")
def patch_document(document_id: str) -> Answer:
    changes = service.DocumentChanges(**msgspec.structs.asdict(parse(DocumentPatch)))
    return act(service.change_document, document_id, changes)


@api.delete("/documents/<document_id>")
def delete_document(document_id: str) -> Answer:
    return act_with(204, service.remove_document, document_id)


@api.post("/documents/<document_id>/versions")
def post_version(document_id: str) -> Answer:
    return receive_version(document_id)


@api.post("/documents/<document_id>/publish")
def post_publish(document_id: str) -> Answer:
    return act(service.publish_document, document_id)


@api.get("/documents/<document_id>/versions/<int:number>/file")
def get_file(document_id: str, number: int) -> Answer:
    return serving.original(current_actor(), document_id, number)


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>")
def get_page(document_id: str, number: int, page: int) -> Answer:
    return look(queries.get_page, document_id, number, page)


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>/image")
def get_image(document_id: str, number: int, page: int) -> Answer:
    width = parse_query(ImageQuery).width
    return serving.image(current_actor(), document_id, number, page, width)


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>/text")
def get_text(document_id: str, number: int, page: int) -> Answer:
    return serving.text(current_actor(), document_id, number, page)
