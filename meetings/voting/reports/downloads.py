"""The files of a closed poll that its result page offers for download.

To add a report, add it to a list here. An empty list shows nothing.
"""

from collections.abc import Sequence

import msgspec


class Download(msgspec.Struct, frozen=True):
    """A file of a closed poll. label: catalogue key. path: below /api/v1/polls/{id}/."""

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
    """The files of a poll of any method; includes the tellers' record for chair and secretary."""
    return (*DOWNLOADS, *BY_TELLERS) if staff else DOWNLOADS
