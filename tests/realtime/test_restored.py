"""A backup is restored under people who have their boards open: they come back to what it holds."""

from datetime import UTC, datetime
from pathlib import Path

from app.store.audit import keyboard
from app.store.backup import backup
from app.store.restore import restore
from tests.cast import CHAIR, DANA
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import serving


async def test_screens_notice_that_a_backup_was_restored_and_show_what_it_holds(
    tmp_path: Path, nursery: Nursery
) -> None:
    async with serving(tmp_path, nursery=nursery) as server:
        sitting = await server.sitting()
        chair, dana = await sitting.begin(CHAIR, DANA)
        kept = await chair.does("add_item", **point("Before the backup."))
        assert server.database
        await backup(server.database, tmp_path / "backup")
        lost = await chair.does("add_item", **point("After the backup."))
        await dana.until(lambda: f"item/{lost}" in dana.shared)
        keys = server.database.keys
        await server.database.close()
        server.database = None
        await server.end()
        path, now = server.data / "kinboard.sqlite3", datetime.now(UTC)
        await restore(path, tmp_path / "backup", keys, keyboard(0), now, replace=True)
        await server.start()
        again = await sitting.back(dana, DANA)
        await again.until(lambda: again.views)
        assert again.views[0]["full"]
        assert again.epoch != dana.epoch
        assert f"item/{kept}" in again.shared
        assert f"item/{lost}" not in again.shared
        chair = await sitting.back(chair, CHAIR)
        await chair.does("add_item", **point("And the meeting goes on."))
        await sitting.close()
