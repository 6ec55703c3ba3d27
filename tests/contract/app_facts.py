"""python -m tests.contract.app_facts: what the assembled web app holds, as JSON.

A process of its own, so that the test run stays unassembled. Written are the routes, the socket
events that are really bound, the description of the API, and the schema of all that is sent.
"""

import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import structlog
from flask import Flask
from flask_socketio import SocketIO

import app
from core.config import VERSION, read_config
from core.http.openapi_document import document, operations
from meetings.features import FEATURES
from meetings.shared.feature import Features
from tests.contract.wire_schema import schema_of

QUIET = {"connect", "disconnect", "*"}


class Route(msgspec.Struct, frozen=True):
    """One method of one route, and the name of its view."""

    method: str
    rule: str
    endpoint: str


class Facts(msgspec.Struct, frozen=True):
    """What the web app holds.

    socket_events: without those of the transport itself. wire: the schema of all that is sent.
    """

    routes: list[Route]
    socket_events: list[str]
    openapi: dict[str, Any]
    wire: dict[str, Any]


def assembled(data: Path) -> tuple[Flask, SocketIO]:
    """The whole app of web over a fresh data folder, without its loops."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    config = read_config(data, env={"DIENHONG_ASYNC_MODE": "threading"})
    app.prepare(config)
    web, socketio, _rooms = app.make_web(app.assemble(config))
    return web, socketio


def socket_events() -> dict[str, type]:
    """Every event that the features of meetings take, with the type of its payload."""
    return {event.name: event.payload for event in Features(FEATURES).socket_events}


def facts_of(web: Flask, socketio: SocketIO) -> Facts:
    """See Facts."""
    routes = [
        Route(method, rule.rule, rule.endpoint)
        for rule in web.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    bound = sorted(set(socketio.server.handlers["/"]) - QUIET)
    wire = schema_of(operations(web), socket_events())
    return Facts(routes, bound, document(web, VERSION), wire)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = facts_of(*assembled(Path(folder)))
        Path(sys.argv[1]).write_bytes(msgspec.json.encode(found))
