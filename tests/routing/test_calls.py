"""One call through a route of two models, against in-process fakes of the Protocols."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billing.models import Usage
from pipeline.errors import BadInput, Later, Refused
from pipeline.models import Event
from pipeline.providers import vendors
from pipeline.providers.base import ProviderFault, ProviderRefusal, TextRequest, TextResult
from pipeline.providers.base import Usage as Used
from pipeline.routing import circuit, local, spool
from pipeline.routing.ledger import Call
from pipeline.routing.router import Router
from projects.models import Project

pytestmark = pytest.mark.django_db
SCHEMA = {"type": "object", "properties": {"keep": {"type": "array"}}, "required": ["keep"]}
ASK = TextRequest("abridge", "Which lines?", schema=SCHEMA, max_tokens=100)
FIRST, SECOND = "deepseek/deepseek-chat", "mistralai/mistral-7b-instruct"


def answer(text='{"keep": [1]}', cost="0.01", model=FIRST):
    return TextResult(text, Used("openrouter", model, cost_usd=Decimal(cost), tokens_in=10, tokens_out=5))


class Scripted:
    """Says for each model what was laid down, in order; counts who was asked."""

    def __init__(self):
        self.lines, self.asked = {}, []

    def build(self, vendor, capability, *, model, **rest):
        self.model = model
        return self

    def write(self, request):
        self.asked.append((self.model, request))
        said = self.lines[self.model].pop(0)
        if isinstance(said, Exception):
            raise said
        return said


class Own:
    def write(self, request):
        return TextResult("{}", Used("local", "rules"), {"keep": []})


@pytest.fixture
def vendor(monkeypatch):
    fake = Scripted()
    monkeypatch.setenv("OPENROUTER_API_KEY", "a key of nobody")
    monkeypatch.setattr(vendors, "build", fake.build)
    monkeypatch.setattr(local, "provider", lambda capability: Own())
    return fake


def write(step, **options):
    return Router(step=step, digest="d" * 64, stopping=lambda: False).capability("text").write(ASK, **options)


def outcomes():
    return list(Usage.objects.order_by("pk").values_list("model", "outcome"))


def test_a_good_answer_is_one_row(step, vendor):
    vendor.lines = {FIRST: [answer()]}
    assert write(step).data == {"keep": [1]}
    row = Usage.objects.get()
    assert (row.outcome, row.cost_usd, row.provider) == ("succeeded", Decimal("0.01"), "openrouter")


def test_the_same_call_again_pays_nothing(step, vendor):
    vendor.lines = {FIRST: [answer()]}
    assert write(step) == write(step)
    assert len(vendor.asked) == Usage.objects.count() == 1


def test_json_amid_prose_is_found_without_another_call(step, vendor):
    vendor.lines = {FIRST: [answer('Gladly! ```json\n{"keep": [3]}\n``` Anything else?')]}
    assert write(step).data == {"keep": [3]}
    assert len(vendor.asked) == 1


def test_a_safe_fault_is_repeated(step, vendor):
    vendor.lines = {FIRST: [ProviderFault("no", kind="server", retry_after=0.0), answer()]}
    write(step)
    assert outcomes() == [(FIRST, "failed"), (FIRST, "succeeded")]


def test_garbage_is_paid_repaired_once_then_another_model_is_asked(step, vendor):
    vendor.lines = {FIRST: [answer('{"keep": [1'), answer("no")], SECOND: [answer(model=SECOND)]}
    write(step)
    assert outcomes() == [(FIRST, "garbage"), (FIRST, "garbage"), (SECOND, "succeeded")]
    assert "cut off" in vendor.asked[1][1].prompt
    assert Usage.objects.totals()["cost_usd"] == Decimal("0.03")


def test_what_the_caller_knows_to_be_wrong_is_garbage(step, vendor):
    vendor.lines = {FIRST: [answer('{"keep": [99]}'), answer()]}
    assert write(step, check=lambda result: "line 99 is invented" if 99 in result.data["keep"] else "").data
    assert outcomes() == [(FIRST, "garbage"), (FIRST, "succeeded")]


def test_a_key_that_is_not_taken_is_not_tried_again(step, vendor):
    vendor.lines = {FIRST: [ProviderFault("no", kind="key")], SECOND: [answer(model=SECOND)]}
    write(step)
    assert outcomes() == [(FIRST, "failed"), (SECOND, "succeeded")]


def test_when_nobody_can_this_machine_does_it_and_says_so(step, vendor):
    vendor.lines = {FIRST: [ProviderFault("no", kind="credits")], SECOND: [ProviderFault("no", kind="credits")]}
    assert write(step).usage.provider == "local"
    assert Event.objects.filter(run=step.run, kind="fallback", position=2).count() == 1


def test_an_ambiguous_call_is_repeated_once_and_listed(step, vendor):
    gone = [ProviderFault("gone", safe=False, ambiguous=True, retry_after=0.0) for _ in range(2)]
    vendor.lines = {FIRST: gone, SECOND: [answer(model=SECOND)]}
    write(step)
    assert outcomes() == [(FIRST, "ambiguous"), (FIRST, "ambiguous"), (SECOND, "succeeded")]


def test_a_killed_process_finds_its_answer(step, vendor):
    call = Call(step, "d" * 64, "text", ASK)
    Usage.objects.create(
        workspace=step.run.workspace, capability="text", provider="openrouter", model=FIRST, tier="basic",
        outcome="sent", call=call.key(0), of=call.of,
    )  # fmt: skip
    spool.put(call.digest, call.key(0), answer())
    assert write(step).data == {"keep": [1]}
    assert (vendor.asked, outcomes()) == ([], [(FIRST, "succeeded")])


def test_a_killed_process_without_its_answer_is_ambiguous(step, vendor):
    call = Call(step, "d" * 64, "text", ASK)
    Usage.objects.create(
        workspace=step.run.workspace, capability="text", provider="openrouter", model=FIRST, tier="basic",
        outcome="sent", call=call.key(0), of=call.of,
    )  # fmt: skip
    vendor.lines = {FIRST: [answer()]}
    write(step)
    assert outcomes() == [(FIRST, "ambiguous"), (FIRST, "succeeded")]


def test_a_long_wait_parks_the_step(step, vendor):
    vendor.lines = {FIRST: [ProviderFault("no", kind="limit", retry_after=20.0)]}
    with pytest.raises(Later) as later:
        write(step)
    assert later.value.seconds == 20.0


def test_content_rules_name_the_scene(step, vendor):
    vendor.lines = {FIRST: [ProviderRefusal("no", kind="moderation")]}
    with pytest.raises(Refused, match="Scene 2"):
        write(step)


def test_the_cap_of_a_project_refuses_before_anything_is_sent(step, vendor):
    Project.objects.update(cap_usd=Decimal("0.00"))
    step.run.project.refresh_from_db()
    with pytest.raises(BadInput, match="may cost up to"):
        write(step)
    assert vendor.asked == []


def test_an_open_circuit_is_left_alone(step, vendor):
    for _ in range(circuit.OPENS_AT):
        circuit.failed("openrouter:text", "server")
    assert write(step).usage.provider == "local"
    assert vendor.asked == []


def test_without_a_key_nothing_is_asked(step, vendor, monkeypatch):
    monkeypatch.delenv("OPENROUTER_API_KEY")
    assert write(step).usage.provider == "local"
    assert not Event.objects.filter(run=step.run).exists()
