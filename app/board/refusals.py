"""Every "no" of the rules: its name, and the sentence the person reads beside what they touched."""

from enum import StrEnum
from typing import NoReturn


class Reason(StrEnum):
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    NOT_ADMITTED = "not_admitted"
    NOT_YET = "not_yet"
    ID_REUSED = "id_reused"
    CLOSED = "closed"
    LOCKED = "locked"
    NOT_LOCKED = "not_locked"
    WRONG_TYPE = "wrong_type"
    WRONG_GROUP = "wrong_group"
    KIND_MISSING = "kind_missing"
    GROUP_MISSING = "group_missing"
    ALREADY_CHOSEN = "already_chosen"
    NOT_YOUR_WORDS = "not_your_words"
    FAMILY_KNOWS_MISSING = "family_knows_missing"
    FAMILY_WORDS_NOT_HELD = "family_words_not_held"
    CHILD_NOT_AGREED = "child_not_agreed"
    HOUSE_EMPTY = "house_empty"
    DRAWING_UNTOLD = "drawing_untold"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOTHING_CHANGED = "nothing_changed"
    HELD_ITEM = "held_item"
    NOT_HELD = "not_held"
    NOT_OFFERED = "not_offered"
    NOT_ON_BOARD = "not_on_board"
    NOT_ON_SCREEN = "not_on_screen"
    NOT_REMOVED = "not_removed"
    NO_BREAK = "no_break"
    ENOUGH_HERE = "enough_here"
    SCALE_CLOSED = "scale_closed"
    SCALE_VOIDED = "scale_voided"
    ALREADY_REVEALED = "already_revealed"
    NOT_REVEALED = "not_revealed"
    ALREADY_ANSWERED = "already_answered"
    NOT_YOURS_TO_SCORE = "not_yours_to_score"
    SCORE_OR_PASS = "score_or_pass"
    DIFFERENT_QUESTION = "different_question"
    OUTCOMES_MISSING = "outcomes_missing"
    WRONG_OUTCOME = "wrong_outcome"
    WRONG_PHASE = "wrong_phase"
    NOT_YOUR_AGENCY = "not_your_agency"
    VIEWS_SHOWN = "views_shown"
    CATEGORY_MISSING = "category_missing"
    CATEGORY_NOT_NEEDED = "category_not_needed"
    WRONG_CATEGORY = "wrong_category"
    TOO_MANY_CATEGORIES = "too_many_categories"
    STEPS_MISSING = "steps_missing"
    ALREADY_DECIDED = "already_decided"
    INQUORATE_CANNOT_END = "inquorate_cannot_end"
    NOT_DECIDED = "not_decided"
    ALREADY_DISSENTED = "already_dissented"
    TOO_LATE = "too_late"
    CANNOT_CHAIR = "cannot_chair"
    CHAIR_CHANGED = "chair_changed"
    NOT_DEPUTY = "not_deputy"
    CHAIR_IS_HERE = "chair_is_here"
    FAMILY_IS_OUT = "family_is_out"
    FAMILY_IS_HERE = "family_is_here"
    NOT_THEIRS_TO_READ = "not_theirs_to_read"
    WRONG_VERSION = "wrong_version"
    LISTED_TWICE = "listed_twice"
    NOT_UNDOABLE = "not_undoable"
    CHANGED_SINCE = "changed_since"
    SEAT_SETTLED = "seat_settled"
    STILL_NAMED = "still_named"
    NO_CHILD = "no_child"
    TOO_MANY_LANGUAGES = "too_many_languages"
    CONFIRM_FIRST = "confirm_first"


