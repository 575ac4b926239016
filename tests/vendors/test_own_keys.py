"""A workspace's own keys: tried, kept so that nobody reads them, used before ours, gone when deleted."""

from __future__ import annotations

import httpx
import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Audit
from billing.models import Plan, Usage
from pipeline.models import OwnKey, Run, Step
from pipeline.providers import addresses
from pipeline.providers.base import ProviderFault, TextRequest
from pipeline.providers.http import Client, PublicOnly
from pipeline.providers.vendors import VENDORS
from pipeline.routing import keys, routes, spend
from pipeline.routing.router import Router
from tests.fakes import FAKES, fake

pytestmark = pytest.mark.django_db


@pytest.fixture
def openrouter(monkeypatch):
    """Reached by the operator's address, without a key of the operator's."""
    with fake("openrouter") as running:
        monkeypatch.setenv(running.env_url, running.url)
        yield running


def bring(client, secret, vendor="openrouter", **more):
    return client.post(reverse("bring_key"), {"vendor": vendor, "secret": secret, **more}, follow=True)


def test_a_key_is_tried_kept_encrypted_and_shown_by_its_end_alone(owner, openrouter, world):
    page = bring(owner, openrouter.key)
    row = OwnKey.objects.get()
    assert page.status_code == 200 and f"ends with {openrouter.key[-4:]}" in page.content.decode()
    assert openrouter.key not in page.content.decode() and openrouter.key not in row.secret
    assert keys.decrypt(row.secret) == openrouter.key and (row.workspace, row.created_by) == (
        world.workspace, world.people["owner"],
    )  # fmt: skip
    told = Audit.objects.get(action="key.added")
    assert told.actor == world.people["owner"] and openrouter.key not in str(told.facts)


def test_a_key_that_is_none_is_not_kept_nor_sent_back(owner, openrouter):
    page = bring(owner, "sk-or-v1-" + "x" * 40)
    assert page.status_code == 422 and "does not take this key" in page.content.decode()
    assert "x" * 40 not in page.content.decode() and not OwnKey.objects.exists()


@pytest.mark.parametrize("vendor", sorted(FAKES))
def test_every_provider_is_asked_whether_it_takes_the_key(owner, vendor, monkeypatch):
    with fake(vendor) as running:
        monkeypatch.setenv(running.env_url, running.url)
        if vendor == keys.COMPATIBLE:  # the operator's own server is not theirs to reach: as if OpenAI stood there
            plain = keys.brought(1, vendor, running.key)
            monkeypatch.setattr(keys, "brought", lambda *a: keys.Key(vendor, a[2], running.url, own=True))
            assert plain.base_url == ""
        assert bring(owner, "wrong-" + "k" * 40, vendor).status_code == 422
        assert bring(owner, running.key, vendor).status_code == 200
        assert OwnKey.objects.get().vendor == vendor and not running.bill.rows


def test_when_the_provider_is_away_it_is_said(owner, openrouter):
    openrouter.faults.next("503")
    assert "does not answer just now" in bring(owner, openrouter.key).content.decode()


def test_a_new_key_takes_the_old_one_s_place(owner, openrouter, world):
    keys.keep(world.workspace, "openrouter", "old-" + "k" * 30, by=None)
    bring(owner, openrouter.key)
    assert keys.of_workspace(world.workspace.pk)["openrouter"].secret == openrouter.key
    assert Audit.objects.filter(action="key.rotated").exists()


def test_a_deleted_key_is_gone(owner, world, openrouter):
    row = keys.keep(world.workspace, "openrouter", openrouter.key, by=None)
    owner.post(reverse("drop_key", args=[row.pk]))
    assert not OwnKey.objects.exists() and Audit.objects.get(action="key.deleted").actor == world.people["owner"]


def test_calls_on_an_own_key_cost_us_nothing_and_say_so(world, openrouter, client_of):
    keys.keep(world.workspace, "openrouter", openrouter.key, by=None)
    Run.objects.update(tier="premium")
    step = Step.objects.filter(run=world.going.run).first()
    Router(step=step, digest="d" * 64, stopping=bool).capability("text").write(TextRequest("x", "Say something."))
    row = Usage.objects.get()
    assert row.own_key and row.cost_usd == 0 == spend.spent_on(world.going.project.pk)
    assert row.provider == "openrouter" and openrouter.bill.total > 0
    told = client_of("viewer").get(reverse("run", args=[world.going.run.pk])).content.decode()
    assert "on your own keys" in told


