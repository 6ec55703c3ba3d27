"""What holds for annotations of every kind: the grid, limits, texts, and whose change counts. Pure.

Coordinates are fractions of the page as displayed: x to the right, y down, 0 to 1, kept on a grid
of 1/100,000 (0.03 px on a page 2,400 px wide); pressures 0 to 1 in hundredths. The same recorded
cases run here and in `static/js/ink` (tests/js/ink_cases.json).
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
    """Who sees it: its author, everybody in the room who reads the paper, or one person."""

    PRIVATE = "private"
    MEETING = "meeting"
    PERSON = "person"


class OffThePage(Refusal):
    """A point lies outside the page."""

    code, status = "off_the_page", 422


class TooManyPoints(Refusal):
    """`limit`: points of its strokes, or lines of marked words, that one annotation may have."""

    code, status = "too_many_points", 422


class TooManyAnnotations(Refusal):
    """`limit`: annotations that one person may have on one page."""

    code, status = "too_many_annotations", 409


class GeometryDoesNotFit(Refusal):
    """This is not the geometry of such an annotation."""

    code, status = "geometry_does_not_fit", 422


class HtmlInText(Refusal):
    """Texts are plain: a tag in one is a mistake, or an attack."""

    code, status = "html_in_text", 422


class StaleRevision(Refusal):
    """The annotation was changed since: the newer one stands."""

    code, status = "stale_revision", 409


class AnnotationDeleted(Refusal):
    """The annotation was deleted: that wins over every change."""

    code, status = "annotation_deleted", 410


# A tag ends at once or has an attribute: "x<y và y>z" is arithmetic.
_TAG = re.compile(r"<(?:/?[a-z][^<>\s]*(?:\s*/?>|\s+[a-z-]+\s*=)|[!?](?:--|[a-z]))", re.IGNORECASE)


def on_grid(fraction: float) -> float:
    """The nearest place of the grid. Raises OffThePage, also for what is no number at all."""
    if not 0 <= fraction <= 1:
        raise OffThePage()
    return _nearest(fraction, GRID)


def pressure_on_grid(pressure: float) -> float:
    """The nearest hundredth. Raises GeometryDoesNotFit, also for what is no number at all."""
    if not 0 <= pressure <= 1:
        raise GeometryDoesNotFit()
    return _nearest(pressure, PRESSURE_STEPS)


def point_on_grid(point: Point) -> Point:
    """A point with both coordinates on the grid. Raises OffThePage."""
    return on_grid(point[0]), on_grid(point[1])


def box_on_grid(box: Box) -> Box:
    """A box with its corners on the grid. Raises: OffThePage, GeometryDoesNotFit (turned)."""
    x0, y0, x1, y1 = (on_grid(side) for side in box)
    if x0 > x1 or y0 > y1:
        raise GeometryDoesNotFit()
    return x0, y0, x1, y1


def check_text(text: str | None) -> None:
    """Raises HtmlInText; InvalidInput: too long."""
    if text and len(text) > LONGEST_TEXT:
        raise InvalidInput(("text", f"at most {LONGEST_TEXT} characters in NFC"))
    check_plain(text)


def check_plain(text: str | None) -> None:
    """Raises HtmlInText."""
    if text and _TAG.search(text):
        raise HtmlInText()


def check_addressed(audience: Audience, user_id: str | None) -> None:
    """Raises InvalidInput unless it is said whom it is for, exactly when it is for one person."""
    if (audience is Audience.PERSON) != (user_id is not None):
        raise InvalidInput(("user_id", "given exactly when the audience is one person"))


def check_room_on_page(before: int, more: int) -> None:
    """before: what the person has on this page. Raises TooManyAnnotations."""
    if before + more > MOST_ON_A_PAGE:
        raise TooManyAnnotations(limit=MOST_ON_A_PAGE)


def check_revision(standing: int, said: int, *, deleted: bool) -> None:
    """Whether a change that was made to revision `said` counts.

    Raises: AnnotationDeleted (before all else), StaleRevision.
    """
    if deleted:
        raise AnnotationDeleted()
    if said != standing:
        raise StaleRevision()


def put_applies(revision: int, known: int | None, tombstone: int | None) -> bool:
    """Whether news of an annotation are newer than what is known of it, in whatever order.

    tombstone: the revision with which it was said to be gone.
    """
    return revision >= (known or 0) and revision >= (tombstone or 0)


def removal_applies(revision: int, known: int | None, tombstone: int | None) -> bool:
    """Whether the news that it is gone hold. One that only left the room has this revision too."""
    return revision > (known or 0) and revision > (tombstone or 0)


def _nearest(value: float, steps: int) -> float:
    # Not `round`, which takes halves to the even neighbour: tablets reckon in this way.
    return floor(value * steps + 0.5) / steps
