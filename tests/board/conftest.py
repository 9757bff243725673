"""Boards at the moments of a meeting. Each test gets a meeting of its own; what they grew from is built once."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.board import meeting as moments
from tests.board.meeting import Meeting

settings.register_profile(
    "rules",
    deadline=None,
    max_examples=40,
    print_blob=True,
    derandomize="CI" in os.environ,  # a gate says the same of the same code; whoever runs them by hand looks further
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("rules-soak", settings.get_profile("rules"), max_examples=500, derandomize=False)
settings.load_profile(os.environ.get("KINBOARD_TEST_PROFILE", "rules"))


@pytest.fixture
def prepared() -> Meeting:
    return moments.prepared()


@pytest.fixture
def mapping() -> Meeting:
    return moments.mapping()


@pytest.fixture
def scaling_open() -> Meeting:
    return moments.scaling_open()


@pytest.fixture
def views() -> Meeting:
    return moments.views()


@pytest.fixture
def decided() -> Meeting:
    return moments.decided()


@pytest.fixture
def closed() -> Meeting:
    return moments.closed()
