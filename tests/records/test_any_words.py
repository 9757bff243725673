"""Whatever people write, a document is made of it, and their words stand in it as words."""

import html
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.board.terms import Line
from app.records.html import page_of, page_style
from app.records.pdf import pdf_of
from tests.records.copies import read_aloud
from tests.records.papers import paper

NASTY = [
    "👩‍👩‍👧 she said 😡",
    "שלום עליكم‏ مرحبا",
    "W" * 280,
    "<script>alert(1)</script><b>bold</b>",
    "{{ 7 * 7 }} {% include 'x' %} {# no #}",
    "</style></title><img src=x onerror=alert(1)>",
    "' \" \\ } @page { size: A0 } */ url(http://192.0.2.1)",
    "a\nb\n\nc",
    "&amp; & &lt;",
    "ﷺ" * 100,
    "e\u0301\u0302\u0303" * 60,
    "\u202e right to left \u2066",
    "=1+1",
    "\ufffe\ufeff\U0010ffff",
]
LINE: TypeAdapter[str] = TypeAdapter(Line)


def is_line(text: str) -> bool:
    try:
        LINE.validate_python(text)
    except ValidationError:
        return False
    return True


LINES = st.text(min_size=1, max_size=280).filter(is_line)


@pytest.mark.parametrize("words", NASTY)
def test_any_words_become_a_page_and_a_pdf(words: str) -> None:
    document = paper(words)
    assert read_aloud(page_of(document)).count(" ".join(words.split())[:20].strip()) > 5
    assert pdf_of(document).startswith(b"%PDF")


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_what_people_write_is_never_markup_style_or_template(words: str) -> None:
    page = page_of(paper(words))
    assert re.findall(r"<([a-z0-9]+)", page) == re.findall(r"<([a-z0-9]+)", page_of(paper("x")))
    assert html.escape(words, quote=False)[:10] in page.replace("&#34;", '"').replace("&#39;", "'")


@given(LINES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_words_keep_a_pdf_from_being_made(words: str) -> None:
    assert pdf_of(paper(words)).startswith(b"%PDF")


@given(LINES)
def test_nothing_breaks_out_of_the_foot_of_a_page(words: str) -> None:
    style = page_style(paper(words))
    assert style.count("{") == style.count("}") == 3
    assert "<" not in style


def test_a_browser_is_told_to_do_nothing_but_show_the_page() -> None:
    page = page_of(paper("x’s </style>"))
    (policy,) = map(html.unescape, re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*?)">', page))
    assert page.index('http-equiv="Content-Security-Policy"') < page.index("<style>")
    for style in re.findall(r"<style>(.*?)</style>", page, re.DOTALL):
        assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_page_has_no_script_and_asks_nobody_for_anything() -> None:
    page = page_of(paper("x"))
    assert "<script" not in page
    assert "@import" not in page
    asked = re.findall(r"(?:src|href)\s*=|url\((?![\"']?data:)", page)
    assert asked == []
