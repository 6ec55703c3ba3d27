"""HTTP routes of documents. Each parses the request and calls one service function or query."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.errors import DiskFull
from core.http.endpoints import (
    Answer,
    act,
    act_with,
    answer_query,
    current_actor,
    parse,
    parse_query,
)
from core.http.fast_reads import fast_read
from core.http.openapi import describes
from core.http.upload_stream import NoFile, UploadIncomplete, UploadTooLarge
from documents import queries, service
from documents.declares import (
    ConverterMissing,
    DocumentFailed,
    DocumentInVote,
    DocumentNotReady,
    FileEmpty,
    FileEncrypted,
    MeetingQuotaReached,
    NoSuchTile,
    NotAPdf,
    PageBroken,
    PageNotReady,
    PageTooHeavy,
    PersonQuotaReached,
    UnsupportedFile,
)
from documents.http import page_responses, tile_responses
from documents.http.uploads import LONGEST_KIND, LONGEST_TITLE, receive_document, receive_version
from documents.pages.resolutions import BASE_WIDTH
from documents.render_protocol import PaperNote, Word

__all__ = ["UPLOAD_REFUSES", "api", "receive_document"]

api = Blueprint("documents", __name__, url_prefix="/api/v1")

UPLOAD_REFUSES = (
    *(FileEmpty, NotAPdf, UnsupportedFile, FileEncrypted, ConverterMissing),
    *(NoFile, UploadIncomplete, UploadTooLarge, DiskFull),
    *(PersonQuotaReached, MeetingQuotaReached),
)
"""Refusals during an upload. Errors of ingest are stored in the version."""

PAGE_REFUSES = (PageBroken, PageTooHeavy, PageNotReady, DocumentFailed)


class DocumentPatch(msgspec.Struct):
    """Body of PATCH /documents/{id}."""

    title: Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)] | UnsetType = UNSET
    kind: Annotated[str, Meta(min_length=1, max_length=LONGEST_KIND)] | UnsetType = UNSET
    open_to_guests: bool | UnsetType = UNSET


class PageWords(msgspec.Struct):
    """The words of a page: [x0, y0, x1, y1, word]. source: "ocr" if they were recognized in a scan,
    else "text"."""

    words: list[Word]
    source: str


class PageNotes(msgspec.Struct):
    """The text of annotations embedded in a page of an uploaded document."""

    notes: list[PaperNote]


class ImageQuery(msgspec.Struct):
    """Query of a page image. `width`: pixels that the client can use."""

    width: Annotated[int, Meta(ge=1, le=page_responses.WIDEST)] = BASE_WIDTH


@api.get("/documents/<document_id>")
@describes("One document with its versions.", answer=queries.DocumentDetail)
@fast_read(lambda asked: queries.get_document_json(asked.actor, *asked.ids))
def get_document(document_id: str) -> Answer:
    return answer_query(queries.get_document_json, document_id)


@api.patch("/documents/<document_id>")
@describes(
    "Change the title, the kind, or whether guests may read the document.",
    body=DocumentPatch,
    answer=queries.DocumentDetail,
)
def patch_document(document_id: str) -> Answer:
    changes = service.DocumentChanges(**msgspec.structs.asdict(parse(DocumentPatch)))
    return act(service.change_document, document_id, changes)


@api.delete("/documents/<document_id>")
@describes("Remove a document permanently.", status=204, refuses=(DocumentInVote,))
def delete_document(document_id: str) -> Answer:
    return act_with(204, service.remove_document, document_id)


@api.post("/documents/<document_id>/versions")
@describes(
    "Upload a newer version of a document.",
    upload=(),
    answer=service.Accepted,
    status=202,
    refuses=UPLOAD_REFUSES,
)
def post_version(document_id: str) -> Answer:
    return receive_version(document_id)


@api.post("/documents/<document_id>/publish")
@describes(
    "Publish a document to readers.", answer=queries.DocumentDetail, refuses=(DocumentNotReady,)
)
def post_publish(document_id: str) -> Answer:
    return act(service.publish_document, document_id)


@api.get("/documents/<document_id>/versions/<int:number>/file")
@describes(
    "The PDF: the uploaded file, or what it was converted to.",
    media="application/pdf",
    refuses=(PageNotReady, DocumentFailed),
)
def get_file(document_id: str, number: int) -> Answer:
    return page_responses.original(current_actor(), document_id, number)


@api.get("/documents/<document_id>/versions/<int:number>/source")
@describes("The uploaded file as it is, for its preparers.", media="application/octet-stream")
def get_source(document_id: str, number: int) -> Answer:
    return page_responses.source(current_actor(), document_id, number)


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>")
@describes("Size and label of one page.", answer=queries.PageView)
def get_page(document_id: str, number: int, page: int) -> Answer:
    return answer_query(queries.get_page, document_id, number, page)


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>/image")
@describes(
    "One page as an image, WebP or PNG.", query=ImageQuery, media="image/*", refuses=PAGE_REFUSES
)
def get_image(document_id: str, number: int, page: int) -> Answer:
    width = parse_query(ImageQuery).width
    return page_responses.image(current_actor(), document_id, number, page, width)


@api.get(
    "/documents/<document_id>/versions/<int:number>/pages/<int:page>"
    "/tiles/<int:width>/<int:column>/<int:row>"
)
@describes(
    "One tile of a page at a high zoom level, WebP or PNG. No content (204) when this level is no "
    "sharper than the level below it or the widest page image.",
    media="image/*",
    refuses=(NoSuchTile, *PAGE_REFUSES),
)
def get_tile(document_id: str, number: int, page: int, width: int, column: int, row: int) -> Answer:
    return tile_responses.tile(current_actor(), document_id, number, page, width, (column, row))


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>/text")
@describes(
    "The words of one page with their boxes, as fractions of the page.",
    answer=PageWords,
    refuses=PAGE_REFUSES,
)
def get_text(document_id: str, number: int, page: int) -> Answer:
    return page_responses.text(current_actor(), document_id, number, page)


@api.get("/documents/<document_id>/versions/<int:number>/pages/<int:page>/notes")
@describes(
    "The text of annotations embedded in one page of the uploaded document, with their boxes.",
    answer=PageNotes,
    refuses=PAGE_REFUSES,
)
def get_notes(document_id: str, number: int, page: int) -> Answer:
    return page_responses.notes(current_actor(), document_id, number, page)
