"""Rows as they are kept on disk, a file per table. Importing this package knows every table."""

from app.models.audit import AuditHeadRow, AuditRow
from app.models.conference import ConferenceRow
from app.models.device_key import DeviceKeyRow
from app.models.door import DoorRow
from app.models.joining_link import JoiningLinkRow
from app.models.knock import KnockRow
from app.models.log import LogRow
from app.models.row import Row
from app.models.session import SessionRow

__all__ = [
    "AuditHeadRow",
    "AuditRow",
    "ConferenceRow",
    "DeviceKeyRow",
    "DoorRow",
    "JoiningLinkRow",
    "KnockRow",
    "LogRow",
    "Row",
    "SessionRow",
]
