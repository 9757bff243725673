"""The real Caddy with the Caddyfile of `deploy/` in front of real servers; people know its address and no other."""

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Self

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.realtime.server import ROOT, Server

CADDYFILE = ROOT / "deploy" / "Caddyfile"


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Behind(Server):
    """Its people come by another address; it stays at its own."""

    async def start(self) -> Self:
        address = self.base_url
        await super().start()
        self.base_url = address
        return self

    async def screens(self) -> int:
        """How many are connected here."""
        async with self.client() as watcher:
            text = (await watcher.get("/metrics")).text
        return int(float(re.findall(r"^kinboard_connections (\S+)$", text, re.MULTILINE)[0]))


class InFront(Server):
    """What everybody takes for the server."""

    trusts = True  # what SSL_CERT_FILE names

    async def start(self) -> Self:
        return self


@asynccontextmanager
async def caddy(folder: Path, servers: list[Server], https: int, http: int) -> AsyncIterator[InFront]:
    certificate, key = certified(folder)
    names = [server.base_url.removeprefix("http://") for server in servers]
    own = {name: str(folder / "caddy") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    settings = {"SITE": "localhost", "SERVERS": " ".join(names), "BACKWARDS": " ".join(names[::-1])}
    settings |= {"TLS": f"tls {certificate} {key}", "HTTP_PORT": str(http), "HTTPS_PORT": str(https)}
    with (folder / "caddy.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *("caddy", "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"),
            env={"PATH": os.environ["PATH"], **own, **settings},
            stdout=log,
            stderr=log,
        )
    front = InFront(folder)
    front.base_url, front.database = f"https://localhost:{https}", servers[0].database
    try:
        async with asyncio.timeout(20):
            while not await answers(front):
                assert process.returncode is None, (folder / "caddy.log").read_text()
        yield front
    finally:
        process.terminate()
        await process.wait()


async def answers(server: Server) -> bool:
    try:
        async with server.client() as browser:
            return (await browser.get("/health/ready")).status_code == 200
    except httpx2.HTTPError:
        return False


def certified(folder: Path) -> tuple[Path, Path]:
    """For this machine alone, and believed by whoever is told so (`SSL_CERT_FILE`)."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
