import pytest
from sqlalchemy import text

from app.store.database import Database
from app.store.log import EventLog
from tests.store.rows import change, row_saying

ONE_ROW_OF_FIVE = "WHERE conference_id = :conference AND seq = 3"


@pytest.fixture
async def five_rows(log: EventLog, conference: str) -> str:
    for after in range(5):
        await log.append(conference, [row_saying(f"said {after}", minutes=after)], after)
    assert await log.verify(conference) is None
    return conference


@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ([f"UPDATE log SET body = body_hash {ONE_ROW_OF_FIVE}"], 3),
        ([f"UPDATE log SET person_id = 'dana' {ONE_ROW_OF_FIVE}"], 3),
        ([f"UPDATE log SET at = '2026-11-21T12:09:00.000000+00:00' {ONE_ROW_OF_FIVE}"], 3),
        ([f"UPDATE log SET command_id = 'another' {ONE_ROW_OF_FIVE}"], 3),
        ([f"UPDATE log SET body_hash = hash {ONE_ROW_OF_FIVE}"], 3),
        ([f"UPDATE log SET commitment = hash {ONE_ROW_OF_FIVE}"], 3),
        ([f"UPDATE log SET hash = commitment {ONE_ROW_OF_FIVE}"], 3),
        ([f"DELETE FROM log {ONE_ROW_OF_FIVE}"], 3),
        (["DELETE FROM log WHERE conference_id = :conference AND seq = 1"], 1),
        (["DELETE FROM log WHERE conference_id = :conference AND seq >= 4"], 4),
        (["DELETE FROM log WHERE conference_id = :conference"], 1),
        (
            [
                f"UPDATE log SET seq = 99 {ONE_ROW_OF_FIVE}",
                "UPDATE log SET seq = 3 WHERE conference_id = :conference AND seq = 4",
                "UPDATE log SET seq = 4 WHERE conference_id = :conference AND seq = 99",
            ],
            3,
        ),
        (["UPDATE conference SET head_seq = 4 WHERE id = :conference"], 5),
        (["UPDATE conference SET head_seq = 6 WHERE id = :conference"], 6),
        (
            [
                "DELETE FROM log WHERE conference_id = :conference AND seq = 5",
                "UPDATE conference SET head_seq = 4 WHERE id = :conference",
            ],
            4,
        ),
    ],
    ids=[
        "words-edited",
        "person-exchanged",
        "time-moved",
        "id-exchanged",
        "command-hash-edited",
        "commitment-edited",
        "hash-edited",
        "row-deleted",
        "first-row-deleted",
        "end-cut-off",
        "all-deleted",
        "two-rows-exchanged",
        "head-set-back",
        "head-set-forward",
        "end-cut-off-and-head-set-back",
    ],
)
async def test_what_was_changed_behind_our_back_is_found(
    database: Database, log: EventLog, five_rows: str, tampering: list[str], found_at: int
) -> None:
    for statement in tampering:
        assert await change(database, statement, conference=five_rows) > 0
    assert await log.verify(five_rows) == found_at


async def test_a_log_passed_off_as_another_conferences_is_found(
    database: Database, log: EventLog, five_rows: str
) -> None:
    await log.create("another")
    await change(
        database, "UPDATE log SET conference_id = 'another' WHERE conference_id = :conference", conference=five_rows
    )
    await change(
        database,
        "UPDATE conference SET head_seq = 5,"
        " head_hash = (SELECT head_hash FROM conference WHERE id = :conference) WHERE id = 'another'",
        conference=five_rows,
    )
    assert await log.verify("another") == 1


async def test_the_same_words_twice_leave_no_equal_commitments(
    database: Database, log: EventLog, conference: str
) -> None:
    await log.append(conference, [row_saying("yes"), row_saying("yes")], after=0)
    query = text("SELECT count(DISTINCT commitment) FROM log")
    assert await database.read(lambda connection: connection.execute(query).scalar()) == 2
