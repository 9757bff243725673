"""Keys with which laptops seal what they keep."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_key",
        sa.Column("conference_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("conference_id", "person_id", name="pk_device_key"),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name="fk_device_key_conference_id_conference"),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_device_key_key")),
    )
