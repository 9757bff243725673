"""Words for codes: the area's own, in the voice of this record; and the few that are the same in every area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.board.terms import Agrees, Attendance, Basis, StatementKind
from app.languages.speaking import _, word

KINDS: dict[StatementKind, tuple[str, str]] = {
    "fact": (word("Fact"), word("Known for sure")),
    "observation": (word("Seen or heard"), word("Seen or heard")),
    "allegation": (word("Not proved"), word("Not proved")),
    "opinion": (word("Opinion"), word("What someone thinks")),
}
KINDS_EXPLAINED: dict[StatementKind, tuple[str, str]] = {
    "fact": (word("Fact: known for sure"), word("Known for sure")),
    "observation": (word("Seen or heard by the person"), word("Seen or heard by the person")),
    "allegation": (word("Someone said it, not proved"), word("Not proved: someone said it")),
    "opinion": (word("Opinion: what someone thinks"), word("What someone thinks")),
}
AGREES: dict[Agrees, str] = {
    "yes": word("agrees"),
    "partly": word("agrees with part of it"),
    "no": word("does not agree"),
}
BASIS: dict[Basis, str] = {
    "report": word("report"),
    "letter": word("letter"),
    "said_in_meeting": word("said at the meeting"),
    "childs_own_words": word("child’s own words"),
}
ATTENDANCE: dict[Attendance, str] = {
    "in_room": word("In the room"),
    "online": word("Online"),
    "absent": word("Not here"),
    "absent_sent_words": word("Not here, sent words"),
    "absent_sent_report": word("Not here, sent a report"),
}
KEPT_BACK: dict[str, str] = {
    "address_safety": word("An address that has to stay private"),
    "third_party": word("About somebody else"),
    "police_inquiry": word("A police inquiry is going on"),
    "child_asked": word("The child asked for this"),
}
PROGRESS: dict[str, str] = {"done": word("Done"), "partly": word("Partly done"), "not": word("Not done")}
ROLES: dict[str, str] = {
    "chair": word("chair"),
    "scribe": word("note-taker"),
    "social_worker": word("social worker"),
    "professional": word("professional"),
    "parent": word("Parent"),
    "child": word("Young person"),
    "family_network": word("Family"),
    "advocate": word("advocate"),
    "supporter": word("supporter"),
    "interpreter": word("interpreter"),
}
NOT_ABLE_TO_SAY = word("Not able to say")
NOT_ASKED_YET = word("Not asked yet")


@dataclass(frozen=True)
class Words:
    """`plain`: those of the family's copy."""

    area: Mapping[str, Any]
    plain: bool
    children: str  # "Tansy and Robin"

    def question(self, column: str) -> str:
        told = self.area.get("columns", {}).get(column, {})
        return _(str(told.get("plain" if self.plain else "question") or in_letters(column)))

    def group(self, column: str, code: str) -> str:
        return self._named(self.area.get("columns", {}).get(column, {}).get("groups", ()), code)

    def groups(self, column: str) -> list[str]:
        """The codes of a column's groups, in the order of the board."""
        return [group["code"] for group in self.area.get("columns", {}).get(column, {}).get("groups", ())]

    def outcome(self, code: str) -> str:
        return _(NOT_ABLE_TO_SAY) if code == "not_able_to_say" else self._named(self.area.get("outcomes", ()), code)

    def outcome_in_short(self, code: str) -> str:
        if code == "not_able_to_say":
            return _(NOT_ABLE_TO_SAY)
        short = str(_found(self.area.get("outcomes", ()), code).get("short") or "")
        return _(short) if short else self.outcome(code)

    def means(self, code: str) -> str:
        return _(str(_found(self.area.get("outcomes", ()), code).get("means") or ""))

    def category(self, code: str) -> str:
        return self._named(self.area.get("categories", {}).get("names", ()), code)

    def stage(self, phase: str) -> str:
        for stage in self.area.get("stages", ()):
            if phase in stage["phases"]:
                return _(str(stage["plain" if self.plain else "words"]))
        return in_letters(phase)

    def kind(self, code: StatementKind | None) -> str:
        return _(KINDS[code][self.plain]) if code else ""

    @property
    def meeting(self) -> str:
        return _(str(self.area.get("meeting_word") or "conference"))

    def type_of_meeting(self, code: str) -> str:
        """ "first conference"; in plain words "review meeting"."""
        told = _(str(self.area.get("type", {}).get("plain" if self.plain else "words") or in_letters(code)))
        return told[0].lower() + told[1:]

    def _named(self, names: Sequence[Mapping[str, Any]], code: str) -> str:
        told = _(str(_found(names, code).get("plain" if self.plain else "words") or in_letters(code)))
        return told.replace("{children}", self.children or _("the children"))


def _found(names: Sequence[Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    return next((each for each in names if each.get("code") == code), {})


def in_letters(code: str) -> str:
    """A code that an area no longer has words for, as something that can be read."""
    return code.replace("_", " ").capitalize()


def sentence(text: str) -> str:
    """With a capital and a full stop, whatever stood there."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?”\"'" else ".")
