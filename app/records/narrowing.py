"""What of a view one version of a record holds: of some of the children only, or of the plan only."""

from collections.abc import Sequence
from typing import Any

from app.board.board import View
from app.board.terms import Id

# Where a value says which children it is about; what is not named here is shared.
_ABOUT = {
    "item": "about_children",
    "offered": "about_children",
    "held": "about_children",
    "removed": "about_children",
    "private": "about_children",
    "danger": "children",
    "goal": "children",
    "scale": "children",
    "family_view": "children",
    "earlier_item": "about_children",
    "earlier_goal": "children",
    "earlier_step": "children",
}
_OF_ONE_CHILD = {"view": "child_id", "decision": "child_id", "answer": "for_child", "house": "child_id"}
_OF_ONE_CHILD |= {"house_to_look_at": "child_id"}
_NAMED_AFTER_A_CHILD = frozenset({"child", "letter", "missing"})  # in every copy, but not what was put right in them
_OF_THE_PLAN = frozenset({"conference", "area", "child", "person", "goal", "dates", "closing", "fingerprint", "order"})


def of_children(view: View, children: Sequence[Id]) -> View:
    """What is about these children, and what is shared. All of it where none are named."""
    if not children:
        return view
    wanted = frozenset(children)
    kept = {key: value for key, value in view.items() if _is_about(view, key, value, wanted)}
    corrected = {key: value for key, value in kept.items() if _stands_with_what_it_corrects(key, value, kept, wanted)}
    return {key: _without_others(key, value, wanted) for key, value in corrected.items()}


def _is_about(view: View, key: str, value: Any, wanted: frozenset[Id]) -> bool:
    kind = key.split("/")[0]
    if kind in _OF_ONE_CHILD:
        child = value.get(_OF_ONE_CHILD[kind])
        return (child is None or child in wanted) and _has_its_scale(view, key, kind, wanted)
    if kind == "child_facts":
        return key.split("/")[1] in wanted
    about = _children_of(view, value, _ABOUT[kind]) if kind in _ABOUT else []
    return not about or bool(wanted & set(about))


def _children_of(view: View, value: Any, field: str) -> list[Id]:
    """A step that names no child is about those of the goal that it serves."""
    about: list[Id] = value.get(field) or []
    goal = view.get(f"goal/{value.get('goal_id')}")
    return about or (list(goal["children"]) if goal else [])


def _has_its_scale(view: View, key: str, kind: str, wanted: frozenset[Id]) -> bool:
    if kind != "answer":
        return True
    about = view.get(f"scale/{key.split('/')[1]}", {}).get("children") or []
    return not about or bool(wanted & set(about))


def _stands_with_what_it_corrects(key: str, value: Any, kept: View, wanted: frozenset[Id]) -> bool:
    """A correction of what is not in this copy, and of what is one other child's alone, is not in it either."""
    if not key.startswith("correction/"):
        return True
    kind, _, id = value["about"].partition("/")
    return value["about"] in kept and (kind not in _NAMED_AFTER_A_CHILD or id in wanted)


def _without_others(key: str, value: Any, wanted: frozenset[Id]) -> Any:
    """Lists in which each entry is of one child, or was."""
    if key == "closing":
        return {**value, "tells": [each for each in value.get("tells", ()) if each["child_id"] in wanted]}
    if key.startswith("earlier_answers/"):
        return [each for each in value if each.get("for_child") in (None, *wanted)]
    if isinstance(value, dict) and value.get("earlier"):
        return {**value, "earlier": [each for each in value["earlier"] if _was_about(each, wanted)]}
    return value


def _was_about(wording: Any, wanted: frozenset[Id]) -> bool:
    """A wording that was about others than the text is now says so."""
    about = wording.get("about_children") or wording.get("children") or []
    return not about or bool(wanted & set(about))


def of_the_plan(view: View) -> View:
    """The outline plan and the dates: no worry, no number, no view, no decision."""
    plan = {key: _as_a_step(key, value) for key, value in view.items() if _is_plan(key, value)}
    return plan | ({"closing": {**plan["closing"], "tells": []}} if "closing" in plan else {})


def _is_plan(key: str, value: Any) -> bool:
    kind = key.split("/")[0]
    return kind in _OF_THE_PLAN or (kind == "item" and value["column"] == "next_step")


def _as_a_step(key: str, value: Any) -> Any:
    """What a step said while it was a worry or a strength, and what was answered, is no part of the plan."""
    if not key.startswith("item/"):
        return value
    step = {name: part for name, part in value.items() if name != "origin"} | {"responses": []}
    return step | {"earlier": []} if "origin" in value else step
