"""Where a request came from: what trusted proxies say, and never what a client says of itself."""

from pathlib import Path

import pytest
from flask import request

import app
from core.config import Config
from core.http.flask_app import WebApp

FORGED = {
    "X-Forwarded-For": "192.0.2.66, 10.0.0.9",
    "X-Forwarded-Proto": "http, https",
    "X-Forwarded-Host": "evil.example, hop.lan",
    "X-Real-IP": "192.0.2.66",
    "Forwarded": "for=192.0.2.66",
}


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [(0, "127.0.0.1 http localhost"), (1, "10.0.0.9 https hop.lan")],
)
def test_only_the_last_proxy_is_believed(tmp_path: Path, proxies: int, seen: str):
    web = WebApp(__name__)
    web.add_url_rule(
        "/seen", "seen", lambda: f"{request.remote_addr} {request.scheme} {request.host}"
    )
    app._install_wsgi_middleware(web, Config(tmp_path, "", "", trusted_proxies=proxies))
    answer = web.test_client().get("/seen", headers=FORGED)
    assert answer.text == seen
