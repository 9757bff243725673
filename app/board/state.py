"""The board: one small frozen part for each subject. It is what its events made it, and nothing else."""

from dataclasses import dataclass

from .chair import Seat
from .closing import Closing
from .conference import Conference
from .danger import Danger
from .decision import Decisions
from .earlier import Marked
from .houses import Houses
from .issued import Issued
from .items import Items
from .letters import Letters
from .people import People
from .preparing import Preparing
from .private import Private
from .quorum import Quorum
from .restricted import Restricted
from .running import Running
from .scale import Scales
from .sight import Apart
from .undo import Ledger
from .views import Views


@dataclass(frozen=True)
class Board:
    conference: Conference = Conference()
    people: People = People()
    seat: Seat = Seat()
    running: Running = Running()
    items: Items = Items()
    restricted: Restricted = Restricted()
    danger: Danger = Danger()
    scales: Scales = Scales()
    views: Views = Views()
    decisions: Decisions = Decisions()
    quorum: Quorum = Quorum()
    marked: Marked = Marked()
    closing: Closing = Closing()
    preparing: Preparing = Preparing()
    letters: Letters = Letters()
    houses: Houses = Houses()
    issued: Issued = Issued()
    apart: Apart = Apart()
    private: Private = Private()
    ledger: Ledger = Ledger()
    private_ledger: Ledger = Ledger()


EMPTY = Board()
