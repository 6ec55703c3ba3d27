"""The result as a text file for spreadsheets: UTF-8 with its mark, semicolons in Vietnamese.

Where the decimal comma is used, spreadsheets part cells at semicolons.
"""

import csv
import io
from datetime import datetime

from core.offload import run_native
from meetings.shared.bilingual import Language
from meetings.voting.papers.clean import printable
from meetings.voting.papers.facts import MeetingFacts, PollFacts
from meetings.voting.papers.risky_text import disarmed
from meetings.voting.papers.sheets import Cell, result_sheets

_SEPARATORS = {"vi": ";", "en": ","}


def result_csv(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    """The sheets of the workbook one under the other, an empty line between them.

    Raises ValueError: it was neither counted nor cancelled.
    """
    return run_native(_made, meeting, poll, language)


def _made(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    meeting, poll = printable(meeting), printable(poll)
    made = io.StringIO(newline="")
    lines = csv.writer(
        made, delimiter=_SEPARATORS[language], quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n"
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
            return disarmed(cell)
