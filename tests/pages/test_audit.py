"""Who did what in a meeting can be read afterwards, and not a word of what was said."""

import json
from pathlib import Path

from tests.cast import CHAIR, DANA, TEACHER
from tests.pages.conftest import Typed
from tests.realtime.acts import point
from tests.realtime.server import Sitting


async def test_the_audit_of_a_meeting_says_who_did_what_and_nothing_of_what_was_said(
    tmp_path: Path, kinboard: Typed, sitting: Sitting
) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    held = await teacher.does("add_item", **point("Canary", family_knows=False))
    await chair.does("release_item", item_id=held, base_version=held, told_by=None, told_at=None)
    await chair.does("blank", screens="room")
    await chair.does("remove_person", person_id=DANA)
    await chair.does("admit", person_id=DANA)
    data = ("--data", sitting.server.data)
    said = await kinboard("audit", "--conference", sitting.id, *data, folder=tmp_path, **sitting.server.settings)
    assert said.code == 0
    assert [line.split()[1] for line in said.said.splitlines()] == [
        *("prepared", "joined", "joined", "released", "blanked", "removed", "admitted"),
    ]
    assert f"removed seat:{CHAIR} {sitting.id} {DANA}" in said.said
    assert "Canary" not in said.said
    written = await kinboard(
        "audit", "--json", "audit.json", "--since", "2000-01-01", *data, folder=tmp_path, **sitting.server.settings
    )
    assert written.code == 0
    acts = json.loads((tmp_path / "audit.json").read_text())
    assert [act["what"] for act in acts if act["conference"] == sitting.id][-1] == "admitted"
    assert (tmp_path / "audit.json").stat().st_mode & 0o077 == 0
    assert "audit: sound" in (await kinboard("verify", *data, folder=tmp_path, **sitting.server.settings)).said
