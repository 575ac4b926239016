"""Fakes for a test: `start(FakeVendor)` gives one that ends with the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest


@pytest.fixture
def start() -> Iterator[Callable[..., Any]]:
    with ExitStack() as running:
        yield lambda fake, *arguments: running.enter_context(fake(*arguments))
