"""Translations: catalogue keys in Vietnamese and English, one gettext domain per area.

A message id is a key (`room.following`); its text is in translations/<language>/LC_MESSAGES.
Placeholders are `{name}`. A key without a text is a programming error, which a test detects.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Annotated, Any, Literal

import msgspec
from babel.support import Translations
from flask import has_request_context, request
from flask_babel import Babel
from msgspec import Meta
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie

from core.paths import ROOT

Language = Literal["vi", "en"]
Text = Annotated[str, Meta(min_length=1, max_length=600)]
"""A text; the limits apply where it is decoded, in rule packs."""

LANGUAGES: tuple[Language, ...] = ("vi", "en")
COOKIE = "dienhong_lang"
FOLDER = ROOT / "translations"
DOMAINS = tuple(sorted(file.stem for file in FOLDER.glob("vi/LC_MESSAGES/*.po")))
SERVER_DOMAINS = ("reports", "voting")
"""Catalogues that only the server uses."""
BROWSER_DOMAINS = tuple(domain for domain in DOMAINS if domain not in SERVER_DOMAINS)

MOST_HEADERS = 1_024
"""Parsed request headers that are kept."""

babel = Babel()
_outside_flask: ContextVar[Language | None] = ContextVar("language", default=None)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_default: Language = "vi"
_cookie_name = COOKIE


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same text in both languages."""

    vi: Text
    en: Text

    def said(self, language: Language) -> str:
        """Return the text in one language."""
        text: str = getattr(self, language)
        return text

    def changed(self, change: Callable[[str], str]) -> "Words":
        """Return a copy with `change` applied to each text."""
        return Words(**{language: change(self.said(language)) for language in LANGUAGES})


def language_named(name: str | None) -> Language | None:
    """Return the language with this code; None for any other string."""
    return next((language for language in LANGUAGES if language == name), None)


def set_up(default: str, *, cookie_prefix: str = "") -> None:
    """Set the language of a first visit, and the prefix of the cookie's name.

    Raises: ValueError for an unknown code.
    """
    global _default, _cookie_name
    language = language_named(default)
    if language is None:
        raise ValueError(f"unknown language: {default}")
    _default, _cookie_name = language, f"{cookie_prefix}{COOKIE}"


def default_language() -> Language:
    """Return the language of a first visit."""
    return _default


def chosen_language() -> Language:
    """Return the language of the current request.

    The cookie with the user's choice comes first. API clients may send Accept-Language; pages of a
    first visit ignore it, because tablets are often sold with English as their language.
    """
    if not has_request_context():
        return _outside_flask.get() or _default
    cookie = language_named(request.cookies.get(_cookie_name))
    if cookie is not None:
        return cookie
    if request.path.startswith(("/api/", "/socket.io")):
        return _accepted(request.headers.get("Accept-Language", "")) or _default
    return _default


@contextmanager
def language_of_api_request(environ: dict[str, Any]) -> Iterator[None]:
    """Make `chosen_language` answer, inside the block, for an API request outside Flask."""
    language = language_named(_cookies(environ.get("HTTP_COOKIE", "")).get(_cookie_name))
    language = language or _accepted(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    token = _outside_flask.set(language)
    try:
        yield
    finally:
        _outside_flask.reset(token)


@lru_cache(MOST_HEADERS)
def _accepted(header: str) -> Language | None:
    """Return the language that an Accept-Language header prefers, if any."""
    accepted = parse_accept_header(header, LanguageAccept)
    return language_named(accepted.best_match(LANGUAGES))


@lru_cache(MOST_HEADERS)
def _cookies(header: str) -> dict[str, str]:
    return parse_cookie(header).to_dict()


@lru_cache
def catalogue(language: Language) -> dict[str, str]:
    """Return every key and its text in one language."""
    return _read(language, DOMAINS)


def _read(language: Language, domains: tuple[str, ...]) -> dict[str, str]:
    words: dict[str, str] = {}
    for domain in domains:
        found = Translations.load(str(FOLDER), [language], domain)
        entries = getattr(found, "_catalog", {})
        words.update({key: text for key, text in entries.items() if key})
    return words


@lru_cache
def words_script(language: Language) -> bytes:
    """Return the script that defines the texts of a page."""
    entries = _read(language, BROWSER_DOMAINS)
    words = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.DIENHONG_WORDS={words};".encode()


@lru_cache
def words_tag(language: Language) -> str:
    """Return a hash of the texts; it is part of the script's URL, which is cached for ever."""
    return hashlib.sha256(words_script(language)).hexdigest()[:12]


@lru_cache
def words_gzipped(language: Language) -> bytes:
    """Return the script compressed with gzip, a quarter of its size."""
    return gzip.compress(words_script(language), mtime=0)


def t(key: str, /, **params: object) -> str:
    """Return the text for a key in the language of the request."""
    return text_in(chosen_language(), key, **params)


def text_in(language: Language, key: str, /, **params: object) -> str:
    """Return the text for a key in a given language; the key itself when it has no text.

    A parameter of type `Words` is inserted in the same language. Placeholders inside values are
    not replaced: a value may be user input.
    """
    text = catalogue(language).get(key, key)
    if not params:
        return text

    def value_of(placeholder: re.Match[str]) -> str:
        value = params.get(placeholder[1], placeholder[0])
        return value.said(language) if isinstance(value, Words) else str(value)

    return _PLACEHOLDER.sub(value_of, text)


def localized(key: str, /, **params: object) -> Words:
    """Return the text for a key in both languages; see `text_in`."""
    return Words(**{language: text_in(language, key, **params) for language in LANGUAGES})
