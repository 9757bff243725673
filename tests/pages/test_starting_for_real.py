"""What keeps a demonstration and a real installation apart."""

from pathlib import Path

from app.script.demo import EXAMPLE
from tests.pages.conftest import Typed


async def test_a_demonstration_never_makes_links_into_a_database_with_real_conferences(
    tmp_path: Path, kinboard: Typed
) -> None:
    file = tmp_path / "ours.json"
    file.write_text(EXAMPLE.read_text().replace('"id": "conf-1"', '"id": "conf-of-ours"', 1))
    imported = await kinboard("import", file, folder=tmp_path)
    assert imported.code == 0, imported
    ended = await kinboard("demo", "--port", "0", folder=tmp_path)
    assert ended.code == 2
    assert "conferences of your own" in ended.complained
    assert ended.said == ""


async def test_a_server_on_every_address_needs_one_that_people_can_type(tmp_path: Path, kinboard: Typed) -> None:
    ended = await kinboard("serve", "--host", "0.0.0.0", "--port", "0", folder=tmp_path)
    assert ended.code == 2
    assert ended.complained.startswith("KINBOARD_BASE_URL must be set")
