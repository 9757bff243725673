"""The sections that the full record and the family copy have in common, in either one's words."""

from collections.abc import Iterable

from app.languages.speaking import _

from .headings import PLAIN, SERVICES, Headings
from .paper import Beside, Block, Earlier, Facts, Listing, Map, Points, Ruler, Section, Sketch, Table, Text
from .parts import DateToKnow, Decision, House, Person, ScaleRound, Step, When, Wording
from .record import Record
from .words import KINDS_EXPLAINED, NOT_ASKED_YET, listed, sentence


def whole(record: Record, headings: Headings) -> list[Section]:
    """Everything in the record, in the order in which somebody who was not there would ask for it."""
    return [
        *_why_we_met(record),
        *_decisions(record, headings),
        *corrections(record, headings),
        *_dangers(record, headings),
        *goals(record, headings),
        *_earlier(record, headings),
        *_houses(record),
        *_here(record, headings),
        Section(headings.plan_and_scale, part=True),
        *steps(record, headings),
        *_threshold(record, headings),
        *_scales(record, headings),
        *_map(record, headings),
        *_views(record, headings),
        Section(headings.after, part=True),
        *after(record, headings, heading=""),
        *_course(record, headings),
        *_council(record),
        *_private(record),
        *_restricted(record),
    ]


def day_of(date: DateToKnow) -> str:
    """What happens then, as a sentence."""
    return f"{date.words}{'' if date.code.endswith('_by') else ':'} {date.when.words}."


def _why_we_met(record: Record) -> list[Section]:
    return [Section("", (Text(record.meeting.why_we_met),))] if record.meeting.why_we_met else []


def _decisions(record: Record, headings: Headings) -> list[Section]:
    if not record.decisions:
        return [Section(headings.decided, nothing_decided(record))] if record.meeting.decides else []
    each = tuple(
        Section(
            f"{decision.child}, {decision.age}" if decision.age else decision.child,
            (
                Facts(
                    (
                        (headings.outcome, sentence_start(decision.outcome)),
                        *_until_now(record, decision, headings),
                        *decided_facts(decision, headings),
                    )
                ),
                *dissent(decision, headings),
                Text(f"{headings.decided_by} {decision.decided_by} at {decision.decided_at.words}.", "small"),
            ),
        )
        for decision in record.decisions
    )
    following = next((date for date in record.dates if date.code in ("review_on", "review_by")), None)
    after = (Text(day_of(following), "small"),) if following else ()
    return [Section(headings.decided, (Beside(each), *after, *nothing_decided(record)))]


def nothing_decided(record: Record) -> tuple[Text, ...]:
    """For whoever is kept apart it is true, and the same, whether there is one that they may not read or none."""
    decided = {decision.child_id for decision in record.decisions}
    without = [child.name for child in record.children if child.id not in decided]
    if record.narrowed and without:
        ask = f" {record.meeting.chair} can tell you more." if record.meeting.chair else ""
        return (Text(f"No decision about {listed(without)} is written here for you yet.{ask}"),)
    return () if record.decisions else (Text("Nothing has been decided yet."),)


def _until_now(record: Record, decision: Decision, headings: Headings) -> list[tuple[str, str]]:
    """The plan that the child came with, at a meeting that looks at one again."""
    child = next((child for child in record.children if child.id == decision.child_id and child.plan_now), None)
    if child is None:
        return []
    return [(headings.until_now, f"{child.plan_now}{f', since {child.plan_since.words}' if child.plan_since else ''}")]


