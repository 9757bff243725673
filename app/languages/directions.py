"""Words of one direction among words of the other keep their order and their punctuation."""

import unicodedata

FIRST_STRONG_ISOLATE, POP = "\u2068", "\u2069"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(text: str, otherwise: str) -> str:
    """That of the first letter which has one."""
    return next((way for letter in text if (way := _STRONG.get(unicodedata.bidirectional(letter)))), otherwise)


def isolated(text: str, within: str) -> str:
    """In a sentence of the other direction it is set as one piece; in one of its own it stands as it is."""
    if not text or direction_of(text, within) == within:
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP}"
