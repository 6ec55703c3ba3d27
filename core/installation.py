"""The installation's own facts: made once, by prepare."""

from core import clock
from core.database import Database
from core.ids import new_id
from core.models import Installation


def ensure_installation(database: Database) -> None:
    """Make the installation's row on the first preparation of a data folder."""
    with database.write() as session:
        if session.get(Installation, 1) is None:
            session.add(Installation(id=1, epoch=new_id(), created_at=clock.now()))
            database.commit(session)


def epoch_of(database: Database) -> str:
    """The name of this data folder's history."""
    with database.read() as session:
        return session.get_one(Installation, 1).epoch
