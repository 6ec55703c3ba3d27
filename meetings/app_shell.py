"""The service worker and the app shell that it stores: a room without personal data, for a reload
without a network.

The script of the worker is served from the root of the app, so that its scope is every page.
Its first line lists the contents of the shell; after any change, browsers install it again.
"""

import hashlib
import json
from functools import lru_cache

from flask import Blueprint, Response, request, url_for

from accounts.sign_in.boot import page_of_nobody
from core import i18n
from core.app_context import current_context
from core.config import PROTOCOL_VERSION
from core.errors import NotFound
from core.http import pages

shell = Blueprint("app_shell", __name__)


@shell.get("/service-worker.js")
def service_worker() -> Response:
    """The script of the service worker.

    Raises: NotFound (without a build; in a demo, whose seats share one browser and differ by path).
    """
    names = built_files()
    if current_context().config.demo or not names:
        raise NotFound(kind="service_worker")
    static = [url_for("static", filename=f"dist/{name}") for name in names]
    icon = url_for("static", filename="icon.svg")
    manifest = {
        "root": request.script_root,
        "page": url_for("app_shell.offline_page"),
        "files": [*static, icon, *_words().values()],
    }
    content = json.dumps(manifest) + offline_page().get_data(as_text=True)
    manifest["version"] = hashlib.sha256(content.encode()).hexdigest()[:12]
    body = f"self.APP_SHELL={json.dumps(manifest)};\n{_worker_script()}"
    response = Response(body, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@shell.get("/offline")
def offline_page() -> Response:
    """The HTML of the shell."""
    response = page_of_nobody(
        "offline.html",
        {
            "lang": i18n.default_language(),
            "protocol_version": PROTOCOL_VERSION,
            "words": _words(),
            "room_script": pages.asset("room.js"),
        },
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def built_files() -> list[str]:
    """The files in static/dist that the shell loads, as listed by static/build.mjs."""
    found: list[str] = pages.built_list("shell.json") or []
    return found


@lru_cache
def _worker_script() -> str:
    return (pages.DIST / pages.built_name("service_worker.js")).read_text()


def _words() -> dict[str, str]:
    """The URL of each language's script of translations; it changes with the content."""
    return {
        language: url_for("words", language=language, v=i18n.words_tag(language))
        for language in i18n.LANGUAGES
    }
