"""What every HTML page stands on: assets by content hash, words, and the template's globals."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for

from core import clock, i18n
from core.house import house
from core.kept_together import kept_together

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
THEMES = ("auto", "light", "dark", "contrast")
THEME_COOKIE = "dienhong_theme"


def install(app: Flask) -> None:
    """Give templates `asset`, `t`, `lang`, `theme`, `words_url`, `hall_zone`, `by_hall_clock`,
    `kept_together`."""
    app.jinja_env.globals.update(asset=asset, t=i18n.t)
    app.jinja_env.filters["by_hall_clock"] = by_hall_clock
    app.jinja_env.filters["kept_together"] = kept_together
    app.context_processor(_of_this_request)
    app.after_request(_keep_hashed_files)


def asset(name: str) -> str:
    """The URL of a bundled file, with its content hash where the bundler gave one."""
    return url_for("static", filename=f"dist/{_manifest().get(name, name)}")


def by_hall_clock(moment: datetime | str) -> datetime:
    """A moment (aware, or RFC 3339 text) as the clock in the hall shows it."""
    aware = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return clock.in_zone(aware, house().config.timezone)


def theme() -> str:
    """The look that this person chose."""
    chosen = request.cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def _keep_hashed_files(response: Response) -> Response:
    """A file whose name holds its content's hash never changes: tablets need not ask again."""
    name = request.path.rpartition("/static/dist/")[2]
    if name in _manifest().values():
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _of_this_request() -> dict[str, Any]:
    language = i18n.chosen_language()
    return {
        "lang": language,
        "theme": theme(),
        "words_url": url_for("words", language=language),
        "hall_zone": house().config.timezone,
    }


@lru_cache
def _manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found
