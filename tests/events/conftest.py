"""The fixture `read`: a `Doc` of a marked-up sentence, with roles, quotations and events (`tests/stages.py`)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import stages
from spacy.tokens import Doc


@pytest.fixture(scope="session")
def read() -> Callable[..., Doc]:
    """`read(body, headline="")`: the `Doc` with roles, quotations and events."""
    return stages.read
