"""The fakes themselves: strict, faithful, and faulty when told."""

from __future__ import annotations

import io
import json

import av
import httpx
import pytest
from jsonschema import validate

from pipeline.providers.vendors import VENDORS
from tests.fakes import FAKES, fake, inventing, media
from tests.fakes.faults import Fault, Faults
from tests.fakes.openrouter import FakeOpenRouter

CHAT = {"model": "a/b", "messages": [{"role": "user", "content": "Tell me of the rabbit, please."}]}


@pytest.fixture
def vendor(start):
    return start(FakeOpenRouter)


@pytest.fixture
def http(vendor):
    with httpx.Client(base_url=vendor.url, headers={"authorization": f"Bearer {vendor.key}"}) as client:
        yield client


@pytest.mark.parametrize(
    "more",
    [{"models": ["a", "b", "c", "d"]}, {"provider": {"cheap": True}}, {"temperature": 3}, {"transforms": []}, {"messages": []},
     {"response_format": {"type": "json_schema"}}],
)  # fmt: skip
def test_what_the_vendor_does_not_know_it_does_not_take(vendor, http, more):
    answer = http.post("/chat/completions", json={**CHAT, **more})
    assert answer.status_code == 400 and answer.json()["error"]["metadata"]["error_type"] == "invalid_request"
    assert vendor.bill.rows == []


def test_the_key_has_one_place(vendor):
    for options in (
        {"params": {"key": vendor.key}},
        {"headers": {"x-api-key": vendor.key}},
        {"headers": {"authorization": vendor.key}},
    ):
        assert httpx.post(f"{vendor.url}/chat/completions", json=CHAT, **options).status_code == 401


def test_a_body_has_to_say_that_it_is_json(http):
    assert http.post("/chat/completions", content=json.dumps(CHAT)).status_code == 415


def test_streams_hold_comments_and_end_with_their_usage(http):
    lines = http.post("/chat/completions", json={**CHAT, "stream": True}).text.split("\n\n")
    assert ": OPENROUTER PROCESSING" in lines and lines[-2] == "data: [DONE]"
    assert "usage" in json.loads(lines[-3].removeprefix("data: "))


def test_faults_can_be_ordered_and_the_bill_read_from_afar(vendor, http):
    httpx.post(f"{vendor.root}/_fakes/faults", json={"kind": "429", "retry_after": 2})
    answers = [http.post("/chat/completions", json=CHAT) for _ in range(2)]
    assert [one.status_code for one in answers] == [429, 200] and answers[0].headers["retry-after"] == "2"
    bill = httpx.get(f"{vendor.root}/_fakes/bill").json()
    assert bill["total"] == str(vendor.bill.total) and bill["rows"][0]["id"] == answers[1].json()["id"]


def drawn(seed, digests):
    faults = Faults()
    faults.plan(seed, rate=0.5, kinds=("429", "500", "cut"))
    return {
        one: [fault.kind if (fault := faults.take("/x", one, ("429", "500", "cut"))) else "" for _ in range(4)]
        for one in digests
    }


def test_a_plan_does_not_depend_on_the_order_of_requests():
    names = [f"request {number}" for number in range(30)]
    assert drawn(1, names) == drawn(1, names[::-1]) != drawn(2, names)
    hits = [kind for kinds in drawn(1, names).values() for kind in kinds]
    assert {"", "429", "500", "cut"} == set(hits) and 40 <= sum(map(bool, hits)) <= 80


def test_who_repeats_gets_through_when_the_plan_says_so():
    faults = Faults()
    faults.plan(1, rate=1.0, kinds=("500",), most=2)
    assert [bool(faults.take("/x", "same", ("500",))) for _ in range(4)] == [True, True, False, False]


SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 20}, "mood": {"enum": ["calm", "fear"]}, "pages": {"type": "integer", "minimum": 3, "maximum": 5},
        "who": {"type": ["string", "null"]}, "open": {"type": "boolean"}, "share": {"type": "number", "minimum": 0, "maximum": 1},
        "scenes": {"type": "array", "minItems": 4, "items": {"$ref": "#/$defs/scene"}},
    },
    "required": ["title", "mood", "pages", "who", "open", "share", "scenes"],
    "additionalProperties": False,
    "$defs": {"scene": {"type": "object", "properties": {"text": {"type": "string"}, "kind": {"const": "scene"}}, "required": ["text", "kind"]}},
}  # fmt: skip


@pytest.mark.parametrize(
    "prompt", ["Alice sat by her sister. She had nothing to do.", "", "Die Katze schlief auf dem Ofen."]
)
def test_answers_keep_their_schema_and_tell_of_the_prompt(prompt):
    told = inventing.answer(prompt, SCHEMA)
    validate(json.loads(told), SCHEMA)
    assert told == inventing.answer(prompt, SCHEMA)
    assert json.loads(told)["scenes"][0]["text"] in (prompt or "Nothing was asked.")


@pytest.mark.parametrize("kind", ["prose", "truncated_json"])
def test_bad_answers_are_not_json_alone(kind):
    with pytest.raises(ValueError):
        json.loads(inventing.answer("Alice sat by her sister.", SCHEMA, Fault(kind)))


def test_other_bad_answers_are_json_all_the_same():
    long, german = (
        inventing.answer("Alice sat by her sister.", SCHEMA, Fault(kind)) for kind in ("too_long", "wrong_language")
    )
    assert len(long) > 5 * len(inventing.answer("Alice sat by her sister.", SCHEMA)) and "Deutsch" in german
    validate(json.loads(long), SCHEMA)


def test_the_fakes_settings_are_those_of_the_vendors(start):
    running = {name: start(fake, name) for name in FAKES}
    assert {name: (one.env_key, one.env_url) for name, one in running.items()} == {
        one.key: (one.env_key, one.env_url) for one in VENDORS.values()
    }
    assert all(one.url.startswith("http://127.0.0.1:") and one.key for one in running.values())


def test_films_have_the_asked_size_and_length():
    with av.open(io.BytesIO(media.film(320, 180, 1.5, sounding=True))) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (320, 180) and abs(film.duration / av.time_base - 1.5) < 0.1
        assert film.streams.audio
