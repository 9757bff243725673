"""A chair practises: marked everywhere, among nothing that is real, and gone when she likes, or by itself."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.store.audit import noted
from app.store.log import EventLog
from app.store.practising import KEPT_FOR, MADE, throw_away_old
from tests.pages.office import Worker, worker
from tests.pages.test_office import details, prepares, sets_up
from tests.realtime.screen import Screen
from tests.realtime.server import Server

MARK = "PRACTICE. Everyone in it is made up."


async def practises(chair: Worker) -> str:
    answer = await chair.browser.post("/home/practise")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["to"]).removeprefix("/home/")


async def test_a_chair_practises_by_one_press_and_whatever_she_opens_says_so(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    real = await sets_up(chair)
    assert "Practise first" in (await chair.browser.get("/home")).text
    practice = await practises(chair)
    assert await practises(chair) == practice  # she goes on with the one that she has
    home = (await chair.browser.get(f"/home/{real}")).text
    assert (
        home.index("Canary family") < home.index("<h2>To practise</h2>") < home.index("Practice with Tansy and Robin")
    )
    assert "Practise first" not in home
    page = (await chair.browser.get(f"/home/{practice}")).text
    for words in (MARK, "You sit as Hester Vale, who is made up too.", "It is thrown away by itself on "):
        assert words in page
    assert "Ruth" not in page.split("<main>")[1]
    assert (await chair.browser.post(f"/home/{practice}/open")).json() == {"to": f"/c/{practice}"}
    board = (await chair.browser.get(f"/c/{practice}")).text.replace("&#34;", '"')
    for said in ('"practice": true', '"phase": "mapping"', "Dana Wrenfield", "Tansy is kind and funny"):
        assert said in board, said
    for path in ("door", "record", "back", "beside"):
        assert MARK in (await chair.browser.get(f"/c/{practice}/{path}")).text, path
    api = f"/api/conferences/{practice}"
    people = (await chair.browser.get(f"{api}/door")).json()["people"]
    mum = next(one["id"] for one in people if one["role"] == "parent")
    made = (await chair.posts(f"{api}/invitations", people=[mum])).json()["invitations"]
    invited = await chair.posts("/api/invitation", secret=made[0]["link"].partition("#")[2])
    assert (invited.json()["name"], invited.json()["practice"]) == ("Dana Wrenfield", True)


async def test_nobody_is_asked_to_a_practice_and_it_has_no_dates_and_no_review(office: Server) -> None:
    chair, colleague = await worker(office, "chair", "Ruth"), await worker(office, "office", "Olu")
    practice = await practises(chair)
    assert (await chair.browser.get(f"/home/{practice}/change")).status_code == 404
    assert (await chair.posts(f"/api/conferences/{practice}/details", **details())).status_code == 404
    assert (await chair.posts(f"/api/conferences/{practice}/staff", account=colleague.account)).status_code == 404
    assert (await prepares(chair, practice, "seat_person", name="Real", role="parent"))["code"] == "not_found"
    assert "hold it by" not in (await chair.browser.get(f"/home/{practice}")).text.lower()
    await chair.browser.post(f"/home/{practice}/open")
    assert (await chair.browser.get(f"/c/{practice}/dates.ics")).status_code == 404
    review = await chair.posts(
        "/api/conferences", area="england", **details(conference_type="review"), earlier=practice
    )
    assert review.json() == {"code": "invalid", "field": "conference_type"}


async def test_nothing_real_is_set_up_as_a_practice_and_nothing_real_becomes_one(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    assert "Practice conference" not in (await chair.browser.get("/home/new")).text
    made = await chair.posts("/api/conferences", area="england", **details(conference_type="practice"))
    assert made.json() == {"code": "invalid", "field": "conference_type"}
    real = await sets_up(chair)
    changed = await chair.posts(f"/api/conferences/{real}/details", **details(conference_type="practice"))
    assert (changed.status_code, changed.json()["reason"]) == (409, "wrong_type")


async def test_those_who_are_made_up_put_in_their_numbers_when_the_chair_asks_and_nobody_real_does(
    office: Server,
) -> None:
    chair = await worker(office, "chair", "Ruth")
    real, practice = await sets_up(chair), await practises(chair)
    for conference in (real, practice):
        await chair.browser.post(f"/home/{conference}/open")
    assert (await chair.posts(f"/api/conferences/{real}/practice/number")).status_code == 404
    number = f"/api/conferences/{practice}/practice/number"
    assert (await chair.posts(number)).json() == {"more": False}  # nothing is asked yet
    name = f"kinboard_{practice.replace('-', '')}"
    url = f"{office.base_url.replace('http', 'ws')}/api/conferences/{practice}/live"
    board = await Screen.open(url, f"{name}={chair.browser.cookies[name]}", office.base_url)
    await board.does("set_phase", phase="scaling")
    said = {"question": "How safe?", "low_end": "Not at all", "high_end": "Quite", "direction": "higher_is_safer"}
    scale = await board.does("open_scale", children=[], show="chair", **said)
    asked = [(await chair.posts(number)).json()["more"] for _ in range(10)]
    assert asked == [True] * 9 + [False]
    await board.until(lambda: board.all[f"scale/{scale}"]["answered"] == board.all[f"scale/{scale}"]["expected"])
    assert (await chair.posts(number)).json() == {"more": False}
    await board.close()


async def test_what_was_done_to_practise_is_not_among_what_was_done(office: Server) -> None:
    chair, reader = await worker(office, "chair", "Ruth"), await worker(office, "information_governance", "Ines")
    real, practice = await sets_up(chair), await practises(chair)
    page, all_of_it = [(await reader.browser.get(f"/audit{more}")).text for more in ("", "?practice=yes")]
    assert (real in page, practice in page) == (True, False)
    assert (real in all_of_it, practice in all_of_it) == (True, True)
    assert "Every line is as it was written" in (await reader.browser.get("/audit?check=yes")).text


async def test_a_practice_goes_by_one_press_and_only_of_whoever_practises_in_it(office: Server) -> None:
    chair, other = await worker(office, "chair", "Ruth"), await worker(office, "chair", "Olu")
    real, practice = await sets_up(chair), await practises(chair)
    await chair.browser.post(f"/home/{practice}/open")
    for one, conference in ((other, practice), (chair, real), (chair, str(uuid4()))):
        assert (await one.browser.post(f"/home/{conference}/throw-away")).status_code == 404
    assert (await chair.browser.post(f"/home/{practice}/throw-away")).json() == {"to": "/home"}
    assert (await chair.browser.get(f"/home/{practice}")).status_code == 404
    assert (await chair.browser.get(f"/c/{practice}")).status_code == 404
    assert "Practise first" in (await chair.browser.get("/home")).text


async def test_a_practice_goes_by_itself_after_some_days_and_nothing_real_does(office: Server) -> None:
    assert office.database
    chair = await worker(office, "chair", "Ruth")
    real, practice = await sets_up(chair), await practises(chair)
    log, now = EventLog(office.database), datetime.now(UTC)
    await throw_away_old(log, now + KEPT_FOR - timedelta(hours=1))
    assert practice in await log.conferences()
    await throw_away_old(log, now + KEPT_FOR)
    left = await log.conferences()
    assert (real in left, practice in left) == (True, False)
    done = [one.act.what for one in await noted(office.database, conference_id=practice)]
    assert (done[0], done[-1]) == (MADE, "purged")
