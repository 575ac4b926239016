"""Support sees what a user sees: marked, recorded, ended by one click, and never to pay, delete or change log-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts import seeing
from accounts.models import Audit, User
from pipeline.models import Remark, Run
from tests.web.test_access import TABLE, arguments, names


@pytest.fixture
def seen(desk, world):
    """The desk's client, looking at the owner's pages."""
    address = reverse("admin:accounts_user_see_as", args=[world.people["owner"].pk])
    assert desk.post(address, {"reason": "Ticket 20"})["Location"] == reverse("films")
    return desk


def test_the_user_s_pages_are_shown_and_marked(seen, world):
    page = seen.get(reverse("run", args=[world.going.run.pk]))
    assert page.status_code == 200
    assert "You see Litink as owner@litink.example does." in page.content.decode()
    assert "Ticket 20" in page.content.decode()


def test_a_reason_is_needed(desk, world):
    desk.post(reverse("admin:accounts_user_see_as", args=[world.people["owner"].pk]), {"reason": ""})
    assert seeing.SESSION_KEY not in desk.session


def test_beginning_and_end_are_recorded(seen, staff):
    assert seen.post(reverse("stop_seeing_as"))["Location"].startswith(reverse("admin:index"))
    assert "You see Litink as" not in seen.get(reverse("films")).content.decode()
    rows = Audit.objects.filter(action__startswith="support.").order_by("pk")
    assert [(r.action, r.actor, r.subject) for r in rows] == [
        ("support.see_as", staff, "owner@litink.example"),
        ("support.see_as_ended", staff, "owner@litink.example"),
    ]


ALLOWED = seeing.MAY_SEND | {"stop_seeing_as"}


@pytest.mark.parametrize("name", sorted(n for n in set(names()) - ALLOWED if n in TABLE))
def test_nothing_else_can_be_sent(seen, world, name):
    answer = seen.post(reverse(name, args=arguments(name, world)))
    assert answer.status_code == 403
    assert "End the view first" in answer.content.decode()


def test_no_remark_is_made_in_a_user_s_name(seen, world):
    answer = seen.post(reverse("remark_add", args=[world.done.render.pk]), {"text": "Not theirs.", "at": "0:01"})
    assert answer.status_code == 403
    assert not Remark.objects.filter(text="Not theirs.").exists()


def login_pages():
    return sorted(
        {
            p.name
            for p in walk(get_resolver().url_patterns)
            if p.name and p.name.startswith(("account_", "mfa_", "usersessions_"))
        }
    )


def walk(patterns):
    for pattern in patterns:
        yield from walk(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in login_pages()
        if n
        not in (
            "account_confirm_email",
            "account_reset_password_from_key",
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
            "mfa_signup_webauthn",
        )
    ],
)
def test_pages_of_log_in_stay_shut(seen, name):
    for answer in (seen.get(reverse(name)), seen.post(reverse(name))):
        assert answer.status_code == 403


def test_what_is_done_for_the_user_is_recorded(seen, world, staff):
    seen.post(reverse("cancel_run", args=[world.going.run.pk]))
    assert Run.objects.get(pk=world.going.run.pk).status == "cancelled"
    row = Audit.objects.get(action="support.did_as")
    assert (row.actor, row.subject, row.facts["page"]) == (staff, "owner@litink.example", "cancel_run")


@pytest.mark.parametrize("who", ["support@litink.example", "closed@litink.example"])
def test_staff_and_closed_accounts_are_not_seen_as(desk, world, who):
    User.objects.create_user("closed@litink.example", is_active=False)
    desk.post(reverse("admin:accounts_user_see_as", args=[User.objects.get(email=who).pk]), {"reason": "x"})
    assert seeing.SESSION_KEY not in desk.session


def test_it_ends_by_itself(seen):
    session = seen.session
    session[seeing.SESSION_KEY] |= {"since": (timezone.now() - timedelta(minutes=61)).isoformat()}
    session.save()
    assert "You see Litink as" not in seen.get(reverse("films")).content.decode()
    assert seeing.SESSION_KEY not in seen.session


def test_it_ends_when_the_right_is_withdrawn(seen, staff):
    User.objects.filter(pk=staff.pk).update(is_superuser=False)
    assert "You see Litink as" not in seen.get(reverse("films")).content.decode()


def test_the_admin_stays_the_staff_s_own(seen):
    assert seen.get(reverse("admin:index")).status_code == 200


def test_the_user_s_sessions_and_last_login_stay_theirs(seen, world):
    seen.get(reverse("films"))
    owner = User.objects.get(pk=world.people["owner"].pk)
    assert owner.last_login is None
    assert not owner.usersession_set.exists()
