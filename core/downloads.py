"""Files to be saved: read in pieces, their names in letters of every language (RFC 6266, 8187)."""

import unicodedata
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from flask import Response

from core.offload import run_native

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHUNK = 256 * 1024

_UNDECOMPOSED = str.maketrans({'"': "'", "đ": "d", "Đ": "D"})
_BARE = "!#$&+-.^_`|~"
"""Signs that may stand unescaped in an extended value."""


def as_download(response: Response, name: str) -> None:
    """Have a response saved under this name instead of shown.

    Headers are ASCII: programs that know no better get the name without its accents.
    """
    kept = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cc", "Cs"})
    kept = kept.replace("/", "-").replace("\\", "-") or "file"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{_plain(kept)}\"; filename*=UTF-8''{quote(kept, safe=_BARE)}"
    )


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """Reads in native threads, so that a large file on a slow disk holds nobody up."""
    while piece := run_native(file.read, CHUNK):
        yield piece


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    letters = (sign for sign in apart if not unicodedata.combining(sign))
    return "".join(sign if " " <= sign <= "~" else "_" for sign in letters)