def test_a_plan_without_own_keys_uses_ours(world, owner, openrouter, monkeypatch):
    keys.keep(world.workspace, "openrouter", "own-" + "k" * 40, by=None)
    monkeypatch.setenv("OPENROUTER_API_KEY", "ours-" + "k" * 40)
    assert routes.known_keys(world.workspace)["openrouter"].own
    Plan.objects.update(tier="free")
    assert not routes.known_keys(world.workspace)["openrouter"].own
    assert bring(owner, openrouter.key).status_code == 422
    assert "Own keys come with" in owner.get(reverse("own_keys")).content.decode()


def test_another_workspace_s_key_is_not_there(client_of, world, openrouter):
    row = keys.keep(world.workspace, "openrouter", openrouter.key, by=None)
    assert client_of("stranger").post(reverse("drop_key", args=[row.pk])).status_code == 404
    assert openrouter.key[-4:] not in client_of("stranger").get(reverse("own_keys")).content.decode()


# -- at rest ------------------------------------------------------------------------------------------
def test_keys_are_encrypted_anew_under_a_new_secret(world, settings, capsys):
    settings.PROVIDER_KEY_SECRETS = ["first"]
    row = keys.keep(world.workspace, "openrouter", "own-" + "k" * 40, by=None)
    before = row.secret
    settings.PROVIDER_KEY_SECRETS = ["second", "first"]
    call_command("rotatekeys")
    row.refresh_from_db()
    assert row.secret != before and "1 keys" in capsys.readouterr().out
    settings.PROVIDER_KEY_SECRETS = ["second"]
    assert keys.decrypt(row.secret) == "own-" + "k" * 40 and keys.decrypt(before) == ""


def test_a_key_that_no_secret_opens_is_told_and_is_as_none(world, settings):
    settings.PROVIDER_KEY_SECRETS = ["first"]
    keys.keep(world.workspace, "openrouter", "own-" + "k" * 40, by=None)
    settings.PROVIDER_KEY_SECRETS = ["second"]
    assert keys.of_workspace(world.workspace.pk) == {}
    with pytest.raises(SystemExit):
        call_command("rotatekeys")


def test_keys_kept_before_there_was_a_secret_of_their_own_still_open(world, settings):
    settings.PROVIDER_KEY_SECRETS = []
    row = keys.keep(world.workspace, "openrouter", "own-" + "k" * 40, by=None)
    settings.PROVIDER_KEY_SECRETS = ["first"]
    assert keys.decrypt(row.secret) == "own-" + "k" * 40


# -- where a workspace's calls may go -----------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "http://models.example/v1", "https://127.0.0.1/v1", "https://10.0.0.7", "https://[::1]/v1", "https://169.254.169.254",
        "https://localhost/v1", "https://user:word@models.example", "https://models.example:8443/v1", "https://", "nonsense",
        "https://models.example/v1?key=1",
    ],
)  # fmt: skip
def test_a_server_that_is_not_out_in_the_open_is_not_taken(owner, address, monkeypatch):
    monkeypatch.setattr(addresses, "resolve", lambda host, port, r=None: [PLACES.get(host, host.strip("[]"))])
    assert bring(owner, "k" * 40, "openai", base_url=address).status_code == 422
    assert not OwnKey.objects.exists()


PLACES = {"models.example": "93.184.216.34", "localhost": "127.0.0.1"}


def test_only_a_compatible_server_has_an_address(owner):
    page = bring(owner, "k" * 40, "elevenlabs", base_url="https://models.example/v1")
    assert page.status_code == 422 and "Only a server" in page.content.decode()


def asked(place):
    """Where a call to a customer's server goes when its name leads to `place`."""
    seen = []
    inner = httpx.MockTransport(lambda request: seen.append(request) or httpx.Response(200, json={}))
    guard = PublicOnly(inner, resolver=lambda *a, **k: [(2, 1, 6, "", (place, 443))])
    Client("https://models.example/v1", transport=guard).json("GET", "/models")
    return seen[0]


def test_a_customer_s_server_is_asked_at_the_address_that_was_looked_at():
    request = asked("93.184.216.34")
    assert str(request.url) == "https://93.184.216.34/v1/models" and request.headers["host"] == "models.example"
    assert request.extensions["sni_hostname"] == "models.example"


@pytest.mark.parametrize("place", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
def test_a_name_that_leads_inside_later_is_refused_at_each_call(place):
    with pytest.raises(ProviderFault, match="private network"):
        asked(place)


def test_an_operator_s_own_server_never_gets_a_customer_s_key(monkeypatch):
    monkeypatch.setenv(VENDORS["openai"].env_url, "http://10.0.0.5:11434/v1")
    key = keys.brought(1, "openai", "k" * 40)
    assert key.base_url == "" and key.build("text", "m").base_url == "https://api.openai.com/v1"
