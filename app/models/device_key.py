"""Device keys: what a laptop keeps of somebody's unsent words is sealed with one, and lies on that laptop alone."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.models.row import Row


class DeviceKeyRow(Row, table=True):
    __tablename__ = "device_key"
    __table_args__ = (CheckConstraint("length(key) = 32", name="key"),)

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    person_id: str = Field(primary_key=True)
    key: bytes
