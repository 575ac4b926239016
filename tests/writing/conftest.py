from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from pipeline.language.script import Line
from pipeline.writing.author import Author
from tests.fakes import writing

WPM = 150.0


class Model:
    """A router's text capability with one model: `answers` in the fake's place, by task. `asked`: every request."""

    def __init__(self, context=8192):
        self.context, self.said, self.asked, self.answers, self.problems = context, "", [], {}, []

    def ask(self, request, *, check, on_text):
        self.asked.append(request)
        body = {
            "messages": [{"content": request.prompt}],
            "response_format": {"json_schema": {"name": request.task}},
        }
        data = self.answers.get(request.task) or json.loads(writing.write(body, request.schema))
        result = SimpleNamespace(data=data, usage=SimpleNamespace(provider="fake", model="m"))
        problem = check(result)
        self.problems.append(problem)
        self.said = problem or self.said
        return None if problem else result


@pytest.fixture
def model():
    return Model()


@pytest.fixture
def author(model):
    return Author(model, "en", parallel=1)


def lines(*texts, chapter=1):
    """One paragraph each."""
    found, at = [], 0
    for number, text in enumerate(texts):
        found.append(Line(text, chapter, number, at, at + len(text)))
        at += len(text) + 2
    return found


TALE = lines(
    "Once a fox found a lamp in the dark and silent forest behind the mill.",
    "It was an old lamp of brass, and its light was as warm as the sun in May.",
    "The fox carried it home through the rain and set it upon the table.",
    "Then the owl came to the door and asked for the lamp that was hers.",
    "The fox was ashamed and gave the lamp back to the owl without a word.",
    "That night the fox slept in the dark, and slept better than ever before.",
)
