"""Plain HTTP on a server with TLS: serves the certificate's trust page, redirects other pages.

The same port accepts both, so that an old bookmark, or an address without "https", still works.
Requests of programs are refused: a redirect would hide that they send their data unencrypted.
"""

import re
from collections.abc import Iterable
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

TRUST_PAGE, TRUST_FILE = "/trust", "/trust/ca.crt"
OPEN = frozenset({TRUST_PAGE, TRUST_FILE})
OPEN_BELOW = "/static/"
"""Assets of the trust page."""
OF_PROGRAMS = ("/api/", "/socket.io/", "/healthz", "/readyz", "/metrics")
"""Beginnings of the paths that no person types."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


class HttpsRedirect:
    """WSGI middleware: requests without TLS reach only the public paths."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        secure = environ["wsgi.url_scheme"] == "https"
        if secure or path in OPEN or path.startswith(OPEN_BELOW):
            answered: Iterable[bytes] = self._inner(environ, start_response)
            return answered
        if path.startswith(OF_PROGRAMS):
            refused = Response("HTTPS is required.\n", 403, mimetype="text/plain")
            return refused(environ, start_response)
        return _redirect_to_tls(environ)(environ, start_response)


def _redirect_to_tls(environ: dict[str, Any]) -> Response:
    """Redirect to the same URL with TLS. 307 keeps the method; the body was already exposed."""
    host = environ.get("HTTP_HOST", "")
    if not _HOST.fullmatch(host):
        return Response(status=400)
    query = environ.get("QUERY_STRING", "")
    path = environ.get("RAW_PATH_INFO") or "/"
    target = f"https://{host}/{path.lstrip('/')}" + (f"?{query}" if query else "")
    return redirect(target, 307)
