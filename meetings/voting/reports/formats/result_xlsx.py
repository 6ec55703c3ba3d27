"""The result as a workbook: numbers and times are typed cells, text is never a formula."""

import io
from datetime import UTC, datetime

import xlsxwriter

from core.csv_injection import starts_formula
from core.i18n import Language, text_in
from core.offload import run_native
from meetings.voting.reports.content.printable import printable
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts
from meetings.voting.reports.content.sheets import Cell, Sheet, result_sheets

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_SHAPES: dict[str, dict[str, object]] = {
    "head": {"bold": True, "border": 1, "align": "center", "text_wrap": True},
    "text": {"border": 1, "text_wrap": True},
    # Text that looks like a formula stays text after the cell is edited.
    "quoted": {"border": 1, "text_wrap": True, "quote_prefix": True},
    "number": {"border": 1, "num_format": "0"},
    "time": {"border": 1, "num_format": "hh:mm:ss dd/mm/yyyy", "align": "left"},
}
_A4 = 9
_HEADER = 120
"""Characters of the title in the page header. Spreadsheets allow 255, with each & doubled."""
_PORTRAIT = 100
"""Characters that fit on a line of a portrait page in a readable size."""


def result_xlsx(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    """Sheets with the counts, names and facts; only facts for a cancelled poll.

    Raises: ValueError if neither counted nor cancelled.
    """
    return run_native(_render, meeting, poll, language)


def _render(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    meeting, poll = printable(meeting), printable(poll)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    ended = (poll.closed or poll.cancelled or poll.opened).at
    title = text_in(language, "report.result.file", title=poll.title)
    # Spreadsheets read this time as UTC, and allow 255 characters in these fields.
    created = ended.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title[:255], "author": meeting.body[:255], "created": created})
    shapes = {name: book.add_format(_FONT | shape) for name, shape in _SHAPES.items()}
    for sheet in result_sheets(language, meeting, poll):
        _add_sheet(book, shapes, sheet, title)
    book.close()
    return made.getvalue()


def _add_sheet(
    book: xlsxwriter.Workbook,
    shapes: dict[str, xlsxwriter.format.Format],
    sheet: Sheet,
    title: str,
) -> None:
    """A sheet that prints on A4, as wide as the page, with the question above every page."""
    page = book.add_worksheet(sheet.title)
    page.set_paper(_A4)
    if sum(sheet.widths) > _PORTRAIT:
        page.set_landscape()
    page.set_header("&C" + title[:_HEADER].replace("&", "&&"))
    page.set_footer("&C&P/&N")
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    for place, (title, width) in enumerate(zip(sheet.head, sheet.widths, strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, title, shapes["head"])
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write(page, line, place, cell, shapes)


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    line: int,
    place: int,
    cell: Cell,
    shapes: dict[str, xlsxwriter.format.Format],
) -> None:
    match cell:
        case int():
            page.write_number(line, place, cell, shapes["number"])
        case datetime():
            page.write_datetime(line, place, cell.replace(tzinfo=None), shapes["time"])
        case str() if cell:
            shape = "quoted" if starts_formula(cell) else "text"
            page.write_string(line, place, cell, shapes[shape])
        case _:
            page.write_blank(line, place, None, shapes["text"])
