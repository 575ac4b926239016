"""The voices as they are installed here; tests of a missing one are skipped with what is missing."""

from __future__ import annotations

import pytest

from pipeline.providers.local.speech.engines import available
from pipeline.providers.local.speech.speaker import LocalSpeaker


@pytest.fixture(scope="session")
def speaker() -> LocalSpeaker:
    return LocalSpeaker()


@pytest.fixture(scope="session")
def needs():
    def check(engine: str) -> None:
        ok, why = next((ok, why) for name, ok, why in available() if name == engine)
        if not ok:
            pytest.skip(why)

    return check
