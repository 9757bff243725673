"""Area files are whole, say what guidance says, and a wrong one is refused in a sentence that names the key."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.areas.areas import SHIPPED, AreaRefused, area_named, load_areas, read_area
from app.board.area import Area, groups_in
from app.board.conference import settings_of
from app.cli import cli

ENGLAND = SHIPPED / "england.toml"
EVERYWHERE = {"initial", "review", "pre_birth", "transfer_in"}


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = ENGLAND.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "own.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_englands_file_is_what_a_conference_without_an_area_runs_under() -> None:
    assert read_area(ENGLAND) == Area()


def test_these_areas_come_with_the_program() -> None:
    areas = load_areas()
    assert list(areas) == ["england", "scotland", "strengthening_families", "wales"]
    for area in areas.values():
        assert {kind.code for kind in area.types} >= EVERYWHERE
        for kind in area.types:
            ends = {outcome.ends_plan for outcome in kind.outcomes}
            assert True in ends if kind.reviews else True not in ends


def test_a_conference_of_a_new_area_starts_with_its_scale_and_hours() -> None:
    area = area_named("strengthening_families")
    settings = settings_of(area, ())
    assert (settings.area, settings.scale_direction) == (area, "lower_is_safer")
    assert settings.scale_question == "How worried are you about the children, as things are today?"
    assert settings_of(Area(), ()).model_dump() == type(settings)().model_dump()


def test_in_wales_practitioners_decide_and_categories_may_combine() -> None:
    wales = area_named("wales")
    assert wales.decision_mode == "practitioners_decide"
    assert (wales.categories.mode, wales.categories.at_most) == ("agreed", 5)
    assert "financial_abuse" in {category.code for category in wales.categories.names}
    assert "register" in wales.threshold


def test_in_scotland_no_category_is_needed_and_three_agencies_are() -> None:
    scotland = area_named("scotland")
    initial, pre_birth = scotland.meeting("initial"), scotland.meeting("pre_birth")
    assert initial is not None
    assert pre_birth is not None
    assert scotland.categories.mode == "none"
    assert not any(outcome.has_category for kind in scotland.types for outcome in kind.outcomes)
    assert (set(scotland.quorum.must), scotland.quorum.others) == ({"social_care", "health", "police"}, 0)
    assert (initial.hold_within_calendar_days, pre_birth.review_within_months) == (28, 3)
    assert scotland.deadlines.core_group_working_days == 15
    assert scotland.meeting_word == "child protection planning meeting"


def test_where_families_are_strengthened_there_is_a_grey_area_and_the_scale_is_turned_round() -> None:
    area = area_named("strengthening_families")
    assert ("worry", "grey_area") in set(groups_in(area.columns))
    assert (area.scale.direction, area.scale.safety_prompt_at) == ("lower_is_safer", 8)
    asked = [prompt.ask for prompt in area.prompts if prompt.at == "scale"]
    assert "What would make it one lower?" in asked
    assert not any("one higher?" in ask and "would make" in ask for ask in asked)


@pytest.mark.parametrize("code", sorted(load_areas()))
def test_the_chair_has_something_to_ask_wherever_she_is(code: str) -> None:
    area = area_named(code)
    asked = {prompt.at for prompt in area.prompts}
    columns = {"worry", "strength", "next_step"}
    stages = {"welcome", "danger_statements", "safety_goals", "agency_views", "decision", "close"}
    assert columns | stages | {"scale", "card"} <= asked
    groups = {group for _, group in groups_in(area.columns)} - columns
    assert groups <= asked
    for column in ("worry", "strength"):
        ways = {prompt.way for prompt in area.prompts if prompt.at == column}
        assert ways == {"elicit", "amplify", "reflect", "start_over"}
    assert len({(prompt.at, prompt.ask) for prompt in area.prompts}) == len(area.prompts)


@pytest.mark.parametrize("code", sorted(load_areas()))
def test_no_word_of_an_area_is_one_that_screens_never_say(code: str) -> None:
    words = area_named(code).model_dump_json().lower()
    for never in ("vote", "victim", "perpetrator", "icpc", "rcpc"):
        assert never not in words


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("others = 2", 'others = "two"', 'quorum.others is "two", but must be a whole number'),
        ("others = 2", "others = -1", "quorum.others is -1, but must be 0 or more"),
        ("others = 2\n", "", "quorum.others is missing"),
        ("others = 2", "others = 2\ncolour = 1", "quorum.colour is not a key of an area file"),
        ('nation = "england"\n', "", "nation is missing"),
        ('nation = "england"', 'nation = "france"', "nation is \"france\", but must be england, wales, scotland or "),
        ('code = "review"', 'code = "Review"', 'types[1].code is "Review", but must be a word of small letters'),
        ('code = "review"', 'code = "initial"', "types: initial stands there twice"),
        ('short = "Worries"', 'short = " "', 'columns.worry.short is " ", but must be something that is not empty'),
        ('short = "Worries"', f'short = "{"a" * 161}"', "but must be at most 160 characters"),
        ('code = "next_step"', 'code = "step"', "columns.next_step: next_step is missing"),
        ('code = "future_danger"', 'code = "past_harm"', "columns: past_harm stands there twice"),
        ('at = "close"', 'at = "tea"', "prompts: nothing is called tea"),
        ('mode = "chair_decides"', 'mode = "none"', "categories: there are names unless mode is none"),
        ("\nat_most = 1", "\nat_most = 5", "categories.at_most: is more than there are names"),
        ("decides = true", "decides = false", "types.initial: decides is false, so there are no outcomes"),
        ("decides = false", "decides = true", "types.supervision: decides is true, so there are a decision and"),
        ('["decision"]', '["mapping"]', "types.initial.stages: mapping stands there twice"),
        ('["close"]', '["prepare"]', "types.initial.stages: close is a stage of every meeting, and prepare of none"),
        ('code = "no_plan"', 'code = "not_able_to_say"', "not_able_to_say is a view of every area, and no outcome"),
        ("safety_prompt_at = 2", "safety_prompt_at = 11", "scale.safety_prompt_at is 11, but must be 10 or less"),
        ("safety_prompt_at = 2", "safety_prompt_at = 2026-01-01", "scale.safety_prompt_at is \"2026-01-01\", but must"),
        ("[quorum]", "[quorum", "is not TOML: "),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_named_with_what_was_found(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(AreaRefused) as refused:
        read_area(changed(tmp_path, old, new))
    assert sentence in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path / "own.toml"))
    assert str(refused.value).endswith(".")


def test_a_councils_own_file_stands_beside_ours_or_in_for_one(tmp_path: Path) -> None:
    changed(tmp_path, 'code = "england"', 'code = "ashmere"')
    assert list(load_areas(tmp_path)) == ["england", "scotland", "strengthening_families", "wales", "ashmere"]
    changed(tmp_path, 'name = "England"', 'name = "Ashmere"')
    assert area_named("england", tmp_path).name == "Ashmere"


def test_two_files_with_one_code_and_no_folder_are_refused(tmp_path: Path) -> None:
    changed(tmp_path, "others = 2", "others = 3").rename(tmp_path / "a.toml")
    changed(tmp_path, "others = 2", "others = 4")
    with pytest.raises(AreaRefused, match=r"code is 'england', which a\.toml has too"):
        load_areas(tmp_path)
    with pytest.raises(AreaRefused, match="is no folder with area files"):
        load_areas(tmp_path / "none")
    with pytest.raises(AreaRefused, match="There is no area 'narnia'"):
        area_named("narnia")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(AreaRefused, match="is not UTF-8 text"):
        read_area(tmp_path / "own.toml")
    with pytest.raises(AreaRefused, match="cannot be read: no such file or directory"):
        read_area(tmp_path / "none.toml")


def test_the_command_line_lists_areas_and_reads_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KINBOARD_AREAS", str(tmp_path))
    own = changed(tmp_path, 'code = "england"', 'code = "ashmere"')
    listed = CliRunner().invoke(cli, ["areas"])
    assert [line.split(":")[0] for line in listed.output.splitlines()] == [*load_areas(), "ashmere"]
    assert CliRunner().invoke(cli, ["areas", "--check", str(own)]).output.startswith("ashmere: England (initial, ")
    wrong = changed(tmp_path, "others = 2", 'others = "two"')
    refused = CliRunner().invoke(cli, ["areas", "--check", str(wrong)])
    assert isinstance(refused.exception, AreaRefused)
