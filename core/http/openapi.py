"""The API's own description: what each route takes and answers, said beside its view.

`@describes(…)` stands under the route; `openapi_document` puts all of them together. Shapes come
from the types that the views parse and answer, so they cannot say something else.
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
    """One page of a list. `next`: cursor of the following page, null on the last."""

    items: Sequence[T]
    next: str | None = None


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field of the request.

    In a text of many lines `line` says where, `place` the same in words, `fault` which kind of
    wrong it is.
    """

    field: str
    message: str
    line: int | UnsetType = UNSET
    place: str | UnsetType = UNSET
    fault: str | UnsetType = UNSET


class Problem(msgspec.Struct, frozen=True):
    """A refusal (RFC 9457). `code`: of the closed list; `detail`: one sentence for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] | UnsetType = UNSET


@dataclass(frozen=True, kw_only=True)
class Description:
    """What one view does.

    media: of an answer that is not JSON. public: no sign-in is needed. token: an unsafe request
    needs X-CSRF-Token.
    checks: with `?check=true` it answers 200 what it would do, and changes nothing.
    upload: names of the text fields that may come beside `file`; None: the body is no upload.
    refuses: what the verb itself may say no with, besides what any such request may meet.
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


@dataclass(frozen=True, kw_only=True)
class Additions:
    """What slices add to the descriptions of views.

    types: the type that is really answered, by the one that a view names. refusals: of other
    modules, by endpoint.
    """

    types: Mapping[Any, Any] = field(default_factory=dict)
    refusals: Mapping[str, tuple[type[Refusal], ...]] = field(default_factory=dict)


def add_to_descriptions(app: Flask, additions: Additions) -> None:
    """Add to the descriptions of this app's views."""
    app.extensions[_ADDITIONS] = additions


def description_of(app: Flask, endpoint: str) -> Description:
    """The description of a route. Raises LookupError: an error of the program."""
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
    """Note a view's description on it. `facts`: the fields of Description."""
    description = Description(what=what, **facts)

    def note(view: V) -> V:
        vars(view)["description"] = description
        return view

    return note
