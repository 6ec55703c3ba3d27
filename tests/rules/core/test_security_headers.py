"""Strict-Transport-Security: sent over HTTPS alone, and only where an operator asked for it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from core.http.security_headers import SecurityHeaders


def onward(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [])
    return []


@pytest.mark.parametrize(
    ("scheme", "days", "sent"),
    [("https", 2, "max-age=172800"), ("http", 2, None), ("https", 0, None)],
)
def test_https_is_forced_only_where_asked_for(scheme: str, days: int, sent: str | None):
    got: dict[str, str] = {}
    layer = SecurityHeaders(onward, demo=False, hsts_days=days)
    layer({"wsgi.url_scheme": scheme}, lambda _status, headers: got.update(headers))
    assert got.get("Strict-Transport-Security") == sent
    assert got["X-Content-Type-Options"] == "nosniff"
