"""NATS and Valkey servers of the tests' own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep


class Nats:
    def __init__(self, folder: Path, host: str) -> None:
        self.folder = folder
        self.host = host
        self.port = -1  # any free one, and then the same again
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        binary = Path(sys.executable).with_name("nats-server")
        self.process = subprocess.Popen(
            [binary, "-a", self.host, "-p", str(self.port), "--ports_file_dir", self.folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ports = self.folder / f"nats-server_{self.process.pid}.ports"
        for _ in range(1000):
            if ports.exists() and ports.read_text():
                break
            sleep(0.01)
        (address,) = json.loads(ports.read_text())["nats"]
        self.port = int(address.rpartition(":")[2])

    @property
    def url(self) -> str:
        return f"nats://{self.host}:{self.port}"

    def stop(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()


@contextmanager
def nats_running(folder: Path, host: str = "127.0.0.1") -> Iterator[Nats]:
    nats = Nats(folder, host)
    nats.start()
    try:
        yield nats
    finally:
        nats.stop()
