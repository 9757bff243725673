"""A document with one block of each kind, made of any words."""

from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar

from app.records.paper import (
    Beside,
    Block,
    Document,
    Earlier,
    Facts,
    Listing,
    Map,
    Points,
    Ruler,
    Section,
    Sketch,
    Table,
    Text,
)
from app.records.parts import Answer, Card, Group, MapColumn, Stroke, Translation, When, Wording

NOON = When("12:00", "2025-06-24T12:00:00+01:00")
T = TypeVar("T")
Look = Literal["dots", "numbers", "ticks", "names"]
LOOKS: tuple[Look, ...] = ("dots", "numbers", "numbers", "ticks", "names")


def filled(kind: type[T], words: str, /, **given: Any) -> T:
    """One of this kind with these words in every field that holds words and was not given."""
    assert is_dataclass(kind)
    plain: dict[str, Any] = {each.name: words for each in fields(kind) if each.type is str or each.type == "str"}
    return kind(**{**plain, **given})


def paper(words: str, **more: Any) -> Document:
    wording = filled(Wording, words, at=NOON, changed_at=NOON)
    card = filled(
        Card,
        words,
        kind="allegation",
        happened_on=NOON,
        new_today=True,
        translations=(filled(Translation, words),),
        answers=(filled(Answer, words),),
        not_asked=True,
        wordings=(wording,),
    )
    text = Text(words, lead=words)
    blocks: tuple[Block, ...] = (
        text,
        Text(words, look="big"),
        Text(words, look="small"),
        Text(words, look="box"),
        Facts(((words, words),)),
        *(Listing((text, text), look=look) for look in LOOKS),
        Table(words, (words, words), ((words, words), (words, words)), (30, 70)),
        Earlier((wording,)),
        Points((card,), words),
        Map((MapColumn("worry", words, (Group("past_harm", words, (card,)),)),), words),
        Ruler(words, words, ()),
        Sketch((Stroke("plum", "thin", "M10 10L20 20"),), words, words),
    )
    sections = (
        Section(words, blocks),
        Section(words, part=True),
        Section(words, (Beside((Section(words, (text,)),)),)),
    )
    given = {
        "code": "full_record",
        "issued_at": NOON,
        "practice": False,
        "language": "en-GB",
        "direction": "ltr",
        **more,
    }
    return filled(Document, words, sections=sections, **given)
