"""Golden files of the records: `make test ARGS="tests/records --golden"` writes them anew, for a human to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files of the records anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Holds a text against its golden file, or writes it where that was asked for."""
    rewrite = bool(request.config.getoption("--golden", default=False))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / f"{name}.txt"
        if rewrite:
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{path.name} is not there: make it with --golden and read it"
        assert text == path.read_text("utf-8")

    return compare
