"""The PDF reports of a vote: its result and the tellers' record (biên bản kiểm phiếu)."""

from pathlib import Path

import msgspec

from core.i18n import Language
from core.offload import run_native
from core.typesetting.service import typeset_pdf
from meetings.voting.reports.content.record import record_content
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts, TellersRecord
from meetings.voting.reports.content.result import over_at, result_content

TEMPLATES = Path(__file__).parent


def result_pdf(meeting: MeetingFacts, poll: PollFacts, language: Language) -> bytes:
    """The result with its numbers, the names of a named poll, and its position in the log.

    The report of a cancelled poll has no numbers. Raises: ValueError for a poll that is neither
    counted nor cancelled; Unavailable if the typesetter is busy.
    """
    content = run_native(result_content, language, meeting, poll)
    return typeset_pdf(TEMPLATES.joinpath("result.typ"), content, over_at(poll))


def tellers_record_pdf(
    meeting: MeetingFacts, poll: PollFacts, record: TellersRecord, language: Language
) -> bytes:
    """The record of a closed poll. Raises: ValueError (it was not counted), Unavailable."""
    content = run_native(record_content, language, meeting, poll, record)
    closed = (poll.closed or poll.opened).at
    return typeset_pdf(TEMPLATES.joinpath("record.typ"), msgspec.to_builtins(content), closed)
