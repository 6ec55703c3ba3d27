"""Writes the list of comments on a document as an editable Word file."""

import docx
from docx.document import Document
from docx.shared import Mm, Pt

from core.i18n import text_in
from core.typesetting.docx_parts import CENTRE, JUSTIFIED, add_line, rule_under, saved, set_page
from documents.annotations.comments_list import Comment, CommentedPage, CommentsPaper

SIZE = 13
SMALL = 12
_INDENT = Mm(10)


def comments_docx(paper: CommentsPaper) -> bytes:
    """Return the bytes of the Word file. CPU-bound: do not call it on the event loop."""
    document = docx.Document()
    set_page(document, text_in(paper.language, "report.language_tag"), SIZE)
    _describe(document, paper)
    _title(document, paper)
    if paper.nothing:
        add_line(document.add_paragraph(), paper.nothing).alignment = CENTRE
    number = 0
    for page in paper.pages:
        number = _page(document, page, number)
    return saved(document)


def _describe(document: Document, paper: CommentsPaper) -> None:
    properties = document.core_properties
    # Word limits these fields to 255 characters.
    properties.title, properties.author = paper.subject[:255], paper.author[:255]
    properties.last_modified_by, properties.comments = "", ""
    properties.language = text_in(paper.language, "report.language_tag")


def _title(document: Document, paper: CommentsPaper) -> None:
    title = add_line(document.add_paragraph(), paper.title, size=15, bold=True)
    subject = add_line(document.add_paragraph(), paper.subject, size=14, bold=True)
    title.alignment = subject.alignment = CENTRE
    subject.paragraph_format.space_after = Pt(3)
    rule_under(document.add_paragraph(), Mm(65))
    for fact in paper.facts:
        add_line(document.add_paragraph(), fact, size=SMALL).alignment = CENTRE
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _page(document: Document, page: CommentedPage, number: int) -> int:
    """Write a page and return the number of its last comment."""
    title = add_line(document.add_paragraph(), page.title, size=14, bold=True)
    title.paragraph_format.space_before = Pt(12)
    title.paragraph_format.keep_with_next = True
    for comment in page.comments:
        number += 1
        _comment(document, comment, number)
    for line in (*page.marked, *filter(None, [page.counted])):
        brief = add_line(document.add_paragraph(), f"– {line}")
        brief.paragraph_format.space_before = Pt(6)
    return number


def _comment(document: Document, comment: Comment, number: int) -> None:
    heading = add_line(document.add_paragraph(), f"{number}. {comment.heading}", bold=True)
    heading.paragraph_format.space_before = Pt(8)
    heading.paragraph_format.keep_with_next = True
    if comment.quote:
        quote = add_line(document.add_paragraph(), f"“{comment.quote}”", size=SMALL)
        quote.runs[0].italic = True
        quote.alignment = JUSTIFIED
        quote.paragraph_format.left_indent = _INDENT
        quote.paragraph_format.space_before = Pt(2)
        quote.paragraph_format.keep_with_next = True
    for line in comment.lines:
        paragraph = add_line(document.add_paragraph(), line)
        paragraph.alignment = JUSTIFIED
        paragraph.paragraph_format.left_indent = _INDENT
        paragraph.paragraph_format.space_before = Pt(2)
