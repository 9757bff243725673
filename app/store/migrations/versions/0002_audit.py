"""The audit, and where it ends."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("conference_id", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_audit_seq")),
        sa.CheckConstraint("length(previous_hash) = 32", name=op.f("ck_audit_previous_hash")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_audit_hash")),
    )
    op.create_index("ix_audit_conference_id", "audit", ["conference_id"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_id")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_audit_head_seq")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_audit_head_hash")),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": sha256(b"kinboard audit 1\n").digest()}])
