"""What our clients send, held against the vendors' own descriptions, where these are at hand (SPECS_DIR)."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.fakes import fake
from tests.providers.asking import CASES, ask, provider, request

ROOT = Path(__file__).resolve().parents[2]
SPECS = Path(os.environ.get("SPECS_DIR") or ROOT.parent / "shared" / "specs")
FILES = {
    "openrouter": "openrouter.openapi.yaml",
    "openai": "openai.openapi.yaml",
    "elevenlabs": "elevenlabs.openapi.json",
}
NEWER = {"elevenlabs": {"model_id", "force_instrumental"}}  # fields that came after the description (of 2025-08)
ELSEWHERE = {"/audio/voices"}  # is asked of servers of one's own alone
DESCRIBED = [case for case in CASES if case.vendor in FILES]


@cache
def described(vendor):
    path = SPECS / FILES[vendor]
    if not path.exists():
        pytest.skip(f"no {path}")
    if path.suffix == ".json":
        return json.loads(path.read_text())
    import yaml

    return yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def operation(spec, method, path):
    """The described operation whose path, with its braces, is this one; plain paths go before those with braces."""
    for pattern, methods in sorted(spec["paths"].items(), key=lambda entry: "{" in entry[0]):
        parts, asked = pattern.strip("/").split("/"), path.strip("/").split("/")
        if (
            len(parts) == len(asked)
            and method.lower() in methods
            and all(a == b for a, b in zip(parts, asked) if not a.startswith("{"))
        ):
            return methods[method.lower()]
    raise AssertionError(f"{method} {path} is not described")


def validator(spec, schema):
    return Draft202012Validator({**schema, "components": spec["components"]})


def fields_of(spec, schema):
    """Every field that the schema names, through its parts."""
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    found = set(schema.get("properties", {}))
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        found |= fields_of(spec, part)
    return found


@pytest.mark.parametrize("case", DESCRIBED, ids=str)
def test_every_request_is_as_described(case, start, tmp_path):
    described(case.vendor)
    vendor = start(lambda: fake(case.vendor))
    made = provider(case, vendor)
    ask(made, case.capability, request(case.capability, tmp_path, made))
    assert vendor.requests
    hold(case.vendor, vendor)


def hold(name, vendor):
    """Every request that the fake of a vendor got is one that the vendor describes."""
    spec = described(name)
    for sent in vendor.requests:
        path = sent.path.removeprefix(vendor.prefix)
        if path in ELSEWHERE:
            continue
        found = operation(spec, sent.method, path)
        parameters = {
            one["name"]
            for one in (resolved(spec, given) for given in found.get("parameters", ()))
            if one["in"] == "query"
        }
        assert set(sent.query) <= parameters, path
        if sent.method == "POST":
            held(spec, found, sent, NEWER.get(name, set()))


def resolved(spec, one):
    return spec["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one


def held(spec, found, sent, newer):
    schema = found["requestBody"]["content"][sent.media_type]["schema"]
    if sent.media_type == "application/json":
        body = json.loads(sent.body)
        errors = [error.message[:200] for error in validator(spec, schema).iter_errors(body)]
        assert errors == []
        assert set(body) - newer <= fields_of(spec, schema)
    else:
        fields, files = sent.form()
        names = {name.removesuffix("[]") for name in (*fields, *files)}
        assert names <= {name.removesuffix("[]") for name in fields_of(spec, schema)}


def test_every_answer_of_the_fake_of_openrouter_is_as_described(start):
    """The fakes answer in the described shapes, so that what works with them works."""
    import httpx

    spec, vendor = described("openrouter"), start(lambda: fake("openrouter"))
    with httpx.Client(base_url=vendor.url, headers={"authorization": f"Bearer {vendor.key}"}) as http:
        chat = {"model": "a/b", "messages": [{"role": "user", "content": "Say something nice to me."}]}
        answers = [("POST", "/chat/completions", http.post("/chat/completions", json=chat))]
        answers.append(("POST", "/images", http.post("/images", json={"model": "a/b", "prompt": "a hare"})))
        answers.append(
            ("POST", "/videos", http.post("/videos", json={"model": "a/b", "prompt": "a hare", "duration": 4}))
        )
        job = answers[-1][2].json()["id"]
        answers += [("GET", f"/videos/{job}", http.get(f"/videos/{job}")) for _ in range(2)]
        answers.append(("GET", "/videos/models", http.get("/videos/models")))
    for method, path, answer in answers:
        schema = operation(spec, method, path)["responses"][str(answer.status_code)]["content"]["application/json"][
            "schema"
        ]
        assert [error.message[:200] for error in validator(spec, schema).iter_errors(answer.json())] == [], path
