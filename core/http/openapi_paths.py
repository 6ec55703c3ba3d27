"""OpenAPI paths of the API's operations: parameters, bodies, responses, refusals."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from core import errors
from core.errors import Refusal
from core.http.openapi import Description, Problem
from core.http.openapi_schemas import Shapes

_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_SAFE = {"GET"}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body are answered the same, and done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
}
_TOKEN = {
    "name": "X-CSRF-Token",
    "in": "header",
    "required": True,
    "description": "From GET /api/v1/session, or from the page.",
    "schema": {"type": "string"},
}


@dataclass(frozen=True)
class Operation:
    """A method of a route, with its view's description."""

    rule: str
    method: str
    endpoint: str
    facts: Description

    @property
    def path(self) -> str:
        """The path in OpenAPI's syntax."""
        return _PART.sub(r"{\2}", self.rule)

    def refusals(self) -> list[type[Refusal]]:
        """Return every refusal of this operation, without duplicates."""
        facts = self.facts
        usual: list[type[Refusal]] = []
        if not facts.public:
            usual += [errors.NotSignedIn, *errors.NotSignedIn.__subclasses__(), errors.NotAllowed]
        if "<" in self.rule:
            usual.append(errors.NotFound)
        if self.method not in _SAFE:
            usual += [errors.CsrfFailed]
            usual += [] if facts.public else [errors.IdempotencyConflict]
        if facts.body is not None:
            usual += [errors.MalformedRequest, errors.PayloadTooLarge]
        if facts.body is not None or facts.query is not None:
            usual.append(errors.InvalidInput)
        return list(dict.fromkeys([*usual, *facts.refuses]))


def paths_of(operations: Iterable[Operation], shapes: Shapes) -> dict[str, dict[str, Any]]:
    """Return OpenAPI's `paths` object."""
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in operations:
        paths[one.path][one.method.lower()] = _operation(one, shapes)
    return dict(paths)


def _operation(one: Operation, shapes: Shapes) -> dict[str, Any]:
    facts = one.facts
    made: dict[str, Any] = {
        "operationId": one.endpoint.replace(".", "_"),
        "summary": facts.what,
        "tags": [one.endpoint.rpartition(".")[0] or "about"],
        "security": [] if facts.public else [{"session": []}],
        "parameters": _parameters(one, shapes),
        "responses": {**_answer(one, shapes), **_problems(one, shapes)},
    }
    if facts.body is not None:
        content = {"application/json": {"schema": shapes.of(facts.body)}}
        made["requestBody"] = {"required": True, "content": content}
    elif facts.upload is not None:
        made["requestBody"] = {"required": True, "content": _upload(facts.upload)}
    return made


def _parameters(one: Operation, shapes: Shapes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if kind == "int" else "string"},
        }
        for kind, name in _PART.findall(one.rule)
    ]
    if one.facts.query is not None:
        found += shapes.parameters(one.facts.query)
    if one.method not in _SAFE and one.facts.token:
        found.append(_TOKEN)
    if one.method not in _SAFE and not one.facts.public:
        found.append(_KEY)
    return found


def _upload(fields: tuple[str, ...]) -> dict[str, Any]:
    properties: dict[str, Any] = {name: {"type": "string"} for name in fields}
    properties["file"] = {"type": "string", "format": "binary"}
    schema = {"type": "object", "properties": properties, "required": ["file"]}
    return {"multipart/form-data": {"schema": schema}}


def _answer(one: Operation, shapes: Shapes) -> dict[str, Any]:
    facts = one.facts
    made: dict[str, Any] = {"description": HTTPStatus(facts.status).phrase}
    if facts.answer is not None:
        made["content"] = {facts.media: {"schema": shapes.of(facts.answer)}}
    elif facts.media != "application/json":
        schema = {"type": "string", "format": "binary"}
        made["content"] = {facts.media: {"schema": schema}}
    answers = {str(facts.status): made}
    if facts.checks:
        answers["200"] = {**made, "description": "With `check=true`: what would be done."}
    return answers


def _problems(one: Operation, shapes: Shapes) -> dict[str, Any]:
    by_status: dict[int, list[str]] = defaultdict(list)
    for refusal in one.refusals():
        by_status[refusal.status].append(f"`{refusal.code}`")
    schema = shapes.of(Problem)
    if one.facts.members:
        schema = {"allOf": [schema, shapes.of(one.facts.members)]}
    content = {"application/problem+json": {"schema": schema}}
    made: dict[str, Any] = {
        str(status): {"description": ", ".join(codes), "content": content}
        for status, codes in sorted(by_status.items())
    }
    made["default"] = {"description": "any other refusal", "content": content}
    return made
