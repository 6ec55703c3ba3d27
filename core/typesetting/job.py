"""What a server orders from the child that typesets."""

from datetime import datetime

import msgspec


class TypesetJob(msgspec.Struct, frozen=True):
    """What to typeset. template: its path. seconds: after them the child ends by itself."""

    template: str
    facts: dict[str, object]
    stamp: datetime
    seconds: int
