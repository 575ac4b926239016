"""Days of the ledger summed up: how each model did, what each workspace cost, how often nothing had to be made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Aggregate, Count, FloatField, Min, Q, QuerySet, Sum
from django.utils import timezone

from billing.models import CostDay, ModelDay, Usage
from pipeline.models import Status, Step

LATE = 3  # days back that are summed up again: jobs end, rows are settled
GOOD, LOST, OPEN = "succeeded", "ambiguous", "sent"
_LOCK = 0x5A17_11


class Percentile(Aggregate):
    """A continuous percentile, by PostgreSQL."""

    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    function = "PERCENTILE_CONT"
    output_field = FloatField()

    def __init__(self, expression: str, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, **extra)


def lately(days: int = LATE) -> list[date]:
    """Today and the days before it, in UTC."""
    today = timezone.now().date()
    return [today - timedelta(days=n) for n in range(days)]


def all_days() -> list[date]:
    """Every day from the ledger's first row on."""
    first = Usage.objects.aggregate(first=Min("at"))["first"]
    return lately((timezone.now().date() - first.date()).days + 1) if first else []


def aggregate(days: Iterable[date]) -> int:
    """Sum up these days anew; the same ledger gives the same rows however often. How many rows there are now."""
    return sum(_day(day) for day in days)


@transaction.atomic
def _day(day: date) -> int:
    with connection.cursor() as cursor:  # two workers at once: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    began = datetime.combine(day, time.min, UTC)
    within = {"at__gte": began, "at__lt": began + timedelta(days=1)}
    rows = Usage.objects.filter(**within).exclude(outcome=OPEN).order_by()
    models, costs = _models(day, rows), _costs(day, rows)
    _hits(day, costs, began)
    ModelDay.objects.filter(day=day).delete()
    CostDay.objects.filter(day=day).delete()
    ModelDay.objects.bulk_create(models)
    CostDay.objects.bulk_create(costs.values())
    return len(models) + len(costs)


def _models(day: date, rows: QuerySet[Usage]) -> list[ModelDay]:
    good = Q(outcome=GOOD)
    told = rows.values("capability", "provider", "model").annotate(
        requests=Count("pk"),
        succeeded=Count("pk", filter=good),
        ambiguous=Count("pk", filter=Q(outcome=LOST)),
        p50=Percentile("latency_ms", 0.5, filter=good),
        p95=Percentile("latency_ms", 0.95, filter=good),
        cost=Sum("cost_usd"),
    )
    return [
        ModelDay(
            day=day,
            capability=row["capability"],
            provider=row["provider"],
            model=row["model"],
            requests=row["requests"],
            succeeded=row["succeeded"],
            ambiguous=row["ambiguous"],
            failed=row["requests"] - row["succeeded"] - row["ambiguous"],
            p50_ms=round(row["p50"] or 0),
            p95_ms=round(row["p95"] or 0),
            cost_usd=row["cost"],
        )
        for row in told
    ]


def _costs(day: date, rows: QuerySet[Usage]) -> dict[tuple[int, str], CostDay]:
    told = rows.values("workspace", "capability").annotate(
        calls=Count("pk"), own=Count("pk", filter=Q(own_key=True)), cost=Sum("cost_usd")
    )
    return {
        (row["workspace"], row["capability"]): CostDay(
            workspace_id=row["workspace"],
            day=day,
            capability=row["capability"],
            calls=row["calls"],
            own_calls=row["own"],
            cost_usd=row["cost"],
        )
        for row in told
    }


def _hits(day: date, costs: dict[tuple[int, str], CostDay], began: datetime) -> None:
    """Steps that ended on the day, and those of them for which nothing was made: under capability ""."""
    ended = Step.objects.filter(
        status=Status.SUCCEEDED, asset__isnull=False, finished__gte=began, finished__lt=began + timedelta(days=1)
    )
    told = ended.order_by().values("run__workspace").annotate(n=Count("pk"), hits=Count("pk", filter=Q(reused=True)))
    for row in told:
        key = (row["run__workspace"], "")
        costs[key] = CostDay(workspace_id=key[0], day=day, capability="", steps=row["n"], hits=row["hits"])
