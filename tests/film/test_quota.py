"""A film is taken before the work and given back when it fails; a hundred at once against one left start one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from accounts.services import open_workspace
from billing import quotas
from billing.entitlements import limit
from billing.models import Reservation, TierOverride

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def free(transactional_db):
    """A workspace on Free: two films a month."""
    return open_workspace(User.objects.create_user("free@litink.example", "a long enough password"))


def test_a_hundred_starts_against_one_left(free):
    quotas.reserve(free, key="before")

    def start(number):
        try:
            quotas.reserve(free, key=f"run-{number}")
            return 1
        except quotas.QuotaExceeded:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(start, range(100))) == 1
    assert quotas.used(free) == 2


def test_release_gives_it_back_once(free):
    quotas.reserve(free, key="a")
    assert quotas.release("a")
    assert not quotas.release("a")
    assert not quotas.settle("a")
    assert quotas.used(free) == 0


def test_a_settled_film_is_not_given_back(free):
    quotas.reserve(free, key="a")
    assert quotas.settle("a", seconds=60)
    assert not quotas.release("a")
    assert Reservation.objects.get().seconds == 60


def test_reserving_twice_is_one_film(free):
    quotas.reserve(free, key="a")
    quotas.reserve(free, key="a")
    assert quotas.used(free) == 1


def test_an_override_ends_by_itself(free):
    from django.utils import timezone

    TierOverride.objects.create(workspace=free, tier="premium", reason="trial", until=timezone.now())
    assert limit(free, "resolution") == "480p"
    TierOverride.objects.create(workspace=free, limit="films", value=7, reason="goodwill")
    assert (limit(free, "films"), limit(free, "minutes")) == (7, 3)
