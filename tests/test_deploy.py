"""What stands in deploy/ and in the Dockerfile is true of the program. Whether a container starts nobody tries here."""

import configparser
import json
import re
import shlex
from fnmatch import fnmatch
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import typer.main
import yaml
from prometheus_client.parser import text_string_to_metric_families

from app import cli, settings
from app.main import create_app
from app.pages.gate import FOR_THE_MACHINE
from tests.realtime.nursery import Nursery
from tests.realtime.server import serving

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text()
CADDYFILE = (DEPLOY / "Caddyfile").read_text()
FILES = {path: path.read_text() for path in [ROOT / "Dockerfile", *DEPLOY.rglob("*")] if path.is_file()}
COMPOSE: Any = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OBJECTS: dict[tuple[str, str], Any] = {
    (each["kind"], each["metadata"]["name"]): each
    for file in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for each in yaml.safe_load_all(file.read_text())
}
SERVERS = OBJECTS["StatefulSet", "kinboard"]["spec"]
POD = SERVERS["template"]["spec"]
UNIT = configparser.RawConfigParser(strict=False)
UNIT.optionxform = str  # type: ignore[assignment, method-assign]
UNIT.read(DEPLOY / "systemd" / "kinboard@.service")

KNOWN = {settings.PREFIX + name.upper() for name in settings.Settings.model_fields}
SECRET = {settings.PREFIX + name.upper() for name in settings.NEVER_SHOWN}
PORT = settings.Settings.model_fields["port"].default


def image(instruction: str) -> list[str]:
    return re.findall(rf"^{instruction} (.+)$", DOCKERFILE, re.MULTILINE)


def environment_of(container: Any) -> dict[str, str]:
    return {each["name"]: each["value"] for each in container["env"]}


def test_every_setting_that_is_named_there_is_one() -> None:
    named = {name for text in FILES.values() for name in re.findall(r"KINBOARD_[A-Z_]+", text)}
    assert {settings.SECRETS, "KINBOARD_DATABASE_URL", "KINBOARD_PROXY"} <= named <= KNOWN


def test_no_secret_stands_in_a_file_and_each_is_handed_in_as_one() -> None:
    servers = [service for name, service in SERVICES.items() if name.startswith("kinboard-")]
    for service in servers:
        assert not set(service["environment"]) & SECRET
        assert service["environment"][settings.SECRETS] == "/run/secrets"
        assert set(service["secrets"]) <= SECRET
    assert not set(OBJECTS["ConfigMap", "kinboard"]["data"]) & SECRET
    assert all(each["file"] == f"secrets/{name}" for name, each in COMPOSE["secrets"].items())
    (container,) = POD["containers"]
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    assert environment_of(container)[settings.SECRETS] == mounts["secrets"]
    assert "secrets" in (ROOT / ".gitignore").read_text()
    # systemd calls a credential of a folder after the folder's and the file's name
    id, folder = UNIT["Service"]["LoadCredential"].split(":")
    assert f"{id}_".upper() == settings.PREFIX
    assert folder in (DEPLOY / "systemd" / "kinboard.env").read_text()


def test_ports_folders_and_users_are_those_of_the_image() -> None:
    assert image("EXPOSE") == [str(PORT)]
    in_image = dict(each.split("=", 1) for each in image("ENV")[-1].split() if each.startswith(settings.PREFIX))
    assert in_image["KINBOARD_PORT"] == str(PORT)
    user, group = map(int, image("USER")[0].split(":"))
    pod = POD["securityContext"]
    assert (pod["runAsUser"], pod["runAsGroup"], pod["fsGroup"]) == (user, group, group)
    (container,) = POD["containers"]
    assert [port["containerPort"] for port in container["ports"]] == [PORT]
    assert OBJECTS["Service", "kinboard"]["spec"]["ports"][0]["port"] == PORT
    assert in_image["KINBOARD_DATA"] in [mount["mountPath"] for mount in container["volumeMounts"]]
    for name, service in SERVICES.items():
        if name.startswith("kinboard-"):
            assert f"keys:{in_image['KINBOARD_DATA']}" in service["volumes"]


def test_caddy_knows_every_server_from_both_ends_and_the_servers_know_caddy() -> None:
    compose = SERVICES["caddy"]["environment"]
    cluster = environment_of(OBJECTS["Deployment", "caddy"]["spec"]["template"]["spec"]["containers"][0])
    named = [f"{name}:{PORT}" for name in SERVICES if name.startswith("kinboard-")]
    assert compose["SERVERS"].split() == named
    assert cluster["SERVERS"].split() == [
        f"kinboard-{n}.{SERVERS['serviceName']}:{PORT}" for n in range(SERVERS["replicas"])
    ]
    for each in (compose, cluster):
        assert each["BACKWARDS"].split() == each["SERVERS"].split()[::-1]
        assert set(re.findall(r"\{\$(\w+)", CADDYFILE)) - {"HTTP_PORT", "HTTPS_PORT"} <= set(each)
    address = SERVICES["caddy"]["networks"]["front"]["ipv4_address"]
    assert ip_address(address) in ip_network(COMPOSE["networks"]["front"]["ipam"]["config"][0]["subnet"])
    assert SERVICES["kinboard-1"]["environment"]["KINBOARD_PROXY"] == address
    site = f"https://{cluster['SITE']}"
    assert OBJECTS["ConfigMap", "kinboard"]["data"]["KINBOARD_BASE_URL"] == site


