"""The shape of chat that OpenRouter and OpenAI share: what is asked, what is answered, whole or in pieces."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes import inventing
from tests.fakes.checks import ANY, FLAG, many, number, obj, one_of, text, whole
from tests.fakes.faults import TEXTS
from tests.fakes.messages import Request
from tests.fakes.server import Fake

Writer = Callable[[Mapping[str, Any], Mapping[str, Any] | None], str | None]  # (body, schema) -> text, None: invent
MESSAGE = obj(
    "role content", role=one_of("system", "developer", "user", "assistant", "tool"),
    content={"type": ["string", "array"]}, name=text(),
)  # fmt: skip
FORMAT = {
    "oneOf": [
        obj("type", type=one_of("text", "json_object")),
        obj("type json_schema", type=one_of("json_schema"),
            json_schema=obj("name", name=text(64, 1), strict=FLAG, schema={"type": "object"}, description=text())),
    ]
}  # fmt: skip
COMMON = {
    "messages": many(MESSAGE, least=1), "model": text(least=1), "response_format": FORMAT,
    "max_tokens": whole(1), "max_completion_tokens": whole(1), "temperature": number(0, 2), "top_p": number(0, 1),
    "seed": whole(), "stop": {"type": ["string", "array"]}, "stream": FLAG, "stream_options": obj(include_usage=FLAG),
    "frequency_penalty": number(-2, 2), "presence_penalty": number(-2, 2), "user": text(), "metadata": ANY, "tools": ANY,
    "tool_choice": ANY, "n": whole(1, 1), "reasoning_effort": text(),
}  # fmt: skip


@dataclass
class Said:
    """What the model wrote, and how many tokens were read and written: four characters each."""

    text: str
    finish: str
    read: int
    written: int


def said(fake: Fake, request: Request, body: Mapping[str, Any], writer: Writer | None) -> Said:
    prompt = "\n".join(_plain(one["content"]) for one in body["messages"])
    asked = " ".join(_plain(one["content"]) for one in body["messages"] if one["role"] == "user")
    schema = (body.get("response_format") or {}).get("json_schema", {}).get("schema")
    fault = fake.fault(request, TEXTS)
    if fault and fault.kind == "refused":
        return Said("", "refused", _tokens(prompt), 0)
    told = writer(body, schema) if writer and not fault else None
    told = inventing.answer(asked, schema, fault) if told is None else told
    most = body.get("max_completion_tokens") or body.get("max_tokens") or 10**9
    finish = "length" if _tokens(told) > most or (fault and fault.kind == "truncated_json") else "stop"
    told = told[: most * 4]
    return Said(told, finish, _tokens(prompt), _tokens(told))


def _plain(content: Any) -> str:
    return content if isinstance(content, str) else " ".join(str(part.get("text", "")) for part in content)


def _tokens(written: str) -> int:
    return -(-len(written) // 4)


def pieces(told: str) -> list[str]:
    size = max(1, len(told) // 6)
    return [told[at : at + size] for at in range(0, len(told), size)]


def event(value: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def done() -> Iterator[bytes]:
    yield b"data: [DONE]\n\n"
