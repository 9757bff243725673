"""Numbers, views and decisions, written down."""

from typing import Any

from app.board.decision import DecisionRecorded
from app.board.scale import Scale, ScaleAnswered
from app.board.views import ViewGiven

from .past import Past

Written = dict[str, Any]


def scale_questions(past: Past) -> list[Written]:
    return [_scale(past, scale) for scale in past.board.scales.by_id.values()]


def _scale(past: Past, scale: Scale) -> Written:
    opened = scale.opened
    return {
        "id": past.name(scale.id),
        "about_children": past.names(opened.children),
        "danger_statement_id": past.maybe(opened.danger_id),
        "direction": opened.direction,
        "text": opened.question,
        "high_anchor": f"10: {opened.high_end}",
        "low_anchor": f"0: {opened.low_end}",
        "opened_at": past.at(opened.at),
        "revealed_at": past.at(scale.revealed_at),
        "answers": [_answer(past, answer) for answer in scale.answers.values()],
    }


def _answer(past: Past, answer: ScaleAnswered) -> Written:
    written: Written = {
        "person_id": past.name(answer.person_id),
        "score": answer.score,
        "passed": answer.passed,
        "why": answer.why,
    }
    return written | {"on_behalf_of_child": past.name(answer.for_child)} if answer.for_child else written


def agency_views(past: Past) -> list[Written]:
    return [
        _view(past, view) | {"given_by": past.name(view.by)}
        for view in past.board.views.of_agencies.values()
        if _came_in_person(past, view)
    ]


def written_views(past: Past) -> list[Written]:
    return [
        _view(past, view) | {"from_report": past.maybe(view.report_id)}
        for view in past.board.views.of_agencies.values()
        if not _came_in_person(past, view)
    ]


def _came_in_person(past: Past, view: ViewGiven) -> bool:
    return past.board.people.members[view.by].agency_id == view.agency_id


def _view(past: Past, view: ViewGiven) -> Written:
    return {
        "agency_id": past.name(view.agency_id),
        "child_id": past.name(view.child_id),
        "view": view.view,
        "why": view.why,
    }


def family_views(past: Past) -> list[Written]:
    return [
        {"person_id": past.name(view.person_id), "children": past.names(view.children), "view": view.text}
        for view in past.board.views.of_family.values()
    ]


def decisions(past: Past) -> list[Written]:
    return [_decision(past, decision) for decision in past.board.decisions.by_child.values()]


def _decision(past: Past, decision: DecisionRecorded) -> Written:
    written: Written = {
        "child_id": past.name(decision.child_id),
        "decided_by": past.name(decision.by),
        "decided_at": past.at(decision.at),
        "outcome": decision.outcome,
        "category": decision.category,
        "category_in_plain_words": decision.plain_words,
        "reasons": decision.reasons,
        "views_considered": decision.views_considered,
        "dissent": [
            {"person_id": past.name(each.by), "text": each.why, "recorded_at": past.at(each.at)}
            for each in past.board.decisions.dissent
            if each.child_id == decision.child_id
        ],
    }
    return written | {"override": decision.override} if decision.override else written
