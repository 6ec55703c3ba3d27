"""Parts of a Word document that python-docx lacks: fields, dotted lines, rules.

Every text is inserted as a run, so no name or question is interpreted as markup.
"""

import io
import zipfile
from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
PAGE_HEIGHT, PAGE_WIDTH = Mm(297), Mm(210)
TOP, BOTTOM, LEFT, RIGHT = Mm(22), Mm(20), Mm(30), Mm(17)
TEXT_WIDTH = Length(PAGE_WIDTH - LEFT - RIGHT)
FIRST_LINE = Mm(10)
CENTRE, RIGHT_SIDE, JUSTIFIED = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
THIN = Pt(6)
"""Height of a line that holds a rule or a small space."""
_FACES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def set_page(document: Document, lang: str, size: int) -> None:
    """Set A4, the margins and type of Decree 30/2020/NĐ-CP, page numbers from page 2 on."""
    section = document.sections[0]
    section.page_height, section.page_width = PAGE_HEIGHT, PAGE_WIDTH
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = Mm(11)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    run = number.add_run()
    run.font.size = Pt(13)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(run._r)
    number._p.append(field)
    _set_type(document, lang, size)


def _set_type(document: Document, lang: str, size: int) -> None:
    style = document.styles["Normal"]
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for face in _FACES:
        fonts.set(qn(face), FONT)
    language = OxmlElement("w:lang")
    for use in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(use), lang)
    properties.append(language)
    style.font.size = Pt(size)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)


def add_line(
    paragraph: Paragraph, text: str, *, size: int | None = None, bold: bool = False
) -> Paragraph:
    """Append text to a paragraph; return the paragraph."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None
    return paragraph


def dotted_line(paragraph: Paragraph, width: Length = TEXT_WIDTH) -> None:
    """Add a dotted line from here to the right margin, to write on."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    paragraph.add_run("\t")


def rule_under(paragraph: Paragraph, side: Length) -> None:
    """Draw a rule under a paragraph, indented by `side` from each edge of its column."""
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent = side, side
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "5"), ("space", "1"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    form.line_spacing = THIN


def table_of(document: Document, widths: Sequence[Length], *, ruled: bool) -> Table:
    """Add an empty table with columns of these widths."""
    table: Table = document.add_table(
        rows=0, cols=len(widths), style="Table Grid" if ruled else None
    )
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if not ruled:
        _without_padding(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _without_padding(table: Table) -> None:
    """Align the text of a table's cells with the text above the table."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert look is not None
    look.addprevious(margins)


def add_row(table: Table, *, head: bool = False) -> tuple[_Cell, ...]:
    """Add a row that is not split between pages; a head is repeated on every page."""
    row: _Row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    return row.cells


def stay_together(cells: Sequence[_Cell]) -> None:
    """Keep all paragraphs of these cells on the page of the following paragraph."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def saved(document: Document) -> bytes:
    """Return the document's bytes. They are reproducible: the archive has a fixed date."""
    made, dated = io.BytesIO(), io.BytesIO()
    document.save(dated)
    with zipfile.ZipFile(dated) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(zipfile.ZipInfo(member.filename, _EPOCH), old.read(member))
    return made.getvalue()
