"""Writes annotations into PDF files and reads embedded ones, with PyMuPDF in the render child.

Only this module, `child` and `drawing` import PyMuPDF; `annotations.pdf` decides what to draw and
read. This module works on PDF objects only: MuPDF may create its own appearance streams when it
loads the annotations of a page.
"""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pymupdf as _pymupdf

from documents.annotations.pdf.annotating import annotate
from documents.annotations.pdf.existing import RawNote
from documents.annotations.pdf.page_space import PageSpace, page_space

# The library is untyped: from here on it is Any.
pymupdf: Any = _pymupdf
mupdf: Any = pymupdf.mupdf

FORM_NAME = "DienHongMarks"
"""Name of a flattened annotation among a page's XObjects, followed by its object number."""
DEFLATE_LEVEL = 5


def write_annotations(document: Any, spec: Path, *, flat: bool) -> int:
    """Write the annotations of a specification into an open document and save it in place.

    Saves incrementally if possible. Returns the number of annotations. flat: draw them into the
    page content. Raises: as `annotate`, and the errors of MuPDF.
    """
    path = str(document.name)
    count = annotate(_EditablePdf(document), spec, flat=flat)
    if _can_save_incrementally(document):
        document.save(path, incremental=True, encryption=pymupdf.PDF_ENCRYPT_KEEP)
        return count
    # A repaired document has no cross-reference table to extend. The permissions of an encrypted
    # one would keep other programs from changing the annotations.
    whole = Path(f"{path}.whole")
    try:
        document.save(str(whole), garbage=1, encryption=pymupdf.PDF_ENCRYPT_NONE)
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
    return count


def space_of(document: Any, page: int) -> PageSpace:
    """The coordinate space of a page. Raises: ValueError (the page has no extent)."""
    box, to_screen = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(_page_object(document, page), box, to_screen)
    on_screen = mupdf.fz_transform_rect(box, to_screen)
    width, height = on_screen.x1 - on_screen.x0, on_screen.y1 - on_screen.y0
    return page_space(
        (to_screen.a, to_screen.b, to_screen.c, to_screen.d, to_screen.e, to_screen.f),
        width,
        height,
    )


def raw_notes(document: Any, page: int, most: int) -> Iterator[RawNote]:
    """The first annotations of a page (at most `most`), as stored in the file."""
    annotations = _entry(_page_object(document, page), "Annots")
    for place in range(min(most, mupdf.pdf_array_len(annotations))):
        one = mupdf.pdf_array_get(annotations, place)
        if not mupdf.pdf_is_dict(one):
            continue
        rect = mupdf.pdf_to_rect(_entry(one, "Rect"))
        yield RawNote(
            subtype=mupdf.pdf_to_name(_entry(one, "Subtype")),
            flags=mupdf.pdf_to_int(_entry(one, "F")),
            rect=(rect.x0, rect.y0, rect.x1, rect.y1),
            author=_text(one, "T"),
            text=_text(one, "Contents"),
            date=_text(one, "M") or _text(one, "CreationDate"),
            is_state=bool(_text(one, "State")),
        )


