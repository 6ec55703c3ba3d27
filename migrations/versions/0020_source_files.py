"""Source files: what was uploaded, where it is not the PDF that is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document_version") as table:
        table.add_column(sa.Column("source_sha256", sa.String(), nullable=True))
        table.add_column(sa.Column("source_size", sa.Integer(), nullable=True))
        table.add_column(sa.Column("source_format", sa.String(), nullable=True))
        table.add_column(sa.Column("notices", sa.Text(), nullable=True))
    op.create_index(
        op.f("ix_document_version_source_sha256"), "document_version", ["source_sha256"]
    )
