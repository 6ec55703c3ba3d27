"""Rules for annotations of every kind: the grid, limits, texts and revisions. Pure.

Coordinates are fractions of the page as displayed: x to the right, y down, 0 to 1, on a grid of
1/100,000 (0.03 px on a page 2,400 px wide). Pressure is 0 to 1 in hundredths. The recorded cases of
tests/js/ink_cases.json test this module and `static/js/ink`.
"""

import re
from enum import StrEnum
from math import floor

from core.errors import InvalidInput, Refusal

GRID = 100_000
PRESSURE_STEPS = 100
MOST_POINTS = 10_000
MOST_BOXES = 500
MOST_ON_A_PAGE = 2_000
LONGEST_TEXT = 4_000
ID = r"^[A-Za-z0-9_-]{16,64}(?!\n)$"
COLOR = r"^#[0-9a-fA-F]{6}(?!\n)$"
NARROWEST, WIDEST = 0.1, 100.0
FAINTEST = 0.05
SMALLEST_LETTERS, LARGEST_LETTERS = 5.0, 200.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Audience(StrEnum):
    """Who sees an annotation: its author, the room's readers of the document, or one person."""

    PRIVATE = "private"
    MEETING = "meeting"
    PERSON = "person"


class OffThePage(Refusal):
    """A point is outside the page."""

    code, status = "off_the_page", 422


class TooManyPoints(Refusal):
    """`limit`: points of the strokes, or lines of marked words, in one annotation."""

    code, status = "too_many_points", 422


class TooManyAnnotations(Refusal):
    """`limit`: annotations of one person on one page."""

    code, status = "too_many_annotations", 409


class GeometryDoesNotFit(Refusal):
    """The geometry is not valid for this kind of annotation."""

    code, status = "geometry_does_not_fit", 422


class HtmlInText(Refusal):
    """Texts are plain text: a tag is a mistake or an attack."""

    code, status = "html_in_text", 422


class StaleRevision(Refusal):
    """The annotation has a newer revision; the change is not applied."""

    code, status = "stale_revision", 409


class AnnotationDeleted(Refusal):
    """The annotation was deleted. A deletion wins over every change."""

    code, status = "annotation_deleted", 410


# A tag closes at once or has an attribute; "x<y và y>z" is arithmetic.
_TAG = re.compile(r"<(?:/?[a-z][^<>\s]*(?:\s*/?>|\s+[a-z-]+\s*=)|[!?](?:--|[a-z]))", re.IGNORECASE)


def on_grid(fraction: float) -> float:
    """Return the nearest grid value. Raises OffThePage, also for NaN."""
    if not 0 <= fraction <= 1:
        raise OffThePage()
    return _nearest(fraction, GRID)


def pressure_on_grid(pressure: float) -> float:
    """Return the nearest hundredth. Raises GeometryDoesNotFit, also for NaN."""
    if not 0 <= pressure <= 1:
        raise GeometryDoesNotFit()
    return _nearest(pressure, PRESSURE_STEPS)


def point_on_grid(point: Point) -> Point:
    """Return the point with both coordinates on the grid. Raises OffThePage."""
    return on_grid(point[0]), on_grid(point[1])


def box_on_grid(box: Box) -> Box:
    """Return the box with its corners on the grid. Raises: OffThePage, GeometryDoesNotFit (its
    corners are in the wrong order)."""
    x0, y0, x1, y1 = (on_grid(side) for side in box)
    if x0 > x1 or y0 > y1:
        raise GeometryDoesNotFit()
    return x0, y0, x1, y1


def check_text(text: str | None) -> None:
    """Raises: HtmlInText, InvalidInput (too long)."""
    if text and len(text) > LONGEST_TEXT:
        raise InvalidInput(("text", f"at most {LONGEST_TEXT} characters in NFC"))
    check_plain(text)


def check_plain(text: str | None) -> None:
    """Raises HtmlInText."""
    if text and _TAG.search(text):
        raise HtmlInText()


def check_addressed(audience: Audience, user_id: str | None) -> None:
    """Raises InvalidInput unless a recipient is given exactly when the audience is one person."""
    if (audience is Audience.PERSON) != (user_id is not None):
        raise InvalidInput(("user_id", "given exactly when the audience is one person"))


def check_room_on_page(before: int, more: int) -> None:
    """Raises TooManyAnnotations. before: the person's annotations on this page."""
    if before + more > MOST_ON_A_PAGE:
        raise TooManyAnnotations(limit=MOST_ON_A_PAGE)


def check_revision(current: int, expected: int, *, deleted: bool) -> None:
    """Check that a change was made to the current revision.

    Raises: AnnotationDeleted (takes precedence), StaleRevision.
    """
    if deleted:
        raise AnnotationDeleted()
    if expected != current:
        raise StaleRevision()


def put_applies(revision: int, known: int | None, tombstone: int | None) -> bool:
    """Return whether an annotation is at least as new as the known state, in any order of arrival.

    tombstone: the revision of its removal.
    """
    return revision >= (known or 0) and revision >= (tombstone or 0)


def removal_applies(revision: int, known: int | None, tombstone: int | None) -> bool:
    """Return whether a removal is newer than the known state. When an annotation only leaves the
    room, the removal has the same revision as the change."""
    return revision > (known or 0) and revision > (tombstone or 0)


def _nearest(value: float, steps: int) -> float:
    # `round` rounds halves to even; this arithmetic is identical in JavaScript.
    return floor(value * steps + 0.5) / steps
