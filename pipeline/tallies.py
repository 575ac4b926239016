"""How many steps of a run stand where: counted by the database, so that a thousand scenes cost what ten do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, FloatField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Least, NullIf

from pipeline.models import DONE, Run, Step


@dataclass(frozen=True, slots=True)
class Tally:
    """`steps` of one stage in one status; `started` of them ever; `made` hold an asset; `units`: sum of done / total."""

    steps: int
    started: int
    made: int
    units: float


Tallies = Mapping[str, Mapping[str, Tally]]


def tallies(run: Run) -> Tallies:
    """{stage: {status: Tally}}, in one query."""
    share = Cast(F("done"), FloatField()) / Cast(NullIf(F("total"), 0), FloatField())
    rows = (
        Step.objects.filter(run=run)
        .order_by()
        .values("stage", "status")
        .annotate(
            n=Count("pk"), begun=Count("started"), made=Count("asset"), units=Sum(Least(Coalesce(share, 0.0), 1.0))
        )
    )
    found: dict[str, dict[str, Tally]] = {}
    for row in rows:
        tally = Tally(row["n"], row["begun"], row["made"], row["units"])
        found.setdefault(row["stage"], {})[row["status"]] = tally
    return found


def spoken(run: Run, stage: str) -> tuple[int, float]:
    """How many scenes are spoken in `stage`, and how many seconds they last together."""
    samples, rate = (Cast(KeyTextTransform(key, "asset__meta"), FloatField()) for key in ("samples", "rate"))
    done = Step.objects.filter(run=run, stage=stage, status__in=DONE, asset__isnull=False)
    seconds = done.aggregate(n=Count(samples / NullIf(rate, 0.0)), sum=Sum(samples / NullIf(rate, 0.0)))
    return seconds["n"], seconds["sum"] or 0.0
