"""Trees of other versions of ours, from which their servers are started: an earlier one, and one yet to come."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.realtime.nursery import Nursery
from tests.realtime.server import ROOT, environment
from tests.store.test_migrations import newer

# Since then servers of two versions bear each other, and no version was released yet.
SINCE = "docs/decisions/0038-a-migration-says-how-far-it-reaches-back.md"
CHANGES = 'op.add_column("session", sa.Column("something_later", sa.String(), nullable=True))'


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, capture_output=True).stdout


def earlier_version(folder: Path) -> tuple[Path, str]:
    """The last that was released; until there is one, the first that bears another. Its tree, and its name."""
    try:
        tag = subprocess.run(["git", "-C", str(ROOT), "describe", "--tags", "--abbrev=0"], capture_output=True).stdout
        name = (tag or git("log", "--diff-filter=A", "--format=%H", "--", SINCE)).decode().split()[-1]
        packed = git("archive", "--format=zip", name, "app", "demo", "tests", "web/templates", "web/src/style")
    except (OSError, subprocess.CalledProcessError, IndexError):
        pytest.skip("This is no clone with its history, so there is no earlier version to start.")
    zipfile.ZipFile(io.BytesIO(packed)).extractall(folder)
    (folder / "web" / "dist").symlink_to(ROOT / "web" / "dist")  # what browsers are given is not what is tried here
    for catalogue in (ROOT / "app" / "languages").glob("*.mo"):
        shutil.copy(catalogue, folder / "app" / "languages")
    return folder, name


def later_version(folder: Path) -> tuple[Path, str]:
    """What is here, with tables that were changed once more. Its tree, and its migration."""
    for name in ("app", "demo", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "web").symlink_to(ROOT / "web")
    migrations, name = newer(folder, CHANGES)
    shutil.rmtree(folder / "app" / "store" / "migrations")
    migrations.rename(folder / "app" / "store" / "migrations")
    return folder, name


async def nursery_of(tree: Path) -> Nursery:
    return await Nursery().open(environment(PYTHONPATH=str(tree), PYTHONSAFEPATH="1"))
