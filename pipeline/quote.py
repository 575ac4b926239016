"""What a film would be and cost, told before anything is spent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Avg

from accounts.models import Workspace
from billing import quotas
from billing.entitlements import limit, tier
from billing.models import Usage
from pipeline import pricing, queue
from pipeline.choices import VERBATIM, WORDS_A_SECOND
from pipeline.models import OPEN, Run
from pipeline.pricing import Part
from pipeline.workflows import stages
from projects.options import FilmOptions

SCENE = 13.0  # seconds of a typical scene
KEPT = {"verbatim": 1.0, "abridged": 0.6, "summary": 0.15}  # of the words, when no length is asked for
RECENT = 200  # rows of the ledger that tell what a call costs


@dataclass(frozen=True, slots=True)
class Quote:
    """Seconds of film and of waiting; films used of those allowed (None: no limit); estimated provider cost.

    `own`: what calls on the workspace's own keys will cost it, there; `parts`: both by capability.
    """

    scenes: int
    film_seconds: float
    ready_seconds: float
    ahead: int
    used: int
    allowed: int | None
    soft: bool
    cost: Decimal
    own: Decimal = Decimal(0)
    parts: tuple[Part, ...] = ()

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else max(0, self.allowed - self.used)

    @property
    def fits(self) -> bool:
        """Whether the month has a film left."""
        return self.left is None or self.left > 0 or self.soft


def quote(workspace: Workspace, options: FilmOptions, words: int) -> Quote:
    """`words`: of the chosen chapters."""
    seconds = film_seconds(options, words)
    scenes = max(1, round(seconds / SCENE))
    now = tier(workspace)
    ahead = Run.objects.filter(status__in=OPEN, priority__gte=now.priority).count()
    parts = pricing.parts(workspace, options, now.key, words=words, scenes=scenes, seconds=seconds)
    return Quote(
        scenes=scenes,
        film_seconds=seconds,
        ready_seconds=_work(scenes) * (1 + ahead),
        ahead=ahead,
        used=quotas.used(workspace),
        allowed=limit(workspace, "films"),
        soft=bool(limit(workspace, "soft")),
        cost=sum((part.cost for part in parts if not part.own), Decimal(0)),
        own=sum((part.cost for part in parts if part.own), Decimal(0)),
        parts=tuple(parts),
    )


def film_seconds(options: FilmOptions, words: int) -> float:
    whole = words / WORDS_A_SECOND
    if options.mode == VERBATIM:
        return whole
    return min(whole, options.minutes * 60 if options.minutes else whole * KEPT[options.mode])


def _work(scenes: int) -> float:
    """Seconds of work at what steps took lately, side by side as the workers are."""
    typical = queue.usual_seconds("film")
    lanes = settings.Q_CLUSTER["ALT_CLUSTERS"]
    return sum(
        typical[stage.name] * (scenes if stage.each_scene else 1) / int(lanes[stage.lane]["workers"])
        for stage in stages("film")
    )


def each_cost(tier_key: str, capability: str) -> Decimal:
    """Dollars of one call of a capability, as this tier's last ones were."""
    rows = Usage.objects.filter(capability=capability, tier=tier_key, outcome="succeeded").order_by("-pk")[:RECENT]
    mean = Usage.objects.filter(pk__in=rows.values("pk")).aggregate(mean=Avg("cost_usd"))["mean"]
    return mean or Decimal(0)
