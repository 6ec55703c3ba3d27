"""Rule packs of an installation's own."""

import sqlalchemy as sa
from alembic import op

import core.db.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_pack",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("added_at", core.db.database.Timestamp(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", core.db.database.Timestamp(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["user.id"], name=op.f("fk_rule_pack_added_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rule_pack_unit_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["user.id"], name=op.f("fk_rule_pack_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_pack")),
        sa.UniqueConstraint(
            "unit_id", "pack_id", "version", name=op.f("uq_rule_pack_unit_id_pack_id_version")
        ),
    )
    with op.batch_alter_table("rule_pack", schema=None) as batch_op:
        batch_op.create_index(
            "uq_rule_pack_of_all",
            ["pack_id", "version"],
            unique=True,
            sqlite_where=sa.text("unit_id IS NULL"),
            postgresql_where=sa.text("unit_id IS NULL"),
        )
