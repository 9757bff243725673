"""Words for codes: the area's own, in the voice of this record; and the few that are the same in every area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.board.terms import Agrees, Attendance, Basis, StatementKind

KINDS: dict[StatementKind, tuple[str, str]] = {
    "fact": ("Fact", "Known for sure"),
    "observation": ("Seen or heard", "Seen or heard"),
    "allegation": ("Not proved", "Not proved"),
    "opinion": ("Opinion", "What someone thinks"),
}
KINDS_EXPLAINED: dict[StatementKind, tuple[str, str]] = {
    "fact": ("Fact: known for sure", "Known for sure"),
    "observation": ("Seen or heard by the person", "Seen or heard by the person"),
    "allegation": ("Someone said it, not proved", "Not proved: someone said it"),
    "opinion": ("Opinion: what someone thinks", "What someone thinks"),
}
AGREES: dict[Agrees, str] = {"yes": "agrees", "partly": "agrees with part of it", "no": "does not agree"}
BASIS: dict[Basis, str] = {
    "report": "report",
    "letter": "letter",
    "said_in_meeting": "said at the meeting",
    "childs_own_words": "child’s own words",
}
ATTENDANCE: dict[Attendance, str] = {
    "in_room": "In the room",
    "online": "Online",
    "absent": "Not here",
    "absent_sent_words": "Not here, sent words",
    "absent_sent_report": "Not here, sent a report",
}
KEPT_BACK: dict[str, str] = {
    "address_safety": "An address that has to stay private",
    "third_party": "About somebody else",
    "police_inquiry": "A police inquiry is going on",
    "child_asked": "The child asked for this",
}
PROGRESS: dict[str, str] = {"done": "Done", "partly": "Partly done", "not": "Not done"}
ROLES: dict[str, str] = {
    "chair": "chair",
    "scribe": "note-taker",
    "social_worker": "social worker",
    "professional": "professional",
    "parent": "Parent",
    "child": "Young person",
    "family_network": "Family",
    "advocate": "advocate",
    "supporter": "supporter",
    "interpreter": "interpreter",
}
NOT_ABLE_TO_SAY = "Not able to say"
NOT_ASKED_YET = "Not asked yet"


@dataclass(frozen=True)
class Words:
    """`plain`: those of the family's copy."""

    area: Mapping[str, Any]
    plain: bool
    children: str  # "Tansy and Robin"

    def question(self, column: str) -> str:
        told = self.area.get("columns", {}).get(column, {})
        return str(told.get("plain" if self.plain else "question") or in_letters(column))

    def group(self, column: str, code: str) -> str:
        return self._named(self.area.get("columns", {}).get(column, {}).get("groups", ()), code)

    def groups(self, column: str) -> list[str]:
        """The codes of a column's groups, in the order of the board."""
        return [group["code"] for group in self.area.get("columns", {}).get(column, {}).get("groups", ())]

    def outcome(self, code: str) -> str:
        return NOT_ABLE_TO_SAY if code == "not_able_to_say" else self._named(self.area.get("outcomes", ()), code)

    def outcome_in_short(self, code: str) -> str:
        if code == "not_able_to_say":
            return NOT_ABLE_TO_SAY
        return str(_found(self.area.get("outcomes", ()), code).get("short") or self.outcome(code))

    def means(self, code: str) -> str:
        return str(_found(self.area.get("outcomes", ()), code).get("means") or "")

    def category(self, code: str) -> str:
        return self._named(self.area.get("categories", {}).get("names", ()), code)

    def stage(self, phase: str) -> str:
        for stage in self.area.get("stages", ()):
            if phase in stage["phases"]:
                return str(stage["plain" if self.plain else "words"])
        return in_letters(phase)

    def kind(self, code: StatementKind | None) -> str:
        return KINDS[code][self.plain] if code else ""

    @property
    def meeting(self) -> str:
        return str(self.area.get("meeting_word") or "conference")

    def type_of_meeting(self, code: str) -> str:
        """ "first conference"; in plain words "review meeting"."""
        told = str(self.area.get("type", {}).get("plain" if self.plain else "words") or in_letters(code))
        return told[0].lower() + told[1:]

    def _named(self, names: Sequence[Mapping[str, Any]], code: str) -> str:
        told = str(_found(names, code).get("plain" if self.plain else "words") or in_letters(code))
        return told.replace("{children}", self.children or "the children")


def _found(names: Sequence[Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    return next((each for each in names if each.get("code") == code), {})


def in_letters(code: str) -> str:
    """A code that an area no longer has words for, as something that can be read."""
    return code.replace("_", " ").capitalize()


def listed(names: Sequence[str]) -> str:
    """ "Tansy", "Tansy and Robin", "Tansy, Robin and Ash"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def sentence(text: str) -> str:
    """With a capital and a full stop, whatever stood there."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?”\"'" else ".")
