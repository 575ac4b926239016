"""What a call will use and cost, before it is sent; and what it did, where the vendor names no price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipeline.providers.base import Usage
from pipeline.routing.catalogue import Model

CENT6 = Decimal("0.000001")
SIGNS_A_TOKEN = 3.6  # of English prose, on the safe side
MILLION = Decimal(1_000_000)


def tokens(text: str) -> int:
    """About how many tokens a text is; signs of scripts without spaces count one each."""
    wide = sum(1 for sign in text if sign > "\u2e7f")
    return int((len(text) - wide) / SIGNS_A_TOKEN) + wide + 1


def cost(model: Model, request: Any, capability: str) -> Decimal:
    """USD for the request at the model's list price, at most."""
    if capability == "text":
        asked = tokens(request.system) + tokens(request.prompt)
        return _tokens(model, asked, request.max_tokens)
    units = {
        "characters": lambda: sum(len(u.spoken or u.text) for u in getattr(request, "utterances", ())),
        "seconds": lambda: model.clip or getattr(request, "seconds", 0) or 10,
    }.get(model.unit, lambda: 1)()
    return _round(model.price * Decimal(str(units)))


def priced(model: Model, used: Usage, thought: Decimal = Decimal(0)) -> Usage:
    """The usage with its cost: the vendor's word, else units at the list price.

    `thought` is what it was estimated at: the cost of a clip that was paid and can't be measured.
    """
    if used.priced:
        return used
    if model.tokens_in or model.tokens_out:
        return replace(used, cost_usd=_tokens(model, used.tokens_in, used.tokens_out))
    counted = used.unit == model.unit or (model.unit == "calls" and used.unit == "images")
    if model.unit == "seconds" and not counted and not used.seconds:
        return replace(used, cost_usd=thought if used.units else Decimal(0))
    units = used.units if counted else Decimal(str(used.seconds)) if model.unit == "seconds" else Decimal(1)
    return replace(used, cost_usd=_round(model.price * units))


def _tokens(model: Model, asked: int, answered: int) -> Decimal:
    return _round((model.tokens_in * asked + model.tokens_out * answered) / MILLION)


def _round(value: Decimal) -> Decimal:
    return value.quantize(CENT6)
