"""What a house with TLS still answers without it: how to trust the house, and where to go instead.

The same port takes both, so that an old bookmark, or an address typed without "https", leads there.
"""

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

TRUST_PAGE, TRUST_FILE = "/trust", "/trust/ca.crt"
OPEN = frozenset({TRUST_PAGE, TRUST_FILE})
OPEN_BELOW = "/static/"
"""What the page about trust is drawn with."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


class HttpsRedirect:
    """WSGI before the app: without TLS nothing passes but what is open to anyone."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        secure = environ["wsgi.url_scheme"] == "https"
        if secure or path in OPEN or path.startswith(OPEN_BELOW):
            answered: Iterable[bytes] = self._inner(environ, start_response)
            return answered
        return _elsewhere(environ)(environ, start_response)


def _elsewhere(environ: dict[str, Any]) -> Response:
    """The same address with TLS. The method stays; a body was read by whoever listens already."""
    host = environ.get("HTTP_HOST", "")
    if not _HOST.fullmatch(host):
        return Response(status=400)
    query = environ.get("QUERY_STRING", "")
    path = environ.get("RAW_PATH_INFO") or "/"
    target = f"https://{host}/{path.lstrip('/')}" + (f"?{query}" if query else "")
    return redirect(target, 307)


def install(app: Flask) -> None:
    """Put the door before everything that is in the app now."""
    app.wsgi_app = HttpsRedirect(app.wsgi_app)  # type: ignore[method-assign]
