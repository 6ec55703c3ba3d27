"""API description: `@describes(…)` declares each route's requests and responses.

It decorates the view; `openapi_document` collects all descriptions. Schemas come from the types
that the views parse and answer, so the two cannot differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import msgspec
from flask import Flask
from msgspec import UNSET, UnsetType

from core.errors import Refusal

V = TypeVar("V", bound=Callable[..., Any])
T = TypeVar("T")
_ADDITIONS = "dienhong.description_additions"


class Listing(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list. `next`: the cursor of the next page, null on the last page."""

    items: Sequence[T]
    next: str | None = None


class FieldError(msgspec.Struct, frozen=True):
    """An error of one field of the request.

    In a multi-line text, `line` is the line's number, `place` the same as text and `fault` the kind
    of error.
    """

    field: str
    message: str
    line: int | UnsetType = UNSET
    place: str | UnsetType = UNSET
    fault: str | UnsetType = UNSET


class Problem(msgspec.Struct, frozen=True):
    """A refusal (RFC 9457). `code`: a declared error code; `detail`: one sentence for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] | UnsetType = UNSET


@dataclass(frozen=True, kw_only=True)
class Description:
    """The description of one view.

    media: media type of a response that is not JSON. public: no session is needed.
    token: an unsafe request needs X-CSRF-Token.
    checks: with `?check=true` it answers 200 with the planned changes and changes nothing.
    upload: names of the text fields that may accompany `file`; None: the body is no upload.
    refuses: refusals of the service function, in addition to those of every such request.
    members: type of the further members of these (`Refusal.members`), each of them optional.
    """

    what: str
    body: Any = None
    query: Any = None
    answer: Any = None
    status: int = 200
    media: str = "application/json"
    upload: tuple[str, ...] | None = None
    public: bool = False
    token: bool = True
    checks: bool = False
    refuses: tuple[type[Refusal], ...] = ()
    members: Any = None


@dataclass(frozen=True, kw_only=True)
class Additions:
    """Additions of features to the descriptions of views.

    types: the actual response type by the type that a view names. refusals: refusals of other
    modules, by endpoint.
    """

    types: Mapping[Any, Any] = field(default_factory=dict)
    refusals: Mapping[str, tuple[type[Refusal], ...]] = field(default_factory=dict)


def add_to_descriptions(app: Flask, additions: Additions) -> None:
    """Set the additions to the descriptions of this app's views."""
    app.extensions[_ADDITIONS] = additions


def description_of(app: Flask, endpoint: str) -> Description:
    """Return the description of a route. Raises: LookupError when the view has none."""
    found: Description | None = vars(app.view_functions[endpoint]).get("description")
    if found is None:
        raise LookupError(f"no @describes on the view {endpoint}")
    added: Additions = app.extensions.get(_ADDITIONS) or Additions()
    return replace(
        found,
        answer=added.types.get(found.answer, found.answer),
        refuses=(*found.refuses, *added.refusals.get(endpoint, ())),
    )


def describes(what: str, /, **facts: Any) -> Callable[[V], V]:
    """Attach a description to a view. `facts`: the fields of Description."""
    description = Description(what=what, **facts)

    def note(view: V) -> V:
        vars(view)["description"] = description
        return view

    return note
