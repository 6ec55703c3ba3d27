"""Shared parts of every HTML page: hashed assets, translations and template globals."""

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
    """Define the template globals `asset`, `imports_of`, `t`, `lang`, `theme`, `text_size`,
    `words_url` and `hall_zone`, and the filters `by_hall_clock` and `kept_together`."""
    app.jinja_env.globals.update(asset=asset, imports_of=imports_of, t=i18n.t)
    app.jinja_env.filters["by_hall_clock"] = by_local_clock
    app.jinja_env.filters["kept_together"] = keep_names_unbroken
    app.context_processor(_of_this_request)


def asset(name: str) -> str:
    """Return the URL of a bundled file, with the content hash of the bundler, if any."""
    return url_for("static", filename=f"dist/{built_name(name)}")


def imports_of(name: str) -> list[str]:
    """Return the URLs of the files that a bundled script imports before it runs."""
    files: list[str] = (built_list("imports.json") or {}).get(name, [])
    return [url_for("static", filename=f"dist/{file}") for file in files]


def built_name(name: str) -> str:
    """Return the file name in static/dist of a bundled entry point."""
    built: str = (built_list("manifest.json") or {}).get(name, name)
    return built


def by_local_clock(moment: datetime | str) -> datetime:
    """Convert a time (aware, or RFC 3339 text) to the configured time zone."""
    aware = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return clock.in_zone(aware, current_context().config.timezone)


def theme() -> str:
    """Return the colour theme that the user chose."""
    chosen = _preference(THEME_COOKIE) or "auto"
    return chosen if chosen in THEMES else "auto"


def text_size() -> str:
    """Return the text size that the user chose."""
    chosen = _preference(TEXT_SIZE_COOKIE)
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]


def _preference(cookie: str) -> str | None:
    return request.cookies.get(f"{current_context().config.cookie_prefix}{cookie}")


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
def built_list(name: str) -> Any:
    """Return what static/build.mjs listed in a JSON file of static/dist; None without a build."""
    path = DIST / name
    return json.loads(path.read_text()) if path.exists() else None
