"""Help, for anybody: without signing in, without script, and nothing that somebody looks for leaves their browser."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from app.languages.speaking import _, word

from .front_end import template_folder
from .house import TheHouse

PICTURES = template_folder() / "help" / "pictures"
EVERYTHING = "everything"

router = APIRouter()


@dataclass(frozen=True)
class Subject:
    """Where it is for one surface, its code is that surface's, so that each board leads to its own."""

    code: str
    called: str
    says: str

    @property
    def title(self) -> str:
        return _(self.called)

    @property
    def about(self) -> str:
        return _(self.says)


GROUPS: dict[str, tuple[Subject, ...]] = {
    word("For chairs"): (
        Subject("practice", word("Practise first"), word("A whole meeting with a family that is made up.")),
        Subject("before", word("Before the meeting"), word("Set it up, see how ready it is, and ask people in.")),
        Subject("chair", word("Leading the meeting"), word("The map, the lamp, the numbers, and a calm room.")),
        Subject("after", word("After the meeting"), word("Papers, letters, and what can still be added.")),
        Subject("keys", word("Keys"), word("Every key of the chair’s board.")),
    ),
    word("For everyone at the table"): (
        Subject("family", word("For families"), word("What the tablet does, in plain words.")),
        Subject("professional", word("If you come for a service"), word("Your points, your number and your view.")),
        Subject("room", word("The room’s screen"), word("One screen for all, with nothing private on it.")),
        Subject("connection", word("When the line drops"), word("What is kept, and what to try.")),
        Subject("privacy", word("Who sees what"), word("What reaches whom, and what is kept.")),
        Subject("access", word("Languages, reading and hearing"), word("Make the screen fit you.")),
    ),
    word("For those who look after it"): (Subject("it", word("For IT"), word("Where to look, and what to read.")),),
}
SUBJECTS = {subject.code: subject for group in GROUPS.values() for subject in group}


@router.get("/help", response_class=HTMLResponse)
async def contents(request: Request, house: TheHouse) -> Response:
    page = {
        "groups": {_(group): subjects for group, subjects in GROUPS.items()},
        "assets": house.front_end.assets("help"),
    }
    return house.templates.TemplateResponse(request, "help/contents.html", page)


@router.get("/help/{subject}", response_class=HTMLResponse)
async def subject_page(request: Request, subject: str, house: TheHouse) -> Response:
    if subject != EVERYTHING and subject not in SUBJECTS:
        raise HTTPException(404)
    page = {"subject": SUBJECTS.get(subject), "subjects": SUBJECTS.values(), "assets": house.front_end.assets("help")}
    return house.templates.TemplateResponse(request, "help/subject.html", page)


@router.get("/help/pictures/{picture}")
async def picture(picture: str) -> Response:
    """Of our own screens, with nobody real on them."""
    if picture not in {path.name for path in PICTURES.glob("*.webp")}:
        raise HTTPException(404)
    return FileResponse(PICTURES / picture, headers={"Cache-Control": "public, max-age=86400"})
