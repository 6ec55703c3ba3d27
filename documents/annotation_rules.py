"""What an annotation may be, where it lies, and whose change counts. Pure.

Coordinates are fractions of the page as displayed: x to the right, y down, 0 to 1, kept on a grid
of 1/100,000 (0.03 px on a page 2,400 px wide); pressures 0 to 1 in hundredths. The same recorded
cases run here and in `static/js/ink` (tests/js/ink_cases.json).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from math import floor

import msgspec

from core.errors import InvalidInput, MalformedRequest, Refusal

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
InkPoint = tuple[float, float, float]
Box = tuple[float, float, float, float]


class Kind(StrEnum):
    """What an annotation is."""

    INK = "ink"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKE = "strike"
    NOTE = "note"
    ARROW = "arrow"
    RECTANGLE = "rectangle"
    TEXT = "text"


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


class Ink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Strokes of a pen: lists of [x, y, pressure]."""

    strokes: list[list[InkPoint]]


class Boxes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Marked words: one [x0, y0, x1, y1] for each line of them."""

    boxes: list[Box]


class At(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a note is stuck."""

    at: Point


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The frame of a text or of a rectangle."""

    box: Box


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """An arrow, pointing to its end."""

    start: Point
    to: Point


Geometry = Ink | Boxes | At | Frame | Span

GEOMETRY_OF: dict[Kind, type[Geometry]] = {
    Kind.INK: Ink,
    Kind.HIGHLIGHT: Boxes,
    Kind.UNDERLINE: Boxes,
    Kind.STRIKE: Boxes,
    Kind.NOTE: At,
    Kind.ARROW: Span,
    Kind.RECTANGLE: Frame,
    Kind.TEXT: Frame,
}

# A tag ends at once or has an attribute: "x<y và y>z" is arithmetic.
_TAG = re.compile(r"<(?:/?[a-z][^<>\s]*(?:\s*/?>|\s+[a-z-]+\s*=)|[!?](?:--|[a-z]))", re.IGNORECASE)


def read_geometry(kind: Kind, raw: bytes) -> Geometry:
    """The geometry in a request, on the grid.

    Raises: GeometryDoesNotFit, OffThePage, TooManyPoints, MalformedRequest (no Unicode).
    """
    try:
        given = msgspec.json.decode(raw, type=GEOMETRY_OF[kind])
    except msgspec.ValidationError:
        raise GeometryDoesNotFit() from None
    except UnicodeDecodeError:
        raise MalformedRequest() from None
    return _checked(given)


def on_grid(fraction: float) -> float:
    """The nearest place of the grid. Raises OffThePage, also for what is no number at all."""
    if not 0 <= fraction <= 1:
        raise OffThePage()
    return _nearest(fraction, GRID)


def box_on_grid(box: Box) -> Box:
    """A box with its corners on the grid. Raises: OffThePage, GeometryDoesNotFit (turned)."""
    x0, y0, x1, y1 = (on_grid(side) for side in box)
    if x0 > x1 or y0 > y1:
        raise GeometryDoesNotFit()
    return x0, y0, x1, y1


def check_text(kind: Kind, text: str | None) -> None:
    """Raises HtmlInText; InvalidInput: too long, or a text box without its text."""
    if kind is Kind.TEXT and not text:
        raise InvalidInput(("text", "a text has letters"))
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


def points_of(geometry: Geometry) -> Iterator[Point]:
    """Every point of a geometry, corners of boxes included."""
    if isinstance(geometry, Ink):
        yield from ((x, y) for stroke in geometry.strokes for x, y, _ in stroke)
    elif isinstance(geometry, At):
        yield geometry.at
    elif isinstance(geometry, Span):
        yield from (geometry.start, geometry.to)
    else:
        boxes = geometry.boxes if isinstance(geometry, Boxes) else [geometry.box]
        for x0, y0, x1, y1 in boxes:
            yield from ((x0, y0), (x1, y1))


def _checked(given: Geometry) -> Geometry:
    if isinstance(given, Ink):
        return Ink(_strokes(given.strokes))
    if isinstance(given, Boxes):
        if len(given.boxes) > MOST_BOXES:
            raise TooManyPoints(limit=MOST_BOXES)
        if not given.boxes:
            raise GeometryDoesNotFit()
        return Boxes([box_on_grid(box) for box in given.boxes])
    if isinstance(given, At):
        return At(_point(given.at))
    if isinstance(given, Frame):
        return Frame(box_on_grid(given.box))
    return Span(_point(given.start), _point(given.to))


def _strokes(strokes: Sequence[Sequence[InkPoint]]) -> list[list[InkPoint]]:
    count = sum(map(len, strokes))
    if count > MOST_POINTS:
        raise TooManyPoints(limit=MOST_POINTS)
    if not strokes or not all(strokes):
        raise GeometryDoesNotFit()
    return [list(_ink(stroke)) for stroke in strokes]


def _ink(stroke: Iterable[InkPoint]) -> Iterator[InkPoint]:
    for x, y, pressure in stroke:
        if not 0 <= pressure <= 1:
            raise GeometryDoesNotFit()
        yield on_grid(x), on_grid(y), _nearest(pressure, PRESSURE_STEPS)


def _point(point: Point) -> Point:
    return on_grid(point[0]), on_grid(point[1])


def _nearest(value: float, steps: int) -> float:
    # Not `round`, which takes halves to the even neighbour: tablets reckon in this way.
    return floor(value * steps + 0.5) / steps
