"""What all tests share: no network beyond this machine, files of their own, a real server and a real browser.

Pictures, books and sounds that a room's tests need are made by fixtures in that room's own conftest.py; files that
can't be made lie in that room's `data/`.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.harness.database import django_db_setup  # noqa: F401  (takes the place of pytest-django's)
from tests.harness.network import refuse_strangers

pytest_plugins = ["tests.harness.browser", "tests.harness.site"]


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    """Sockets reach this machine only; a try to reach another fails the test that made it."""
    with refuse_strangers() as tries:
        yield tries


@pytest.fixture(autouse=True)
def _no_network_tried(_no_network: list[str]):
    yield
    tried = list(_no_network)
    _no_network.clear()
    assert not tried, f"a test reached for the network: {', '.join(tried)}"


@pytest.fixture
def time_stands(monkeypatch):
    """What is looked up every ten seconds is looked up once: queries can be counted, however slow the machine is."""
    monkeypatch.setattr("pipeline.queue._usual", {})
    monkeypatch.setattr("pipeline.queue.time", SimpleNamespace(monotonic=lambda: 1e9))


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> Path:
    """Uploads and work files of a test go into its own folder."""
    settings.MEDIA_ROOT, settings.WORK_ROOT = tmp_path / "media", tmp_path / "work"
    return tmp_path
