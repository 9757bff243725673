"""Who did what, for whoever looks after information governance: ids and codes, and no word of any meeting."""

import asyncio
import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.access.accounts import all_accounts
from app.languages.speaking import _, said, word
from app.records.plan_csv import guarded
from app.store.audit import Act, Noted, first_audit_break, note_alone, noted, spelled, staff
from app.store.practising import MADE

from .accounts import ROLE_WORDS
from .answers import NO_STORE
from .confirming import confirm_first
from .house import House, TheHouse
from .signing_in import MOST_BYTES
from .staff import signed_in_as

MOST_LINES = 200  # on one page
CSV_HEADINGS = ("seq", "at", "what", "conference", "by", "about", "detail", "hash")

router = APIRouter(max_body_size=MOST_BYTES)

WHAT: dict[str, str] = {
    "account_changed": word("Account changed"),
    "account_closed": word("Account closed"),
    "account_link_issued": word("Link to begin made"),
    "account_made": word("Account made"),
    "account_reopened": word("Account opened again"),
    "admitted": word("Let in"),
    "audit_exported": word("This account exported"),
    "backed_up": word("Backed up"),
    "blanked": word("Screens rested"),
    "closed": word("Meeting closed"),
    "confirm_failed": word("Not shown that it is them"),
    "confirmed": word("Shown again that it is them"),
    "decided": word("Decision recorded"),
    "door_shut": word("Door shut"),
    "family_back": word("Family back"),
    "family_out": word("Part without the family begun"),
    "handed_back": word("Tablet handed back"),
    "handed_over": word("Chair handed over"),
    "hold_lifted": word("Hold lifted"),
    "hold_set": word("Put on hold"),
    "issued": word("Paper handed out"),
    "joined": word("Joined by a link"),
    "let_read": word("Let read"),
    "link_issued": word("Link made"),
    "link_revoked": word("Link taken back"),
    "lobby_refused": word("Not let in"),
    "moved": word("Moved to another database"),
    "opened": word("Conference opened"),
    "passkey_added": word("Passkey added"),
    "passkey_removed": word("Passkey removed"),
    "passed": word("Tablet passed on"),
    "practice_made": word("Practice begun"),
    "prepared": word("Conference prepared"),
    "purge_begun": word("Purge begun"),
    "purged": word("Purged"),
    "released": word("Released"),
    "removed": word("Removed"),
    "restored": word("Restored from a backup"),
    "room_screen_paired": word("Room screen paired"),
    "seated_shared": word("Tablet lent"),
    "session_ended": word("Device removed"),
    "sign_in_failed": word("Sign-in failed"),
    "signed_in": word("Signed in"),
    "signed_out": word("Signed out"),
    "taken_over": word("Chair taken over"),
}


class Sought(BaseModel):
    """Which lines: all that are left empty count as any. Days are those of UTC, both inclusive."""

    model_config = ConfigDict(extra="forbid")

    conference: str = Field(default="", max_length=80)
    what: str = Field(default="", max_length=80)
    since: date | Literal[""] = ""
    until: date | Literal[""] = ""
    practice: Literal["", "yes"] = ""  # what was done only to practise too; else nobody sees it among the rest

    async def lines(self, house: House, **more: Any) -> list[Noted]:
        begins = datetime.combine(self.since, time(), UTC) if self.since else None
        ends = datetime.combine(self.until, time(), UTC) + timedelta(days=1) if self.until else None
        without = None if self.practice or self.conference else MADE
        conference, what = self.conference.strip() or None, self.what or None
        return await noted(
            house.database, conference_id=conference, what=what, since=begins, until=ends, without=without, **more
        )


class Exporting(Sought):
    format: Literal["csv", "json"]


@router.get("/audit", response_class=HTMLResponse)
async def audit_page(request: Request, house: TheHouse) -> Response:
    """The newest first. With `check`, whether a line was changed or taken out since it was written."""
    account = await signed_in_as(request, house, "information_governance")
    if isinstance(account, Response):
        return account
    asked = {name: text for name, text in request.query_params.items() if name in Sought.model_fields}
    try:
        sought, wrong = Sought.model_validate(asked), ""
    except ValidationError as invalid:
        sought, wrong = Sought(), str(invalid.errors()[0]["loc"][0])
    before = request.query_params.get("before", "")
    lines = await sought.lines(
        house, most=MOST_LINES + 1, newest_first=True, before=int(before) if _is_number(before) else None
    )
    names = {f"staff:{one.id}": one.name for one in await all_accounts(house.database)}
    more = {"before": str(lines[MOST_LINES - 1].seq)} if len(lines) > MOST_LINES else {}
    page = {
        "account": account,
        "role": _(ROLE_WORDS[account.role]),
        "lines": [_line(each, names) for each in lines[:MOST_LINES]],
        "sought": sought,
        "wrong": wrong,
        "what_words": said(WHAT),
        "older": f"/audit?{urlencode(asked | more)}" if more else "",
        "checked": await _checked(house) if "check" in request.query_params else "",
        "assets": house.front_end.assets("office"),
    }
    return house.templates.TemplateResponse(request, "audit.html", page, headers=NO_STORE)


@router.post("/api/audit/export")
async def export(request: Request, sent: Exporting, house: TheHouse) -> Response:
    """Every line that is sought, as a file; only for whoever has shown a moment ago that it is them."""
    account = await signed_in_as(request, house, "information_governance")
    if isinstance(account, Response):
        return account
    signed_in, now = await house.staff(request), house.clock()
    if signed_in is None or signed_in.confirmed_at + house.confirmed_within <= now:
        return confirm_first()
    lines = await sent.lines(house)
    act = Act("audit_exported", staff(account.id), detail={"format": sent.format, "lines": len(lines)})
    await note_alone(house.database, now, act)
    content = await asyncio.to_thread(_csv if sent.format == "csv" else _json, lines)
    name = f"audit-{now:%Y-%m-%d}.{sent.format}"
    kind = "text/csv; charset=utf-8" if sent.format == "csv" else "application/json"
    headers = NO_STORE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


async def _checked(house: House) -> str:
    broken = await first_audit_break(house.database)
    if broken is None:
        return _("Every line is as it was written, and none is missing.")
    return _("Line {n} is not what was written, or is missing. Tell whoever runs Kinboard at once.", n=broken)


def _line(each: Noted, names: dict[str, str]) -> dict[str, str | int]:
    """Who of staff by name; whoever sat in a meeting stays an id."""
    act = each.act
    return {
        "seq": each.seq,
        "at": f"{each.at:%Y-%m-%d %H:%M:%S}",
        "what": _(WHAT.get(act.what, act.what)),
        "conference": act.conference_id or "",
        "by": names.get(act.by) or act.by,
        "about": names.get(f"staff:{act.about}") or act.about or "",
        "detail": ", ".join(f"{name} {value}" for name, value in act.detail.items()),
    }


def _csv(lines: Sequence[Noted]) -> bytes:
    text = StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(CSV_HEADINGS)
    for each in map(spelled, lines):
        cells = {**each, "detail": json.dumps(each["detail"])}
        table.writerow(guarded(str(cells[name] or "")) for name in CSV_HEADINGS)
    return text.getvalue().encode("utf-8-sig")


def _json(lines: Sequence[Noted]) -> bytes:
    return json.dumps([spelled(each) for each in lines], indent=1).encode()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
