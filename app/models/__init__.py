"""Rows as they are kept on disk, a file per table. Importing this package knows every table."""

from app.models.account import AccountLinkRow, AccountRow, PasskeyRow, RecoveryCodeRow
from app.models.assignment import AssignmentRow
from app.models.audit import AuditHeadRow, AuditRow
from app.models.conference import ConferenceRow
from app.models.device_key import DeviceKeyRow
from app.models.door import DoorRow
from app.models.joining_link import JoiningLinkRow
from app.models.knock import KnockRow
from app.models.log import LogRow
from app.models.presence import PresenceRow, ServerRow
from app.models.row import Row
from app.models.session import SessionRow
from app.models.snapshot import SnapshotRow
from app.models.staff_session import CeremonyRow, StaffSessionRow

__all__ = [
    "AccountLinkRow",
    "AccountRow",
    "AssignmentRow",
    "AuditHeadRow",
    "AuditRow",
    "CeremonyRow",
    "ConferenceRow",
    "DeviceKeyRow",
    "DoorRow",
    "JoiningLinkRow",
    "KnockRow",
    "LogRow",
    "PasskeyRow",
    "PresenceRow",
    "RecoveryCodeRow",
    "Row",
    "ServerRow",
    "SessionRow",
    "SnapshotRow",
    "StaffSessionRow",
]
