"""A document as PDF/UA: tagged, titled, in its language, and made without asking anybody for anything."""

import logging

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from .html import page_of
from .paper import Document

# It speaks of what it finds in a page; nothing of a page belongs in a log.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)


def pdf_of(document: Document) -> bytes:
    """Takes a second or more: run it in a thread."""
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    page = HTML(string=page_of(document), base_url=None, url_fetcher=fetcher)
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1", font_config=FontConfiguration(), custom_metadata=False)
    return made
