"""Answers of a language model that has none: JSON that keeps the asked schema, its words taken from the prompt."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Mapping
from typing import Any

from tests.fakes.faults import Fault

GERMAN = "Das hier ist eine Antwort in einer anderen Sprache, als verlangt war, und zwar auf Deutsch."
FEWEST, MOST = 2, 3  # rows of a list whose length is free


def answer(prompt: str, schema: Mapping[str, Any] | None, fault: Fault | None = None) -> str:
    """What the model writes: the same for the same prompt. `fault`: prose, truncated_json, wrong_language, too_long."""
    kind = fault.kind if fault else ""
    sentences = [GERMAN] if kind == "wrong_language" else sentences_of(prompt)
    if schema is None:
        told = " ".join(sentences[:5])
        return told * 40 if kind == "too_long" else told
    dice = random.Random(hashlib.sha256(prompt.encode()).digest())
    made = Invention(schema, sentences, dice, longer=40 if kind == "too_long" else 1).value(schema)
    told = json.dumps(made, ensure_ascii=False)
    if kind == "prose":
        return f"Sure! Here is the JSON you asked for:\n\n```json\n{told}\n```\n\nLet me know if you need more."
    return told[: len(told) // 2] if kind == "truncated_json" else told


def sentences_of(prompt: str) -> list[str]:
    found = [one.strip() for one in re.split(r"(?<=[.!?])\s+|\n+", prompt)]
    return [one for one in found if len(one.split()) > 3] or [prompt.strip() or "Nothing was asked."]


class Invention:
    """One answer in the making: texts are used in order, so that lists tell the prompt from its start."""

    def __init__(self, root: Mapping[str, Any], sentences: list[str], dice: random.Random, longer: int = 1) -> None:
        self.root, self.sentences, self.dice, self.longer, self.at = root, sentences, dice, longer, 0

    def value(self, schema: Mapping[str, Any]) -> Any:
        schema = self.resolved(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.dice.choice([one for one in schema["enum"] if one is not None] or [None])
        kind = schema.get("type", "object" if "properties" in schema else "string")
        kind = next((one for one in kind if one != "null"), "null") if isinstance(kind, list) else kind
        make = {
            "object": self.object,
            "array": self.array,
            "string": self.string,
            "integer": self.number,
            "number": self.number,
        }
        return make[kind](schema) if kind in make else (True if kind == "boolean" else None)

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" in schema:
            found: Any = self.root
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            return self.resolved(found)
        for word in ("anyOf", "oneOf", "allOf"):
            if word in schema:
                return self.resolved(next((one for one in schema[word] if one.get("type") != "null"), schema[word][0]))
        return schema

    def object(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        fields = schema.get("properties", {})
        return {name: self.value(field) for name, field in fields.items()}

    def array(self, schema: Mapping[str, Any]) -> list[Any]:
        count = min(max(self.dice.randint(FEWEST, MOST), schema.get("minItems", 0)), schema.get("maxItems", 10**6))
        return [self.value(schema.get("items", {"type": "string"})) for _ in range(count)]

    def string(self, schema: Mapping[str, Any]) -> str:
        told = self.sentences[self.at % len(self.sentences)] * self.longer
        self.at += 1
        least = schema.get("minLength", 0)
        told = told + " " * 0 if len(told) >= least else (told + " ") * (least // max(1, len(told)) + 1)
        return told[: schema["maxLength"]] if "maxLength" in schema else told

    def number(self, schema: Mapping[str, Any]) -> int | float:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
        high = schema.get("maximum", schema.get("exclusiveMaximum", low + 9))
        whole = schema.get("type") == "integer" or "integer" in schema.get("type", ())
        low, high = low + ("exclusiveMinimum" in schema), high - ("exclusiveMaximum" in schema)
        return self.dice.randint(int(low), int(high)) if whole else round(self.dice.uniform(low, high), 3)
