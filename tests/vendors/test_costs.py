"""The ledger summed up, its charts, and what happens when a month becomes dear."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from billing import charts
from billing.models import CostAlert, CostDay, ModelDay, Plan, Usage
from billing.plans import TIERS
from pipeline import aggregates, words
from pipeline.models import Event, Run, Step
from pipeline.routing import spend
from pipeline.routing.router import Router

pytestmark = pytest.mark.django_db


def used(world, cost="1", *, outcome="succeeded", model="m", capability="text", ms=100, days=0, **more):
    return Usage.objects.create(
        workspace=world.workspace, capability=capability, provider="openrouter", model=model, tier="basic", latency_ms=ms,
        outcome=outcome, cost_usd=Decimal(cost), at=timezone.now() - timedelta(days=days), **more,
    )  # fmt: skip


def summed(*days):
    aggregates.aggregate(days or aggregates.lately())


def test_a_model_s_day(world):
    for ms in range(1, 101):
        used(world, "0.01", ms=ms * 10)
    for outcome in ("failed", "garbage", "ambiguous", "sent"):
        used(world, "0.5", outcome=outcome, ms=99_999)
    summed()
    row = ModelDay.objects.get()
    assert (row.requests, row.succeeded, row.failed, row.ambiguous) == (103, 100, 2, 1)
    assert (row.p50_ms, row.p95_ms, row.cost_usd) == (505, 950, Decimal("2.5"))


def test_twice_is_as_once_and_what_came_later_is_counted(world):
    used(world)
    used(world, days=2)
    summed()
    before = list(CostDay.objects.order_by("day").values_list("day", "cost_usd", "calls"))
    summed()
    assert list(CostDay.objects.order_by("day").values_list("day", "cost_usd", "calls")) == before
    used(world, "3", days=2)
    summed()
    assert sum(CostDay.objects.values_list("cost_usd", flat=True)) == 5


def test_calls_on_own_keys_and_steps_that_made_nothing(world):
    used(world, "0", own_key=True)
    used(world, "2")
    Step.objects.all().delete()
    for subject, reused in enumerate((True, True, True, False), 1):
        Step.objects.create(
            run=world.done.run, stage="image_generation", subject=subject, status="succeeded", reused=reused,
            finished=timezone.now(), asset=world.done.picture,
        )  # fmt: skip
    summed()
    text, steps = CostDay.objects.get(capability="text"), CostDay.objects.get(capability="")
    assert (text.calls, text.own_calls, text.cost_usd) == (2, 1, 2)
    assert (steps.steps, steps.hits) == (4, 3)


def test_the_command_sums_every_day_of_the_ledger(world, capsys):
    used(world, days=40)
    call_command("aggregate", "--all")
    assert CostDay.objects.filter(capability="text").count() == 1 and "41 days" in capsys.readouterr().out
    call_command("aggregate", "--since", timezone.now().date().isoformat())
    assert CostDay.objects.filter(capability="text").count() == 1


def test_the_desk_shows_it_all(desk, world):
    used(world, "1.25", model="dear/model")
    done = Step.objects.filter(run=world.done.run)
    done.update(finished=timezone.now(), asset=world.done.picture, reused=True)
    Step.objects.filter(run=world.going.run).update(finished=None)
    summed()
    told = desk.get(reverse("admin:billing_costs"), {"days": 7}).content.decode()
    drawn = told.partition("<figure")[2].rpartition("</figure>")[0]
    assert drawn.count("<svg") == 4 and "style=" not in drawn and "<script" not in drawn
    for said in ("openrouter:dear/model", "$1.2500", "100.0 %", "Harbour Press", "of $200"):
        assert said in told


def test_a_chart_says_what_it_shows():
    drawn = charts.bars("Cost", ["Mon", "Tue"], [("good", [1.0, 2.0]), ("bad", [0.0, 2.0])], " $")
    assert 'aria-label="Cost: Mon to Tue, at most 4 $;' in drawn and drawn.count("<title>") == 4
    assert "Tue, bad: 2 $" in drawn
    assert "<svg" not in charts.lines("Nothing", [], [("a", [])])


# -- a month that becomes dear ------------------------------------------------------------------------
@pytest.fixture
def run(world):
    Plan.objects.update(tier="basic")
    Run.objects.filter(pk=world.going.run.pk).update(tier="basic")
    return Run.objects.get(pk=world.going.run.pk)


@pytest.mark.parametrize("tier", ["free", "basic", "standard", "premium", "professional"])
def test_the_threshold_of_each_tier(world, run, tier):
    limit = TIERS[tier].alert_usd
    row = used(world, str(limit - Decimal("0.01")))
    row.tier = tier
    spend.watch_row(row)
    assert not CostAlert.objects.exists()
    used(world, "0.01")
    spend.watch_row(row)
    assert CostAlert.objects.get(kind="threshold").limit_usd == limit


def test_at_the_threshold_staff_are_told_once_by_mail_and_in_the_admin(
    world, run, desk, staff, mailoutbox, django_capture_on_commit_callbacks
):
    row = used(world, "15")
    with django_capture_on_commit_callbacks(execute=True):
        spend.watch_row(row)
        spend.watch_row(row)
    (mail,) = mailoutbox
    assert mail.to == [staff.email] and "$15.00" in mail.body and "tier basic" in mail.body
    assert "Harbour Press" in desk.get(reverse("admin:billing_costalert_changelist")).content.decode()


def test_past_a_fifth_more_cheaper_models_are_used_and_the_maker_is_told(world, run, client_of, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "k" * 40)
    step = Step.objects.create(run=run, stage="script_generation", subject=99)

    def asked():
        return Router(step=step, digest="d" * 64, stopping=bool).choices("text")[0].model.name

    usual = asked()
    used(world, "18.01")
    assert (usual, asked()) == ("deepseek/deepseek-chat", "meta-llama/llama-3.3-70b-instruct:free")
    asked()
    (event,) = Event.objects.filter(run=run, kind="cheaper")
    assert str(words.event(event)) in client_of("viewer").get(reverse("run", args=[run.pk])).content.decode()
    assert CostAlert.objects.filter(kind="cheaper").count() == 1


def test_calls_on_own_keys_alarm_nobody(world, run):
    row = used(world, "0", own_key=True)
    used(world, "400", days=40)
    spend.watch_row(row)
    assert not CostAlert.objects.exists() and not spend.cheaper_now(run)
