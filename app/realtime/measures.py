"""What is counted and timed. Numbers only: never a name, a text, a score or an id."""

from prometheus_client import Counter, Gauge, Histogram

CONNECTIONS = Gauge("kinboard_connections", "Open board sockets")
ROOMS = Gauge("kinboard_rooms", "Conferences held in memory")
REFUSED = Gauge("kinboard_conferences_refused", "Conferences whose log on disk is not what was written")
PURGE_DUE = Gauge("kinboard_purge_due", "Conferences that were due for their purge when last looked, at night")
WAITING = Gauge("kinboard_commands_waiting", "Commands that wait for their turn")
_COMMANDS = Counter("kinboard_commands", "Commands answered", ["answer"])
COMMANDS = {answer: _COMMANDS.labels(answer) for answer in ("saved", "refused", "invalid", "too_fast", "not_saved")}
TURN_SECONDS = Histogram("kinboard_turn_seconds", "From taking the waiting commands to having shown them")
COMMIT_SECONDS = Histogram("kinboard_commit_seconds", "Waiting for the log to be on disk")
SLOW_READERS = Counter("kinboard_slow_readers", "Sockets closed because they stopped reading")
