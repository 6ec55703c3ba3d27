"""What annotations need of PyMuPDF, in the render child: a paper open for changes, raw notes.

The second and last importer of PyMuPDF beside `render_worker`; what is drawn and what is read is
decided in `pdf_annotations`. Works on objects alone: MuPDF, when it loads a page's annotations,
may make looks of its own for them.
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
"""Of what is drawn for good, among the forms of a page; with the number of its object."""
DEFLATE_LEVEL = 5


def write_annotations(document: Any, spec: Path, *, flat: bool) -> int:
    """Put a specification's marks into an open paper and save it in its own place; answers how
    many marks. The bytes that were there stay, with more after them, where that is possible.

    Raises as `annotate`, and MuPDF's own errors.
    """
    path = str(document.name)
    count = annotate(_Changing(document), spec, flat=flat)
    if _can_grow(document):
        document.save(path, incremental=True, encryption=pymupdf.PDF_ENCRYPT_KEEP)
        return count
    # A repaired paper has no table that could be continued; one that only its owner may change
    # would keep other programs from changing the annotations.
    whole = Path(f"{path}.whole")
    try:
        document.save(str(whole), garbage=1, encryption=pymupdf.PDF_ENCRYPT_NONE)
        whole.replace(path)
    finally:
        whole.unlink(missing_ok=True)
    return count


def space_of(document: Any, page: int) -> PageSpace:
    """How a page lies. Raises ValueError: it has no extent."""
    box, shown = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_obj_transform(_page_object(document, page), box, shown)
    on_screen = mupdf.fz_transform_rect(box, shown)
    width, height = on_screen.x1 - on_screen.x0, on_screen.y1 - on_screen.y0
    return page_space((shown.a, shown.b, shown.c, shown.d, shown.e, shown.f), width, height)


def raw_notes(document: Any, page: int, most: int) -> Iterator[RawNote]:
    """The first annotations of a page, as they stand in the file."""
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


class _Changing:
    """An open paper, as `annotating.OpenPaper`."""

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
        # Deflated here: MuPDF takes three times as long for the last few bytes.
        filtered = dictionary.removesuffix(">>") + "/Filter/FlateDecode>>"
        self._document.update_object(number, filtered)
        packed = mupdf.fz_new_buffer_from_copied_data(zlib.compress(stream, DEFLATE_LEVEL))
        mupdf.pdf_update_stream(self._pdf, self._reference(number), packed, 1)

    def annotate(self, page: int, numbers: Sequence[int]) -> None:
        # A new list for this page: the old one may be shared, or hold what is no annotation.
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
        """How many states a page's content gives up, and leaves open, without an end."""
        try:
            before, after = mupdf.pdf_count_q_balance_outparams_fn(self._pdf, resources, content)
        except mupdf.FzErrorBase:
            return 0, 0  # content that cannot be read to its end is drawn as far as it can be
        return int(before), int(after)

    def _copied(self, given: Any) -> Any:
        """A list of its own with what a list holds, or with the one thing that is given."""
        copy = mupdf.pdf_new_array(self._pdf, 8)
        if mupdf.pdf_is_array(given):
            for place in range(mupdf.pdf_array_len(given)):
                mupdf.pdf_array_push(copy, mupdf.pdf_array_get(given, place))
        elif mupdf.pdf_is_dict(given):
            mupdf.pdf_array_push(copy, given)
        return copy

    def _reference(self, number: int) -> Any:
        return mupdf.pdf_new_indirect(self._pdf, number, 0)


def _can_grow(document: Any) -> bool:
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
