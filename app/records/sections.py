"""The sections that the full record and the family copy have in common, in either one's words."""

from collections.abc import Iterable

from app.languages.lists import listed, one_of
from app.languages.speaking import _

from .headings import PLAIN, SERVICES, Headings
from .kept_apart import kept_apart
from .paper import Beside, Block, Earlier, Facts, Listing, Map, Ruler, Section, Sketch, Table, Text
from .parts import DateToKnow, Decision, House, Person, ScaleRound, Stay, Step, Wording
from .record import Record
from .words import ATTENDANCE, KINDS_EXPLAINED, NOT_ASKED_YET, sentence


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
        Section(_(headings.plan_and_scale), part=True),
        *steps(record, headings),
        *_threshold(record, headings),
        *_scales(record, headings),
        *_map(record, headings),
        *_views(record, headings),
        Section(_(headings.after), part=True),
        *after(record, headings, heading=""),
        *_course(record, headings),
        *kept_apart(record),
    ]


def day_of(date: DateToKnow) -> str:
    """What happens then, as a sentence."""
    if date.code.endswith("_by"):  # its words end with "by"
        return f"{date.words} {date.when.words}."
    return f"{date.words}: {date.when.words}."


def _why_we_met(record: Record) -> list[Section]:
    return [Section("", (Text(record.meeting.why_we_met),))] if record.meeting.why_we_met else []


def _decisions(record: Record, headings: Headings) -> list[Section]:
    if not record.decisions:
        return [Section(_(headings.decided), nothing_decided(record))] if record.meeting.decides else []
    each = tuple(
        Section(
            _("{child}, {age}", child=decision.child, age=decision.age) if decision.age else decision.child,
            (
                Facts(
                    (
                        (_(headings.outcome), sentence_start(decision.outcome)),
                        *_until_now(record, decision, headings),
                        *decided_facts(decision, headings),
                    )
                ),
                *dissent(decision, headings),
                Text(_decided_by(decision, headings), "small"),
            ),
        )
        for decision in record.decisions
    )
    following = next((date for date in record.dates if date.code in ("review_on", "review_by")), None)
    after = (Text(day_of(following), "small"),) if following else ()
    return [Section(_(headings.decided), (Beside(each), *after, *nothing_decided(record)))]


def _decided_by(decision: Decision, headings: Headings) -> str:
    by, at = decision.decided_by, decision.decided_at.words
    if headings is PLAIN:
        return _("Decided by {name} at {time}.", name=by, time=at)
    return _("Recorded by {name} at {time}.", name=by, time=at)


def nothing_decided(record: Record) -> tuple[Text, ...]:
    """For whoever is kept apart it is true, and the same, whether there is one that they may not read or none."""
    decided = {decision.child_id for decision in record.decisions}
    without = [child.name for child in record.children if child.id not in decided]
    if record.narrowed and without:
        said = _("No decision about {children} is written here for you yet.", children=listed(without))
        if record.meeting.chair:
            said = f"{said} {_('{chair} can tell you more.', chair=record.meeting.chair)}"
        return (Text(said),)
    return () if record.decisions else (Text(_("Nothing has been decided yet.")),)


def _until_now(record: Record, decision: Decision, headings: Headings) -> list[tuple[str, str]]:
    """The plan that the child came with, at a meeting that looks at one again."""
    child = next((child for child in record.children if child.id == decision.child_id and child.plan_now), None)
    if child is None:
        return []
    since = child.plan_since.words if child.plan_since else ""
    plan = _("{plan}, since {day}", plan=child.plan_now, day=since) if since else child.plan_now
    return [(_(headings.until_now), plan)]