class _EditablePdf:
    """An open document; implements `annotating.OpenPdf`."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._pdf = pymupdf._as_pdf_document(document)
        self.page_count: int = document.page_count

    def space(self, page: int) -> PageSpace:
        return space_of(self._document, page)

    def page_object(self, page: int) -> int:
        return int(mupdf.pdf_to_num(_page_object(self._document, page)))

    def reserve(self) -> int:
        return int(self._document.get_new_xref())

    def put(self, number: int, dictionary: str, stream: bytes | None = None) -> None:
        if stream is None:
            self._document.update_object(number, dictionary)
            return
        # Compressed here: MuPDF takes three times as long for a slightly smaller result.
        filtered = dictionary.removesuffix(">>") + "/Filter/FlateDecode>>"
        self._document.update_object(number, filtered)
        packed = mupdf.fz_new_buffer_from_copied_data(zlib.compress(stream, DEFLATE_LEVEL))
        mupdf.pdf_update_stream(self._pdf, self._reference(number), packed, 1)

    def annotate(self, page: int, numbers: Sequence[int]) -> None:
        # A new array for this page: the old one may be shared or contain other objects.
        whole = self._copied(_entry(_page_object(self._document, page), "Annots"))
        for number in numbers:
            mupdf.pdf_array_push(whole, self._reference(number))
        mupdf.pdf_dict_puts(_page_object(self._document, page), "Annots", whole)

    def draw_after(self, page: int, form: int) -> None:
        target = _page_object(self._document, page)
        resources = _copied_dictionary(self._pdf, _inherited(target, "Resources"))
        forms = _copied_dictionary(self._pdf, _entry(resources, "XObject"))
        name = f"{FORM_NAME}{form}"
        mupdf.pdf_dict_puts(forms, name, self._reference(form))
        mupdf.pdf_dict_puts(resources, "XObject", forms)
        before, after = self._balance(resources, _entry(target, "Contents"))
        content = mupdf.pdf_new_array(self._pdf, 4)
        mupdf.pdf_array_push(content, self._content("q\n" * (before + 1)))
        for place in range(mupdf.pdf_array_len(old := self._copied(_entry(target, "Contents")))):
            mupdf.pdf_array_push(content, mupdf.pdf_array_get(old, place))
        closing = "\nQ" * (after + 1)
        mupdf.pdf_array_push(content, self._content(f"{closing}\nq /{name} Do Q\n"))
        mupdf.pdf_dict_puts(target, "Resources", resources)
        mupdf.pdf_dict_puts(target, "Contents", content)

    def add_page(self, width: float, height: float) -> int:
        self._document.new_page(width=width, height=height)
        self.page_count = self._document.page_count
        return self.page_count

    def _content(self, operators: str) -> Any:
        number = self.reserve()
        self.put(number, "<<>>", operators.encode("ascii"))
        return self._reference(number)

    def _balance(self, resources: Any, content: Any) -> tuple[int, int]:
        """The numbers of unmatched Q and unmatched q operators in a page's content."""
        try:
            before, after = mupdf.pdf_count_q_balance_outparams_fn(self._pdf, resources, content)
        except mupdf.FzErrorBase:
            return 0, 0  # unreadable content is drawn as far as possible
        return int(before), int(after)

    def _copied(self, given: Any) -> Any:
        """A new array with the items of an array, or with the single given dictionary."""
        copy = mupdf.pdf_new_array(self._pdf, 8)
        if mupdf.pdf_is_array(given):
            for place in range(mupdf.pdf_array_len(given)):
                mupdf.pdf_array_push(copy, mupdf.pdf_array_get(given, place))
        elif mupdf.pdf_is_dict(given):
            mupdf.pdf_array_push(copy, given)
        return copy

    def _reference(self, number: int) -> Any:
        return mupdf.pdf_new_indirect(self._pdf, number, 0)


def _can_save_incrementally(document: Any) -> bool:
    encrypted = bool((document.metadata or {}).get("encryption"))
    return not document.is_repaired and not encrypted and bool(document.can_save_incrementally())


def _page_object(document: Any, page: int) -> Any:
    return mupdf.pdf_lookup_page_obj(pymupdf._as_pdf_document(document), page - 1)


def _entry(dictionary: Any, key: str) -> Any:
    return mupdf.pdf_dict_gets(dictionary, key)


def _inherited(dictionary: Any, key: str) -> Any:
    return mupdf.pdf_dict_gets_inheritable(dictionary, key)


def _copied_dictionary(pdf: Any, given: Any) -> Any:
    if mupdf.pdf_is_dict(given):
        return mupdf.pdf_copy_dict(given)
    return mupdf.pdf_new_dict(pdf, 4)


def _text(dictionary: Any, key: str) -> str:
    return str(mupdf.pdf_to_text_string(_entry(dictionary, key)) or "")
