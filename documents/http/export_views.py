"""HTTP routes of exports: a document with its annotations, and its comments as a list."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from core.errors import DiskFull, TooManyRequests
from core.http.downloads import DOCX
from core.http.endpoints import Answer, current_actor, parse_query
from core.http.openapi import describes
from documents.access import LARGEST_NUMBER
from documents.annotations.export import Wanted
from documents.declares import DocumentFailed, ExportFailed, ExportNotReady
from documents.http import export_responses

api = Blueprint("annotation_exports", __name__, url_prefix="/api/v1")


class AnnotatedQuery(msgspec.Struct):
    """Query of an annotated PDF. flat: annotations are drawn into the pages, not editable."""

    audience: Wanted = Wanted.ALL
    flat: bool = False


class CommentsQuery(msgspec.Struct):
    """Query of the comments of a document. version: defaults to the current version."""

    audience: Wanted = Wanted.ALL
    version: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)] | None = None


@api.get("/documents/<document_id>/versions/<int:number>/annotated.pdf")
@describes(
    "The document with the annotations that the user sees, editable or drawn into the pages.",
    query=AnnotatedQuery,
    media="application/pdf",
    refuses=(DocumentFailed, ExportNotReady, ExportFailed, TooManyRequests, DiskFull),
)
def get_annotated(document_id: str, number: int) -> Answer:
    query = parse_query(AnnotatedQuery)
    return export_responses.annotated_pdf(
        current_actor(), document_id, number, query.audience, flat=query.flat
    )


@api.get("/documents/<document_id>/comments.docx")
@describes(
    "The comments on a document that the user sees, by page, with the text they belong to.",
    query=CommentsQuery,
    media=DOCX,
    refuses=(DocumentFailed,),
)
def get_comments(document_id: str) -> Answer:
    query = parse_query(CommentsQuery)
    return export_responses.comments_docx(
        current_actor(), document_id, query.version, query.audience
    )
