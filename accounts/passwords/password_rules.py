"""Rules for refused passwords, and the spellings of a generated password. Pure."""

import re
import unicodedata
from itertools import pairwise

from accounts.shared.declares import WeakPassword
from accounts.shared.name_rules import fold

LEAST = 10
SIGNS = "23456789abcdefghijkmnpqrstuvwxyz"
"""Characters of generated passwords, without look-alikes. 32 of them: 5 bits each."""

_COMMON = """
    1234567890 12345678910 0123456789 0987654321 9876543210 1234554321 1q2w3e4r5t q1w2e3r4t5
    qwertyuiop qwerty12345 qwerty123456 asdfghjkl123 password12 password123 password1234
    passw0rd123 p@ssw0rd123 p@ssword123 matkhau123 matkhau1234 matkhau12345 matkhaumoi
    matkhau@123 matkhau123 administrator admin12345 admin123456 admin@1234 admin@12345
    admin@123456 abcdefghij abcd123456 abc123456789 abcdef123456 aabbccddee letmein123
    welcome123 welcome1234 iloveyou123 anhyeuem123 emyeuanh123 xinchao123 vietnam123
    vietnam1234 vietnam2025 vietnam2026 hanoi123456 saigon12345 dienhong123 dienhong2025
    dienhong2026 hdnd123456 ubnd123456 changeme123
"""
_GUESSED_FIRST = frozenset(_COMMON.split())

_CONTEXT = """
    dienhong bieuquyet chutich daibieu hdnd hoidong kyhop nhandan phonghop quantri thuky ubnd uyban
    vietnam matkhau admin password
"""
CONTEXT_WORDS = tuple(_CONTEXT.split())
"""What somebody who knows the body tries first, without accents; docs/admin.md lists them."""
_NO_LETTERS = re.compile(r"[^a-z]")


def check_new_password(password: str, username: str) -> None:
    """Raises WeakPassword when it is shorter than LEAST, the username, or easily guessed.

    Otherwise a password may be of any characters: no kind of character is required.
    """
    folded = fold(password)
    signs = folded.replace(" ", "")
    name = fold(username)
    if (
        len(password) < LEAST
        or signs in _GUESSED_FIRST
        or signs in (name, name[::-1], name * 2)
        or len(set(signs)) < 4
        or _is_run(signs)
        or _is_context(signs, name)
    ):
        raise WeakPassword(least=LEAST)


def normal(password: str) -> str:
    """Normalise a password to NFC before hashing; keyboards compose letters differently."""
    return unicodedata.normalize("NFC", password)


def as_generated(typed: str) -> str:
    """Return a typed password in the spelling in which a generated one was shown and hashed.

    Case, dashes and spaces carry none of its random bits: SIGNS has no capitals.
    """
    return readable("".join(sign for sign in normal(typed).lower() if sign.isalnum()))


def readable(signs: str) -> str:
    """Format a generated password in groups of four, easy to read out and to type."""
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def _is_context(signs: str, name: str) -> bool:
    """Return whether the letters are CONTEXT_WORDS and the username alone: hdnd-dienhong.2026."""
    letters = _NO_LETTERS.sub("", signs)
    words = [word for word in (*CONTEXT_WORDS, _NO_LETTERS.sub("", name)) if word]
    return re.fullmatch(f"(?:{'|'.join(words)})+", letters) is not None


def _is_run(signs: str) -> bool:
    """Return whether the characters are consecutive, ascending or descending: abcdefghij."""
    steps = {ord(later) - ord(sooner) for sooner, later in pairwise(signs)}
    return steps in ({1}, {-1})
