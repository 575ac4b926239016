"""The shape of chat: one request, and its answer whole or in pieces. OpenRouter and many others speak it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.providers.base import ProviderFault, ProviderRefusal, TextRequest, TextResult, Usage

OnText = Callable[[str], None]


@dataclass
class Answer:
    """What has come of an answer. `error` is the vendor's own object, when it gave up half way."""

    id: str = ""
    model: str = ""
    text: str = ""
    finish: str = ""
    refusal: str = ""
    error: Any = None
    usage: Mapping[str, Any] = field(default_factory=dict)

    def take(self, body: Any, on_text: OnText | None = None) -> None:
        """A whole answer, or the next piece of one. Fields that are not there, or null, leave what there was."""
        body = body if isinstance(body, Mapping) else {}
        self.id, self.model = self.id or _text(body, "id"), _text(body, "model") or self.model
        self.usage = _object(body, "usage") or self.usage
        self.error = body.get("error") or self.error
        for choice in _list(body, "choices")[:1]:
            said = _object(choice, "message") or _object(choice, "delta")
            piece = _text(said, "content")
            self.text += piece
            self.refusal += _text(said, "refusal")
            self.finish = _text(choice, "finish_reason") or self.finish
            self.error = _object(choice, "error") or self.error
            if piece and on_text:
                on_text(piece)

    def take_all(self, events: Iterable[Mapping[str, Any]], on_text: OnText | None = None) -> None:
        for event in events:
            self.take(event, on_text)


def body_of(request: TextRequest, model: str) -> dict[str, Any]:
    """What every server of this shape takes, but the name of the limit of tokens."""
    messages = [{"role": "system", "content": request.system}] if request.system else []
    body: dict[str, Any] = {"model": model, "messages": [*messages, {"role": "user", "content": request.prompt}]}
    if request.schema is not None:
        wanted = {"name": _name(request.task), "strict": _strict(request.schema), "schema": dict(request.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": wanted}
    return body


def result(answer: Answer, request: TextRequest, usage: Usage, vendor: str) -> TextResult:
    """Raises ProviderRefusal when the model would not, ProviderFault when nothing came. Both tell what it cost."""
    if answer.refusal or answer.finish == "content_filter":
        raise ProviderRefusal(f"{vendor}'s model refused to write it", kind="moderation", usage=usage)
    if not answer.text.strip():
        why = "used up its tokens before it wrote anything" if answer.finish == "length" else "wrote nothing"
        unknown = not answer.usage
        raise ProviderFault(f"{vendor}'s model {why}", safe=False, ambiguous=unknown, kind="garbage", usage=usage)
    data = parsed(answer.text) if request.schema is not None else None
    return TextResult(answer.text, usage, data, "length" if answer.finish == "length" else "stop")


def parsed(text: str) -> Any:
    """The JSON that the text is; None when it is anything else."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _name(task: str) -> str:
    """Letters, digits, dashes, at most 64."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in task)[:64] or "answer"


def _strict(schema: Any) -> bool:
    """Whether a schema keeps the rules of strict output: closed objects whose fields are all required."""
    if isinstance(schema, list | tuple):
        return all(map(_strict, schema))
    if not isinstance(schema, Mapping):
        return True
    fields = schema.get("properties")
    if isinstance(fields, Mapping):
        closed = schema.get("additionalProperties") is False and set(fields) == set(schema.get("required", ()))
        return closed and all(map(_strict, fields.values()))
    return all(_strict(value) for key, value in schema.items() if key != "enum")


def _text(body: Any, field: str) -> str:
    value = body.get(field) if isinstance(body, Mapping) else None
    return value if isinstance(value, str) else ""


def _list(body: Mapping[str, Any], field: str) -> list[Any]:
    value = body.get(field)
    return value if isinstance(value, list) else []


def _object(body: Any, field: str) -> Mapping[str, Any]:
    value = body.get(field) if isinstance(body, Mapping) else None
    return value if isinstance(value, Mapping) else {}
