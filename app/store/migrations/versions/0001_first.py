"""The first tables: conferences, their log, joining links, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conference",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conference"),
        sa.CheckConstraint("head_seq >= 0", name=op.f("ck_conference_head_seq")),
        sa.CheckConstraint("length(head_hash) = 32", name=op.f("ck_conference_head_hash")),
    )
    op.create_table(
        "log",
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
    op.create_table(
        "joining_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reusable", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_joining_link"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_joining_link_conference_id_conference"),
        sa.UniqueConstraint("secret_hash", name="uq_joining_link_secret_hash"),
        sa.CheckConstraint("length(secret_hash) = 32", name=op.f("ck_joining_link_secret_hash")),
    )
    op.create_index("ix_joining_link_conference_id_person_id", "joining_link", ["conference_id", "person_id"])
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_session_conference_id_conference"),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_session_token_hash")),
    )
    op.create_index("ix_session_conference_id_person_id", "session", ["conference_id", "person_id"])
