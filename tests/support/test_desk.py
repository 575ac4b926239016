"""The desk of support: everything is found, linked, quick and read only; nothing is done without a reason."""

from __future__ import annotations

import copy

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Audit, User
from accounts.support import Audited, ReadOnly
from billing.entitlements import limit
from billing.models import Plan, TierOverride, Usage
from pipeline.models import Doorbell, Run, Step, Worker
from projects.models import Scene
from tests.web import world as worlds

OURS = sorted(m._meta.label_lower for m, a in admin.site._registry.items() if isinstance(a, ReadOnly))


def page(model, kind="changelist", *args):
    return reverse(f"admin:{model.replace('.', '_')}_{kind}", args=args)


def ask(desk, verb, *runs, **data):
    address = f"{reverse('admin:pipeline_run_do', args=[verb])}?ids={','.join(str(r.pk) for r in runs)}"
    return desk.post(address, data, follow=True)


def test_the_desk_has_all_that_support_asks_for():
    assert {
        "accounts.user", "accounts.workspace", "accounts.audit", "projects.project", "projects.asset",
        "pipeline.run", "pipeline.step", "billing.usage", "billing.tieroverride",
    } <= set(OURS)  # fmt: skip


@pytest.mark.parametrize("model", OURS)
def test_every_list_opens_and_is_searched_without_a_manuscript_s_word(desk, world, model):
    Usage.objects.create(workspace=world.workspace, capability="text", provider="x", model="y", tier="free")
    Scene.objects.update(title="The fog came in by night")
    for asked in ({}, {"q": "harbour"}):
        answer = desk.get(page(model), asked)
        assert answer.status_code == 200
        assert "came in by night" not in answer.content.decode()


def test_what_was_said_of_a_film_is_in_no_list(desk, world):
    listed = desk.get(page("pipeline.remark"), {"q": "The Fog"}).content.decode()
    assert "reviewer@litink.example" in listed
    assert world.remark.text not in listed
    assert world.remark.text in desk.get(page("pipeline.remark", "change", world.remark.pk)).content.decode()


def rows(world, model):
    """A few more of everything."""
    made = worlds.film(world.source, world.people["owner"], scenes=2)
    for n in range(6):
        Usage.objects.create(workspace=world.workspace, capability="text", provider="x", model="y", tier="free")
        User.objects.create_user(f"more{n}-{made.run.pk}@litink.example")
        Audit.objects.create(action="test", workspace=world.workspace)
        TierOverride.objects.create(workspace=world.workspace, tier="basic", reason="trial", until=timezone.now())
        project = copy.copy(made.project)
        project.pk = None
        project.save()


@pytest.mark.parametrize("model", OURS)
def test_a_list_asks_as_much_for_many_as_for_few(desk, world, model):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(page(model)).status_code == 200
        return len(seen)

    rows(world, model)
    asked()  # content types and the like are looked up once
    few = asked()
    rows(world, model)
    assert asked() == few


@pytest.mark.parametrize("model", OURS)
def test_every_row_opens_and_truth_is_read_only(desk, world, model):
    rows(world, model)
    known = admin.site._registry[next(m for m in admin.site._registry if m._meta.label_lower == model)]
    row = known.model._default_manager.order_by("pk").first()
    if row is None:
        return
    answer = desk.get(page(model, "change", row.pk))
    assert answer.status_code == 200
    assert isinstance(known, Audited) or 'name="_save"' not in answer.content.decode()
    assert desk.get(page(model, "delete", row.pk)).status_code == 403


def test_from_an_e_mail_to_the_failed_run(desk, world, failed):
    found = desk.get(page("accounts.user"), {"q": "owner@litink"}).content.decode()
    owner = page("accounts.user", "change", world.people["owner"].pk)
    assert owner in found
    run = page("pipeline.run", "change", failed.pk)
    assert run in desk.get(owner).content.decode()
    told = desk.get(run).content.decode()
    assert "The picture could not be drawn." in told
    assert f"{reverse('admin:pipeline_run_do', args=['retry'])}?ids={failed.pk}" in told


def test_a_run_goes_on_with_a_reason_on_record(desk, staff, failed):
    ask(desk, "retry", failed, reason="")
    assert Run.objects.get(pk=failed.pk).status == "failed"
    ask(desk, "retry", failed, reason="Ticket 12")
    assert Run.objects.get(pk=failed.pk).status == "pending"
    row = Audit.objects.get(action="run.retry")
    assert (row.actor, row.subject, row.reason) == (staff, f"run {failed.pk}", "Ticket 12")


def test_what_can_t_be_done_is_said_and_not_recorded(desk, world):
    told = ask(desk, "cancel", world.done.run, reason="Ticket 13").content.decode()
    assert "there is nothing to cancel" in told
    assert not Audit.objects.filter(action="run.cancel").exists()


def test_a_stage_is_done_again_for_one_scene(desk, world):
    told = ask(
        desk, "reprocess", world.done.run, stage="image_generation", scene=2, reason="Ticket 14"
    ).content.decode()
    assert "are looked at again" in told
    again = Step.objects.filter(run=world.done.run, stage="image_generation", status="pending")
    assert [step.position for step in again] == [2]
    assert Audit.objects.get(action="run.reprocess").facts["scene"] == 2