def sentence_start(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def decided_facts(decision: Decision, headings: Headings) -> Iterable[tuple[str, str]]:
    """Without what nobody wrote. In the plain copy the worry itself comes before the word for it."""
    category = (_(headings.category), sentence_start(listed(decision.categories)))
    plain = (_(headings.in_plain_words), decision.in_plain_words)
    reasons = (_(headings.reasons), decision.reasons)
    if headings is SERVICES and decision.decided_how == "practitioners_decide":
        reasons = (_("The reasons"), decision.reasons)
    considered = (_(headings.views_considered), decision.views_considered)
    without = (_(headings.went_without), decision.went_without)
    order = (plain, category) if headings is PLAIN else (category, plain)
    return [(label, text) for label, text in (*order, reasons, considered, without) if text]


def dissent(decision: Decision, headings: Headings) -> list[Block]:
    """Who formally disagrees with this decision, beside it."""
    return [
        Text(each.why, "box", lead=f"{_(headings.dissent)}: {each.name}, {each.at.words}.") for each in decision.dissent
    ]


def corrections(record: Record, headings: Headings) -> list[Section]:
    """What was added later, with date and reason; what it corrects stays as it was."""
    added = tuple(
        Text(
            f"{each.text} {_('Why: {why}', why=each.why)}",
            "box",
            lead=_("{about}. Added {when} by {name}.", about=each.about, when=each.at.words, name=each.by),
        )
        for each in record.corrections
    )
    return [Section(_(headings.corrections), added)] if added else []


def _dangers(record: Record, headings: Headings) -> list[Section]:
    blocks: list[Block] = []
    for danger in record.dangers:
        about = _(
            "About {children}. Brought by {name} at {time}.",
            children=_both(danger.about),
            name=danger.brought_by,
            time=danger.at.words,
        )
        blocks += [Text(danger.text, "big"), *_wordings(danger.wordings), Text(about, "small")]
    heading = _(headings.danger) if len(record.dangers) == 1 else _(headings.dangers)
    return [Section(heading, tuple(blocks))] if blocks else []


def _both(about: str) -> str:
    return {_("both"): _("both children"), _("all"): _("all children")}.get(about, about)


def _wordings(wordings: tuple[Wording, ...]) -> list[Block]:
    return [Earlier(wordings)] if wordings else []


def goals(record: Record, headings: Headings) -> list[Section]:
    """Numbered, as the steps name them."""
    worded = tuple(
        Text(f"{goal.text} {_('For how long: {time}.', time=goal.for_how_long)}" if goal.for_how_long else goal.text)
        for goal in record.goals
    )
    changed = [
        block
        for goal in record.goals
        if goal.wordings
        for block in (
            Text("", "small", lead=_("How goal {n} was worded before", n=goal.number)),
            *_wordings(goal.wordings),
        )
    ]
    return [Section(_(headings.goals), (Listing(worded, "numbers"), *changed))] if worded else []


def _earlier(record: Record, headings: Headings) -> list[Section]:
    if not record.earlier:
        return []
    rows = tuple(
        (each.text, each.who, each.progress, f"{each.note} {f'({each.said_by})' if each.said_by else ''}".strip())
        for each in (*record.earlier.goals, *record.earlier.steps)
    )
    table = Table("", (_("What"), _("Who"), _("How it went"), _("Note")), rows, (45, 15, 15, 25))
    day = record.earlier.held_on.words
    heading = _("Since we met on {day}", day=day) if headings is PLAIN else _("Since the conference on {day}", day=day)
    return [Section(heading, (table,))]


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
        blocks.append(Text(f"{said}.", "small", lead=_("Not here:")))
    return [Section(_(headings.here), tuple(blocks))] if record.people else []


def _sent(person: Person) -> str:
    """ " (sent a report)", where somebody who was not here sent something."""
    return {
        _(ATTENDANCE["absent_sent_words"]): f" ({_('sent words')})",
        _(ATTENDANCE["absent_sent_report"]): f" ({_('sent a report')})",
    }.get(person.how, "")


def _part(person: Person) -> str:
    """ "Mum"; "social worker, Ashmere Council"."""
    part = person.called.removeprefix(f"{person.first}").removeprefix(", ")
    return ", ".join(each for each in (part, person.agency) if each)


def steps(record: Record, headings: Headings) -> list[Section]:
    """Who does what by when, and what to do if things go wrong."""
    sections = []
    if record.steps:
        heads = (_("What"), _("Who"), _("When"), _("For"), _(headings.how_we_will_know))
        rows = tuple(_step(step) for step in record.steps)
        changed = [block for step in record.steps for block in _wordings(step.wordings)]
        sections.append(
            Section(
                _(headings.steps),
                (Table("", heads, rows, (33, 15, 17, 16, 19)), *changed),
            )
        )
    if record.if_things_go_wrong:
        wrong = tuple(Text(card.text, "box") for card in record.if_things_go_wrong)
        sections.append(Section(_(headings.if_things_go_wrong), wrong))
    return sections


def _step(step: Step) -> tuple[str, ...]:
    by = _("by {day}", day=step.by.words) if step.by else ""
    when = ", ".join(part for part in (by, step.repeats) if part)
    goal = _("goal {n}", n=step.goal_number) if step.goal_number else ""
    about = ", ".join(part for part in (sentence_start(step.about), goal) if part)
    return (step.what, step.who or _("Nobody yet"), when, about, step.how_we_will_know)


def _threshold(record: Record, headings: Headings) -> list[Section]:
    if not record.threshold:
        return []
    outcomes = tuple(Text(each.means, lead=f"{sentence_start(each.words)}.") for each in record.threshold.outcomes)
    test = Text(record.threshold.words) if record.threshold.words else None
    at = Text(_("Explained to everyone at {time}.", time=record.threshold.at.words), "small")
    return [Section(_(headings.threshold), (*((test,) if test else ()), Listing(outcomes), at))]


def _scales(record: Record, headings: Headings) -> list[Section]:
    return [_scale(each, headings) for each in record.scales]


def _scale(each: ScaleRound, headings: Headings) -> Section:
    if each.voided:
        off = _("Round {n} of “{question}” was called off and does not count.", n=each.number, question=each.question)
        return Section("", (Text(f"{off} {each.voided_why}".strip()),))
    places = tuple(tuple(a for a in each.answers if a.score == score) for score in range(11))
    rows = tuple((_("Passed") if a.score is None else str(a.score), a.name, a.why) for a in each.answers)
    blocks: list[Block] = [
        Ruler(each.low_end, each.high_end, places),
        Table("", (_("Number"), _("Who"), _("Why (round {n})", n=each.number)), rows, (14, 26, 60), heading=1),
        Text(f"{each.direction} {_('Asked at {time}.', time=each.asked_at.words)}", "small"),
    ]
    for earlier in each.earlier:
        numbers = tuple((_("Passed") if a.score is None else str(a.score), a.name) for a in earlier.answers)
        blocks.append(
            Table(
                f"{_(headings.again)}: {earlier.held_on.words}", (_("Number"), _("Who")), numbers, (14, 86), heading=1
            )
        )
    return Section(each.question, tuple(blocks))


def _map(record: Record, headings: Headings) -> list[Section]:
    if not any(column.groups for column in record.columns):
        return []
    there = {card.kind for column in record.columns for group in column.groups for card in group.cards}
    kinds = " · ".join(_(words[record.plain]) for kind, words in KINDS_EXPLAINED.items() if kind in there)
    return [Section(_(headings.map), (Text(kinds, "small"), Map(record.columns, _(NOT_ASKED_YET))), part=True)]


def _views(record: Record, headings: Headings) -> list[Section]:
    tables = [_view_table(record, child.id, child.name, headings) for child in record.children]
    views = tuple(table for table in tables if table.rows)
    sections = [Section(_(headings.agency_views), (*views, _who_decides(record)))] if views else []
    said = tuple(Text(view.text, lead=f"{view.name}.") for view in record.family_views)
    return [*sections, *([Section(_(headings.family_views), (Listing(said),))] if said else [])]


def _view_table(record: Record, child_id: str, child: str, headings: Headings) -> Table:
    rows = tuple(
        (
            _("{agency} (in writing)", agency=view.agency) if view.in_writing else view.agency,
            sentence_start(view.view),
            view.why,
        )
        for view in record.agency_views
        if view.child_id == child_id
    )
    return Table(_("For {name}", name=child), (_(headings.agency), _("View"), _("Why")), rows, (30, 30, 40))


def _who_decides(record: Record) -> Text:
    together = any(decision.decided_how == "practitioners_decide" for decision in record.decisions)
    if together:
        return Text(_("These are views; the practitioners here decide. They are not counted."), "small")
    return Text(_("These are views; the chair decides. They are not counted."), "small")


def after(record: Record, headings: Headings, heading: str | None = None) -> list[Section]:
    """Dates, who works on the plan, who tells the child, and what anybody may do who thinks something is wrong."""
    closing, sections = record.closing, []
    facts = [(date.words, date.when.words) for date in record.dates]
    if closing.lead_social_worker:
        facts.append((_(headings.lead), closing.lead_social_worker))
    if closing.core_group:
        facts.append((_(headings.core_group), "; ".join(closing.core_group)))
    facts += [(_("Who tells {child}", child=each.child), each.name) for each in closing.tellings]
    if facts:
        sections.append(Section(_(headings.after) if heading is None else heading, (Facts(tuple(facts)),)))
    return [*sections, told(record, headings)]


def told(record: Record, headings: Headings) -> Section:
    """How to have something put right, complain or get advice, and whom to ask."""
    ask = one_of([name for name in (record.closing.lead_social_worker, record.meeting.chair) if name])
    lines = tuple(Text(sentence(line)) for line in record.closing.told_how_to)
    wrong = _("If something here is wrong, say so. It is put right in writing, with the date.")
    opening = _("You can:") if lines else wrong
    asked = (Text(_("Ask {names}.", names=ask)),) if ask else ()
    return Section(_(headings.told), (Text(opening), *((Listing(lines),) if lines else ()), *asked))


def _course(record: Record, headings: Headings) -> list[Section]:
    stages = tuple((each.words, each.since.words, each.until.words if each.until else "") for each in record.stages)
    stays = tuple(
        (person.name, person.how, "; ".join(_stay(stay) for stay in person.stays))
        for person in record.people
        if person.stays
    )
    tables = (
        Table("", (_("Part"), _("From"), _("To")), stages, (60, 20, 20)),
        Table(_(headings.here), (_("Who"), _("How"), _("From when to when")), stays, (40, 25, 35)),
    )
    shown = tuple(table for table in tables if table.rows)
    return [Section(_(headings.course), shown)] if shown else []


def _stay(stay: Stay) -> str:
    """Where nobody wrote down when, it was to the end."""
    ends = [when.words if when else _("the end") for when in (stay.since, stay.left)]
    return _("{start} to {end}", start=ends[0], end=ends[1])
