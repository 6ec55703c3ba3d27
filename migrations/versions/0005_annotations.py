"""Annotations: what people write on papers."""

import sqlalchemy as sa
from alembic import op

import core.db.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("recipient_id", sa.String(), nullable=True),
        sa.Column("geometry", sa.LargeBinary(), nullable=False),
        sa.Column("color", sa.String(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("opacity", sa.Double(), nullable=False),
        sa.Column("size", sa.Double(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", core.db.database.Timestamp(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("updated_at", core.db.database.Timestamp(), nullable=False),
        sa.Column("deleted_at", core.db.database.Timestamp(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_annotation_author_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_annotation_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["user.id"], name=op.f("fk_annotation_recipient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
    )
    with op.batch_alter_table("annotation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_annotation_author", ["document_id", "author_id", "page"], unique=False
        )
        batch_op.create_index("ix_annotation_audience", ["document_id", "audience"], unique=False)
        batch_op.create_index(
            "ix_annotation_recipient", ["document_id", "recipient_id"], unique=False
        )
        batch_op.create_index("ix_annotation_of_author", ["author_id", "created_at"], unique=False)