SENTENCES: dict[Reason, str] = {
    Reason.NOT_ALLOWED: "This is not yours to do in this meeting.",
    Reason.NOT_FOUND: "That is not on the board.",
    Reason.NOT_ADMITTED: "You are not in this meeting at the moment.",
    Reason.NOT_YET: "The meeting has not started. You can add to the board when it does.",
    Reason.ID_REUSED: "This was sent before with other words. Please write it again.",
    Reason.CLOSED: "The meeting is over. Only corrections can be added now.",
    Reason.LOCKED: "The decisions are made, so this can no longer change.",
    Reason.NOT_LOCKED: "The board is still open. Change it there instead of adding a correction.",
    Reason.WRONG_TYPE: "Meetings of this kind are not held in this area.",
    Reason.WRONG_GROUP: "That group is not part of this column.",
    Reason.KIND_MISSING: "Choose what kind of point this is: fact, seen or heard, not proved, or opinion.",
    Reason.GROUP_MISSING: "Choose which group this goes in.",
    Reason.ALREADY_CHOSEN: "The person who brought this has already chosen that. Ask them to change it.",
    Reason.NOT_YOUR_WORDS: "These are somebody else's words. Only they can say them or change them.",
    Reason.FAMILY_KNOWS_MISSING: "Say whether the family has heard this before.",
    Reason.FAMILY_WORDS_NOT_HELD: "The family's own words are not held back from the family.",
    Reason.CHILD_NOT_AGREED: (
        "A child's words need the child's name, and your word that they agreed and that it is safe here."
    ),
    Reason.HOUSE_EMPTY: "There is nothing in this house yet. Write or draw something first.",
    Reason.DRAWING_UNTOLD: "Say in words what the drawing shows, for everybody who cannot see it.",
    Reason.CHANGED_MEANWHILE: "Somebody changed this while you were writing. Look at both before you choose.",
    Reason.NOTHING_CHANGED: "Nothing is different from what was there.",
    Reason.HELD_ITEM: "This is new to the family. Release it when they have heard it.",
    Reason.NOT_HELD: "This is not being held.",
    Reason.NOT_OFFERED: "This is not waiting to be placed.",
    Reason.NOT_ON_BOARD: "This is not on the board now.",
    Reason.NOT_ON_SCREEN: "This is not on the room screen, so it cannot be lit.",
    Reason.NOT_REMOVED: "This was not taken off.",
    Reason.NO_BREAK: "There is no break to end.",
    Reason.ENOUGH_HERE: "There are enough services here, so no reason is needed.",
    Reason.SCALE_CLOSED: "This question is closed.",
    Reason.SCALE_VOIDED: "This round was taken back, so it does not count.",
    Reason.ALREADY_REVEALED: "The numbers are already shown.",
    Reason.NOT_REVEALED: "The numbers have not been shown yet.",
    Reason.ALREADY_ANSWERED: "The numbers are shown, so yours stays as it is. A changed mind needs a new round.",
    Reason.NOT_YOURS_TO_SCORE: "You can pass, but this number is not yours to give.",
    Reason.SCORE_OR_PASS: "Give a number from 0 to 10, or say that you would rather not.",
    Reason.DIFFERENT_QUESTION: "A new round asks the same question in the same direction.",
    Reason.OUTCOMES_MISSING: "Name every possible outcome, so that nobody thinks there are fewer.",
    Reason.WRONG_OUTCOME: "That is not one of the outcomes of this kind of meeting.",
    Reason.WRONG_PHASE: "The meeting has not come to this yet.",
    Reason.NOT_YOUR_AGENCY: "Only somebody from that agency can give its view.",
    Reason.VIEWS_SHOWN: "The views are shown, so this one stays as it is.",
    Reason.CATEGORY_MISSING: "Choose the main kind of worry for this plan.",
    Reason.CATEGORY_NOT_NEEDED: "Only a plan to keep a child safe names a main kind of worry.",
    Reason.WRONG_CATEGORY: "That is not one of the kinds of worry that a plan is named after here.",
    Reason.TOO_MANY_CATEGORIES: "That is more kinds of worry than a plan is named after here.",
    Reason.STEPS_MISSING: "Some steps come first. Do them, or write why you go on without them.",
    Reason.ALREADY_DECIDED: "The decision for this child is recorded. A correction can be added.",
    Reason.INQUORATE_CANNOT_END: "Too few services are here to end the plan. It goes on until you meet again.",
    Reason.NOT_DECIDED: "The decisions are not all recorded yet.",
    Reason.ALREADY_DISSENTED: "Your disagreement is already recorded.",
    Reason.TOO_LATE: "The time for recording a disagreement has passed.",
    Reason.CANNOT_CHAIR: "This person cannot take the chair.",
    Reason.CHAIR_CHANGED: "The chair has changed since this was written. Look at the board, then send it again.",
    Reason.NOT_DEPUTY: "You were not named to take the chair.",
    Reason.CHAIR_IS_HERE: "The chair was here less than a minute ago. Wait a little.",
    Reason.FAMILY_IS_OUT: "The family is out. This waits until they are back.",
    Reason.FAMILY_IS_HERE: "The family is here.",
    Reason.NOT_THEIRS_TO_READ: "This is the other person's own, so it is not shown.",
    Reason.WRONG_VERSION: "That kind of copy is not made for this person.",
    Reason.LISTED_TWICE: "Something stands on this list twice.",
    Reason.NOT_UNDOABLE: "This cannot be undone.",
    Reason.CHANGED_SINCE: "Somebody has changed the same thing since, so it stays as it is.",
    Reason.SEAT_SETTLED: "The meeting has begun, so this person keeps the part they came with.",
    Reason.TOO_MANY_LANGUAGES: "This point stands there in as many languages as there is room for.",
    Reason.STILL_NAMED: "Somebody or something in this meeting names this child, so the child stays on the list.",
    Reason.NO_CHILD: "A meeting is about at least one child.",
    Reason.CONFIRM_FIRST: "Show first that it is you, then press again. Nothing you wrote is lost.",
}


class Refused(Exception):
    """The rules said no: ordinary, not an error. Nothing has changed."""

    def __init__(self, reason: Reason, message: str | None = None, **places: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.message = message or SENTENCES[reason]  # as the catalogues have it
        self.places = places  # what stands in its braces

    @property
    def sentence(self) -> str:
        return self.message.format(**self.places) if self.places else self.message


def refuse(reason: Reason, message: str | None = None, **places: object) -> NoReturn:
    raise Refused(reason, message, **places)
