"""The catalogue of tiers, as data. Prices in USD a month; None means no limit or by contract."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tier:
    """`films` a month; `minutes` a film; `parallel` calls of one stage; `priority` in the queue (higher first).

    `soft`: past `films` work goes on and is told. `alert_usd`: monthly provider cost that alarms us.
    """

    key: str
    name: str
    price: Decimal | None
    films: int | None
    minutes: int | None
    resolution: str
    watermark: bool = False
    soft: bool = False
    parallel: int = 2
    priority: int = 0
    upload_mb: int = 50
    members: int | None = 1
    choose_model: bool = False
    own_models: bool = False
    own_keys: bool = False
    voice_cloning: bool = False
    api: bool = False
    alert_usd: Decimal | None = None


CATALOGUE: tuple[Tier, ...] = (
    Tier("free", "Free", Decimal(0), 2, 3, "480p", watermark=True, alert_usd=Decimal(3)),
    Tier("basic", "Basic", Decimal(19), 10, 10, "720p", parallel=3, priority=1, members=2, alert_usd=Decimal(15)),
    Tier("standard", "Standard", Decimal(49), 30, 20, "1080p", parallel=4, priority=2, upload_mb=100, members=5,
         choose_model=True, own_keys=True, api=True, alert_usd=Decimal(35)),
    Tier("premium", "Premium", Decimal(99), 100, 30, "2160p", parallel=6, priority=3, upload_mb=200, members=10,
         choose_model=True, own_keys=True, voice_cloning=True, api=True, alert_usd=Decimal(70)),
    Tier("professional", "Professional", Decimal(299), 500, 60, "2160p", soft=True, parallel=8, priority=4,
         upload_mb=300, members=50, choose_model=True, own_models=True, own_keys=True, voice_cloning=True, api=True,
         alert_usd=Decimal(200)),
    Tier("enterprise", "Enterprise", None, None, None, "2160p", soft=True, parallel=16, priority=5, upload_mb=500,
         members=None, choose_model=True, own_models=True, own_keys=True, voice_cloning=True, api=True),
)  # fmt: skip
TIERS: dict[str, Tier] = {tier.key: tier for tier in CATALOGUE}
