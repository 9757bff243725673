"""Codes that a person may see, say or scan: eight consonants, and two plain words to compare two screens by."""

import secrets

CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so that no word comes about; no figure, so that nothing looks like one
LENGTH = 8
POSSIBLE = len(CONSONANTS) ** LENGTH

_FIRST = [
    "amber",
    "apple",
    "brown",
    "calm",
    "clear",
    "cosy",
    "early",
    "easy",
    "gentle",
    "golden",
    "green",
    "happy",
    "kind",
    "light",
    "plain",
    "quiet",
    "silver",
    "small",
    "soft",
    "sunny",
    "warm",
    "yellow",
]
_SECOND = [
    "apron",
    "basket",
    "boat",
    "bridge",
    "button",
    "candle",
    "carpet",
    "cup",
    "drum",
    "feather",
    "garden",
    "hill",
    "kettle",
    "ladder",
    "lamp",
    "meadow",
    "pencil",
    "river",
    "shell",
    "spoon",
    "table",
    "window",
]


def new_code() -> str:
    return "".join(secrets.choice(CONSONANTS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """As it was made, however it was typed or pasted: small letters, blanks, dashes. Empty for what is no code."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(CONSONANTS) else ""


def spaced(code: str) -> str:
    """In two halves, as it is shown."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def two_words() -> str:
    return f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)}"
