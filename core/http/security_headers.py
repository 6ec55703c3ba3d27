"""WSGI middleware that adds the security headers to every response.

A response that says nothing about caches is stored by none: whoever forgets the header publishes
nothing. A media type of text without a charset would be guessed by the client.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

Headers = list[tuple[str, str]]
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_BARE_TEXT = ("Content-Type", "text/plain")
_WITH_CHARSET = ("Content-Type", "text/plain; charset=utf-8")
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline';"
    " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)


class SecurityHeaders:
    """Adds each header that the response does not have.

    demo: the pages of the demonstration frame the app under its mount paths. hsts_days: how long
    browsers refuse plain HTTP after a response over HTTPS (RFC 6797); 0: not at all.
    """

    def __init__(
        self, onward: Callable[..., Iterable[bytes]], *, demo: bool, hsts_days: int = 0
    ) -> None:
        self._onward = onward
        self._demo = demo
        self._hsts = ("Strict-Transport-Security", f"max-age={hsts_days * 86_400}")
        self._hsts_used = hsts_days > 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        framed = self._demo and bool(environ.get("SCRIPT_NAME"))

        def start_with_headers(status: str, headers: Headers, *more: Any) -> Any:
            has = {name.lower() for name, _ in headers}
            added = [one for key, one in _added(framed) if key not in has]
            if self._hsts_used and environ["wsgi.url_scheme"] == "https":
                added.append(self._hsts)
            said = [_WITH_CHARSET if one == _BARE_TEXT else one for one in headers]
            return start(status, [*said, *added], *more)

        return self._onward(environ, start_with_headers)


@lru_cache(2)
def _added(framed: bool) -> list[tuple[str, tuple[str, str]]]:
    frames = "frame-ancestors 'self'" if framed else "frame-ancestors 'none'"
    headers = {**_HEADERS, "Content-Security-Policy": f"{_POLICY}; {frames}"}
    return [(name.lower(), (name, value)) for name, value in headers.items()]
