"""The client of a request: its address, and whether it still waits for the answer."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from core.server.client_gone import GONE, never_gone


@dataclass(frozen=True)
class Client:
    """is_gone: whether it has closed its connection; False where the server cannot know."""

    address: str
    is_gone: Callable[[], bool]


def current_client() -> Client:
    """Return the client of this request."""
    return Client(request.remote_addr or "", request.environ.get(GONE, never_gone))
