"""Who could do what, who does it for which tier, and how they have done lately: for operators."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from billing.models import Usage
from billing.plans import CATALOGUE
from pipeline.models import Circuit
from pipeline.providers.vendors import CAPABILITIES, VENDORS
from pipeline.routing import catalogue, keys, local, routes

DAY = timedelta(days=1)
BAD = ("failed", "ambiguous", "garbage")


@dataclass(frozen=True, slots=True)
class Standing:
    """A vendor's capability. `uses`: tiers by model, in the order of the route; `circuit`: closed, open or probing.

    `calls` and `faults` are of the last day, on our key.
    """

    vendor: str
    name: str
    capability: str
    configured: bool
    circuit: str = "closed"
    reason: str = ""
    calls: int = 0
    faults: int = 0
    uses: dict[str, list[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def standings() -> list[Standing]:
    """Every vendor's every capability, and what this machine does itself."""
    having, counted = keys.ours(), _counted()
    circuits = {row.key: row for row in Circuit.objects.all()}
    found = []
    for vendor in VENDORS.values():
        for capability in (name for name in CAPABILITIES if name in vendor.capabilities):
            row = circuits.get(f"{vendor.key}:{capability}")
            calls, faults = counted.get((vendor.key, capability), (0, 0))
            uses = _uses(vendor.key, capability)
            found.append(
                Standing(
                    vendor.key,
                    vendor.name,
                    capability,
                    vendor.key in having,
                    _state(row),
                    row.reason if row else "",
                    calls,
                    faults,
                    uses,
                )
            )
    return found + _own(counted)


def _own(counted: dict[tuple[str, str], tuple[int, int]]) -> list[Standing]:
    every = {"": [tier.key for tier in CATALOGUE]}
    return [
        Standing("local", "This machine", capability, True, uses=every, calls=counted.get(("local", capability), (0, 0))[0])
        for capability in CAPABILITIES
        if local.provider(capability) is not None
    ]  # fmt: skip


def _uses(vendor: str, capability: str) -> dict[str, list[str]]:
    """{model: tiers} that have it, ended ones replaced."""
    book, today = catalogue.current(), timezone.now().date()
    found: dict[str, list[str]] = {}
    for tier in CATALOGUE:
        named = routes.override(capability, tier.key)
        for one in book.route(capability, tier.key) if named is None else named:
            model = book.standing(one, today)
            if model and model.vendor == vendor and tier.key not in found.setdefault(model.name, []):
                found[model.name].append(tier.key)
    return found


def _state(row: Circuit | None) -> str:
    if row is None or row.until is None:
        return "closed"
    return "open" if row.until > timezone.now() else "probing"


def _counted() -> dict[tuple[str, str], tuple[int, int]]:
    """{(vendor, capability): (calls, faults)} of the last day."""
    rows = Usage.objects.filter(at__gte=timezone.now() - DAY, own_key=False).order_by()
    told = rows.values_list("provider", "capability").annotate(
        n=Count("pk"), bad=Count("pk", filter=Q(outcome__in=BAD))
    )
    found: dict[tuple[str, str], tuple[int, int]] = {}
    vendors = set(VENDORS)
    for provider, capability, n, bad in told:
        key = (provider if provider in vendors else "local", capability)
        before = found.get(key, (0, 0))
        found[key] = (before[0] + n, before[1] + bad)
    return found
