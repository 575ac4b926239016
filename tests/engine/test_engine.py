"""The engine's properties: bells 0, 1 and 3 times, a kill between any two writes, two workers, cancel, reuse."""

from __future__ import annotations

import contextlib
import inspect
import shutil

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from billing.models import Reservation, Usage
from pipeline import engine, services, tasks, workflows
from pipeline.errors import BadInput, Temporary
from pipeline.models import Doorbell, Run, Status, Step
from pipeline.providers.base import ProviderRefusal
from projects.models import Asset, Scene
from tests.engine.conftest import drain, end_state, recover
from tests.engine.tiny import SCENES, WORKFLOW

pytestmark = pytest.mark.django_db(transaction=True)


def finished(run, vendor):
    """Ended well, each provider call made and recorded once."""
    run.refresh_from_db()
    assert run.status == Status.SUCCEEDED
    assert dict(vendor.asked) == {f"scene {n}": 1 for n in range(1, SCENES + 1)}
    assert Usage.objects.filter(run=run.pk, outcome="succeeded").count() == Usage.objects.count() == SCENES
    assert not Step.objects.filter(run=run).exclude(status=Status.SUCCEEDED).exists()


def test_a_run_ends_well(run, vendor):
    drain()
    finished(run, vendor)
    assert Asset.objects.get(kind="join").content() == b'["scene 1", "scene 2", "scene 3"]'


def test_every_bell_three_times(run, vendor):
    drain(times=3)
    finished(run, vendor)


def test_every_bell_lost_once(run, vendor):
    while run.is_open:
        Doorbell.objects.all().delete()
        Step.objects.filter(run=run).update(rung_at=None)
        assert engine.sweep()
        for bell in Doorbell.objects.all():
            bell.delete()
            tasks.work(bell.step)
        run.refresh_from_db()
    finished(run, vendor)


def test_advance_twice_is_as_once(run):
    bells = Doorbell.objects.count()
    engine.advance(run.pk)
    engine.advance(run.pk)
    assert (Doorbell.objects.count(), Step.objects.count()) == (bells, 1)


class Killed(BaseException):
    """kill -9, as far as the database can tell: nothing after this write happens."""


def writes():
    """Counts writes and kills before number `at`."""

    class Wrapper:
        count, at = 0, None

        def __call__(self, execute, sql, params, many, context):
            if sql.lstrip().split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
                Wrapper.count += 1
                if Wrapper.count == Wrapper.at:
                    raise Killed
            return execute(sql, params, many, context)

    return Wrapper


def test_a_kill_between_any_two_writes(project, vendor):
    counter = writes()
    with connection.execute_wrapper(counter()):
        run = services.start(project)
        started = counter.count
        drain()
    finished(run, vendor)
    expected, last = end_state(run), counter.count
    assert last > started + 30
    for at in range(started + 1, last + 1):
        wipe(project, vendor)
        run = killed_at(at, project)
        finished(run, vendor)
        assert end_state(run) == expected, f"killed before write {at}"


def killed_at(at, project):
    counter = writes()
    counter.at = at
    with connection.execute_wrapper(counter()):
        run = services.start(project)
        with contextlib.suppress(Killed):
            drain()
    recover()
    drain()
    recover()
    drain()
    return run


def wipe(project, vendor):
    vendor.asked.clear()
    for model in (Run, Asset, Scene, Usage, Doorbell, Reservation):
        model.objects.all().delete()
    project.scripts.all().delete()
    shutil.rmtree(settings.WORK_ROOT, ignore_errors=True)  # answers spooled by the attempt before


def test_a_zombie_can_not_overwrite(run):
    zombie = engine.claim(Doorbell.objects.get().step)
    recover()
    heir = engine.claim(zombie.pk)
    assert heir.attempt == zombie.attempt + 1
    assert not engine.finish(zombie, Status.FAILED, error="late")
    assert engine.finish(heir, Status.SUCCEEDED)


def test_a_step_is_claimed_once(run):
    key = Doorbell.objects.get().step
    assert engine.claim(key)
    assert engine.claim(key) is None


def test_the_same_run_again_pays_nothing(run, project, vendor):
    drain()
    again = services.start(project)
    drain()
    again.refresh_from_db()
    assert again.status == Status.SUCCEEDED
    assert sum(vendor.asked.values()) == SCENES
    assert not Step.objects.filter(run=again, reused=False).exists()


