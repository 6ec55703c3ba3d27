"""File downloads: chunked reads and file names in any language (RFC 6266, RFC 8187)."""

import re
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from flask import Response

from core.offload import run_native

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHUNK = 256 * 1024
_LONGEST = 100
"""Maximum bytes of one part of a file name; file systems allow 255 for the name."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')

_UNDECOMPOSED = str.maketrans({'"': "'", "đ": "d", "Đ": "D"})
_BARE = "!#$&+-.^_`|~"
"""Punctuation that RFC 8187 allows unescaped in an extended value."""


def as_download(response: Response, name: str, *, plain: str = "") -> None:
    """Mark a response as a download with this file name.

    Headers are ASCII: clients without RFC 8187 get `plain`, or the name without its accents.
    """
    kept = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cc", "Cs"})
    kept = kept.replace("/", "-").replace("\\", "-") or "file"
    plain = plain or _plain(kept)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe=_BARE)}"
    )


def name_of_words(ending: str, *words: str) -> tuple[str, str]:
    """Build a file name from descriptive parts; return it and an ASCII slug of it.

    "Kết quả biểu quyết - Kỳ họp thứ Hai.pdf", "ket-qua-bieu-quyet-ky-hop-thu-hai.pdf". Long parts
    are cut.
    """
    shown = [one for one in map(_shortened, words) if one]
    slug = "-".join(re.findall(r"[a-z0-9]+", _plain(" ".join(shown)).lower()))
    return f"{' - '.join(shown)}.{ending}", f"{slug or 'file'}.{ending}"


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """Read in native threads, so that a large file on a slow disk does not block requests."""
    while piece := run_native(file.read, CHUNK):
        yield piece


def _shortened(words: str) -> str:
    """Remove invisible characters and those that file systems forbid; cut after a whole word."""
    seen = (sign for sign in words if unicodedata.category(sign)[0] != "C" or sign.isspace())
    text = " ".join(_FORBIDDEN.sub(" ", "".join(seen)).split())
    whole = text.encode()
    if len(whole) > _LONGEST:
        text = whole[:_LONGEST].decode(errors="ignore")
        text = text.rpartition(" ")[0] or text
    return text.strip(" .,;-")


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    letters = (sign for sign in apart if not unicodedata.combining(sign))
    return "".join(sign if " " <= sign <= "~" else "_" for sign in letters)
