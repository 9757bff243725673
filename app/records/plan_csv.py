"""The outline plan as a table for a spreadsheet, which must compute nothing of what somebody said."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from app.languages.speaking import _, word

from .parts import When
from .record import Record

HEADINGS = (
    word("Part"),
    word("Number"),
    word("What"),
    word("Who"),
    word("By when"),
    word("How often, how long"),
    word("For"),
    word("How we will know"),
    word("About"),
)
Row = tuple[str, str, str, str, str, str, str, str, str]

# A spreadsheet takes a cell for a formula if it begins with one of these, also behind blanks, quotes and what nobody
# can see. One that splits at something else than commas begins a new cell where there is a new line, tab or semicolon.
_FORMULA = re.compile(r"(\A|[\n\r\t;])(?=[\W_]*?[=+\-@\t\r＝＋－＠﹦﹢﹣﹫−])")


def plan_csv(record: Record) -> bytes:
    """Commas between quoted cells, in UTF-8 with the mark by which a spreadsheet knows it."""
    text = StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    if record.meeting.practice:
        table.writerow([_("PRACTICE. Everyone in it is made up."), *[""] * (len(HEADINGS) - 1)])
    table.writerow(map(_, HEADINGS))
    table.writerows([guarded(cell) for cell in row] for row in _rows(record))
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The same words, with the mark before them that makes a spreadsheet take them for words."""
    return _FORMULA.sub(r"\1'", cell)


def _rows(record: Record) -> Iterator[Row]:
    for goal in record.goals:
        yield _("Safety goal"), str(goal.number), goal.text, "", "", goal.for_how_long, "", "", goal.about
    for step in record.steps:
        made_for = _("Goal {n}", n=step.goal_number) if step.goal_number else step.goal
        when = _day(step.by), step.repeats
        yield _("Next step"), str(step.number), step.what, step.who, *when, made_for, step.how_we_will_know, step.about
    for number, card in enumerate(record.if_things_go_wrong, start=1):
        yield _("If things go wrong"), str(number), card.text, "", "", "", "", "", card.about
    for date in record.dates:
        yield _("Date"), "", date.words, "", date.when.iso, "", "", "", ""


def _day(when: When | None) -> str:
    """As a spreadsheet can sort it."""
    return when.iso if when else ""