def test_one_scene_edited_makes_only_its_own(run, project, vendor):
    drain()
    Scene.objects.filter(number=2).update(title="another")
    services.reprocess(run, stage="draw", scene=2)
    drain()
    assert vendor.asked["another"] == 1
    assert sum(vendor.asked.values()) == SCENES + 1
    assert b"another" in Asset.objects.filter(kind="join").latest("pk").content()


def test_fresh_asks_for_another_take(run, vendor):
    drain()
    services.reprocess(run, stage="draw", scene=1, fresh=True)
    drain()
    assert vendor.asked["scene 1"] == 2


def test_cancel_refuses_claims_and_gives_the_film_back(run):
    step = Step.objects.get()
    assert services.cancel(run)
    assert engine.claim(step.pk) is None
    assert not services.cancel(run)
    assert Reservation.objects.get().state == Reservation.State.RELEASED


def test_a_running_step_hears_of_the_cancel(run):
    with tasks.Heart() as heart:
        step = engine.claim(Doorbell.objects.get().step)
        heart.steps[step.pk] = step
        services.cancel(run)
        heart._look(renew=False)
        assert step.pk in heart.lost


def test_a_refusal_fails_once_and_keeps_the_rest(run, vendor):
    vendor.fault = ProviderRefusal("scene 1 is not allowed")
    drain()
    run.refresh_from_db()
    assert (run.status, run.error) == (Status.FAILED, "scene 1 is not allowed")
    assert Step.objects.filter(stage="draw", status=Status.SUCCEEDED).count() == SCENES - 1
    services.retry(run)
    drain()
    finished_again = Run.objects.get(pk=run.pk)
    assert finished_again.status == Status.SUCCEEDED
    assert sum(vendor.asked.values()) == SCENES


def test_a_temporary_fault_is_tried_again(run, vendor):
    vendor.fault = Temporary("busy", retry_after=0.01)
    drain()
    recover()
    drain()
    run.refresh_from_db()
    assert run.status == Status.SUCCEEDED


def test_a_lasting_fault_gives_up(run, vendor, monkeypatch):
    def down(request):
        raise Temporary("down", retry_after=0)

    monkeypatch.setattr(vendor, "draw", down)
    for _ in range(tasks.TRIES + 2):
        drain()
        recover()
    run.refresh_from_db()
    assert (run.status, run.error) == (Status.FAILED, "down")


def test_two_runs_of_one_recipe_make_it_once(project, vendor):
    first, second = services.start(project), services.start(project, options=None)
    drain()
    recover()
    drain()
    assert {Run.objects.get(pk=r.pk).status for r in (first, second)} == {Status.SUCCEEDED}
    assert sum(vendor.asked.values()) == SCENES


def test_a_rival_waits_for_the_maker(run, project):
    other = services.start(project)
    maker = engine.claim(Step.objects.get(run=run).pk)
    tasks.work(Step.objects.get(run=run).pk)
    heart = tasks.Heart()
    ctx_digest = tasks.context.build(maker, WORKFLOW[0], stopping=lambda: False).digest
    tasks.context._hold(maker, ctx_digest)
    rival = engine.claim(Step.objects.get(run=other).pk)
    tasks.attempt(rival, heart)
    assert Step.objects.get(pk=rival.pk).status == Status.PENDING
    assert Step.objects.get(pk=rival.pk).not_before > timezone.now()


def test_priority_is_answered_first(project):
    low = services.start(project)
    high = services.start(project)
    step = Step.objects.get(run=high)
    Doorbell.objects.filter(step=step.pk).update(priority=5)
    first = Doorbell.objects.order_by("-priority", "pk").first()
    assert first.step == step.pk != Step.objects.get(run=low).pk


def test_the_engine_names_no_workflow_and_no_stage():
    text = inspect.getsource(engine)
    named = [s.name for stages in workflows.WORKFLOWS.values() for s in stages if s.name in text]
    assert named == []
    assert "workflow ==" not in text


def test_reprocess_of_an_open_run_is_refused(run):
    with pytest.raises(BadInput, match="cancel it first"):
        services.reprocess(run)
