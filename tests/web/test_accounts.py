"""Joining, leaving, taking one's data along, being deleted."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Audit, Invitation, Membership, Role, User, Workspace
from billing.models import Usage
from pipeline.models import Run
from projects.models import Asset, Source


def test_an_invitation_is_mailed_and_lets_in_once(world, owner, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(reverse("invite"), {"email": "Friend@litink.example", "role": "reviewer"})
    invitation = Invitation.objects.get(email="friend@litink.example")
    assert reverse("join", args=[invitation.token]) in mail.outbox[0].body
    friend = User.objects.create_user("friend@litink.example", "x")
    client.force_login(friend)
    client.post(reverse("join", args=[invitation.token]))
    assert Membership.objects.get(user=friend).role == Role.REVIEWER
    with pytest.raises(services.Refused):
        services.accept(invitation, friend)


def test_an_invitation_is_only_for_its_address(world, client_of):
    with pytest.raises(services.Refused):
        services.accept(world.invitation, world.stranger)


def test_a_plan_has_so_many_places(world, owner):
    world.workspace.plan.delete()
    page = owner.post(reverse("invite"), {"email": "more@litink.example", "role": "viewer"})
    assert "free place" in page.content.decode()
    assert not Invitation.objects.filter(email="more@litink.example").exists()


def test_the_last_owner_can_t_leave(world, owner):
    owner.post(reverse("leave_workspace"))
    assert world.workspace.memberships.filter(role=Role.OWNER).count() == 1


def test_handing_over_makes_an_editor_of_the_owner(world, owner):
    heir = world.workspace.memberships.get(role=Role.VIEWER)
    owner.post(reverse("hand_over"), {"to": heir.pk})
    roles = dict(world.workspace.memberships.values_list("user__email", "role"))
    assert (roles["viewer@litink.example"], roles["owner@litink.example"]) == (Role.OWNER, Role.EDITOR)


def test_switching_changes_what_is_shown(world, client_of):
    other = services.open_workspace(world.people["editor"], name="Another desk")
    client = client_of("editor")
    client.post(reverse("switch_workspace", args=[other.pk]))
    assert "No film yet" in client.get(reverse("films")).content.decode()


def test_the_export_holds_books_films_and_the_account(world, owner):
    data = b"".join(owner.post(reverse("export")).streaming_content)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert json.loads(zipfile.ZipFile(io.BytesIO(data)).read("account.json"))["email"] == "owner@litink.example"
    assert any(name.endswith("/film.mp4") for name in names)
    assert any("/books/" in name for name in names)


def test_an_owner_others_depend_on_must_hand_over_first(world, owner):
    owner.post(reverse("delete_account"), {"email": "owner@litink.example"})
    assert User.objects.get(email="owner@litink.example").delete_after is None


def test_a_wrong_address_deletes_nothing_and_stays_typed(world, owner):
    page = owner.post(reverse("delete_account"), {"email": "somebody"})
    assert "somebody" in page.content.decode()


def test_deletion_waits_and_can_be_taken_back(world, client_of):
    client = client_of("stranger")
    client.post(reverse("delete_account"), {"email": "stranger@litink.example"})
    call_command("purge_accounts", verbosity=0)
    assert User.objects.get(email="stranger@litink.example").delete_after > timezone.now() + timedelta(days=13)
    client.force_login(world.stranger)
    client.post(reverse("keep_account"))
    assert User.objects.get(email="stranger@litink.example").delete_after is None


def test_after_the_grace_period_all_is_gone_but_the_ledger(world):
    owner = world.people["owner"]
    world.workspace.memberships.exclude(user=owner).delete()
    Usage.objects.create(workspace=world.workspace, capability="text", provider="x", model="y", tier="free")
    files = [asset.file.path for asset in Asset.objects.all()] + [world.source.file.path]
    User.objects.filter(pk=owner.pk).update(delete_after=timezone.now())
    call_command("purge_accounts", verbosity=0)
    assert not any(Path(path).exists() for path in files)
    assert not (Run.objects.exists() or Source.objects.exists() or Asset.objects.exists())
    assert Usage.objects.count() == 1
    assert Workspace.objects.get(pk=world.workspace.pk).name == "deleted"
    assert Audit.objects.filter(action="account.deleted").exists()
    assert not Audit.objects.filter(actor_email=owner.email).exists()
