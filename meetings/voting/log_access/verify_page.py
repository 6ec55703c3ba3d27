"""The page that checks a vote archive in the browser, without this server.

static/build.mjs makes it as one file that loads nothing. It is public and is sent as it is: a
person may keep it, and compare its SHA-256 with the one in the release notes.
"""

import re
from functools import lru_cache

from flask import Blueprint, Response, request

from core.errors import NotFound
from core.http.pages import DIST

pages = Blueprint("verify_page", __name__)
FILE = DIST.joinpath("verify.html")
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


@pages.get("/verify")
def verify_page() -> Response:
    content, policy = _built()
    response = Response(content, mimetype="text/html")
    response.headers["Content-Disposition"] = 'inline; filename="kiem-tra-bieu-quyet.html"'
    # The app's own policy would forbid the inline script that the page's policy names by its hash.
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache(1)
def _built() -> tuple[bytes, str]:
    """The built page and its policy. Raises: NotFound without a build."""
    if not FILE.is_file():
        raise NotFound()
    content = FILE.read_bytes()
    found = _POLICY.search(content.decode())
    assert found, "the built page has no policy"
    return content, found[1]
