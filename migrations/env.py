"""Alembic's environment: runs on the connection that core.db.migrate opened, or compares models."""

from alembic import context

import accounts.shared.models
import audit.models
import core.db.models
import documents.annotations.models
import documents.models
import meetings.features
from core.db.database import Base

MODELS = (
    accounts.shared.models,
    audit.models,
    core.db.models,
    documents.annotations.models,
    documents.models,
    meetings.features,
)
"""Imported so that their tables are known; every feature of meetings imports its own."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
