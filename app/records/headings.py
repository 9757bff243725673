"""What a document calls its parts: in the record for services, and in the plain words of the family's copy."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Headings:
    decided: str
    until_now: str
    outcome: str
    category: str
    in_plain_words: str
    reasons: str
    views_considered: str
    went_without: str
    decided_by: str
    dissent: str
    dangers: str
    danger: str
    goals: str
    here: str
    plan_and_scale: str
    steps: str
    if_things_go_wrong: str
    how_we_will_know: str
    threshold: str
    again: str
    map: str
    agency_views: str
    agency: str
    family_views: str
    before: str
    after: str
    core_group: str
    lead: str
    corrections: str
    course: str
    told: str
    new_today: str


SERVICES = Headings(
    decided="What was decided",
    until_now="Plan until now",
    outcome="Plan",
    category="Category",
    in_plain_words="In plain words",
    reasons="The chair’s reasons",
    views_considered="Views considered",
    went_without="Why the chair went on without every step",
    decided_by="Recorded by",
    dissent="Formal disagreement",
    dangers="Danger statements",
    danger="Danger statement",
    goals="Safety goals",
    here="Who was here",
    plan_and_scale="The plan and the scale",
    steps="Next steps",
    if_things_go_wrong="If things go wrong",
    how_we_will_know="How we will know",
    threshold="The test, and every outcome that was named",
    again="The same question at earlier meetings",
    map="The map",
    agency_views="What each agency thought",
    agency="Agency",
    family_views="What the family said",
    before="Since the conference on",
    after="What happens next",
    core_group="Core group",
    lead="Lead social worker",
    corrections="Added later",
    course="How the meeting went",
    told="How to say that something is wrong, complain, or get advice",
    new_today="New to the family",
)
PLAIN = Headings(
    decided="What was decided",
    until_now="Until now",
    outcome="The plan",
    category="The word we have to choose from a list",
    in_plain_words="The main worry",
    reasons="Why",
    views_considered="What was thought about",
    went_without="Why the decision was made without every step",
    decided_by="Decided by",
    dissent="Someone formally disagrees",
    dangers="What people are worried could happen",
    danger="What people are worried could happen",
    goals="What we want to see",
    here="Who was here",
    plan_and_scale="Who does what, and the numbers",
    steps="Who does what",
    if_things_go_wrong="If things go wrong",
    how_we_will_know="How we will know",
    threshold="When a plan is needed, and every choice there was",
    again="The same question at earlier meetings",
    map="What was said",
    agency_views="What each service thought",
    agency="Service",
    family_views="What the family said",
    before="Since we met on",
    after="What happens next",
    core_group="The small group working on the plan",
    lead="The main social worker",
    corrections="Added later",
    course="How the meeting went",
    told="If something is wrong, or you want to complain or get advice",
    new_today="New today",
)
