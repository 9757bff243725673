"""How the earlier plan went and what was arranged at the end, written down."""

from typing import Any

from app.board.earlier import ProgressMarked

from .copies import code_of
from .earlier import PROGRESS
from .ids import FileId, Ids, conference_id_of
from .past import Past

Written = dict[str, Any]


def earlier_next_steps(past: Past) -> list[Written]:
    """As the file had them, with what was said of them since; those of which it said nothing come behind."""
    earlier = past.board.conference.earlier
    steps = {step.id for step in earlier.steps} if earlier else set()
    marks = {id: mark for id, mark in past.board.marked.by_id.items() if id in steps}
    written: list[Written] = []
    for kept in past.kept.get("earlier_next_steps") or []:
        mark = marks.pop(Ids(conference_id_of(kept["from_conference"])).of(kept["id"]), None)
        written.append(kept | _progress(mark, kept.get("progress"), kept.get("note"), "note"))
    for id, mark in marks.items():
        of = {"from_conference": earlier.conference_id if earlier else "", "id": id}
        written.append(of | _progress(mark, None, None, "note"))
    return written


def progress_of_goal(past: Past, goal: FileId) -> Written:
    """A goal that came from the earlier conference has the same id there."""
    earlier = past.board.conference.earlier
    mark = past.board.marked.by_id.get(Ids(earlier.conference_id).of(goal)) if earlier else None
    kept: Written = next((each for each in past.kept.get("safety_goals") or [] if each.get("id") == goal), {})
    return _progress(mark, kept.get("progress"), kept.get("progress_note"), "progress_note")


def _progress(mark: ProgressMarked | None, code: str | None, note: str | None, note_key: str) -> Written:
    """Nothing where the file's own, finer word still says it."""
    if mark is None or (PROGRESS.get(code or "") == mark.progress and (note or "") == mark.note):
        return {}
    return {"progress": mark.progress, note_key: mark.note}


def after(past: Past) -> Written | None:
    closing = past.board.closing.written
    if closing is None:
        return None
    return {
        "lead_social_worker": past.maybe(closing.lead_social_worker),
        "core_group": past.names(closing.core_group),
        "core_group_on": closing.core_group_on.isoformat() if closing.core_group_on else None,
        "review_on": closing.review_on.isoformat() if closing.review_on else None,
        "who_gets_the_record": [
            {
                "person_id": past.name(each.person_id),
                "version": code_of(each.version, past.names(each.children)),
                "how": each.how,
            }
            for each in closing.recipients
        ],
        "family_told_how_to": list(closing.told_how_to),
    }
