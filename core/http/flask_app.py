"""The Flask class of the web process, adapted to Socket.IO."""

from flask import Flask, Request
from werkzeug.routing import MapAdapter

SOCKETS = "/socket.io/"
"""Handled before Flask. Each socket event still opens a request context with this path."""


class WebApp(Flask):
    """Flask without URL matching for socket events.

    No route matches them, and the resulting exception forms a cycle with its frames, the request
    and the session: 65 objects per event that only a full garbage collection would free, which
    blocks the event loop.
    """

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is not None and request.path == SOCKETS:
            return None
        return super().create_url_adapter(request)
