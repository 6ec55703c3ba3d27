"""Reads the annotations of an uploaded document: author, text, position and date.

Page images show the annotations, but many texts are only in popups.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from unicodedata import category, normalize

from documents.annotations.kinds.registry import KINDS
from documents.annotations.pdf.page_space import Box, PageSpace, around
from documents.render_protocol import PaperNote

MOST_NOTES = 200
"""Maximum per page."""
LONGEST_TEXT, LONGEST_NAME = 4_000, 200

_KINDS = {
    "Squiggly": "underline",
    **dict.fromkeys(("Circle", "Polygon", "PolyLine", "Stamp", "Caret", "FileAttachment"), "other"),
    **{kind.subtype: name.value for name, kind in KINDS.items()},
}
_HIDDEN = 2 | 32  # Hidden, NoView
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([-+Z])(?:(\d\d)'?(\d\d)?'?)?)?"
)


@dataclass(frozen=True, slots=True)
class RawNote:
    """An annotation as stored in the file. rect: in user space. is_state: a review state."""

    subtype: str
    flags: int
    rect: Box
    author: str
    text: str
    date: str
    is_state: bool


def notes_of(found: Iterable[RawNote], space: PageSpace) -> Iterator[PaperNote]:
    """Yield the visible annotations that have text."""
    for one in found:
        text = _clean(one.text)[:LONGEST_TEXT].strip()
        kind = _KINDS.get(one.subtype)
        if kind is None or one.is_state or one.flags & _HIDDEN or not text:
            continue
        author = " ".join(_clean(one.author).split())[:LONGEST_NAME]
        yield PaperNote(kind, _on_page(one.rect, space), author, text, moment_of(one.date))


def moment_of(date: str) -> datetime | None:
    """Parse a PDF date; None if it is invalid. Without a time zone it is read as UTC."""
    found = _DATE.fullmatch(date.strip())
    if found is None:
        return None
    *parts, sign, hours, minutes = found.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-away if sign == "-" else away)
        local = datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _clean(text: str) -> str:
    """Return NFC text with \n line ends, without control characters and lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or category(c) not in {"Cc", "Cs"})
    return normalize("NFC", kept)


def _on_page(rect: Box, space: PageSpace) -> Box:
    x0, y0, x1, y1 = rect
    shown = around((space.fraction((x0, y0)), space.fraction((x1, y1))))
    left, top, right, bottom = (round(min(1.0, max(0.0, side)), 5) for side in shown)
    return left, top, right, bottom
