"""Who is connected to which server; and what a session was called before it was renewed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_server"),
    )
    op.create_table(
        "presence",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("server_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", "person_id", "server_id", name="pk_presence"),
    )
    op.create_index("ix_presence_server_id", "presence", ["server_id"])
    op.add_column("session", sa.Column("was", sa.LargeBinary(), nullable=True))
    op.create_index("ix_session_confirmed_at", "session", ["confirmed_at"])
