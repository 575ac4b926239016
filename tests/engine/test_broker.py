from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_q.signing import SignedPackage

from pipeline import broker
from pipeline.models import Doorbell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bells():
    """A broker on a connection of its own, as in a pusher's process."""
    doorbells = broker.Doorbells("calls")
    yield doorbells
    if doorbells._own:
        doorbells._own.close()


def step_of(taken):
    return SignedPackage.loads(taken[0][1])["args"][0]


def test_the_most_urgent_first_then_the_oldest(bells):
    broker.ring("calls", [1, 2], priority=0)
    broker.ring("calls", [3], priority=5)
    assert [step_of(bells.dequeue()) for _ in range(3)] == [3, 1, 2]


def test_not_before_its_time(bells):
    broker.ring("calls", [1], not_before=timezone.now() + timedelta(seconds=0.3))
    assert bells._connection().execute(broker.TAKE, ["calls"]).fetchone() is None
    assert step_of(bells.dequeue()) == 1


def test_lanes_do_not_hear_each_other(bells):
    broker.ring("render", [1])
    assert bells._connection().execute(broker.TAKE, ["calls"]).fetchone() is None
    assert bells.queue_size() == 0


def test_one_bell_a_step(bells):
    broker.ring("calls", [7])
    broker.ring("calls", [7])
    assert bells.queue_size() == 1


def test_a_bell_in_a_rolled_back_transaction_never_rang(bells):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        broker.ring("calls", [1])
        _ = 1 / 0
    assert Doorbell.objects.count() == 0


def test_two_pushers_never_take_the_same_bell(bells):
    other = broker.Doorbells("calls")
    broker.ring("calls", [1, 2])
    try:
        assert {step_of(bells.dequeue()), step_of(other.dequeue())} == {1, 2}
    finally:
        other._own.close()


def test_a_ring_wakes_the_one_who_waits(bells):
    own = bells._connection()
    broker.ring("calls", [9])
    heard = list(own.notifies(timeout=5, stop_after=1))
    assert heard[0].channel == broker.channel("calls")
    assert connection.is_usable()
