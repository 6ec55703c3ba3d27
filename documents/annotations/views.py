"""HTTP of annotations: parse, call one verb or query, answer."""

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

# What XML cannot carry has no place in a text that is exported; lines and tabs may be.
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
    """How it is drawn. width, size (of letters): thousandths of the page's width."""

    color: Annotated[str, Meta(pattern=rules.COLOR)]
    width: Width = 2.6
    opacity: Opacity = 1.0
    size: Size = 20.0


class AnchorBody(msgspec.Struct, frozen=True):
    """The words that it belongs to; box: of the nearest block of text."""

    text: Quote
    prefix: Quote = ""
    suffix: Quote = ""
    box: Box | None = None


class AnnotationBody(msgspec.Struct, frozen=True):
    """Body of POST /documents/{id}/annotations.

    id: made by the client, so that it can go on before it is answered. version: without it the
    current one. user_id: whom it is for, with the audience `person`. geometry: of its kind, see
    docs/annotations.md.
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
    """Body of PATCH /annotations/{id}. revision: of the annotation that is changed."""

    revision: Annotated[int, Meta(ge=1)]
    geometry: msgspec.Raw | UnsetType = UNSET
    style: StyleBody | UnsetType = UNSET
    text: NoteText | None | UnsetType = UNSET
    anchor: AnchorBody | None | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    user_id: Id | None | UnsetType = UNSET


class AnnotationsQuery(msgspec.Struct, frozen=True):
    """Query of GET /documents/{id}/annotations. version: of this one alone."""

    version: Number | None = None


@api.get("/documents/<document_id>/annotations")
@describes(
    "What one sees written on a paper: one's own, the room's, and what was sent to oneself.",
    query=AnnotationsQuery,
    answer=queries.AnnotationList,
)
def get_annotations(document_id: str) -> Answer:
    return answer_query(
        queries.list_annotations, document_id, parse_query(AnnotationsQuery).version
    )


@api.post("/documents/<document_id>/annotations")
@describes(
    "Write on a paper; 200 with what stands when the id is there already.",
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
    "Write several at once, all or none, in their order: what was written without a network.",
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
    "What one wrote oneself, on all papers that one may still read, the newest first.",
    query=my_annotations.OwnFilter,
    answer=my_annotations.OwnAnnotationList,
)
def get_own_annotations() -> Answer:
    return answer_query(my_annotations.list_own_annotations, parse_query(my_annotations.OwnFilter))


@api.get("/annotations/papers")
@describes("The papers that one wrote on.", answer=my_annotations.OwnPaperList)
def get_own_papers() -> Answer:
    return answer_query(my_annotations.list_own_documents)


@api.patch("/annotations/<annotation_id>")
@describes(
    "Change one's own annotation: move, draw or write it anew, show it to others or to nobody.",
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
@describes(
    "Delete an annotation, for good; one of the room's also by those who run it.", status=204
)
def delete_annotation(annotation_id: str) -> Answer:
    return act_with(204, service.remove_annotation, annotation_id)


def draft_of(body: AnnotationBody) -> service.Draft:
    """What is asked for, checked. Raises: the refusals of `annotation_rules`."""
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
