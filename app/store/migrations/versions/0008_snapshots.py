"""Boards as they stood after some row of their logs."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", name="pk_snapshot"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_snapshot_conference_id_conference"),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_snapshot_seq")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_snapshot_hash")),
    )
