"""The client of a request: its address, whether it still waits, whether it is on this machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request

from core.server.client_gone import GONE, never_gone

LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Client:
    """is_gone: whether it has closed its connection; False where the server cannot know."""

    address: str
    is_gone: Callable[[], bool]


def current_client() -> Client:
    """Return the client of this request."""
    return Client(request.remote_addr or "", request.environ.get(GONE, never_gone))


def is_from_this_machine(environ: Mapping[str, Any]) -> bool:
    """Whether the client is on this machine and names it by a name of its own.

    A foreign name that resolves to this machine would let a foreign page in a browser here read the
    answers (DNS rebinding).
    """
    try:
        host = urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname
    except ValueError:
        return False
    # A request that a local proxy forwards is not local, even where the proxy is not trusted.
    forwarded = "HTTP_X_FORWARDED_FOR" in environ
    return environ.get("REMOTE_ADDR") in LOOPBACK and host in OWN_NAMES and not forwarded
