"""What is counted of the store. Numbers only."""

from prometheus_client import Counter, Gauge

WRITE_FAILURES = Counter("kinboard_write_failures", "Writes that failed", ["cause"])
STOPPED = Gauge("kinboard_saving_stopped", "1 from a failed write until one succeeds")
RUNG = Counter("kinboard_bell_rung", "Conferences that other servers were told have moved")
BELL_BROKEN = Gauge("kinboard_bell_broken", "1 while this server has no line to the others and only looks by itself")
