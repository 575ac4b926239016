"""What a workspace's month costs us, and who is told when it is much."""

from __future__ import annotations

import logging
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User, Workspace
from billing.models import CostAlert, Usage

log = logging.getLogger("litink.costs")


def month_start() -> datetime:
    return timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month(workspace_id: int) -> Decimal:
    """USD of provider calls this month, on our keys."""
    rows = Usage.objects.filter(workspace_id=workspace_id, at__gte=month_start(), own_key=False, cost_usd__gt=0)
    return rows.aggregate(sum=Sum("cost_usd", default=Decimal(0)))["sum"]


def alert(workspace_id: int, kind: str, *, tier: str, spent: Decimal, limit: Decimal) -> bool:
    """Record the mark and write to staff; False when that was done already this month."""
    row = CostAlert(
        workspace_id=workspace_id, month=month_start().date(), kind=kind, tier=tier, spent_usd=spent, limit_usd=limit
    )
    with transaction.atomic():
        known = {"workspace_id": workspace_id, "month": row.month, "kind": kind}
        if CostAlert.objects.filter(**known).exists():
            return False
        _, made = CostAlert.objects.get_or_create(
            **known, defaults={"tier": tier, "spent_usd": spent, "limit_usd": limit}
        )
        if made:
            transaction.on_commit(lambda: _write(row))
    return made


def _write(row: CostAlert) -> None:
    """To all staff; a mail server that is away must not stop a film."""
    people = list(User.objects.filter(is_staff=True, is_active=True).exclude(email="").values_list("email", flat=True))
    name = Workspace.objects.filter(pk=row.workspace_id).values_list("name", flat=True).first()
    text = (
        f"Workspace {row.workspace_id} ({name}), tier {row.tier}: its provider cost of {row.month:%B %Y} is "
        f"${row.spent_usd:.2f}, {CostAlert.Kind(row.kind).label} (${row.limit_usd:.2f}).\n\n"
        f"{settings.SITE_URL}/admin/billing/costalert/\n"
    )
    try:
        send_mail(f"LitinkAI: cost of workspace {row.workspace_id}", text, settings.DEFAULT_FROM_EMAIL, people)
    except OSError:
        log.warning("cost alert of workspace %s could not be mailed", row.workspace_id, exc_info=True)
