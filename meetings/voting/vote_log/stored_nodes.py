"""The tree nodes of a log in the database, for proofs and roots of earlier sizes."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.db.database import table_of
from core.errors import Refusal
from meetings.voting.models import VoteLogNode


class VoteLogDamaged(Refusal):
    """The log in the database is not the one that was signed and can no longer be continued."""

    code, status = "vote_log_damaged", 503


class StoredNodes:
    """The stored nodes of a log, read-only."""

    def __init__(self, session: Session, log: int) -> None:
        self._session, self._log = session, log

    def get(self, level: int, index: int) -> bytes:
        """See NodeStore."""
        place = {"log": self._log, "level": level, "index": index}
        found: bytes | None = self._session.scalar(_NODE, place)
        if found is None:
            raise VoteLogDamaged()
        return found

    def put(self, level: int, index: int, node: bytes) -> None:
        """Raises: TypeError. Queries do not write nodes."""
        raise TypeError("a log is read here")


_nodes = table_of(VoteLogNode)
_NODE = select(_nodes.c.node).where(
    _nodes.c.log == bindparam("log"),
    _nodes.c.level == bindparam("level"),
    _nodes.c.index == bindparam("index"),
)
