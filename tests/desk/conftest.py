from __future__ import annotations

import pytest

from tests.desk.film import as_filmed, tells_the_book
from tests.web.conftest import client_of, editor, own_folders, world  # noqa: F401


@pytest.fixture
def desk(world):  # noqa: F811
    """A delivered film of three scenes, each telling its own words of the book."""
    return tells_the_book(world, world.done)


@pytest.fixture
def filmed(desk):
    """The film was made of the script as it stands: its steps carry the recipes of now."""
    return as_filmed(desk)
