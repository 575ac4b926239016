"""May this call be paid: the project's cap before it, the month's thresholds after it."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing import costs
from billing.models import Usage
from billing.plans import TIERS
from pipeline import progress
from pipeline.errors import BadInput
from pipeline.models import Event, Run
from pipeline.routing import catalogue


def spent_on(project_id: int) -> Decimal:
    """What the project's calls cost us so far; those under way, or of which nobody knows, at their estimate."""
    rows = Usage.objects.filter(project=project_id, own_key=False)
    paid = rows.aggregate(sum=Sum("cost_usd", default=Decimal(0)))["sum"]
    going = rows.filter(outcome__in=("sent", "ambiguous"), cost_usd=0).aggregate(
        sum=Sum("estimate_usd", default=Decimal(0))
    )["sum"]
    return paid + going


def hold_cap(run: Run, estimate: Decimal) -> None:
    """BadInput when the call would go past the project's cap. Inside a transaction: two calls at once can't pass together."""
    cap = run.project.cap_usd
    if cap is None or not estimate:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x11_7C, run.project_id % 2**31])
    spent = spent_on(run.project_id)
    if spent + estimate > cap:
        message = _(
            "This film may cost up to $%(cap)s, and $%(spent)s are spent; the next call would cost about $%(next)s. "
            "Raise the limit of the film, or choose simpler models, and go on."
        ) % {"cap": f"{cap:.2f}", "spent": f"{spent:.2f}", "next": f"{estimate:.4f}"}
        raise BadInput("project.cap", message)


def cheaper_now(run: Run) -> bool:
    """Whether the workspace's month is so far past its tier's threshold that cheaper models are used."""
    limit = TIERS[run.tier].alert_usd
    if limit is None:
        return False
    spent = costs.month(run.workspace_id)
    if spent <= limit * catalogue.current().policy.cheaper_from:
        return False
    if not Event.objects.filter(run=run.pk, kind="cheaper").exists():
        progress.note(run.pk, "cheaper")
    costs.alert(run.workspace_id, "cheaper", tier=run.tier, spent=spent, limit=limit)
    return True


def watch_row(row: Usage) -> None:
    """After a paid call: tell staff once when the month's threshold is passed."""
    limit = TIERS[row.tier].alert_usd
    if limit is None:
        return
    spent = costs.month(row.workspace_id)
    if spent >= limit:
        costs.alert(row.workspace_id, "threshold", tier=row.tier, spent=spent, limit=limit)
