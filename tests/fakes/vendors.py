"""All vendors at once, at the prices of the product's own list: what they bill is what our ledger should say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path

from pipeline.providers.modelslab.images import MODELS as DRAWERS
from pipeline.providers.vendors import VENDORS
from pipeline.routing import catalogue
from tests.fakes import FAKES, fake
from tests.fakes.server import Fake

QUICK = {"backoff": "0.02", "wait_here": "2.0"}  # seconds: of faults that pass


@contextmanager
def running(*vendors: str) -> Iterator[dict[str, Fake]]:
    """{vendor: fake} of those named, else of all."""
    with ExitStack() as stack:
        found = {name: stack.enter_context(fake(name)) for name in vendors or FAKES}
        for one in found.values():
            agree(one)
        yield found


def settings_of(fakes: dict[str, Fake], folder: Path) -> dict[str, str]:
    """The environment in which the product asks them, and a copy of its routes that waits little."""
    routes = folder / "routes.toml"
    routes.write_text(quick(catalogue.OWN.read_text()))
    found = {"ROUTES_FILE": str(routes)}
    for one in fakes.values():
        found |= {one.env_key: one.key, one.env_url: one.url}
    return found


def quick(routes: str) -> str:
    """The routes file with short waits, generous limits, and words laid along a voice by their letters."""
    kept = [line for line in routes.splitlines() if not line.startswith(("backoff", "align", "per_minute"))]
    text = "\n".join(line.replace("[policy]", f"[policy]\nbackoff = {QUICK['backoff']}") for line in kept)
    lines = [f"{line}\nper_minute = 60000" if line.startswith("[limits.") else line for line in text.splitlines()]
    return "\n".join(line if line != "[speech]" else '[speech]\nalign = "length"' for line in lines) + "\n"


def agree(one: Fake) -> None:
    """The fake's prices become those of the product's list."""
    vendor = next(v.key for v in VENDORS.values() if v.env_key == one.env_key)
    for model in (m for m in catalogue.load(catalogue.OWN).models.values() if m.vendor == vendor):
        if model.tokens_in or model.tokens_out:
            one.prices |= {
                f"{model.name}/read": _each(model.tokens_in),
                f"{model.name}/written": _each(model.tokens_out),
            }
            continue
        unit = "images" if model.id.partition(":")[2] in _drawers() or "image" in model.name else model.unit
        for name in (model.name, *_after(model.name)):
            one.prices[f"{name}/{unit}"] = f"{model.price:f}"


def _drawers() -> set[str]:
    return set(DRAWERS)


def _after(name: str) -> list[str]:
    """The model that a vendor draws with when it is given pictures."""
    return [DRAWERS[name].after] if name in DRAWERS and DRAWERS[name].after else []


def _each(million: Decimal) -> str:
    return f"{million / 1_000_000:f}"


def billed(fakes: dict[str, Fake]) -> Decimal:
    return sum((one.bill.total for one in fakes.values()), Decimal(0))
