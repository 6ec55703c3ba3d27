"""What every HTML page stands on: assets by content hash, words, and the template's globals."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

from core import clock, i18n
from core.app_context import current_context
from core.nonbreaking import keep_names_unbroken
from core.paths import ROOT

DIST = ROOT / "static" / "dist"
THEMES = ("auto", "light", "dark", "contrast")
THEME_COOKIE = "dienhong_theme"
TEXT_SIZES = ("normal", "large", "largest")
TEXT_SIZE_COOKIE = "dienhong_text_size"


def install(app: Flask) -> None:
    """Give templates `asset`, `t`, `lang`, `theme`, `text_size`, `words_url`, `hall_zone`,
    `by_local_clock` and `keep_names_unbroken`."""
    app.jinja_env.globals.update(asset=asset, t=i18n.t)
    app.jinja_env.filters["by_hall_clock"] = by_local_clock
    app.jinja_env.filters["kept_together"] = keep_names_unbroken
    app.context_processor(_of_this_request)


def asset(name: str) -> str:
    """The URL of a bundled file, with its content hash where the bundler gave one."""
    return url_for("static", filename=f"dist/{built_name(name)}")


def built_name(name: str) -> str:
    """The file of static/dist that an entry was bundled to."""
    return _manifest().get(name, name)


def by_local_clock(moment: datetime | str) -> datetime:
    """A moment (aware, or RFC 3339 text) as the clock in the hall shows it."""
    aware = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return clock.in_zone(aware, current_context().config.timezone)


def theme() -> str:
    """The look that this person chose."""
    chosen = request.cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def text_size() -> str:
    """The size of the interface's letters that this person chose."""
    chosen = request.cookies.get(TEXT_SIZE_COOKIE, TEXT_SIZES[0])
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]


def _of_this_request() -> dict[str, Any]:
    language = i18n.chosen_language()
    return {
        "lang": language,
        "theme": theme(),
        "text_size": text_size(),
        "words_url": url_for("words", language=language, v=i18n.words_tag(language)),
        "hall_zone": current_context().config.timezone,
    }


@lru_cache
def _manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found
