"""The job that a server sends to the typesetting child process."""

from datetime import datetime

import msgspec


class TypesetJob(msgspec.Struct, frozen=True):
    """A typesetting job. template: its path. seconds: the child ends itself after this time."""

    template: str
    facts: dict[str, object]
    stamp: datetime
    seconds: int
