"""The tellers' record as a Word document, to be completed by hand.

Built with python-docx from the same elements as the PDF. A template engine (docxtpl) would need a
.docx template, a binary file that cannot be reviewed or must be generated; it also inserts text as
template source, so questions would need escaping.
"""

from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.shared import Length, Mm, Pt
from docx.table import _Cell

from core.i18n import Language, text_in
from core.offload import run_native
from core.typesetting.docx_parts import (
    CENTRE,
    FIRST_LINE,
    JUSTIFIED,
    RIGHT_SIDE,
    TEXT_WIDTH,
    THIN,
    add_line,
    add_row,
    dotted_line,
    rule_under,
    saved,
    set_page,
    stay_together,
    table_of,
)
from meetings.voting.reports.content.masthead import Masthead, Signature
from meetings.voting.reports.content.record import (
    Heading,
    Paragraph,
    RecordContent,
    Table,
    record_content,
)
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts, TellersRecord

SIZE = 13
_LEFT_COLUMN = Mm(64)
_NUMBERS = Mm(30)
_LONG_WORD = 29
_PADDING = Pt(2)


def tellers_record_docx(
    meeting: MeetingFacts, poll: PollFacts, record: TellersRecord, language: Language
) -> bytes:
    """The record of a closed poll. Raises: ValueError if it was not counted."""
    return run_native(_render, meeting, poll, record, language)


def _render(
    meeting: MeetingFacts, poll: PollFacts, record: TellersRecord, language: Language
) -> bytes:
    content = record_content(language, meeting, poll, record)
    document = docx.Document()
    set_page(document, text_in(language, "report.language_tag"), SIZE)
    _describe(document, content, (poll.closed or poll.opened).at)
    _masthead(document, content.masthead, content.number)
    _title(document, content)
    *body, closing = content.pieces
    for piece in body:
        _piece(document, piece)
    _piece(document, closing)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _signatures(document, content.signatures)
    _receivers(document, content)
    return saved(document)


def _describe(document: Document, content: RecordContent, at: datetime) -> None:
    properties = document.core_properties
    # Word allows at most 255 characters in these fields.
    properties.title, properties.author = content.title[:255], content.author[:255]
    properties.last_modified_by, properties.comments = "", ""
    properties.language = text_in(content.lang, "report.language_tag")
    properties.created = properties.modified = at.astimezone(UTC)


def _masthead(document: Document, head: Masthead, number: str) -> None:
    widths = (_LEFT_COLUMN, Length(TEXT_WIDTH - _LEFT_COLUMN))
    left, right = add_row(table_of(document, widths, ruled=False))
    _lines(left, head.above, bold=False)
    _lines(left, head.body, bold=True)
    rule_under(left.add_paragraph(), Mm(21))
    _lines(right, (head.country,), bold=True)
    if head.motto:
        add_line(right.add_paragraph(), head.motto, size=14, bold=True).alignment = CENTRE
    rule_under(right.add_paragraph(), Mm(17))
    below = left.add_paragraph()
    below.alignment = CENTRE
    below.paragraph_format.space_before = Pt(4)
    add_line(below, number)


def _lines(cell: _Cell, lines: tuple[str, ...], *, bold: bool) -> None:
    for line in lines:
        # A new cell holds one empty paragraph.
        first = cell.paragraphs[0]
        paragraph = cell.add_paragraph() if first.text else first
        add_line(paragraph, line, bold=bold).alignment = CENTRE


def _title(document: Document, content: RecordContent) -> None:
    kind = add_line(document.add_paragraph(), content.kind, size=15, bold=True)
    subject = add_line(document.add_paragraph(), content.subject, size=14, bold=True)
    kind.alignment = subject.alignment = CENTRE
    kind.paragraph_format.space_before = Pt(14)
    subject.paragraph_format.space_after = Pt(3)
    rule_under(document.add_paragraph(), Mm(65))


def _piece(document: Document, piece: Heading | Paragraph | Table) -> None:
    if isinstance(piece, Table):
        _counts(document, piece)
        return
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.first_line_indent = FIRST_LINE
    form.space_before = Pt(9 if isinstance(piece, Heading) else 4)
    if isinstance(piece, Heading):
        form.keep_with_next = True
        add_line(paragraph, piece.text, bold=True)
        return
    # Justified lines beside a hash would have wide gaps.
    if len(max(piece.text.split(), default="", key=len)) < _LONG_WORD:
        paragraph.alignment = JUSTIFIED
    add_line(paragraph, f"{piece.label}: {piece.text}" if piece.label else piece.text)
    if piece.open_lines:
        dotted_line(paragraph)
    for _ in range(1, piece.open_lines):
        dotted_line(document.add_paragraph())


def _counts(document: Document, piece: Table) -> None:
    spacer = document.add_paragraph()
    spacer.paragraph_format.line_spacing = THIN
    spacer.paragraph_format.keep_with_next = True
    widths = (Length(TEXT_WIDTH - 2 * _NUMBERS), _NUMBERS, _NUMBERS)
    table = table_of(document, widths, ruled=True)
    head = add_row(table, head=True)
    for cell, text in zip(head, piece.head, strict=True):
        title = add_line(cell.paragraphs[0], text, size=12, bold=True)
        title.alignment = CENTRE
        title.paragraph_format.space_before = title.paragraph_format.space_after = _PADDING
    stay_together(head)
    last = piece.rows[-1]
    for row in piece.rows:
        cells = add_row(table)
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            line = add_line(cell.paragraphs[0], text, size=12, bold=row is last)
            if place:
                line.alignment = RIGHT_SIDE
            line.paragraph_format.space_before = line.paragraph_format.space_after = _PADDING
        if row is not last:
            stay_together(cells)


def _signatures(document: Document, signatures: tuple[Signature, ...]) -> None:
    width = Length(TEXT_WIDTH // len(signatures))
    table = table_of(document, (width,) * len(signatures), ruled=False)
    offices, names = add_row(table), add_row(table)
    for cell, signed_below, one in zip(offices, names, signatures, strict=True):
        office = add_line(cell.paragraphs[0], one.office, size=12, bold=True)
        office.alignment = CENTRE
        office.paragraph_format.space_before = Pt(14)
        how = add_line(cell.add_paragraph(), one.how, size=12)
        how.alignment, how.runs[0].italic = CENTRE, True
        for place, name in enumerate(one.names or ("",)):
            # A new cell holds one empty paragraph.
            line = signed_below.add_paragraph() if place else signed_below.paragraphs[0]
            add_line(line, name, bold=True).alignment = CENTRE
            line.paragraph_format.space_before = Pt(54)
    stay_together((*offices, *names))


def _receivers(document: Document, content: RecordContent) -> None:
    heading = add_line(document.add_paragraph(), content.receivers, size=12, bold=True)
    heading.runs[0].italic = True
    heading.paragraph_format.space_before = Pt(12)
    add_line(document.add_paragraph(), content.kept, size=11)
