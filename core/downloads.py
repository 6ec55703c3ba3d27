"""Files to be saved: their names in the header, in letters of every language (RFC 6266, 8187)."""

import unicodedata
from urllib.parse import quote

from flask import Response

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


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    letters = (sign for sign in apart if not unicodedata.combining(sign))
    return "".join(sign if " " <= sign <= "~" else "_" for sign in letters)