def test_a_list_s_action_leads_to_the_question_why(desk, world, failed):
    data = {"action": "cancel", "_selected_action": [failed.pk, world.done.run.pk]}
    led = desk.post(page("pipeline.run"), data)
    assert led["Location"] == f"{reverse('admin:pipeline_run_do', args=['cancel'])}?ids={world.done.run.pk},{failed.pk}"


def test_requeue_calls_what_waits_and_leaves_the_living(desk, world):
    steps = Step.objects.filter(run=world.going.run, stage="image_generation").order_by("position")
    lost, held = steps[1], steps[2]
    Step.objects.filter(pk=lost.pk).update(status="running", lease_until=timezone.now() - timezone.timedelta(minutes=1))
    Step.objects.filter(pk=held.pk).update(status="running", lease_until=timezone.now() + timezone.timedelta(minutes=1))
    ask(desk, "requeue", world.going.run, reason="Ticket 15")
    assert Doorbell.objects.filter(step=lost.pk).exists()
    assert list(
        Step.objects.filter(pk__in=[lost.pk, held.pk]).order_by("position").values_list("status", flat=True)
    ) == [
        "pending",
        "running",
    ]


def test_the_queue_says_what_waits_who_works_and_what_is_stuck(desk, world):
    Run.objects.filter(pk=world.going.run.pk).update(created=timezone.now() - timezone.timedelta(hours=1))
    Step.objects.filter(run=world.going.run).update(finished=None)
    Step.objects.filter(run=world.going.run, status="pending", position=2).update(ready=True)
    Worker.objects.create(name="host:1", lanes={"calls": 2})
    told = desk.get(reverse("admin:pipeline_queue")).content.decode()
    assert "host:1" in told and "alive" in told and "calls × 2" in told
    stuck = told.split("Stuck: open")[1].split("<h3>Workers")[0]
    assert page("pipeline.run", "change", world.going.run.pk) in stuck


def test_staff_without_the_right_looks_and_does_nothing(world, failed):
    junior = User.objects.create_user("junior@litink.example", "a long enough password", is_staff=True)
    client = Client()
    client.force_login(junior)
    assert client.get(page("pipeline.run")).status_code == 403
    assert ask(client, "retry", failed, reason="x").status_code == 403
    assert client.post(reverse("admin:accounts_user_see_as", args=[1]), {"reason": "x"}).status_code == 403


def test_the_desk_is_reached_by_the_site_s_own_login(client, db):
    led = client.get(reverse("admin:index"), follow=True)
    assert led.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_tier_is_given_with_a_reason_and_ends(desk, staff, world):
    Plan.objects.all().delete()
    data = {
        "workspace": world.workspace.pk,
        "tier": "premium",
        "reason": "Ticket 16",
        "until_0": "2099-01-01",
        "until_1": "00:00",
    }
    desk.post(page("billing.tieroverride", "add"), data)
    row = TierOverride.objects.get()
    assert (row.by, row.until.year, limit(world.workspace, "resolution")) == (staff, 2099, "2160p")
    assert Audit.objects.get(action="tier.override").reason == "Ticket 16"
    desk.post(reverse("admin:billing_tieroverride_end", args=[row.pk]), {"reason": "Over"})
    assert limit(world.workspace, "resolution") == "480p"
    assert Audit.objects.get(action="tier.override_ended").reason == "Over"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [("films", "50", 50), ("minutes", "none", None), ("watermark", "false", False), ("resolution", "1080p", "1080p")],
)
def test_one_limit_is_given(desk, world, name, typed, kept):
    data = {"workspace": world.workspace.pk, "limit": name, "value": typed, "reason": "Ticket 17"}
    desk.post(page("billing.tieroverride", "add"), data)
    assert limit(world.workspace, name) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "films", "value": "many"},
        {"limit": "resolution", "value": "9999p"},
        {"tier": "basic", "limit": "films", "value": "5"},
        {},
        {"tier": "basic", "until_0": "2001-01-01", "until_1": "00:00"},
    ],
)
def test_what_is_no_override_is_refused(desk, world, wrong):
    answer = desk.post(page("billing.tieroverride", "add"), {"workspace": world.workspace.pk, "reason": "x"} | wrong)
    assert answer.status_code == 200
    assert not TierOverride.objects.exists()


def test_an_account_is_closed_with_a_reason(desk, world):
    address = page("accounts.user", "change", world.stranger.pk)
    desk.post(address, {"reason": ""})
    assert User.objects.get(pk=world.stranger.pk).is_active
    desk.post(address, {"reason": "Ticket 18"})
    assert not User.objects.get(pk=world.stranger.pk).is_active
    row = Audit.objects.get(action="user.changed")
    assert (row.subject, row.reason, row.facts) == (world.stranger.email, "Ticket 18", {"is_active": "False"})


def test_what_other_packages_add_by_the_admin_is_recorded_too(desk):
    desk.post(reverse("admin:auth_group_add"), {"name": "Support"})
    assert Audit.objects.get(action="admin.added").subject.startswith("auth.Group")
