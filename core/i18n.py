"""Words: catalogue keys in Vietnamese and English, one gettext domain for each area.

A message id is a key (`room.following`); its text is in translations/<language>/LC_MESSAGES.
Placeholders are `{name}`. A key without a text is an error of the program, found by a test.
"""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from babel.support import Translations
from flask import has_request_context, request
from flask_babel import Babel

LANGUAGES = ("vi", "en")
COOKIE = "dienhong_lang"
FOLDER = Path(__file__).resolve().parent.parent / "translations"
DOMAINS = tuple(sorted(file.stem for file in FOLDER.glob("vi/LC_MESSAGES/*.po")))

babel = Babel()
_default = "vi"


def set_default(language: str) -> None:
    """The language of a first visit."""
    global _default  # noqa: PLW0603 - one for the process
    _default = language


def default_language() -> str:
    """The language of a first visit."""
    return _default


def chosen_language() -> str:
    """The language of the request at hand.

    A person's own choice (cookie) first. API clients may ask with Accept-Language; pages of a first
    visit do not follow it, for tablets are often sold set to English.
    """
    if not has_request_context():
        return _default
    cookie = request.cookies.get(COOKIE)
    if cookie in LANGUAGES:
        return cookie
    if request.path.startswith(("/api/", "/socket.io")):
        return request.accept_languages.best_match(LANGUAGES, _default) or _default
    return _default


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """Every key and its text in one language."""
    words: dict[str, str] = {}
    for domain in DOMAINS:
        found = Translations.load(str(FOLDER), [language], domain)
        entries = getattr(found, "_catalog", {})
        words.update({key: text for key, text in entries.items() if key})
    return words


@lru_cache
def words_script(language: str) -> bytes:
    """The script that gives a page its words."""
    words = json.dumps(catalogue(language), ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.DIENHONG_WORDS={words};".encode()


@lru_cache
def words_tag(language: str) -> str:
    """A hash of the words: it stands in their address, which is then good for ever."""
    return hashlib.sha256(words_script(language)).hexdigest()[:12]


@lru_cache
def words_gzipped(language: str) -> bytes:
    """The script compressed, which takes a quarter of its bytes."""
    return gzip.compress(words_script(language), mtime=0)


def t(key: str, /, **params: object) -> str:
    """The text for a key in the language of the request."""
    return text_in(chosen_language(), key, **params)


def text_in(language: str, key: str, /, **params: object) -> str:
    """The text for a key in a given language; the key itself where there is none."""
    text = catalogue(language).get(key, key)
    for name, value in params.items():
        text = text.replace("{" + name + "}", str(value))
    return text
