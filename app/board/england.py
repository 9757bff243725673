"""England's settings, which are also those of every conference that was prepared before areas had any.

Working Together to Safeguard Children (England, 2023), chapter 3: 15 working days to a first conference, 10 to the core
group, reviews after 3 and then 6 months, four categories, the test, the chair's decision. Who makes a quorum and when
papers are due is local: these are common rules, and an area writes its own.
"""

from .area_parts import (
    Categories,
    Columns,
    ColumnWords,
    Deadlines,
    MeetingType,
    Named,
    PossibleOutcome,
    Prompt,
    Quorum,
    ScaleRules,
    Stage,
    Way,
)
from .terms import Phase

COLUMNS = Columns(
    worry=ColumnWords(
        question="What are we worried about?",
        plain="What are we worried about?",
        short="Worries",
        groups=(
            Named(code="past_harm", words="Past harm", plain="What has happened"),
            Named(code="future_danger", words="Future danger", plain="What could happen"),
            Named(code="complicating_factor", words="Complicating factors", plain="What makes it harder"),
        ),
    ),
    strength=ColumnWords(
        question="What’s working well?",
        plain="What’s working well?",
        short="Working well",
        groups=(
            Named(code="existing_strength", words="Existing strengths", plain="Good things"),
            Named(code="existing_safety", words="Existing safety", plain="What already keeps {children} safe"),
        ),
    ),
    next_step=ColumnWords(
        question="What needs to happen?",
        plain="What needs to happen?",
        short="What needs to happen",
        groups=(
            Named(code="next_step", words="Next steps", plain="Who does what"),
            Named(code="if_things_go_wrong", words="If things go wrong", plain="If things go wrong"),
        ),
    ),
)


def _stage(words: str, plain: str, *phases: Phase) -> Stage:
    return Stage(phases=phases, words=words, plain=plain)


_UP_TO_THE_PLAN = (
    _stage("Welcome", "Welcome", "welcome"),
    _stage("Map", "Making the map", "mapping"),
    _stage("Danger and goal", "What could happen, and what we want to see", "danger_statements", "safety_goals"),
    _stage("Next steps", "Who does what", "next_steps"),
    _stage("Scale", "A number from 0 to 10", "scaling"),
)
_CLOSE = _stage("Close", "Goodbye", "close")
STAGES = (
    *_UP_TO_THE_PLAN,
    _stage("Views", "What each of us thinks", "agency_views"),
    _stage("Decision", "The decision", "decision"),
    _CLOSE,
)

FIRST_OUTCOMES = (
    PossibleOutcome(
        code="child_protection_plan",
        words="Child Protection plan",
        plain="a plan to keep them safe, which everyone here must work on (a Child Protection plan)",
        short="Protection",
        means="A plan to keep the child safe. Family and services must work on it, and it is looked at again.",
        has_category=True,
        ends_plan=False,
    ),
    PossibleOutcome(
        code="child_in_need_plan",
        words="Child in Need plan",
        plain="extra help that the family agrees to (a Child in Need plan)",
        short="In Need",
        means="Extra help that the family agrees to. It is lighter, and nobody has to accept it.",
        has_category=False,
        ends_plan=False,
    ),
    PossibleOutcome(
        code="no_plan",
        words="No plan",
        plain="no plan is needed",
        short="No plan",
        means="No plan is needed. Help that anyone can ask for is still there.",
        has_category=False,
        ends_plan=False,
    ),
)
REVIEW_OUTCOMES = (
    PossibleOutcome(
        code="plan_continues",
        words="The plan goes on",
        plain="the plan to keep them safe goes on",
        short="Goes on",
        means="The Child Protection plan goes on, with what has to change written into it.",
        has_category=True,
        ends_plan=False,
    ),
    PossibleOutcome(
        code="plan_ends_child_in_need_plan",
        words="The plan ends, with a Child in Need plan",
        plain="the plan to keep them safe ends, and extra help that the family agrees to begins",
        short="In Need",
        means="The Child Protection plan ends. Extra help goes on that the family agrees to.",
        has_category=False,
        ends_plan=True,
    ),
    PossibleOutcome(
        code="plan_ends_no_plan",
        words="The plan ends",
        plain="the plan to keep them safe ends",
        short="Ends",
        means="The Child Protection plan ends, and no other plan is needed.",
        has_category=False,
        ends_plan=True,
    ),
)

