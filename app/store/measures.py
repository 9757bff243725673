"""What is counted of the store. Numbers only."""

from prometheus_client import Counter, Gauge

WRITE_FAILURES = Counter("kinboard_write_failures", "Writes that failed", ["cause"])
STOPPED = Gauge("kinboard_saving_stopped", "1 from a failed write until one succeeds")
