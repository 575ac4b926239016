"""Answers in words: JSON found amid prose, cuts seen, one more request that says what was wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pipeline.providers.base import TextRequest

QUOTED = 6000  # characters of a bad answer that the model is shown again


def find_json(text: str) -> Any:
    """The first whole JSON object or list in `text`, however it is wrapped; None when there is none."""
    whole = text.strip()
    for candidate in (whole, _fenced(whole)):
        try:
            found = json.loads(candidate)
        except ValueError:
            continue
        if isinstance(found, dict | list):
            return found
    return _first(whole)


def _fenced(text: str) -> str:
    """What stands in the first code fence."""
    _, fence, rest = text.partition("```")
    inside, _, _ = rest.partition("```")
    head, newline, body = inside.partition("\n")
    return body if fence and newline and head.strip().isalpha() else inside


def _first(text: str) -> Any:
    decoder = json.JSONDecoder()
    for at, sign in enumerate(text):
        if sign in "{[":
            try:
                found, _ = decoder.raw_decode(text, at)
            except ValueError:
                if truncated(text[at:]):
                    return None
                continue
            if isinstance(found, dict) or (isinstance(found, list) and found):
                return found
    return None


def truncated(text: str) -> bool:
    """Whether JSON was begun and never closed."""
    depth, inside, skip = 0, False, False
    for sign in text:
        if skip:
            skip = False
        elif inside:
            skip, inside = sign == "\\", sign != '"'
        elif sign == '"':
            inside = depth > 0
        elif sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
    return depth > 0


def again(request: TextRequest, answer: str, problem: str) -> TextRequest:
    """The request once more, with the bad answer and what was wrong with it."""
    said = (
        f"{request.prompt}\n\n---\nYour answer before was no good: {problem}. Here is how it began:\n"
        f"{answer[:QUOTED]}\n---\nAnswer again, whole, and with the JSON alone."
    )
    return replace(request, prompt=said)
