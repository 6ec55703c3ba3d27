"""The dictionaries of annotations, so that other programs show and change them (ISO 32000-1, 12.5).

Coordinates in them are of the page's user space. `AP` is our own look: until somebody changes an
annotation, every program shows it as the tablets do.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from documents.annotation_rules import At, Boxes, Ink, Kind, Span
from documents.annotation_rules import Box as PageBox
from documents.pdf_annotations.embedded_font import FIRST
from documents.pdf_annotations.space import UNTURNED, Box, Matrix, PageSpace, Spot
from documents.pdf_annotations.spec import Mark
from documents.pdf_annotations.syntax import array, date, exact, reference, rgb, text_string

PRINTED, NOT_TURNED = 4, 16
"""Flags: on paper, too; upright for the reader, from its upper left corner on."""
POPUP_FLAGS = 28
"""Printed, and neither zoomed nor turned with the page."""
POPUP_WIDTH, POPUP_HEIGHT = 180.0, 100.0

SUBTYPES = {
    Kind.INK: "Ink",
    Kind.HIGHLIGHT: "Highlight",
    Kind.UNDERLINE: "Underline",
    Kind.STRIKE: "StrikeOut",
    Kind.NOTE: "Text",
    Kind.TEXT: "FreeText",
    Kind.ARROW: "Line",
    Kind.RECTANGLE: "Square",
}


def annotation(
    mark: Mark, box: Box, space: PageSpace, *, page: int, look: int, popup: int | None
) -> str:
    """The dictionary of a mark.

    box: upright, of all that is drawn. page, look, popup: numbers of objects.
    """
    is_note = mark.kind is Kind.NOTE
    rectangle = _of_note(box, space) if is_note else space.rectangle(box)
    flags = PRINTED | (NOT_TURNED if is_note else 0)
    parts = [
        f"<</Type/Annot/Subtype/{SUBTYPES[mark.kind]}/Rect{array(rectangle)}",
        f"/P {reference(page)}/F {flags}/AP<</N {reference(look)}>>",
        f"/NM{text_string(mark.id)}/T{text_string(mark.author)}/Subj{text_string(mark.subject)}",
        f"/Contents{text_string(mark.text or '')}",
        f"/CreationDate{date(mark.created_at)}/M{date(mark.updated_at)}",
        f"/CA {exact([mark.style.opacity])}",
    ]
    if mark.kind is not Kind.TEXT:
        # Of a text box this would be the ground behind the words.
        parts.append(f"/C[{exact(rgb(mark.style.color))}]")
    if popup is not None:
        parts.append(f"/Popup {reference(popup)}")
    return "".join((*parts, *_of_kind(mark, space), ">>"))


def popup(parent: int, box: Box, space: PageSpace, *, page: int) -> str:
    """The window that a reader shows the words of a mark in: beside it, on the page.

    parent: the number of the mark's object.
    """
    _, _, right, top = box
    left = max(0.0, min(right, space.width - POPUP_WIDTH))
    upper = max(min(top, space.height), min(POPUP_HEIGHT, space.height))
    window = space.clipped((left, upper - POPUP_HEIGHT, left + POPUP_WIDTH, upper))
    return (
        f"<</Type/Annot/Subtype/Popup/Rect{array(space.rectangle(window))}"
        f"/P {reference(page)}/Parent {reference(parent)}/F {POPUP_FLAGS}/Open false>>"
    )


def form(box: Box, matrix: Matrix, resources: str) -> str:
    """The dictionary of a look, as a form that stands on the page by its matrix."""
    return (
        f"<</Type/XObject/Subtype/Form/BBox{array(box)}/Matrix[{exact(matrix)}]"
        f"/Resources<<{resources}>>>>"
    )


def look_matrix(mark: Mark, space: PageSpace) -> Matrix:
    """By which its look stands on the page."""
    return UNTURNED if mark.kind is Kind.NOTE else space.matrix


def _of_note(box: Box, space: PageSpace) -> Box:
    """Programs never turn a note's marker with its page: on every page it hangs, upright for the
    reader, from what is its upper left corner in user space."""
    left, bottom, right, top = box
    x, y = space.in_page((left, top))
    return x, y - (top - bottom), x + (right - left), y


def _of_kind(mark: Mark, space: PageSpace) -> Iterator[str]:
    shape = mark.shape
    if isinstance(shape, Ink):
        strokes = ((space.upright(x, y) for x, y, _ in stroke) for stroke in shape.strokes)
        yield f"/InkList[{''.join(_places(stroke, space) for stroke in strokes)}]"
    elif isinstance(shape, Boxes):
        corners = chain.from_iterable(_corners(box, space) for box in shape.boxes)
        yield f"/QuadPoints{_places(corners, space)}"
    elif isinstance(shape, At):
        yield "/Name/Note/Open false"
    elif isinstance(shape, Span):
        ends = (space.upright(*shape.start), space.upright(*shape.to))
        yield f"/L{_places(ends, space)}/LE[/None/OpenArrow]"
    elif mark.kind is Kind.TEXT:
        yield from _text(mark, space)
    if isinstance(shape, Ink | Span) or mark.kind is Kind.RECTANGLE:
        yield f"/BS<</W {exact([space.thousandths(mark.style.width)])}/S/S>>"


def _text(mark: Mark, space: PageSpace) -> Iterator[str]:
    """What a program needs that sets the words anew after a change."""
    size, color = space.thousandths(mark.style.size), mark.style.color
    yield f"/DA({exact(rgb(color))} rg /{FIRST} {exact([size])} Tf)/Q 0/BS<</W 0>>"
    yield f"/DS(font: {exact([size])}pt 'Be Vietnam Pro', Arial, sans-serif; color: {color})"
    turned = _turned(space)
    if turned:
        yield f"/Rotate {turned}"


def _turned(space: PageSpace) -> int:
    """By how much the page is turned for its reader, degrees clockwise."""
    a, b, *_ = space.matrix
    if abs(a) > abs(b):
        return 0 if a > 0 else 180
    return 90 if b > 0 else 270


def _corners(box: PageBox, space: PageSpace) -> tuple[Spot, ...]:
    """Upper left, upper right, lower left, lower right, as every program has them."""
    left, bottom, right, top = space.upright_box(box)
    return (left, top), (right, top), (left, bottom), (right, bottom)


def _places(spots: Iterable[Spot], space: PageSpace) -> str:
    return array(chain.from_iterable(map(space.in_page, spots)))
