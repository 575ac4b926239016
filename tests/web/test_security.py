"""Coming in safely: two steps, passkeys, a new password or address, sessions, too many tries; times as the reader's clock."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Membership, Role, User
from pipeline.models import Run

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


def log_in(user, password=PASSWORD, client=None):
    client = client or Client()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return client, client.post(reverse("account_login"), {"login": user.email, "password": password})


def sure(client):
    """The password is asked once more before the locks are changed."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def two_step(world):
    """The owner after setting up an authenticator app: (client, its secret)."""
    client = log_in(world.people["owner"])[0]
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    page = sure(client).get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    cache.clear()  # a code opens once; the next one is half a minute away
    return client, secret


def test_two_steps_are_asked_for_at_the_next_login(world, two_step):
    _, secret = two_step
    client, led = log_in(world.people["owner"])
    assert led["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("films")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200 and "errorlist" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("films")).status_code == 200


def test_a_recovery_code_opens_once(world, two_step):
    client, _ = two_step
    page = client.get(reverse("mfa_view_recovery_codes"), follow=True).content.decode()
    spare = Authenticator.objects.get(user=world.people["owner"], type="recovery_codes").wrap().get_unused_codes()[0]
    assert spare in page
    answers = []
    for _try in range(2):
        visitor, _ = log_in(world.people["owner"])
        visitor.post(reverse("mfa_authenticate"), {"code": spare})
        answers.append(visitor.get(reverse("films")).status_code)
    assert answers == [200, 302]


def test_passkeys_can_be_added_after_the_password_was_asked_again(world):
    client, _ = log_in(world.people["owner"])
    page = sure(client).get(reverse("mfa_add_webauthn")).content.decode()
    assert "mfa_webauthn_add" in page
    assert 'id="passkey_login"' in Client().get(reverse("account_login")).content.decode()


def test_a_forgotten_password_is_set_anew_by_mail(world, client, mailoutbox):
    user = world.people["owner"]
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another quiet room", "password2": "another quiet room"})
    visitor, _ = log_in(user, "another quiet room")
    assert visitor.get(reverse("films")).status_code == 200
    assert "errorlist" in log_in(user)[1].content.decode()


def test_nobody_learns_whose_address_is_known(client, db, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": "nobody@litink.example"})
    assert known["Location"] == reverse("account_reset_password_done")
    assert len(mailoutbox) == 1 and "/reset/key/" not in mailoutbox[0].body


def test_an_address_is_changed_when_the_new_one_has_answered(world, mailoutbox):
    user = world.people["owner"]
    client, _ = log_in(user)
    client.post(reverse("account_email"), {"action_add": "", "email": "new-desk@litink.example"})
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", mailoutbox[-1].body)[1]
    client.post(link)
    client.post(reverse("account_email"), {"action_primary": "", "email": "new-desk@litink.example"})
    assert User.objects.get(pk=user.pk).email == "new-desk@litink.example"


def test_other_sessions_are_listed_and_ended(world):
    user = world.people["owner"]
    here, there = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="The lost phone")
    for client in (here, there):
        log_in(user, client=client)
        client.get(reverse("films"))
    assert "The lost phone" in here.get(reverse("usersessions_list")).content.decode()
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("films")).status_code == 302
    assert here.get(reverse("films")).status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1


def test_one_session_is_ended_and_nobody_else_s(world):
    here, there = (
        Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140"),
        Client(HTTP_USER_AGENT="iPhone Safari"),
    )
    for client in (here, there):
        log_in(world.people["owner"], client=client)
        client.get(reverse("films"))
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Linux" in page and "Safari, iPhone" in page
    lost = UserSession.objects.get(user_agent__startswith="iPhone")
    assert log_in(world.stranger)[0].post(reverse("end_session", args=[lost.pk])).status_code == 404
    here.post(reverse("end_session", args=[lost.pk]))
    assert there.get(reverse("films")).status_code == 302
    assert here.get(reverse("films")).status_code == 200


def test_too_many_tries_are_slowed_down(world):
    user = world.people["owner"]
    answers = [log_in(user, "wrong")[1] for _ in range(12)]
    assert "Too many" in answers[-1].content.decode()


@pytest.mark.parametrize(("zone", "told"), [("Asia/Tokyo", "21:30"), ("America/New_York", "07:30"), ("", "12:30")])
def test_times_are_those_of_the_reader_s_clock(world, zone, told):
    Run.objects.update(started="2026-11-21T12:30:00Z")
    User.objects.update(time_zone=zone)
    client, _ = log_in(world.people["owner"])
    assert f"started {told}" in client.get(reverse("run", args=[world.going.run.pk])).content.decode()


def test_the_browser_tells_the_zone_when_the_profile_does_not(world, owner):
    Run.objects.update(started="2026-11-21T12:30:00Z")
    owner.cookies["zone"] = "Asia/Tokyo"
    assert "started 21:30" in owner.get(reverse("run", args=[world.going.run.pk])).content.decode()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.VIEWER])
def test_an_invitation_gives_its_role_and_no_more(world, owner, role):
    email = f"{role}-guest@litink.example"
    owner.post(reverse("invite"), {"email": email, "role": role})
    guest = User.objects.create_user(email, PASSWORD)
    client, _ = log_in(guest)
    client.post(reverse("join", args=[Invitation.objects.get(email=email).token]))
    assert Membership.objects.get(user=guest).role == role
    assert client.get(reverse("film", args=[world.done.project.pk])).status_code == 200
    may_make = client.post(reverse("make_again", args=[world.done.project.pk])).status_code == 302
    assert may_make == (role == Role.EDITOR)


def test_nobody_is_invited_as_an_owner(world, owner):
    owner.post(reverse("invite"), {"email": "king@litink.example", "role": Role.OWNER})
    assert not Invitation.objects.filter(email="king@litink.example").exists()


def test_who_leaves_sees_nothing_more(world, editor):
    editor.post(reverse("leave_workspace"))
    assert editor.get(reverse("film", args=[world.done.project.pk])).status_code == 404
