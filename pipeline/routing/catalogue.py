"""The dated data file of routes: which models a tier uses, what they cost, when they end. Read once a process."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

OWN = Path(__file__).with_name("routes.toml")


@dataclass(frozen=True, slots=True)
class Model:
    """`id` is "vendor:name". Prices in USD: text `tokens_in` and `tokens_out` a million, else `price` a `unit`."""

    id: str
    context: int = 8192
    tokens_in: Decimal = Decimal(0)
    tokens_out: Decimal = Decimal(0)
    unit: str = "calls"
    price: Decimal = Decimal(0)
    longest: int = 0  # characters of speech a call
    clip: float = 0.0  # seconds of every clip, where the model has one length of its own
    references: int = 0  # pictures that it draws after
    source: str = ""  # where its price stands
    checked: date | None = None
    ends: date | None = None
    instead: str = ""

    @property
    def vendor(self) -> str:
        return self.id.partition(":")[0]

    @property
    def name(self) -> str:
        return self.id.partition(":")[2]

    def ended(self, today: date) -> bool:
        return self.ends is not None and today > self.ends


@dataclass(frozen=True, slots=True)
class Limits:
    per_minute: float
    concurrent: int


@dataclass(frozen=True, slots=True)
class Policy:
    tries: int = 3
    repeat_ambiguous: int = 1
    backoff: float = 0.5
    wait_here: float = 2.0
    wait_most: float = 60.0
    count_for: float = 900.0
    cheaper_from: Decimal = Decimal("1.2")
    slot_seconds: float = 600.0


@dataclass(frozen=True)
class Catalogue:
    dated: date
    policy: Policy
    models: Mapping[str, Model]
    routes: Mapping[str, Mapping[str, list[str]]]
    limits: Mapping[str, Limits]
    deadlines: Mapping[str, float]
    cheaper: Mapping[str, str]
    align: str = "ear"

    def model(self, known: str) -> Model:
        """The model of an id; one that the file does not know has no price and a small context."""
        return self.models.get(known) or Model(known)

    def standing(self, known: str, today: date) -> Model | None:
        """The model, or what stands in for it since it ended, or None."""
        seen: set[str] = set()
        model = self.model(known)
        while model.ended(today):
            seen.add(model.id)
            if not model.instead or model.instead in seen:
                return None
            model = self.model(model.instead)
        return model

    def route(self, capability: str, tier: str) -> list[str]:
        """Ids in order of preference, ended ones among them. A tier without a line of its own has the best line there is."""
        lines = self.routes.get(capability, {})
        own = lines.get(tier, lines.get("professional", []) if tier == "enterprise" else [])
        return list(dict.fromkeys([*own, *lines.get("every", [])]))

    def limit(self, model: Model) -> Limits:
        """Of the account that the model is used by; free variants have their own."""
        free = f"{model.vendor}:free"
        key = free if model.name.endswith(":free") and free in self.limits else model.vendor
        return self.limits.get(key, Limits(60, 4))


@cache
def current() -> Catalogue:
    """The file named by ROUTES_FILE, else the one beside this module."""
    return load(Path(os.environ.get("ROUTES_FILE") or OWN))


def load(path: Path) -> Catalogue:
    with path.open("rb") as stream:
        data = tomllib.load(stream, parse_float=Decimal)
    policy = {k: Decimal(v) if k == "cheaper_from" else float(v) for k, v in data["policy"].items()}
    policy["tries"], policy["repeat_ambiguous"] = int(policy["tries"]), int(policy["repeat_ambiguous"])
    return Catalogue(
        dated=data["dated"],
        policy=Policy(**policy),  # type: ignore[arg-type]
        models={key: _model(key, facts) for key, facts in data.get("models", {}).items()},
        routes=data["route"],
        limits={k: Limits(float(v["per_minute"]), int(v["concurrent"])) for k, v in data.get("limits", {}).items()},
        deadlines={k: float(v) for k, v in data.get("deadline", {}).items()},
        cheaper=data.get("cheaper", {}),
        align=data.get("speech", {}).get("align", "ear"),
    )


_UNITS = {"each": ("calls", 1), "thousand": ("characters", 1000), "second": ("seconds", 1)}


def _model(key: str, facts: Mapping[str, Any]) -> Model:
    unit, price = "tokens", Decimal(0)
    for name, (of, many) in _UNITS.items():
        if name in facts:
            unit, price = of, Decimal(facts[name]) / many
    return Model(
        id=key,
        context=int(facts.get("context", 8192)),
        tokens_in=Decimal(facts.get("input", 0)),
        tokens_out=Decimal(facts.get("output", 0)),
        unit=unit,
        price=price,
        longest=int(facts.get("longest", 0)),
        clip=float(facts.get("clip", 0)),
        references=int(facts.get("references", 0)),
        source=facts.get("source", ""),
        checked=facts.get("checked"),
        ends=facts.get("ends"),
        instead=facts.get("instead", ""),
    )
