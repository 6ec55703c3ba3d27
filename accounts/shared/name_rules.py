"""Search folding and sort order of Vietnamese names. Pure.

Names are sorted by given name (the last word), then family name (the first), then the middle
names. Letters are compared first, in alphabetical order; tones only between words with equal
letters: An, Án, Anh, Ân.
"""

import unicodedata

_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: bytes([place]) for place, letter in enumerate(_ALPHABET, start=0x10)}
_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Huyền, hỏi, ngã, sắc, nặng: their dictionary order, after no tone."""
_TONE = {mark: bytes([place]) for place, mark in enumerate(_TONES, start=2)}
_NO_TONE = b"\x01"
_FOREIGN = b"\xf0"


def fold(text: str) -> str:
    """Fold text for searching: no accents or case, single spaces ("Đỗ  Quyên": do quyen)."""
    bare = "".join(
        mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark)
    )
    return " ".join(bare.casefold().replace("đ", "d").split())


def name_key(display_name: str) -> bytes:
    """Return bytes that sort in the order of names; equal names have equal keys."""
    words = unicodedata.normalize("NFC", display_name).casefold().split()
    if not words:
        return b""
    given, rest = words[-1], words[:-1]
    return b"\x02".join(_word_key(word) for word in (given, *rest))


def _word_key(word: str) -> bytes:
    letters, tones = b"", b""
    for sign in word:
        letter, tone = _without_tone(sign)
        letters += _LETTER.get(letter) or _FOREIGN + letter.encode()
        tones += tone
    return letters + b"\x01" + tones


def _without_tone(sign: str) -> tuple[str, bytes]:
    """Split a letter into the letter without tone and the tone: "ấ" is "â" and sắc."""
    parts = unicodedata.normalize("NFD", sign)
    tone = next((_TONE[mark] for mark in parts if mark in _TONE), _NO_TONE)
    kept = "".join(mark for mark in parts if mark not in _TONE)
    return unicodedata.normalize("NFC", kept), tone


def folded_username(text: str) -> str:
    """Return a username in the form in which it is stored and compared."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def is_username(folded: str) -> bool:
    """Return whether it has 1 to 64 characters: letters of any language, digits, . _ - @ +."""
    return (
        0 < len(folded) <= 64
        and folded[0].isalnum()
        and all(sign.isalnum() or sign in "._-@+" for sign in folded)
    )
