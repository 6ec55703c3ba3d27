"""The Flask app of web, as the sockets need it."""

from flask import Flask, Request
from werkzeug.routing import MapAdapter

SOCKETS = "/socket.io/"
"""Answered before Flask. Each event of a socket still opens a request context with this path."""


class WebApp(Flask):
    """Flask that does not look for the route behind a socket's event.

    There is none, and the exception that says so is tied up with its frames, the request and the
    session: 65 objects for each event that only a full garbage collection would free, and the hub
    would stand still for it.
    """

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is not None and request.path == SOCKETS:
            return None
        return super().create_url_adapter(request)