def test_whatever_belongs_to_a_conference_is_led_to_its_server() -> None:
    expression = re.search(r"path_regexp conference (\S+)", CADDYFILE)
    assert expression
    paths = [*create_app(settings.load_settings()).openapi()["paths"], "/api/conferences/{conference}/live"]
    of_a_conference = [path for path in paths if "{conference}" in path]
    assert len(of_a_conference) > 30
    for path in of_a_conference:
        found = re.search(expression[1], path)
        assert found, path
        assert found[1] == "{conference}", path


def test_the_image_is_built_of_files_that_are_handed_to_it() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line]
    for source in [name for line in image("COPY") if "--from" not in line for name in line.split()[:-1]]:
        handed = [path.relative_to(ROOT) for path in ROOT.glob(source)]
        assert handed, source
        for path in handed:
            taken = True
            for rule in rules:
                if any(fnmatch(str(each), rule.lstrip("!")) for each in (path, *path.parents)):
                    taken = rule.startswith("!")
            assert taken, path


def test_what_systemd_starts_is_a_command_with_its_options() -> None:
    program, command, *options = shlex.split(UNIT["Service"]["ExecStart"])
    assert Path(program).name == "kinboard"
    parameters = typer.main.get_command(cli.cli).commands[command].params  # type: ignore[attr-defined]
    assert {each for each in options if each.startswith("--")} <= {name for one in parameters for name in one.opts}
    assert float(UNIT["Service"]["TimeoutStopSec"]) > 5


async def test_whoever_watches_is_answered_at_every_address_that_is_named(nursery: Nursery, tmp_path: Path) -> None:
    text = "".join(FILES.values())
    paths = set(re.findall(r"/health/\w+", text)) | ({"/metrics"} if "/metrics" in text else set())
    assert paths == {"/health/live", "/health/ready", "/metrics"}
    assert all(path.startswith(FOR_THE_MACHINE) for path in paths)
    token = "a-token-of-the-council"
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "KINBOARD_METRICS_TOKEN").write_text(token)
    async with (
        serving(tmp_path, nursery=nursery, settings={settings.SECRETS: str(folder)}) as server,
        server.client(Authorization=f"Bearer {token}", Host="10.1.2.3") as watcher,
    ):
        answers = {path: await watcher.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}, answers
    require_measures(answers["/metrics"].text)


QUERIES: list[tuple[str, str]] = [
    (f"panel {panel['title']}", target["expr"])
    for panel in json.loads((DEPLOY / "grafana" / "kinboard.json").read_text())["panels"]
    for target in panel.get("targets", ())
] + [
    (f"alert {rule['alert']}", rule["expr"])
    for group in yaml.safe_load((DEPLOY / "prometheus" / "kinboard.rules.yaml").read_text())["groups"]
    for rule in group["rules"]
]
BY_PROMETHEUS = {"up"}, {"job", "instance"}  # what it adds itself: measures, labels
OURS = {"answer", "cause", "le"}


def require_measures(exposed: str) -> None:
    """Whatever a dashboard or an alert asks for is told by a real server, and all that is ours is on the dashboard."""
    families = {each.name: each for each in text_string_to_metric_families(exposed)}
    samples = [one for each in families.values() if each.name.startswith("kinboard_") for one in each.samples]
    labels = {name for one in samples for name in one.labels}
    assert labels <= OURS, "a label may hold no name and no id"
    told = set(BY_PROMETHEUS[0])
    for name, family in families.items():
        told |= {name + end for end in {"counter": ["_total"], "histogram": ["_bucket"]}.get(family.type, [""])}
    asked: set[str] = set()
    for where, query in QUERIES:
        measures = set(re.findall(r"\b(?:up|(?:kinboard|process)_\w+)\b", query))
        groups = {one.strip() for each in re.findall(r"by \(([^)]*)\)", query) for one in each.split(",")}
        matched = set(re.findall(r"(\w+)=", query))
        assert groups | matched <= OURS | BY_PROMETHEUS[1], where
        assert measures, where
        assert measures <= told, where
        asked |= measures
    ours = {name for name in told if name.startswith("kinboard_") and not name.endswith("_created")}
    assert ours <= asked, "nobody would see it"


def test_what_to_do_about_each_alert_is_written_down() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    for where, _ in QUERIES:
        kind, _, name = where.partition(" ")
        assert kind == "panel" or f"`{name}`" in page, name
