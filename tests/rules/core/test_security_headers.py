"""Headers of every response: what browsers may do with it, and what none of them may."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from core.config import Config
from core.http.security_headers import SecurityHeaders

Headers = list[tuple[str, str]]


def answered(headers: Headers, scheme: str = "https", **options: Any) -> dict[str, str]:
    """The headers with which a response of these leaves the server; none of them twice."""

    def onward(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", headers)
        return []

    got: Headers = []
    layer = SecurityHeaders(onward, demo=False, **options)
    layer({"wsgi.url_scheme": scheme}, lambda _status, headers: got.extend(headers))
    assert len(got) == len({name.lower() for name, _ in got})
    return dict(got)


@pytest.mark.parametrize(
    ("scheme", "days", "sent"),
    [("https", 2, "max-age=172800"), ("http", 2, None), ("https", 0, None)],
)
def test_https_is_forced_only_where_asked_for(scheme: str, days: int, sent: str | None):
    got = answered([], scheme, hsts_days=days)
    assert got.get("Strict-Transport-Security") == sent
    assert got["X-Content-Type-Options"] == "nosniff"


def test_a_response_may_load_only_what_is_ours_and_be_framed_by_nobody():
    got = answered([])
    policy = dict(part.strip().split(" ", 1) for part in got["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "script-src" not in policy
    assert got["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in got


def test_what_says_nothing_about_caches_is_in_none():
    assert answered([])["Cache-Control"] == "no-store"
    own = [("cache-control", "private, no-cache"), ("Content-Type", "text/html; charset=utf-8")]
    got = answered(own)
    assert (got["cache-control"], got.get("Cache-Control")) == ("private, no-cache", None)
    assert got["Content-Type"] == "text/html; charset=utf-8"


def test_text_has_a_charset():
    assert answered([("Content-Type", "text/plain")])["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("settings", "prefix"),
    [
        ({}, ""),
        ({"secure_cookies": True, "tls": True}, "__Host-"),
        ({"secure_cookies": True}, "__Host-"),
        # Mounted below a path of a host, perhaps beside another installation.
        ({"secure_cookies": True, "trusted_proxies": 1}, "__Secure-"),
        ({"secure_cookies": True, "demo": True}, "__Secure-"),
    ],
)
def test_cookies_have_the_strictest_prefix_that_browsers_take(tmp_path, settings, prefix: str):
    config = Config(tmp_path, "sqlite:///x", "x" * 32, **settings)
    assert config.cookie_prefix == prefix
