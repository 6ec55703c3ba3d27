"""WSGI fast path that answers simple requests for page images and tiles before Flask.

Clients that prefetch a document request thousands of images, and most of Flask's work is the same
for each. The fast path authenticates with Flask's sign-in, authorizes with `readable_version`, and
caches the grant for less than a second. It responds only with images and "304 Not Modified". All
other requests go to Flask, so refusals stay in one place.
See docs/adr/0015-page-images-before-flask.md.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog
from cachetools import TLRUCache
from flask import Flask
from prometheus_client import Counter

from accounts.sign_in import sessions
from core.app_context import current_context
from core.db.shared_read_session import SharedReadSession
from core.errors import Refusal
from core.http import middleware
from documents.access import readable_version
from documents.declares import PageNotReady
from documents.http.page_responses import (
    MISSING,
    PRIVATE,
    WIDEST,
    Missing,
    Shown,
    image_tag,
    shown,
)
from documents.http.tile_responses import shown_tile, tile_tag
from documents.models import VersionStatus
from documents.pages import codec
from documents.pages.resolutions import BASE_WIDTH, resolution_for
from documents.render_protocol import RenderFault
from documents.worker.messages import RenderRequest

HOLDS_FOR = 0.9
"""Lifetime of a grant in seconds. A revocation takes effect within one second; the rest of that
second is for the response."""
SHARED_FOR = 0.3
"""Seconds for which requests share a read session (document and room). The lifetime of a grant
counts from the start of that session."""
TIMEOUT = 5.0
"""Seconds to wait for an image that is not rendered yet. After that Flask continues to wait and
returns any error."""
MOST_PASSES = 4_096
LONGEST_COOKIE = 2_048
CONDITIONS = (
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
)
"""Conditional headers that the fast path does not evaluate."""

ANSWERED = Counter("dienhong_page_gate_answers", "page images answered before Flask")
log = structlog.get_logger()
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Wsgi = Callable[[Environ, Start], Iterable[bytes]]
_PATH = re.compile(
    r"/api/v1/documents/([0-9A-Za-z]{1,40})/versions/([1-9][0-9]{0,5})"
    r"/pages/([1-9][0-9]{0,4})/(?:image|tiles/([0-9]{4})/([0-9]{1,5})/([0-9]{1,5}))"
)
_QUERY = re.compile(r"width=([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class AccessGrant:
    """The result of an access check. until: expiry, on the monotonic clock."""

    sha256: str
    page_count: int | None
    until: float


class Passes:
    """A bounded cache of access grants, by cookie, document id and version number."""

    def __init__(self, most: int = MOST_PASSES) -> None:
        self._grants: TLRUCache[tuple[str, str, int], AccessGrant, float] = TLRUCache(
            most, ttu=lambda _key, given, _now: given.until
        )
        self._mutex = threading.Lock()

    def __len__(self) -> int:
        with self._mutex:
            return len(self._grants)

    def find(self, key: tuple[str, str, int]) -> AccessGrant | None:
        """A grant that has not expired, or None."""
        with self._mutex:
            return self._grants.get(key)

    def give(self, key: tuple[str, str, int], new: AccessGrant) -> None:
        """Store a grant until it expires, at most."""
        with self._mutex:
            self._grants[key] = new


class ImageFastPath:
    """WSGI middleware around the Flask application."""

    def __init__(self, app: Flask, onward: Wsgi, routes: tuple[str, str]) -> None:
        """routes: the URL rules of images and of tiles, as labels for metrics."""
        self._app = app
        self._onward = onward
        self._routes = routes
        self.passes = Passes()
        self._read_session = SharedReadSession(SHARED_FOR)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if path.endswith("/image") or "/tiles/" in path:
            answered = self._answer(environ, start, path)
            if answered is not None:
                return answered
        return self._onward(environ, start)

    def _answer(self, environ: Environ, start: Start, path: str) -> list[bytes] | None:
        """The response body of a simple request whose image is available; None: Flask answers."""
        began = time.perf_counter()
        method: str = environ["REQUEST_METHOD"]
        place = _PATH.fullmatch(path)
        unresolved = place and _request_from_url(place, environ)
        if place is None or unresolved is None or method not in ("GET", "HEAD"):
            return None
        if any(header in environ for header in CONDITIONS):
            return None
        request_id = middleware.begin_request(environ.get("REMOTE_ADDR"))
        document_id, number, page = place[1], int(place[2]), int(place[3])
        grant = self._find_grant(environ, document_id, number)
        if grant is None or (grant.page_count is not None and page > grant.page_count):
            return None
        render_request = msgspec.structs.replace(unresolved, sha256=grant.sha256)
        status = "304 NOT MODIFIED"
        headers: Headers = []
        body: list[bytes] = []
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is None:
            found = _find_image(environ, render_request)
            # Rendering may take long: check again, because access may have been revoked meanwhile.
            still = self._find_grant(environ, document_id, number)
            if found is None or still is None or still.sha256 != grant.sha256:
                return None
            data, headers, render_request = found
            status, body = "200 OK", [data] if method == "GET" else []
        tag = f'"{_tag_of(render_request)}"'
        if known not in (None, tag):
            return None
        response_headers = [("ETag", tag), ("X-Request-Id", request_id)]
        start(status, [*headers, *response_headers, *PRIVATE.items()])
        route = self._routes[render_request.what == "tile"]
        middleware.count(method, route, int(status[:3]), time.perf_counter() - began)
        ANSWERED.inc()
        return body

    def _find_grant(self, environ: Environ, document_id: str, number: int) -> AccessGrant | None:
        cookie: str = environ.get("HTTP_COOKIE", "")
        if not 0 < len(cookie) <= LONGEST_COOKIE:
            return None
        key = cookie, document_id, number
        found = self.passes.find(key)
        if found is None:
            found = self._authorize(environ, document_id, number)
            if found is not None:
                self.passes.give(key, found)
        return found

    def _authorize(self, environ: Environ, document_id: str, number: int) -> AccessGrant | None:
        """Authenticate and authorize as Flask does; None when Flask has to answer."""
        began = time.monotonic()
        try:
            actor = sessions.actor_of(self._app, environ)
            if actor is None:
                return None
            with self._read_session.read(current_context().database) as (session, since):
                version = readable_version(session, actor, document_id, number)
        except Refusal:
            return None
        except Exception as fault:
            # The same error occurs in Flask, which reports it.
            log.warning("page_gate_closed", fault=str(fault))
            return None
        if version.status is VersionStatus.FAILED or not version.is_converted:
            return None
        return AccessGrant(version.sha256, version.page_count, min(began, since) + HOLDS_FOR)


def _request_from_url(place: re.Match[str], environ: Environ) -> RenderRequest | None:
    """The render request of a simple URL, without its SHA-256; None when the URL is not simple."""
    query: str = environ.get("QUERY_STRING", "")
    page = int(place[3])
    if place[4] is not None:
        at = int(place[5]), int(place[6])
        return None if query else RenderRequest("tile", "", page, int(place[4]), at)
    if not query:
        return RenderRequest("image", "", page, BASE_WIDTH)
    match = _QUERY.fullmatch(query)
    if match is None or int(match[1]) > WIDEST:
        return None
    return RenderRequest("image", "", page, resolution_for(int(match[1])))


def _find_image(
    environ: Environ, render_request: RenderRequest
) -> tuple[bytes, Headers, RenderRequest] | None:
    """(bytes, headers, request) of an image or tile, rendered if missing; None: Flask answers.

    A fault from the worker is stored in `environ[MISSING]` for Flask.
    """
    try:
        found = (
            shown_tile(render_request)
            if render_request.what == "tile"
            else shown(render_request, TIMEOUT)
        )
        if isinstance(found, RenderFault):
            environ[MISSING] = Missing(render_request, found)
            return None
        if isinstance(found, Shown):
            render_request = msgspec.structs.replace(render_request, width=found.width)
            found = found.data
        return found, _content_headers(found), render_request
    except PageNotReady:
        return None
    except (OSError, ValueError) as fault:
        # The same error occurs in Flask, which reports it.
        log.warning("page_gate_cannot_read", fault=str(fault))
        return None


def _tag_of(render_request: RenderRequest) -> str:
    if render_request.what == "tile":
        return tile_tag(render_request)
    return image_tag(render_request.sha256, render_request.page, render_request.width)


def _content_headers(data: bytes) -> Headers:
    """Content headers. Raises ValueError (not an image)."""
    return [
        ("Content-Type", codec.mime_of(data[:12])),
        ("Content-Length", str(len(data))),
    ]


def install(app: Flask, image: str, tile: str) -> None:
    """Install the fast path before the two endpoints, which answer all other requests."""
    routes = [next(app.url_map.iter_rules(endpoint)).rule for endpoint in (image, tile)]
    fast_path = ImageFastPath(app, app.wsgi_app, (routes[0], routes[1]))
    app.wsgi_app = fast_path  # type: ignore[method-assign, assignment]