TYPES = (
    MeetingType(
        code="initial",
        words="First conference",
        plain="first child protection meeting",
        stages=STAGES,
        outcomes=FIRST_OUTCOMES,
        hold_within_working_days=15,
    ),
    MeetingType(
        code="review",
        words="Review conference",
        plain="review meeting",
        stages=STAGES,
        outcomes=REVIEW_OUTCOMES,
        reviews=True,
    ),
    MeetingType(
        code="pre_birth",
        words="Conference before birth",
        plain="meeting before the baby is born",
        stages=STAGES,
        outcomes=FIRST_OUTCOMES,
    ),
    MeetingType(
        code="transfer_in",
        words="Conference after a move",
        plain="meeting after your move",
        stages=STAGES,
        outcomes=FIRST_OUTCOMES,
        hold_within_working_days=15,
    ),
    MeetingType(
        code="supervision",
        words="Mapping in supervision",
        plain="workers thinking together",
        stages=(*_UP_TO_THE_PLAN, _CLOSE),
        outcomes=(),
        family=False,
        decides=False,
    ),
    MeetingType(
        code="practice",
        words="Practice conference",
        plain="practice meeting",
        stages=STAGES,
        outcomes=FIRST_OUTCOMES,
        practice=True,
    ),
)

THRESHOLD = (
    "A Child Protection plan is needed when a child has been seriously harmed and it is likely to happen again, "
    "or when it is likely to happen."
)

CATEGORIES = Categories(
    mode="chair_decides",
    names=(
        Named(code="neglect", words="Neglect", plain="neglect"),
        Named(code="physical_abuse", words="Physical abuse", plain="physical abuse"),
        Named(code="sexual_abuse", words="Sexual abuse", plain="sexual abuse"),
        Named(code="emotional_abuse", words="Emotional abuse", plain="emotional abuse"),
    ),
)

QUORUM = Quorum(
    must=("social_care",),
    others=2,
    in_words="Social care and at least two other agencies that know a child",
    ending_needs_it=False,
)

SCALE = ScaleRules(
    question="How safe are the children, as things are today?",
    direction="higher_is_safer",
    low_end="So unsafe that they couldn't live at home",
    high_end="Safe enough for all of us to step away",
    show="chair",
    scope="overall",
    who=("services", "family", "child"),
    safety_prompt_at=2,
)

DEADLINES = Deadlines(
    core_group_working_days=10,
    first_review_months=3,
    later_review_months=6,
    letter_working_days=1,
    record_working_days=15,
    report_before_initial_hours=24,
    report_before_review_working_days=3,
    dissent_hours=72,
)

TOLD_HOW_TO = (
    "say something in the record is wrong",
    "complain about how the meeting was run",
    "get independent advice",
)


def _asks(at: str, way: Way, *questions: str) -> tuple[Prompt, ...]:
    return tuple(Prompt(at=at, way=way, ask=ask) for ask in questions)