def sentence_start(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def decided_facts(decision: Decision, headings: Headings) -> Iterable[tuple[str, str]]:
    """Without what nobody wrote. In the plain copy the worry itself comes before the word for it."""
    category = (headings.category, sentence_start(listed(decision.categories)))
    plain = (headings.in_plain_words, decision.in_plain_words)
    reasons = (headings.reasons, decision.reasons)
    if headings is SERVICES and decision.decided_how == "practitioners_decide":
        reasons = ("The reasons", decision.reasons)
    considered = (headings.views_considered, decision.views_considered)
    without = (headings.went_without, decision.went_without)
    order = (plain, category) if headings is PLAIN else (category, plain)
    return [(label, text) for label, text in (*order, reasons, considered, without) if text]


def dissent(decision: Decision, headings: Headings) -> list[Block]:
    """Who formally disagrees with this decision, beside it."""
    return [
        Text(each.why, "box", lead=f"{headings.dissent}: {each.name}, {each.at.words}.") for each in decision.dissent
    ]


def corrections(record: Record, headings: Headings) -> list[Section]:
    """What was added later, with date and reason; what it corrects stays as it was."""
    added = tuple(
        Text(f"{each.text} Why: {each.why}", "box", lead=f"{each.about}. Added {each.at.words} by {each.by}.")
        for each in record.corrections
    )
    return [Section(headings.corrections, added)] if added else []


def _dangers(record: Record, headings: Headings) -> list[Section]:
    blocks: list[Block] = []
    for danger in record.dangers:
        about = f"About {_both(danger.about, record)}. Brought by {danger.brought_by} at {danger.at.words}."
        blocks += [Text(danger.text, "big"), *_wordings(danger.wordings), Text(about, "small")]
    heading = headings.danger if len(record.dangers) == 1 else headings.dangers
    return [Section(heading, tuple(blocks))] if blocks else []


def _both(about: str, record: Record) -> str:
    return about if about not in ("both", "all") else f"{about} children"


def _wordings(wordings: tuple[Wording, ...]) -> list[Block]:
    return [Earlier(wordings)] if wordings else []


def goals(record: Record, headings: Headings) -> list[Section]:
    """Numbered, as the steps name them."""
    worded = tuple(
        Text(f"{goal.text}{f' For how long: {goal.for_how_long}.' if goal.for_how_long else ''}")
        for goal in record.goals
    )
    changed = [
        block
        for goal in record.goals
        if goal.wordings
        for block in (Text("", "small", lead=f"How goal {goal.number} was worded before"), *_wordings(goal.wordings))
    ]
    return [Section(headings.goals, (Listing(worded, "numbers"), *changed))] if worded else []


def _earlier(record: Record, headings: Headings) -> list[Section]:
    if not record.earlier:
        return []
    rows = tuple(
        (each.text, each.who, each.progress, f"{each.note} {f'({each.said_by})' if each.said_by else ''}".strip())
        for each in (*record.earlier.goals, *record.earlier.steps)
    )
    table = Table("", ("What", "Who", "How it went", "Note"), rows, (45, 15, 15, 25))
    return [Section(f"{headings.before} {record.earlier.held_on.words}", (table,))]


def _houses(record: Record) -> list[Section]:
    """Each child's own view, exactly as they said and drew it."""
    sections = []
    for child in record.children:
        theirs = [house for house in record.houses if house.child_id == child.id]
        if theirs:
            each = tuple(Section(house.heading, _house(house)) for house in theirs)
            sections.append(Section(_("What {child} wants us to know", child=child.name), (Beside(each),)))
    return sections


def _house(house: House) -> tuple[Block, ...]:
    blocks: list[Block] = [Text(house.words, "big")] if house.words.strip() else []
    if house.drawing:
        blocks.append(Sketch(house.drawing, house.described, _("The drawing shows:")))
    source = _(
        "{child}’s own words and drawing. {name} was with {child}, {time}.",
        child=house.child,
        name=house.brought_by,
        time=house.at.words,
    )
    return (*blocks, Text(source, "small"))


def _here(record: Record, headings: Headings) -> list[Section]:
    here = tuple(Text(_part(person), lead=person.name) for person in record.people if person.was_here)
    absent = [person for person in record.people if not person.was_here]
    blocks: list[Block] = [Listing(here, "names")]
    if absent:
        said = "; ".join(f"{person.name}, {_part(person)}{_sent(person)}" for person in absent)
        blocks.append(Text(f"{said}.", "small", lead="Not here:"))
    return [Section(headings.here, tuple(blocks))] if record.people else []


def _sent(person: Person) -> str:
    """ " (sent a report)", where somebody who was not here sent something."""
    sent = person.how.removeprefix("Not here, ")
    return f" ({sent})" if sent != person.how else ""


def _part(person: Person) -> str:
    """ "Mum"; "social worker, Ashmere Council"."""
    part = person.called.removeprefix(f"{person.first}").removeprefix(", ")
    return ", ".join(each for each in (part, person.agency) if each)


def steps(record: Record, headings: Headings) -> list[Section]:
    """Who does what by when, and what to do if things go wrong."""
    sections = []
    if record.steps:
        heads = ("What", "Who", "When", "For", headings.how_we_will_know)
        rows = tuple(_step(step) for step in record.steps)
        changed = [block for step in record.steps for block in _wordings(step.wordings)]
        sections.append(
            Section(
                headings.steps,
                (Table("", heads, rows, (33, 15, 17, 16, 19)), *changed),
            )
        )
    if record.if_things_go_wrong:
        wrong = tuple(Text(card.text, "box") for card in record.if_things_go_wrong)
        sections.append(Section(headings.if_things_go_wrong, wrong))
    return sections


def _step(step: Step) -> tuple[str, ...]:
    by = f"by {step.by.words}" if step.by else ""
    when = ", ".join(part for part in (by, step.repeats) if part)
    goal = f"goal {step.goal_number}" if step.goal_number else ""
    about = ", ".join(part for part in (sentence_start(step.about), goal) if part)
    return (step.what, step.who or "Nobody yet", when, about, step.how_we_will_know)


def _threshold(record: Record, headings: Headings) -> list[Section]:
    if not record.threshold:
        return []
    outcomes = tuple(Text(each.means, lead=f"{sentence_start(each.words)}.") for each in record.threshold.outcomes)
    test = Text(record.threshold.words) if record.threshold.words else None
    at = Text(f"Explained to everyone at {record.threshold.at.words}.", "small")
    return [Section(headings.threshold, (*((test,) if test else ()), Listing(outcomes), at))]


def _scales(record: Record, headings: Headings) -> list[Section]:
    return [_scale(each, headings) for each in record.scales]


def _scale(each: ScaleRound, headings: Headings) -> Section:
    if each.voided:
        why = f" {each.voided_why}" if each.voided_why else ""
        return Section("", (Text(f"Round {each.number} of “{each.question}” was called off and does not count.{why}"),))
    places = tuple(tuple(a for a in each.answers if a.score == score) for score in range(11))
    rows = tuple(("Passed" if a.score is None else str(a.score), a.name, a.why) for a in each.answers)
    blocks: list[Block] = [
        Ruler(each.low_end, each.high_end, places),
        Table("", ("Number", "Who", f"Why (round {each.number})"), rows, (14, 26, 60), heading=1),
        Text(f"{each.direction} Asked at {each.asked_at.words}.", "small"),
    ]
    for earlier in each.earlier:
        numbers = tuple(("Passed" if a.score is None else str(a.score), a.name) for a in earlier.answers)
        blocks.append(
            Table(f"{headings.again}: {earlier.held_on.words}", ("Number", "Who"), numbers, (14, 86), heading=1)
        )
    return Section(each.question, tuple(blocks))


def _map(record: Record, headings: Headings) -> list[Section]:
    if not any(column.groups for column in record.columns):
        return []
    there = {card.kind for column in record.columns for group in column.groups for card in group.cards}
    kinds = " · ".join(words[record.plain] for kind, words in KINDS_EXPLAINED.items() if kind in there)
    return [Section(headings.map, (Text(kinds, "small"), Map(record.columns, NOT_ASKED_YET)), part=True)]


def _views(record: Record, headings: Headings) -> list[Section]:
    tables = [_view_table(record, child.id, child.name, headings) for child in record.children]
    views = tuple(table for table in tables if table.rows)
    sections = [Section(headings.agency_views, (*views, _who_decides(record)))] if views else []
    said = tuple(Text(view.text, lead=f"{view.name}.") for view in record.family_views)
    return [*sections, *([Section(headings.family_views, (Listing(said),))] if said else [])]


def _view_table(record: Record, child_id: str, child: str, headings: Headings) -> Table:
    rows = tuple(
        (f"{view.agency} (in writing)" if view.in_writing else view.agency, sentence_start(view.view), view.why)
        for view in record.agency_views
        if view.child_id == child_id
    )
    return Table(f"For {child}", (headings.agency, "View", "Why"), rows, (30, 30, 40))


def _who_decides(record: Record) -> Text:
    together = any(decision.decided_how == "practitioners_decide" for decision in record.decisions)
    who = "the practitioners here decide" if together else "the chair decides"
    return Text(f"These are views; {who}. They are not counted.", "small")


def after(record: Record, headings: Headings, heading: str | None = None) -> list[Section]:
    """Dates, who works on the plan, who tells the child, and what anybody may do who thinks something is wrong."""
    closing, sections = record.closing, []
    facts = [(date.words, date.when.words) for date in record.dates]
    if closing.lead_social_worker:
        facts.append((headings.lead, closing.lead_social_worker))
    if closing.core_group:
        facts.append((headings.core_group, "; ".join(closing.core_group)))
    facts += [(f"Who tells {each.child}", each.name) for each in closing.tellings]
    if facts:
        sections.append(Section(headings.after if heading is None else heading, (Facts(tuple(facts)),)))
    return [*sections, told(record, headings)]


def told(record: Record, headings: Headings) -> Section:
    """How to have something put right, complain or get advice, and whom to ask."""
    ask = listed([name for name in (record.closing.lead_social_worker, record.meeting.chair) if name])
    lines = tuple(Text(sentence(line)) for line in record.closing.told_how_to)
    opening = "You can:" if lines else "If something here is wrong, say so. It is put right in writing, with the date."
    asked = (Text(f"Ask {ask.replace(' and ', ' or ')}."),) if ask else ()
    return Section(headings.told, (Text(opening), *((Listing(lines),) if lines else ()), *asked))


def _course(record: Record, headings: Headings) -> list[Section]:
    stages = tuple((each.words, each.since.words, each.until.words if each.until else "") for each in record.stages)
    stays = tuple(
        (person.name, person.how, "; ".join(f"{_time(stay.since)} to {_time(stay.left)}" for stay in person.stays))
        for person in record.people
        if person.stays
    )
    tables = (
        Table("", ("Part", "From", "To"), stages, (60, 20, 20)),
        Table(headings.here, ("Who", "How", "From when to when"), stays, (40, 25, 35)),
    )
    shown = tuple(table for table in tables if table.rows)
    return [Section(headings.course, shown)] if shown else []


def _time(when: When | None) -> str:
    return when.words if when else "the end"


def _council(record: Record) -> list[Section]:
    """What never stood on the board, or stands there no longer: for the council alone."""
    kept = (
        ("Offered, not yet placed on the board", record.offered),
        ("Held until the family has heard it", record.held),
        ("Taken off the board", record.taken_off),
    )
    sections = [Section(heading, (Points(cards, NOT_ASKED_YET),)) for heading, cards in kept if cards]
    sections += _prepared(record)
    return [Section("In the council’s own copy only", part=True), *sections] if sections else []


def _prepared(record: Record) -> list[Section]:
    """Who had which report when, what was known of the children, and why the meeting went on without a service."""
    reports = tuple((each.what, each.by, each.shared, each.in_time, each.what_was_done) for each in record.reports)
    facts = tuple(
        (each.child, f"{each.surname}. Lives with {each.lives_with or 'somebody not named'}. {each.voice}".strip())
        for each in record.child_facts
        if each.surname or each.lives_with or each.voice
    )
    heads = ("Report", "From", "Shared with the family", "In time", "What was done")
    sections = [Section("Reports", (Table("", heads, reports, (20, 18, 20, 12, 30)),))] if reports else []
    if facts:
        sections.append(Section("The children", (Facts(facts),)))
    if record.went_on_without:
        sections.append(Section("Why the meeting went on without every service", (Text(record.went_on_without),)))
    return sections


def _private(record: Record) -> list[Section]:
    warning = Text("The family was not in the room for this. It is in no copy of theirs.", lead="Keep apart.")
    points = Points(record.private, NOT_ASKED_YET)
    return [Section("Said without the family", (warning, points), part=True)] if record.private else []


def _restricted(record: Record) -> list[Section]:
    said = tuple(
        Text(f"{each.text} Reason: {each.reason}. May be seen by {each.may_see}.", "box", lead=f"{each.said_by}.")
        for each in record.restricted
    )
    warning = Text("Some or all of the family must not see this page. It is in no copy of theirs.", lead="Keep apart.")
    return [Section("Restricted", (warning, *said), part=True)] if said else []
