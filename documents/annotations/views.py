"""HTTP routes of annotations: each parses a request and calls one command or query."""

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import UNSET, Meta, UnsetType

from core.http.endpoints import (
    Answer,
    act,
    act_with,
    answer_query,
    clean,
    parse_as_sent,
    parse_query,
)
from core.http.openapi import describes
from core.ids import new_id
from documents.access import LARGEST_NUMBER
from documents.annotations import declares, my_annotations, queries, rules, service
from documents.annotations.kinds.registry import KINDS, Kind, read_geometry
from documents.annotations.rules import Audience, Box

api = Blueprint("annotations", __name__, url_prefix="/api/v1")

MOST_AT_ONCE = 100
LONGEST_QUOTE = 1_000

Id = Annotated[str, Meta(min_length=1, max_length=64)]
OwnId = Annotated[str, Meta(pattern=rules.ID)]
Number = Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
Width = Annotated[float, Meta(ge=rules.NARROWEST, le=rules.WIDEST)]
Opacity = Annotated[float, Meta(ge=rules.FAINTEST, le=1)]
Size = Annotated[float, Meta(ge=rules.SMALLEST_LETTERS, le=rules.LARGEST_LETTERS)]
NoteText = Annotated[str, Meta(max_length=rules.LONGEST_TEXT)]
Quote = Annotated[str, Meta(max_length=LONGEST_QUOTE)]

# XML cannot hold these characters, and texts are exported. Line feed and tab are allowed.
_CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF} - {0x09, 0x0A})

REFUSES = (
    rules.GeometryDoesNotFit,
    rules.OffThePage,
    rules.TooManyPoints,
    rules.TooManyAnnotations,
    rules.HtmlInText,
    rules.AnnotationDeleted,
    declares.AnnotationIdTaken,
    declares.RecipientCannotRead,
    declares.WritingOff,
)


class StyleBody(msgspec.Struct, frozen=True):
    """Style of an annotation. width, size (font size): thousandths of the page width."""

    color: Annotated[str, Meta(pattern=rules.COLOR)]
    width: Width = 2.6
    opacity: Opacity = 1.0
    size: Size = 20.0


class AnchorBody(msgspec.Struct, frozen=True):
    """The text that an annotation belongs to. box: of the nearest block of text."""

    text: Quote
    prefix: Quote = ""
    suffix: Quote = ""
    box: Box | None = None


class AnnotationBody(msgspec.Struct, frozen=True):
    """Body of POST /documents/{id}/annotations.

    id: created by the client, so that it can continue before the server answers. version: defaults
    to the current version. user_id: the recipient, for the audience `person`. geometry: depends on
    the kind, see docs/annotations.md.
    """

    page: Number
    kind: Kind
    geometry: msgspec.Raw
    audience: Audience = Audience.PRIVATE
    style: StyleBody = StyleBody("#1c4fa1")
    id: OwnId | None = None
    version: Number | None = None
    user_id: Id | None = None
    text: NoteText | None = None
    anchor: AnchorBody | None = None


