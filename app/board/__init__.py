"""The rules of the board: pure, and knowing nothing of clock, disk, socket or page."""
