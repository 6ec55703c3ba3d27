"""What of a vote can be had as a file: the one list that the page of its result offers.

A paper adds its line here; without any the page shows no list.
"""

from collections.abc import Sequence

import msgspec


class Download(msgspec.Struct, frozen=True):
    """A file of a closed vote. label: key of its words. path: below /api/v1/polls/{id}/."""

    label: str
    path: str


DOWNLOADS: Sequence[Download] = ()
