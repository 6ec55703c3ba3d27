"""What of a vote can be had as a file: the one list that the page of its result offers.

Whoever makes another paper adds its line here; an empty list shows nothing.
"""

from collections.abc import Sequence

import msgspec


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


def downloads(*, staff: bool) -> Sequence[Download]:
    """The files of a vote, however it was held; the tellers' record for who runs the meeting."""
    return (*DOWNLOADS, *BY_TELLERS) if staff else DOWNLOADS
