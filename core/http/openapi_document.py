"""The OpenAPI 3.1 document of the API, and the route that serves it."""

from functools import lru_cache
from typing import Any

import msgspec
from flask import Flask, request

from core.http.endpoints import Answer, answer, current_actor
from core.http.fast_reads import fast_read
from core.http.openapi import Problem, describes, description_of
from core.http.openapi_paths import Operation, paths_of
from core.http.openapi_schemas import Shapes

PREFIX = "/api/v1/"
MOUNTS = 8
"""Mount paths whose document is kept. The demo mounts the app once for each seat."""


def operations(app: Flask) -> list[Operation]:
    """Return every operation of the API, sorted by path and method."""
    found = [
        Operation(rule.rule, method, rule.endpoint, description_of(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    return sorted(found, key=lambda one: (one.rule, one.method))


def document(app: Flask, version: str, mount: str = "/") -> dict[str, Any]:
    """Return the OpenAPI document. `mount`: the path under which the app is mounted."""
    found = operations(app)
    facts = [one.facts for one in found]
    types = [kind for one in facts for kind in (one.body, one.answer, one.members) if kind]
    shapes = Shapes([*types, Problem], [one.facts.query for one in found if one.facts.query])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Diên Hồng",
            "version": version,
            "description": "Times are RFC 3339 with offset, ids are opaque strings. Clients"
            " ignore fields and values that they do not know.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": mount}],
        "paths": paths_of(found, shapes),
        "components": {
            "schemas": shapes.components,
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "dienhong_session",
                    "description": "`__Host-dienhong_session` where the server speaks TLS.",
                }
            },
        },
    }


def install(app: Flask, version: str) -> None:
    """Add the route of the document, for any signed-in user."""

    @lru_cache(MOUNTS)
    def encoded(mount: str) -> msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(document(app, version, mount)))

    @app.get(f"{PREFIX}openapi.json")
    @describes("This description.", answer=dict[str, Any])
    @fast_read(lambda asked: encoded(asked.mount or "/"))
    def get_openapi() -> Answer:
        current_actor()
        return answer(encoded(request.script_root or "/"))
