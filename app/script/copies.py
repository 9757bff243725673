"""Which copy of the record somebody gets, as a file writes it: `plan_only`, `family_part_about_c2_and_shared_items`."""

import re
from collections.abc import Collection, Iterable

from app.board.closing import Version

from .ids import FileId

Copy = tuple[Version, tuple[FileId, ...]]  # about which children; none: about all
AND = "_and_"
VERSIONS: dict[str, Version] = {
    "family": "family",
    "plan_only": "plan_only",
    "professional": "professional",
    "full": "full",
}
_CODE = re.compile(rf"({'|'.join(VERSIONS)})(?:_part_about_(.+?)(?:_and_shared_items)?)?")


def copy_named(code: str, children: Collection[FileId]) -> Copy | None:
    """None if it is no such code, or names somebody who is not one of these children."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    version, about = VERSIONS[found[1]], found[2]
    if about is None:
        return version, ()
    named = (about,) if about in children else tuple(about.split(AND))
    return (version, named) if set(named) <= set(children) else None


def code_of(version: Version, children: Iterable[FileId]) -> str:
    """The family reads what the children share beside what is about their own, so their code says so."""
    about = AND.join(children)
    if not about:
        return version
    return f"{version}_part_about_{about}" + ("_and_shared_items" if version == "family" else "")
