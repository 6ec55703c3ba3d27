"""The tellers' record (biên bản kiểm phiếu) as a PDF."""

from pathlib import Path

import msgspec

from core.i18n import Language
from core.offload import run_native
from core.typesetting.service import typeset_pdf
from meetings.voting.reports.content.record import record_content
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts, TellersRecord

TEMPLATE = Path(__file__).parent.joinpath("record.typ")


def tellers_record_pdf(
    meeting: MeetingFacts, poll: PollFacts, record: TellersRecord, language: Language
) -> bytes:
    """The record of a closed poll. Raises: ValueError (it was not counted), Unavailable."""
    content = run_native(record_content, language, meeting, poll, record)
    closed = (poll.closed or poll.opened).at
    return typeset_pdf(TEMPLATE, msgspec.to_builtins(content), closed)
