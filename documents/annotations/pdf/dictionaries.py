"""The dictionaries of annotations, so that other programs show and change them (ISO 32000-1, 12.5).

Coordinates in them are of the page's user space. `AP` is our own look: until somebody changes an
annotation, every program shows it as the tablets do.
"""

from documents.annotations.pdf.page_space import UNTURNED, Box, Matrix, PageSpace
from documents.annotations.pdf.spec import Mark
from documents.annotations.pdf.syntax import array, date, exact, reference, rgb, text_string

PRINTED, NOT_TURNED = 4, 16
"""Flags: on paper, too; upright for the reader, from its upper left corner on."""
POPUP_FLAGS = 28
"""Printed, and neither zoomed nor turned with the page."""
POPUP_WIDTH, POPUP_HEIGHT = 180.0, 100.0


def annotation(
    mark: Mark, box: Box, space: PageSpace, *, page: int, look: int, popup: int | None
) -> str:
    """The dictionary of a mark.

    box: upright, of all that is drawn. page, look, popup: numbers of objects.
    """
    kind = mark.handler
    rectangle = _of_marker(box, space) if kind.is_marker else space.rectangle(box)
    flags = PRINTED | (NOT_TURNED if kind.is_marker else 0)
    parts = [
        f"<</Type/Annot/Subtype/{kind.subtype}/Rect{array(rectangle)}",
        f"/P {reference(page)}/F {flags}/AP<</N {reference(look)}>>",
        f"/NM{text_string(mark.id)}/T{text_string(mark.author)}/Subj{text_string(mark.subject)}",
        f"/Contents{text_string(mark.text or '')}",
        f"/CreationDate{date(mark.created_at)}/M{date(mark.updated_at)}",
        f"/CA {exact([mark.style.opacity])}",
    ]
    if not kind.draws_text:
        # Of a text box this would be the ground behind the words.
        parts.append(f"/C[{exact(rgb(mark.style.color))}]")
    if popup is not None:
        parts.append(f"/Popup {reference(popup)}")
    return "".join((*parts, *kind.entries(mark.shape, mark.style, space), ">>"))


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


def appearance_matrix(mark: Mark, space: PageSpace) -> Matrix:
    """By which its look stands on the page."""
    return UNTURNED if mark.handler.is_marker else space.matrix


def _of_marker(box: Box, space: PageSpace) -> Box:
    """Programs never turn a marker with its page: on every page it hangs, upright for the
    reader, from what is its upper left corner in user space."""
    left, bottom, right, top = box
    x, y = space.in_page((left, top))
    return x, y - (top - bottom), x + (right - left), y
