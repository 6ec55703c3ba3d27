"""The result as CSV: UTF-8 with a byte order mark, semicolons in Vietnamese.

Spreadsheets use the semicolon as separator in locales with a decimal comma.
"""

import csv
import io
from datetime import datetime

from core.csv_injection import escape_formula
from core.i18n import Language, text_in
from core.offload import run_native
from meetings.voting.reports.content.printable import printable
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts
from meetings.voting.reports.content.sheets import Cell, result_sheets


def result_csv(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    """The sheets of the workbook one below the other, separated by an empty line.

    Raises: ValueError if neither counted nor cancelled.
    """
    return run_native(_render, meeting, poll, language)


def _render(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    meeting, poll = printable(meeting), printable(poll)
    made = io.StringIO(newline="")
    separator = text_in(language, "report.csv_separator")
    lines = csv.writer(
        made, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n"
    )
    for number, sheet in enumerate(result_sheets(language, meeting, poll)):
        if number:
            made.write("\r\n")
        lines.writerow(sheet.head)
        lines.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return made.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int:
    match cell:
        case None:
            return ""
        case int():
            return cell
        case datetime():
            return cell.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        case _:
            return escape_formula(cell)
