"""Annotation dictionaries that other programs can display and edit (ISO 32000-1, 12.5).

Coordinates are in the page's user space. `AP` holds our appearance stream: until an annotation is
edited, every program displays it as the browser does.
"""

from documents.annotations.pdf.page_space import UNTURNED, Box, Matrix, PageSpace
from documents.annotations.pdf.spec import Mark
from documents.annotations.pdf.syntax import array, date, exact, reference, rgb, text_string

PRINTED, NOT_TURNED = 4, 16
"""Annotation flags: print; do not rotate with the page (anchored at the upper left corner)."""
POPUP_FLAGS = 28
"""Print, do not zoom, do not rotate."""
POPUP_WIDTH, POPUP_HEIGHT = 180.0, 100.0


def annotation(
    mark: Mark, box: Box, space: PageSpace, *, page: int, look: int, popup: int | None
) -> str:
    """Return the dictionary of a mark.

    box: upright bounds of the drawing. page, look, popup: object numbers.
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
        # In a text box, `C` would be the background colour.
        parts.append(f"/C[{exact(rgb(mark.style.color))}]")
    if popup is not None:
        parts.append(f"/Popup {reference(popup)}")
    return "".join((*parts, *kind.entries(mark.shape, mark.style, space), ">>"))


def popup(parent: int, box: Box, space: PageSpace, *, page: int) -> str:
    """Return the dictionary of a popup beside the mark, within the page.

    parent: object number of the mark.
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
    """Return the dictionary of an appearance: a form that `matrix` maps to the page."""
    return (
        f"<</Type/XObject/Subtype/Form/BBox{array(box)}/Matrix[{exact(matrix)}]"
        f"/Resources<<{resources}>>>>"
    )


def appearance_matrix(mark: Mark, space: PageSpace) -> Matrix:
    """Return the form matrix of a mark's appearance."""
    return UNTURNED if mark.handler.is_marker else space.matrix


def _of_marker(box: Box, space: PageSpace) -> Box:
    """Return the rectangle of a marker. Readers never rotate markers with the page: they display
    them upright from the upper left corner in user space."""
    left, bottom, right, top = box
    x, y = space.in_page((left, top))
    return x, y - (top - bottom), x + (right - left), y
