"""Doors: the room code, who stands before a door, what a link is for, and on what a session runs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("issued_at", "opens_at", "purpose", "sharing"):
        op.add_column("joining_link", sa.Column(name, sa.String(), nullable=True))
    for name in ("device", "sharing"):
        op.add_column("session", sa.Column(name, sa.String(), nullable=True))
    op.create_index("ix_session_revoked_at", "session", ["revoked_at"])
    op.create_table(
        "door",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("opens_at", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", name="pk_door"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_door_conference_id_conference"),
        sa.UniqueConstraint("code", name="uq_door_code"),
    )
    op.create_table(
        "knock",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("conference_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("again_of", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("near", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_knock"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_knock_conference_id_conference"),
        sa.UniqueConstraint("token_hash", name="uq_knock_token_hash"),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_knock_token_hash")),
        sa.CheckConstraint("kind IN ('lobby', 'screen')", name=op.f("ck_knock_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'let_in', 'not_today', 'seated', 'ended')", name=op.f("ck_knock_state")
        ),
    )
    op.create_index("ix_knock_conference_id", "knock", ["conference_id"])
    op.create_index("ix_knock_code", "knock", ["code"])
