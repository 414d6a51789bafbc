"""The native functions are tested in generated code, as in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.generated import generated_code


@pytest.fixture(autouse=True)
def generated(request: pytest.FixtureRequest) -> Iterator[None]:
    with generated_code(request.getfixturevalue("spark")) if "spark" in request.fixturenames else nullcontext():
        yield
