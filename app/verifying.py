"""A log, or a file that was handed out, is held against this database: was anything changed?"""

import json
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from typing import Any

from app.records.verifier import CANNOT_TELL, CHANGED, SOUND, UNREADABLE, Verdict, fingerprint_of, tidy, verify
from app.store.audit import first_audit_break, noted, spelled
from app.store.commits import SavedRow, UnknownConference
from app.store.database import Database
from app.store.keys import KeyGone
from app.store.log import EventLog
from app.store.purging import FORMAT, read_certificate

NOT_OURS = "This database has issued no such file: it was changed, or it comes from elsewhere."
LOG_CHANGED = "The log in this database is itself not what was written, from row {row}, so it vouches for nothing."


async def verify_conference(log: EventLog, conference_id: str, fingerprint: str | None = None) -> Verdict:
    """Of one that was purged, what the audit says. Raises UnknownConference."""
    try:
        first = await log.verify(conference_id)
    except KeyGone:
        return Verdict(CHANGED, f"{conference_id}: cannot be read by anybody: its key was destroyed, or is missing")
    except UnknownConference:
        return await _purged(log, conference_id)
    if first is not None:
        return Verdict(CHANGED, f"{conference_id}: not what was written, from row {first}")
    known = [fingerprint_of(row.hash) for row in await log.read(conference_id)]
    if fingerprint is not None and tidy(fingerprint) not in known:
        return Verdict(
            CHANGED,
            f"{conference_id}: holds no row of that fingerprint: all of it was written anew, or the fingerprint "
            "is another conference's or mistyped",
        )
    return Verdict(SOUND, f"{conference_id}: sound" + (f"; the fingerprint of its end is {known[-1]}" if known else ""))


async def _purged(log: EventLog, conference_id: str) -> Verdict:
    """Raises UnknownConference if no such conference was ever purged."""
    purged = await noted(log.database, conference_id=conference_id, what="purged")
    if not purged:
        raise UnknownConference
    audit = await verify_audit(log.database)
    if audit.code != SOUND:
        return audit
    last = purged[-1]
    return Verdict(
        SOUND,
        f"{conference_id}: purged on {last.at:%Y-%m-%d at %H:%M UTC}, {last.act.detail['acts']} acts; "
        f"that is row {last.seq} of the audit",
    )


async def verify_certificate(log: EventLog, certificate: Mapping[str, Any]) -> Verdict:
    """Whether it is the audit's row, and what it says was destroyed is gone."""
    rows = {each.seq: each for each in await noted(log.database, what="purged")}
    ours = rows.get(certificate.get("seq", 0))
    if ours is None or {"format": FORMAT, **spelled(ours)} != certificate:
        return Verdict(CHANGED, "This is no certificate of ours: it was changed, or it comes from elsewhere.")
    if str(ours.act.about) in log.database.keys.ids():
        return Verdict(CHANGED, f"{ours.act.conference_id}: was purged, but somebody has put its key back")
    return await _purged(log, str(ours.act.conference_id))


async def verify_audit(database: Database) -> Verdict:
    first = await first_audit_break(database)
    if first is not None:
        return Verdict(CHANGED, f"audit: not what was written, from row {first}")
    rows = await noted(database)
    return Verdict(
        SOUND, "audit: sound" + (f"; the fingerprint of its end is {fingerprint_of(rows[-1].hash)}" if rows else "")
    )


async def verify_file(log: EventLog, file: bytes, fingerprint: str | None = None) -> Verdict:
    """A JSON record by what it says itself and by our log; any other file by what our log says was issued."""
    certificate = read_certificate(file)
    if certificate is not None:
        return await verify_certificate(log, certificate)
    verdict = verify(file, fingerprint)
    if verdict.code == SOUND:
        return await _with_our_log(log, json.loads(file)["chain"], verdict)
    if verdict.code in (CANNOT_TELL, UNREADABLE):
        return await _as_issued(log, sha256(file).hexdigest(), fingerprint)
    return verdict


async def _with_our_log(log: EventLog, chain: Any, verdict: Verdict) -> Verdict:
    conference_id: str = chain["conference"]
    try:
        first = await log.verify(conference_id)
    except UnknownConference:
        return verdict
    if first is not None:
        return Verdict(CHANGED, LOG_CHANGED.format(row=first))
    ours = [row.hash.hex() for row in await log.read(conference_id)]
    theirs = [row["hash"] for row in chain["rows"]]
    if ours[: len(theirs)] != theirs:
        return Verdict(CHANGED, "This is not the conference that this database holds: all of one was written anew.")
    return Verdict(SOUND, "Nothing was changed: this record is what this database holds.")


async def _as_issued(log: EventLog, sum_of_file: str, fingerprint: str | None) -> Verdict:
    async for conference_id, row, event in _issued(log, sum_of_file):
        first = await log.verify(conference_id)
        if first is not None:
            return Verdict(CHANGED, LOG_CHANGED.format(row=first))
        if fingerprint is not None and event["fingerprint"] != tidy(fingerprint):
            return Verdict(CHANGED, "That is not the fingerprint that this file was issued with.")
        return Verdict(SOUND, f"Nothing was changed: this file was issued on {row.at:%Y-%m-%d at %H:%M UTC}.")
    return Verdict(CHANGED, NOT_OURS)


async def _issued(log: EventLog, sum_of_file: str) -> AsyncIterator[tuple[str, SavedRow, dict[str, Any]]]:
    for conference_id in await log.conferences():
        for row in await log.read(conference_id):
            if sum_of_file.encode() in row.body:  # somebody may have written it on the board, too
                for event in json.loads(row.body):
                    if event["type"] == "record_issued" and event["sha256"] == sum_of_file:
                        yield conference_id, row, event
