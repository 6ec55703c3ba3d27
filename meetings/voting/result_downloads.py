"""What of a vote can be had as a file: the one list that the page of its result offers.

Whoever makes another paper adds its line here; an empty list shows nothing.
"""

from collections.abc import Sequence

import msgspec

from meetings.voting.poll_rules import PollMethod


class Download(msgspec.Struct, frozen=True):
    """A file of a closed vote. label: key of its words. path: below /api/v1/polls/{id}/."""

    label: str
    path: str


DOWNLOADS: Sequence[Download] = (
    Download("result.download_pdf", "result.pdf"),
    Download("result.download_xlsx", "result.xlsx"),
    Download("result.download_csv", "result.csv"),
)
BY_TELLERS: Sequence[Download] = (
    Download("result.download_record_pdf", "tellers-record.pdf"),
    Download("result.download_record_docx", "tellers-record.docx"),
)


def downloads(method: str, *, staff: bool) -> Sequence[Download]:
    """The files of a vote held so; the tellers' record is of papers, for who runs the meeting."""
    by_tellers = staff and method == PollMethod.PAPER
    return (*DOWNLOADS, *BY_TELLERS) if by_tellers else DOWNLOADS
