"""What a document calls its parts: in the record for services, and in the plain words of the family's copy."""

from dataclasses import dataclass

from app.languages.speaking import word


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
    decided=word("What was decided"),
    until_now=word("Plan until now"),
    outcome=word("Plan"),
    category=word("Category"),
    in_plain_words=word("In plain words"),
    reasons=word("The chair’s reasons"),
    views_considered=word("Views considered"),
    went_without=word("Why the chair went on without every step"),
    decided_by=word("Recorded by"),
    dissent=word("Formal disagreement"),
    dangers=word("Danger statements"),
    danger=word("Danger statement"),
    goals=word("Safety goals"),
    here=word("Who was here"),
    plan_and_scale=word("The plan and the scale"),
    steps=word("Next steps"),
    if_things_go_wrong=word("If things go wrong"),
    how_we_will_know=word("How we will know"),
    threshold=word("The test, and every outcome that was named"),
    again=word("The same question at earlier meetings"),
    map=word("The map"),
    agency_views=word("What each agency thought"),
    agency=word("Agency"),
    family_views=word("What the family said"),
    before=word("Since the conference on"),
    after=word("What happens next"),
    core_group=word("Core group"),
    lead=word("Lead social worker"),
    corrections=word("Added later"),
    course=word("How the meeting went"),
    told=word("How to say that something is wrong, complain, or get advice"),
    new_today=word("New to the family"),
)
PLAIN = Headings(
    decided=word("What was decided"),
    until_now=word("Until now"),
    outcome=word("The plan"),
    category=word("The word we have to choose from a list"),
    in_plain_words=word("The main worry"),
    reasons=word("Why"),
    views_considered=word("What was thought about"),
    went_without=word("Why the decision was made without every step"),
    decided_by=word("Decided by"),
    dissent=word("Someone formally disagrees"),
    dangers=word("What people are worried could happen"),
    danger=word("What people are worried could happen"),
    goals=word("What we want to see"),
    here=word("Who was here"),
    plan_and_scale=word("Who does what, and the numbers"),
    steps=word("Who does what"),
    if_things_go_wrong=word("If things go wrong"),
    how_we_will_know=word("How we will know"),
    threshold=word("When a plan is needed, and every choice there was"),
    again=word("The same question at earlier meetings"),
    map=word("What was said"),
    agency_views=word("What each service thought"),
    agency=word("Service"),
    family_views=word("What the family said"),
    before=word("Since we met on"),
    after=word("What happens next"),
    core_group=word("The small group working on the plan"),
    lead=word("The main social worker"),
    corrections=word("Added later"),
    course=word("How the meeting went"),
    told=word("If something is wrong, or you want to complain or get advice"),
    new_today=word("New today"),
)
