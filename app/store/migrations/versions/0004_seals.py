"""What is kept of a conference is sealed with a key of its own; a salt is sealed with the row it belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conference", sa.Column("key_id", sa.String(), nullable=True))
    with op.batch_alter_table(
        "log", copy_from=log_before()
    ) as log:  # spelled out, because SQLite would lose the checks
        log.alter_column("salt", nullable=True)


def log_before() -> sa.Table:
    return sa.Table(
        "log",
        sa.MetaData(),
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_with", sa.String(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", "seq", name="pk_log"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_log_conference_id_conference"),
        sa.UniqueConstraint("conference_id", "command_id", name="uq_log_conference_id_command_id"),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_log_seq")),
        sa.CheckConstraint("length(body_hash) = 32", name=op.f("ck_log_body_hash")),
        sa.CheckConstraint("length(salt) = 16", name=op.f("ck_log_salt")),
        sa.CheckConstraint("length(commitment) = 32", name=op.f("ck_log_commitment")),
        sa.CheckConstraint("length(previous_hash) = 32", name=op.f("ck_log_previous_hash")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_log_hash")),
    )
