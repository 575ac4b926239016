"""The desk without a browser: the same verbs, the same records, one line and exit 2 on a mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Audit
from billing.entitlements import limit, tier
from billing.models import TierOverride
from pipeline.models import Run, Step


def told(capsys, *words):
    call_command(*words)
    return capsys.readouterr().out


def refused(capsys, *words):
    with pytest.raises(SystemExit) as end:
        call_command(*words)
    assert end.value.code == 2
    line = capsys.readouterr().err.strip()
    assert line and "\n" not in line
    return line


@pytest.fixture
def stuck(world):
    """An open run in which nothing has moved for an hour."""
    ago = timezone.now() - timedelta(hours=1)
    Run.objects.filter(pk=world.going.run.pk).update(created=ago)
    Step.objects.filter(run=world.going.run, finished__isnull=False).update(finished=ago)
    Step.objects.filter(run=world.going.run, status="pending", position=2).update(ready=True)
    return world.going.run


def test_runs_names_the_stuck_alone(world, stuck, capsys):
    lines = told(capsys, "runs", "--stuck").splitlines()
    assert [line.split()[0] for line in lines] == [str(stuck.pk)]
    Step.objects.filter(run=stuck, position=2).update(
        status="running", lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert told(capsys, "runs", "--stuck") == ""


def test_requeue_of_all_that_is_stuck_may_be_tried_first(stuck, capsys):
    assert f"Run {stuck.pk}" in told(capsys, "requeue", "--stuck", "--dry-run")
    assert not Audit.objects.exists()
    assert "called again" in told(capsys, "requeue", "--stuck", "--reason", "night shift")
    row = Audit.objects.get(action="run.requeue")
    assert (row.actor, row.reason) == (None, "night shift")
    assert row.facts["shell"]


def test_requeue_wants_to_know_which(world, capsys):
    assert "--stuck" in refused(capsys, "requeue")
    assert "no run 404404" in refused(capsys, "requeue", "404404")
    assert "only a pending or running run" in refused(capsys, "requeue", str(world.done.run.pk))


def test_several_runs_are_cancelled_or_only_named(world, stuck, capsys):
    told(capsys, "cancelrun", str(stuck.pk), "--dry-run")
    assert Run.objects.get(pk=stuck.pk).status == "running"
    told(capsys, "cancelrun", str(stuck.pk), "--reason", "asked by mail")
    assert Run.objects.get(pk=stuck.pk).status == "cancelled"
    assert Audit.objects.get(action="run.cancel").reason == "asked by mail"


def test_reprocess_from_a_stage_is_recorded(world, capsys):
    told(capsys, "reprocess", str(world.done.run.pk), "--stage", "video_generation", "--reason", "Ticket 30")
    assert Audit.objects.get(action="run.reprocess").facts["stage"] == "video_generation"
    assert Step.objects.filter(run=world.done.run, stage="image_generation", status="pending").count() == 0


def test_settier_by_the_owner_s_e_mail_until_a_day(world, capsys):
    said = told(capsys, "settier", "owner@litink.example", "premium", "--until", "2099-12-31", "--reason", "prize")
    assert "Premium" in said
    assert tier(world.workspace).key == "premium"
    assert TierOverride.objects.get().until.year == 2099
    assert Audit.objects.get(action="tier.override").reason == "prize"


def test_settier_of_one_limit_and_its_end(world, capsys):
    workspace = str(world.workspace.pk)
    told(capsys, "settier", workspace, "--limit", "films=7", "--reason", "goodwill")
    assert (limit(world.workspace, "films"), tier(world.workspace).key) == (7, "professional")
    told(capsys, "settier", workspace, "--end", "--reason", "over")
    assert limit(world.workspace, "films") == 500


def test_settier_may_be_tried_first(world, capsys):
    assert "Would be" in told(capsys, "settier", str(world.workspace.pk), "basic", "--reason", "x", "--dry-run")
    assert not TierOverride.objects.exists()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("owner@litink.example", "basic"), "--reason"),
        (("nobody@litink.example", "basic", "--reason", "x"), "no workspace"),
        (("owner@litink.example", "golden", "--reason", "x"), "no tier"),
        (("owner@litink.example", "basic", "--until", "soon", "--reason", "x"), "is no day"),
        (("owner@litink.example", "basic", "--until", "2001-01-01", "--reason", "x"), "in the past"),
        (("owner@litink.example", "--limit", "films=many", "--reason", "x"), "films is"),
        (("owner@litink.example", "--reason", "x"), "Give a tier"),
    ],
)
def test_settier_says_what_is_wrong(world, capsys, words, line):
    assert line in refused(capsys, "settier", *words)


@pytest.mark.parametrize("name", ["reprocess", "requeue", "runs", "cancelrun", "settier"])
def test_every_command_tells_how_it_is_used(name, capsys):
    with pytest.raises(SystemExit) as end:
        call_command(name, "--help")
    assert end.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 12