class AnnotationsBody(msgspec.Struct, frozen=True):
    """Body of POST /documents/{id}/annotations/batch."""

    items: Annotated[list[AnnotationBody], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class AnnotationPatch(msgspec.Struct, frozen=True):
    """Body of PATCH /annotations/{id}. revision: the revision that the change is based on."""

    revision: Annotated[int, Meta(ge=1)]
    geometry: msgspec.Raw | UnsetType = UNSET
    style: StyleBody | UnsetType = UNSET
    text: NoteText | None | UnsetType = UNSET
    anchor: AnchorBody | None | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    user_id: Id | None | UnsetType = UNSET


class AnnotationsQuery(msgspec.Struct, frozen=True):
    """Query of GET /documents/{id}/annotations. version: only annotations of this version."""

    version: Number | None = None


@api.get("/documents/<document_id>/annotations")
@describes(
    "Annotations of a document that the user sees: their own, the room's, and those sent to them.",
    query=AnnotationsQuery,
    answer=queries.AnnotationList,
)
def get_annotations(document_id: str) -> Answer:
    return answer_query(
        queries.list_annotations, document_id, parse_query(AnnotationsQuery).version
    )


@api.post("/documents/<document_id>/annotations")
@describes(
    "Create an annotation; 200 with the stored annotation if the id exists.",
    body=AnnotationBody,
    answer=declares.AnnotationView,
    status=201,
    refuses=REFUSES,
)
def post_annotation(document_id: str) -> Answer:
    draft = draft_of(parse_as_sent(AnnotationBody))
    return act_with(201, service.add_annotation, document_id, draft)


@api.post("/documents/<document_id>/annotations/batch")
@describes(
    "Create several annotations in their order, all or none, such as those made offline.",
    body=AnnotationsBody,
    answer=service.KeptList,
    status=201,
    refuses=REFUSES,
)
def post_annotations(document_id: str) -> Answer:
    drafts = [draft_of(one) for one in parse_as_sent(AnnotationsBody).items]
    return act_with(201, service.add_annotations, document_id, drafts)


@api.get("/annotations")
@describes(
    "The user's own annotations on all documents that they may still read, the newest first.",
    query=my_annotations.OwnFilter,
    answer=my_annotations.OwnAnnotationList,
)
def get_own_annotations() -> Answer:
    return answer_query(my_annotations.list_own_annotations, parse_query(my_annotations.OwnFilter))


@api.get("/annotations/papers")
@describes("The documents that the user annotated.", answer=my_annotations.OwnPaperList)
def get_own_papers() -> Answer:
    return answer_query(my_annotations.list_own_documents)


@api.patch("/annotations/<annotation_id>")
@describes(
    "Change an annotation of the user: its geometry, style, text, anchor or audience.",
    body=AnnotationPatch,
    answer=declares.AnnotationView,
    refuses=(rules.StaleRevision, *REFUSES),
)
def patch_annotation(annotation_id: str) -> Answer:
    body = parse_as_sent(AnnotationPatch)
    changes = service.Changes(
        geometry=body.geometry,
        style=_style(body.style) if body.style is not UNSET else UNSET,
        text=_text(body.text) if isinstance(body.text, str) else body.text,
        anchor=_anchor(body.anchor) if isinstance(body.anchor, AnchorBody) else body.anchor,
        audience=body.audience,
        user_id=body.user_id,
    )
    return act(service.change_annotation, annotation_id, body.revision, changes)


@api.delete("/annotations/<annotation_id>")
@describes("Delete an annotation permanently; moderators may delete those of the room.", status=204)
def delete_annotation(annotation_id: str) -> Answer:
    return act_with(204, service.remove_annotation, annotation_id)


def draft_of(body: AnnotationBody) -> service.Draft:
    """Return the validated draft of a body. Raises: the refusals of `rules`."""
    text = _text(body.text) if body.text else None
    rules.check_addressed(body.audience, body.user_id)
    KINDS[body.kind].check_text(text)
    return service.Draft(
        id=body.id or new_id(),
        version=body.version,
        page=body.page,
        kind=body.kind,
        audience=body.audience,
        user_id=body.user_id,
        geometry=read_geometry(body.kind, body.geometry),
        style=_style(body.style),
        text=text,
        anchor=_anchor(body.anchor) if body.anchor else None,
    )


def _style(body: StyleBody) -> declares.Style:
    return declares.Style(body.color.lower(), body.width, body.opacity, body.size)


def _anchor(body: AnchorBody) -> declares.Anchor:
    text, prefix, suffix = (_text(one) for one in (body.text, body.prefix, body.suffix))
    return declares.Anchor(text, prefix, suffix, body.box and rules.box_on_grid(body.box))


def _text(text: str) -> str:
    cleaned: str = clean(text.replace("\r\n", "\n").translate(_CONTROLS))
    return cleaned
