"""The result of a vote as a PDF."""

from pathlib import Path

from core.i18n import Language
from core.offload import run_native
from core.typesetting.service import typeset_pdf
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts
from meetings.voting.reports.content.result import over_at, result_content

TEMPLATE = Path(__file__).parent.joinpath("result.typ")


def result_pdf(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    """The result with its arithmetic, the names of a named vote, and its place in the log.

    A cancelled poll gives a paper that says so, without numbers. Raises ValueError for a poll that
    is neither counted nor cancelled; Unavailable where the typesetter has no time for it.
    """
    content = run_native(result_content, language, meeting, poll)
    return typeset_pdf(TEMPLATE, content, over_at(poll))
