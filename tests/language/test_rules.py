"""The local writer through its public door: requests in, data out."""

from __future__ import annotations

import json

import pytest

from pipeline.language.scenes import SceneDraft
from pipeline.language.script import Script
from pipeline.providers.base import ProviderRefusal, TextRequest
from pipeline.providers.local.rules import LocalWriter

CHAPTER = {
    "number": 1,
    "title": "The Lamp",
    "paragraphs": [
        {"text": "The Lamp", "role": "heading"},
        {"text": "Mira climbed the stairs of the lighthouse. She carried a lantern and a basket of bread."},
        {"text": "“Is the lamp lit?” asked the Keeper."},
        {"text": "“Not yet,” said Mira. “I have brought the oil.”"},
        {"text": "The Keeper laughed, and his white beard shook. That night a storm came over the sea."},
        {"text": "A note nobody hears.", "role": "footnote"},
    ],
}


def ask(task: str, **material: object):
    return LocalWriter().write(TextRequest(task=task, prompt="", material={"chapters": [CHAPTER], **material}))


@pytest.fixture(scope="module")
def script() -> dict:
    return ask("abridge", mode="verbatim").data


def test_the_answer_costs_nothing_and_is_json(script):
    result = ask("characters")
    assert json.loads(result.text) == json.loads(json.dumps(result.data))
    assert (result.usage.provider, result.usage.model, result.usage.cost_usd) == ("local", "rules-1", 0)


def test_a_summary_needs_a_language_model():
    with pytest.raises(ProviderRefusal, match="language model"):
        ask("summary")


def test_verbatim_tells_all_but_heading_and_footnote(script):
    told = " ".join(line["text"] for line in script["script"]["lines"])
    assert told == " ".join(p["text"] for p in CHAPTER["paragraphs"][1:5])
    assert script["script"]["coverage"] == 100


def test_scenes_keep_every_line_and_round_trip(script):
    scenes = ask("scenes", script=script["script"], characters=script["characters"]).data["scenes"]
    drafts = [SceneDraft.from_json(json.loads(json.dumps(s))) for s in scenes]
    lines = Script.from_json(json.loads(json.dumps(script["script"]))).lines
    assert " ".join(d.text for d in drafts) == " ".join(line.text for line in lines)
    assert [json.loads(json.dumps(d.to_json())) for d in drafts] == json.loads(json.dumps(scenes))
