"""The result of a vote as a PDF."""

from pathlib import Path

from core.i18n import Language
from core.offload import run_native
from core.typesetting.service import typeset_pdf
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts
from meetings.voting.reports.content.result import over_at, result_content

TEMPLATE = Path(__file__).parent.joinpath("result.typ")


def result_pdf(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    """The result with its numbers, the names of a named poll, and its position in the log.

    The report of a cancelled poll has no numbers. Raises: ValueError for a poll that is neither
    counted nor cancelled; Unavailable if the typesetter is busy.
    """
    content = run_native(result_content, language, meeting, poll)
    return typeset_pdf(TEMPLATE, content, over_at(poll))
