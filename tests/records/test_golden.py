"""The documents of both worked conferences, as they were read by a human when they last changed."""

from collections.abc import Callable

import pytest

from app.records.html import page_of
from app.records.recipient import DocumentCode, Version
from tests.records.copies import copy, read_aloud
from tests.script.worked import worked

COPIES: list[tuple[DocumentCode, str, Version, tuple[str, ...], str]] = [
    ("outcome_letter", "p09", "family", (), ""),
    ("outline_plan", "p11", "plan_only", (), ""),
    ("full_record", "p03", "full", (), ""),
    ("full_record", "p05", "professional", ("c1",), ""),
    ("full_record", "p01", "full", (), ""),
    ("family_copy", "p09", "family", (), ""),
    ("family_copy", "p10", "family", ("c2",), ""),
    ("family_copy", "p12", "family", ("c1",), ""),
    ("child_letter", "p08", "family", (), "c1"),
]


@pytest.mark.parametrize("conference", ["example-conference", "example-review"])
@pytest.mark.parametrize(("code", "person", "version", "children", "child"), COPIES)
def test_a_document_says_what_it_said_when_somebody_last_read_it(
    golden: Callable[[str, str], None],
    conference: str,
    code: DocumentCode,
    person: str,
    version: Version,
    children: tuple[str, ...],
    child: str,
) -> None:
    document = copy(worked(conference), code, person, version, children, child)
    golden(f"{conference}-{code}-{person}", read_aloud(page_of(document)))
