"""People who have read for minutes: nobody asked the server for anything lately.

What the server does for a sign-in that it has not seen for a while is part of what is measured.
"""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from accounts.shared.models import SignIn
from core import clock
from core.config import read_config
from core.db.database import Database

LONG_AGO = timedelta(minutes=5)


def nobody_asked_lately(data: Path) -> None:
    """Set back when each sign-in was last seen, beside the running server."""
    config = read_config(data)
    database = Database(config.database_url, config.lock_path)
    with database.write() as session:
        session.execute(update(SignIn).values(last_seen_at=clock.now() - LONG_AGO))
        database.commit(session)
    database.close()
