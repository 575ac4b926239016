"""Which models a step may use, in order: the user's choice, staff's override, the tier's route; configured ones only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Workspace
from billing import entitlements
from billing.plans import Tier
from pipeline.models import RouteOverride, Run
from pipeline.providers import vendors
from pipeline.routing import catalogue, keys
from pipeline.routing.catalogue import Model
from pipeline.routing.keys import Key

MADE_WITH_KEYS = ("text", "image", "speech", "video", "lipsync", "transcription", "moderation", "sound", "music")


@dataclass(frozen=True, slots=True)
class Choice:
    """One model that may be asked, with the key to ask with."""

    capability: str
    model: Model
    key: Key

    @property
    def id(self) -> str:
        return self.model.id

    @property
    def circuit(self) -> str:
        return f"{self.key.account}:{self.capability}"

    def build(self) -> Any:
        """The provider: a Protocol of providers/base.py."""
        return self.key.build(self.capability, self.model.name)


def known_keys(workspace: Workspace) -> dict[str, Key]:
    """Keys that work for a workspace: its own, where its tier allows them, before ours."""
    own = keys.of_workspace(workspace.pk)
    return keys.ours() | (own if own and entitlements.limit(workspace, "own_keys") else {})


def wanted(run: Run, capability: str) -> str:
    """The model that the maker chose, where their tier lets them; else ""."""
    named = str((run.options.get("models") or {}).get(capability, ""))
    return named if named and allowed(named, capability, entitlements.tier(run.workspace)) else ""


def primary(run: Run, capability: str, having: Mapping[str, Key] | None = None) -> str:
    """The "vendor:model" that the run's route begins with, whatever its health; "" for this machine. Part of recipes."""
    having = known_keys(run.workspace) if having is None else having
    found = choices(capability, tier=run.tier, having=having, wanted=wanted(run, capability)) if having else []
    return found[0].id if found else ""


def choices(
    capability: str, *, tier: str, having: Mapping[str, Key], wanted: str = "", cheaper: bool = False
) -> list[Choice]:
    """The models to ask, in order; empty: only this machine's. `wanted`: the maker's own choice, allowed."""
    if not having:
        return []
    book, today = catalogue.current(), timezone.now().date()
    named = override(capability, tier)
    if named is None:
        named = book.route(capability, book.cheaper.get(tier, tier) if cheaper else tier)
    if cheaper and tier == "free":
        named = [one for one in named if not book.model(one).tokens_out and not book.model(one).price]
    if wanted and not (cheaper and wanted.partition(":")[0] not in _own(having)):
        named = [wanted, *named]
    return [c for one in dict.fromkeys(named) if (c := _choice(capability, one, having, today))]


def _choice(capability: str, named: str, having: Mapping[str, Key], today: date) -> Choice | None:
    model = catalogue.current().standing(named, today)
    key = having.get(model.vendor) if model else None
    vendor = vendors.VENDORS.get(model.vendor) if model else None
    if model is None or key is None or vendor is None or capability not in vendor.capabilities:
        return None
    return Choice(capability, model, key)


def _own(having: Mapping[str, Key]) -> set[str]:
    return {vendor for vendor, key in having.items() if key.own}


def allowed(wanted: str, capability: str, tier: Tier) -> bool:
    """Whether a tier may choose this model: Standard and up those of the data file, Professional any of a known vendor."""
    vendor, colon, name = wanted.partition(":")
    if not colon or not name or vendor not in vendors.VENDORS or capability not in vendors.VENDORS[vendor].capabilities:
        return False
    return tier.own_models or (tier.choose_model and wanted in offered(capability))


def offered(capability: str) -> list[str]:
    """Ids of all models that some tier's route has for a capability, ended ones replaced."""
    book, today = catalogue.current(), timezone.now().date()
    named = [one for line in book.routes.get(capability, {}).values() for one in line]
    standing = [book.standing(one, today) for one in named]
    return list(dict.fromkeys(model.id for model in standing if model))


def override(capability: str, tier: str) -> list[str] | None:
    """What staff put in the route's place, the tier's own before every tier's; None when nothing."""
    rows = RouteOverride.objects.filter(
        Q(until=None) | Q(until__gt=timezone.now()), capability=capability, tier__in=("", tier)
    )
    row = rows.order_by("-tier", "-created").first()
    return list(row.route) if row else None


def ended(today: date | None = None) -> list[tuple[str, str, str]]:
    """(capability, model, what stands in for it or "") of every model of a route that has ended, vendors configured."""
    book, today, having = catalogue.current(), today or timezone.now().date(), keys.ours()
    found = []
    for capability, lines in book.routes.items():
        for named in dict.fromkeys(one for line in lines.values() for one in line):
            if named.partition(":")[0] in having and book.model(named).ended(today):
                stand_in = book.standing(named, today)
                found.append((capability, named, stand_in.id if stand_in else ""))
    return found
