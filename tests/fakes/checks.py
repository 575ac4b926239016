"""Strictness: what a vendor does not know it does not take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from tests.fakes.messages import Trouble


def obj(required: str = "", **fields: Any) -> dict[str, Any]:
    """The schema of an object that has these fields and no others."""
    return {"type": "object", "properties": fields, "required": required.split(), "additionalProperties": False}


def text(most: int | None = None, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": least} | ({"maxLength": most} if most else {})


def number(low: float | None = None, high: float | None = None, kind: str = "number") -> dict[str, Any]:
    limits = {"minimum": low, "maximum": high}
    return {"type": kind} | {name: value for name, value in limits.items() if value is not None}


def whole(low: int | None = None, high: int | None = None) -> dict[str, Any]:
    return number(low, high, "integer")


def one_of(*values: Any) -> dict[str, Any]:
    return {"enum": list(values)}


def many(items: Mapping[str, Any], most: int | None = None, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least} | ({"maxItems": most} if most else {})


ANY: dict[str, Any] = {}
FLAG: dict[str, Any] = {"type": "boolean"}


def check(body: Any, schema: Mapping[str, Any], *, status: int = 400, code: str = "invalid_request") -> None:
    """Trouble, naming the first field that is wrong, when the body is not as the schema says."""
    errors = sorted(Draft202012Validator(schema).iter_errors(body), key=lambda one: [str(step) for step in one.path])
    if errors:
        first = errors[0]
        path = ".".join(str(step) for step in first.path)
        raise Trouble(
            status, f"{path or 'body'}: {first.message[:120]}", code, param=path or None, kind=first.validator
        )
