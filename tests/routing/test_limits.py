"""A vendor's account is asked so often a minute and so many times at once, over all workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pipeline.models import Slot
from pipeline.routing import limits
from pipeline.routing.catalogue import Limits

KEY = "vendor"


def take(holder, limit, seconds=60.0):
    return limits.take(KEY, limit, holder=holder, seconds=seconds)


@pytest.mark.django_db
def test_no_more_at_once_than_the_account_allows():
    limit = Limits(6000, 2)
    assert [take("a", limit), take("b", limit)] == [0.0, 0.0]
    assert take("c", limit) == limits.BUSY
    limits.give_back("a")
    assert take("c", limit) == 0.0


@pytest.mark.django_db
def test_a_lost_callers_slot_comes_back():
    limit = Limits(6000, 1)
    take("dead", limit, seconds=-1.0)
    assert take("alive", limit) == 0.0


@pytest.mark.django_db
def test_no_more_a_minute_than_the_account_allows():
    limit = Limits(6, 100)
    assert take("a", limit) == 0.0
    wait = take("b", limit)
    assert 8 < wait <= 10
    assert not Slot.objects.filter(holder="b").exists()


@pytest.mark.django_db
def test_all_wait_when_the_vendor_says_so():
    limits.block(KEY, 30.0)
    limits.block(KEY, 5.0)
    assert 25 < take("a", Limits(600, 5)) <= 30


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_never_pass_together():
    def one(number):
        try:
            return take(f"holder {number}", Limits(60_000, 3)) == 0.0
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(one, range(12))) == 3
