"""The cast of every test: fictional people of one fictional conference, about Tansy (9) and Robin (3)."""

from datetime import UTC, date, datetime
from typing import Any

from app.board.conference import Agency, Child, Person, PrepareConference, Settings
from app.board.earlier import (
    Earlier,
    EarlierAnswer,
    EarlierDanger,
    EarlierGoal,
    EarlierItem,
    EarlierResponse,
    EarlierScale,
    EarlierStep,
)

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


CONFERENCE = _id(0x100)
TANSY, ROBIN = _id(0x201), _id(0x202)

CHAIRING, SOCIAL_CARE, SCHOOL, HEALTH, POLICE, GP_PRACTICE, ADVOCACY, FAMILY = (_id(0x300 + n) for n in range(8))

(
    CHAIR,
    SCRIBE,
    SOCIAL_WORKER,
    TEACHER,
    NURSE,
    POLICE_OFFICER,
    DANA,
    CALLUM,
    GRANDMOTHER,
    BROTHER,
    ADVOCATE,
    INTERPRETER,
    SUPPORTER,
    OBSERVER,
    PROJECTOR,
    JOEL,
    GP,
    OUTSIDER,
) = (_id(0x400 + n) for n in range(18))

EARLIER_CONFERENCE, EARLIER_DANGER, EARLIER_GOAL, EARLIER_STEP, EARLIER_ITEM = (_id(0x500 + n) for n in range(5))

CHILDREN = (Child(id=TANSY, name="Tansy", age=9), Child(id=ROBIN, name="Robin", age=3))
AGENCIES = (
    Agency(id=CHAIRING, name="Reviewing", kind="chairing"),
    Agency(id=SOCIAL_CARE, name="Social care", kind="social_care"),
    Agency(id=SCHOOL, name="Harbour School", kind="education"),
    Agency(id=HEALTH, name="Health visiting", kind="health"),
    Agency(id=POLICE, name="Police", kind="police"),
    Agency(id=GP_PRACTICE, name="Mill Surgery", kind="health"),
    Agency(id=ADVOCACY, name="Voices", kind="advocacy"),
    Agency(id=FAMILY, name="Family", kind="family"),
)
BOTH = (TANSY, ROBIN)
# The outsider belongs to no conference.
PEOPLE = (
    Person(id=CHAIR, name="Hester", role="chair", agency_id=CHAIRING),
    Person(id=SCRIBE, name="Idris", role="scribe", agency_id=CHAIRING),
    Person(id=SOCIAL_WORKER, name="Naomi", role="social_worker", agency_id=SOCIAL_CARE, children=BOTH),
    Person(id=TEACHER, name="Leila", role="professional", agency_id=SCHOOL, children=(TANSY,)),
    Person(id=NURSE, name="Grace", role="professional", agency_id=HEALTH, children=(ROBIN,)),
    Person(id=POLICE_OFFICER, name="Rowan", role="professional", agency_id=POLICE, attendance="online"),
    Person(id=DANA, name="Dana", role="parent", agency_id=FAMILY, relationship="mother"),
    Person(id=CALLUM, name="Callum", role="parent", agency_id=FAMILY, relationship="father", attendance="online"),
    Person(id=GRANDMOTHER, name="Maureen", role="family_network", agency_id=FAMILY, relationship="grandmother"),
    Person(id=BROTHER, name="Kit", role="child", agency_id=FAMILY, relationship="brother, 15"),
    Person(id=ADVOCATE, name="Bea", role="advocate", agency_id=ADVOCACY, children=(TANSY,), sits_with=TANSY),
    Person(id=INTERPRETER, name="Ines", role="interpreter", sits_with=DANA),
    Person(id=SUPPORTER, name="Ann", role="supporter", sits_with=CALLUM),
    Person(id=OBSERVER, name="Odd", role="observer"),
    Person(id=PROJECTOR, name="Room screen", role="room_screen"),
    Person(id=JOEL, name="Joel", role="parent", agency_id=FAMILY, attendance="absent_sent_words"),
    Person(id=GP, name="Dr Kerr", role="professional", agency_id=GP_PRACTICE, attendance="absent_sent_report"),
)
NAMES = {person.id: person.name for person in PEOPLE}
ROLES = {
    "chair": CHAIR,
    "scribe": SCRIBE,
    "social_worker": SOCIAL_WORKER,
    "professional": TEACHER,
    "parent": DANA,
    "child": BROTHER,
    "family_network": GRANDMOTHER,
    "advocate": ADVOCATE,
    "supporter": SUPPORTER,
    "interpreter": INTERPRETER,
    "observer": OBSERVER,
    "room_screen": PROJECTOR,
}


# What a review looks back at; both earlier rounds asked the question that the meetings here ask.
EARLIER = Earlier(
    conference_id=EARLIER_CONFERENCE,
    held_on=date(2026, 8, 24),
    title="First conference about Tansy and Robin",
    dangers=(EarlierDanger(id=EARLIER_DANGER, text="Robin may be hurt in the street.", children=(ROBIN,)),),
    goals=(
        EarlierGoal(
            id=EARLIER_GOAL,
            danger_id=EARLIER_DANGER,
            text="An adult is with Robin whenever the door is open.",
            children=(ROBIN,),
            for_how_long="three months",
        ),
    ),
    steps=(
        EarlierStep(
            id=EARLIER_STEP,
            text="A lock is fitted high up on the door.",
            children=(ROBIN,),
            who=("Dana", "Mr Oakes"),
            by=date(2026, 9, 1),
            goal_id=EARLIER_GOAL,
        ),
    ),
    scales=tuple(
        EarlierScale(
            question="How safe are the children today?",
            direction="higher_is_safer",
            low_end="Cannot live at home",
            high_end="Nobody needs to be involved",
            held_on=held_on,
            answers=(
                EarlierAnswer(person_id=DANA, name="Dana", score=score),
                EarlierAnswer(person_id=ADVOCATE, name="Bea"),
                EarlierAnswer(person_id=ADVOCATE, name="Bea", for_child=TANSY, score=4),
            ),
        )
        for held_on, score in ((date(2026, 5, 26), 3), (date(2026, 8, 24), 5))
    ),
    items=(
        EarlierItem(
            id=EARLIER_ITEM,
            column="worry",
            sub_category="past_harm",
            kind="allegation",
            text="Robin was alone in the street.",
            about_children=(ROBIN,),
            said_by="Grace",
            agency="Health visiting",
            responses=(EarlierResponse(name="Dana", agrees="partly", text="It was once."),),
        ),
    ),
)


def preparation(**settings: Any) -> PrepareConference:
    """The first command of every conference here; review=True makes it a review, apart=True keeps the parents apart."""
    review = settings.pop("review", False)
    people: tuple[Person, ...] = PEOPLE
    if settings.pop("apart", False):  # Dana and Callum may not see each other's part
        hidden = {DANA: (CALLUM,), CALLUM: (DANA,)}
        people = tuple(person.model_copy(update={"hidden_from": hidden.get(person.id, ())}) for person in PEOPLE)
    return PrepareConference(
        id=CONFERENCE,
        title="About Tansy and Robin",
        conference_type="review" if review else "initial",
        held_on=date(2026, 11, 23),
        children=CHILDREN,
        agencies=AGENCIES,
        people=people,
        settings=Settings(**settings),
        kept={"note": "what only the chair prepared"},
        earlier=EARLIER if review else None,
    )