PROMPTS = (
    *_asks(
        "welcome",
        "elicit",
        "Who is in this family, and who matters most to the children?",
        "What would make today a good meeting for you?",
        "What do you most want us to know about your children before we start?",
    ),
    *_asks(
        "worry",
        "elicit",
        "What are you most worried about?",
        "What has happened that made you worry?",
        "What would the children say worries them?",
    ),
    *_asks(
        "worry",
        "amplify",
        "When was that? Where were the children?",
        "How often does it happen? When was the last time?",
        "What was the very worst time?",
        "Who saw it, and what did they see?",
    ),
    *_asks(
        "worry",
        "reflect",
        "What did that do to the children?",
        "What does that tell us about what could happen next?",
    ),
    *_asks(
        "worry",
        "start_over",
        "What else are we worried about?",
        "Is there a worry that nobody has said yet?",
    ),
    *_asks(
        "past_harm",
        "amplify",
        "Who did what, and when?",
        "How was the child hurt, and how could you tell?",
    ),
    *_asks(
        "future_danger",
        "elicit",
        "If nothing changes, what do you think could happen to the children?",
        "What do you lie awake over?",
    ),
    *_asks(
        "complicating_factor",
        "elicit",
        "What makes this harder for the family?",
        "What have services done that made it harder?",
    ),
    *_asks(
        "strength",
        "elicit",
        "What is going well for the children?",
        "What is better than it was?",
        "What are you proud of as a parent?",
        "What would the children say is good at home?",
    ),
    *_asks(
        "strength",
        "amplify",
        "When did that happen? Who noticed?",
        "How did you do that?",
        "What was different that day?",
    ),
    *_asks(
        "strength",
        "reflect",
        "What does that tell us about you as a parent?",
        "What difference did it make to the children?",
    ),
    *_asks(
        "strength",
        "start_over",
        "What else is working well?",
        "Who else has seen something good?",
    ),
    *_asks(
        "existing_strength",
        "elicit",
        "Who helps you when things are hard?",
        "What do the children enjoy?",
    ),
    *_asks(
        "existing_safety",
        "elicit",
        "When it could have gone wrong and did not, what did somebody do?",
        "What do you do already to keep the children safe when that happens?",
    ),
    *_asks(
        "existing_safety",
        "amplify",
        "How many times has that worked? Did it ever not work?",
        "How did the children know they were safe?",
    ),
    *_asks(
        "danger_statements",
        "elicit",
        "Who is worried, about what, and what could happen to the child?",
        "Would the family say it in these words?",
    ),
    *_asks(
        "danger_statements",
        "reflect",
        "Does anyone see this differently? Let us write that down too.",
        "Did we hear something today that changes this?",
    ),
    *_asks(
        "safety_goals",
        "elicit",
        "What would you need to see to know that the children are safe?",
        "What will be happening instead?",
        "What would the children say they want to see?",
    ),
    *_asks(
        "safety_goals",
        "amplify",
        "How long would we need to see it?",
        "Who would notice first?",
    ),
    *_asks(
        "next_step",
        "elicit",
        "What is the smallest thing that would make a difference this week?",
        "Who could help with that, from the family and from services?",
        "What will services do?",
    ),
    *_asks(
        "next_step",
        "amplify",
        "Who does it, and by when?",
        "How will we know that it was done?",
        "What could get in the way?",
    ),
    *_asks(
        "next_step",
        "start_over",
        "What else needs to happen?",
        "Is there a goal that has no step yet?",
    ),
    *_asks(
        "if_things_go_wrong",
        "elicit",
        "What is the first sign that it is going wrong?",
        "Who do the children ring, and who goes to them?",
    ),
    *_asks(
        "scale",
        "elicit",
        "What would 10 look like? And 0?",
        "What makes it that number?",
    ),
    *_asks(
        "scale",
        "follow_up",
        "What makes it that number and not one lower?",
        "What would make it one higher?",
        "What would have to happen for you to feel that we can step away?",
        "What would the children say?",
        "You said different numbers. What do you know that the others should hear?",
    ),
    *_asks(
        "agency_views",
        "elicit",
        "With this plan, does it need to be a Child Protection plan or a Child in Need plan? Why?",
        "What does the family think?",
    ),
    *_asks(
        "decision",
        "reflect",
        "Is there anything I should hear before I decide?",
    ),
    *_asks(
        "close",
        "reflect",
        "What is the most important thing that you take home?",
        "Who will tell the children what was decided, and in what words?",
    ),
    *_asks(
        "card",
        "follow_up",
        "Who saw that, or who told you?",
        "When was that?",
        "What did it mean for the child?",
        "What do you say to that?",
        "Is that what happened, or what you think?",
    ),
)
