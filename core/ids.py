"""Identifiers: opaque, unguessable, safe in a URL."""

import secrets

_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 22
_ALL = len(_ALPHABET) ** _LENGTH


def new_id() -> str:
    """Return 22 characters of a 56-letter alphabet without look-alikes: about 127 bits."""
    number = secrets.randbelow(_ALL)
    letters = []
    for _ in range(_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


def new_token() -> str:
    """Return a secret for a link or a cookie: 256 bits, URL-safe."""
    return secrets.token_urlsafe(32)
