"""May they, and what did it cost."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User, Workspace
from billing.plans import TIERS


class Plan(models.Model):
    """The tier a workspace is on. No row means Free. Kept in step with Stripe by receivers."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="plan")
    tier = models.CharField(max_length=20, choices=[(t, t.title()) for t in TIERS], default="free")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.tier}"


class OverrideQuerySet(models.QuerySet["TierOverride"]):
    def active(self) -> OverrideQuerySet:
        return self.filter(models.Q(until=None) | models.Q(until__gt=timezone.now()))


class TierOverride(models.Model):
    """Staff give a workspace another tier, or one other limit, until a day, with a reason. Ends by itself."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="overrides")
    tier = models.CharField(max_length=20, blank=True, choices=[(t, t.title()) for t in TIERS])
    limit = models.CharField(max_length=40, blank=True, help_text="A single limit by its name, with its value.")
    value = models.JSONField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True)
    created = models.DateTimeField(default=timezone.now)
    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.tier or self.limit}"


class Reservation(models.Model):
    """One film of a month's quota: reserved at Start, settled when delivered, released when it fails."""

    class State(models.TextChoices):
        RESERVED = "reserved"
        SETTLED = "settled"
        RELEASED = "released"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="reservations")
    key = models.CharField(max_length=80, unique=True, help_text="What it is for; asking twice gives the same row.")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RESERVED)
    seconds = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["workspace", "month", "state"])]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class UsageQuerySet(models.QuerySet["Usage"]):
    def for_workspace(self, workspace: Workspace) -> UsageQuerySet:
        return self.filter(workspace=workspace)

    def totals(self) -> dict[str, Any]:
        return self.aggregate(calls=models.Count("pk"), cost_usd=models.Sum("cost_usd", default=0))


class Usage(models.Model):
    """One provider call as a ledger row. `run` and `step` are ids, not keys: the ledger outlives what it paid for."""

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="usage")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    capability = models.CharField(max_length=20)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    tier = models.CharField(max_length=20)
    unit = models.CharField(max_length=20, default="calls")
    units = models.DecimalField(max_digits=14, decimal_places=3, default=1)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    latency_ms = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=20, default="succeeded")
    own_key = models.BooleanField(default=False)
    vendor_id = models.CharField(max_length=200, blank=True)
    call = models.CharField(max_length=64, blank=True, help_text="Hash of recipe and request: one call, one row.")
    project = models.BigIntegerField(null=True, db_index=True)
    run = models.BigIntegerField(null=True, db_index=True)
    step = models.BigIntegerField(null=True)
    objects = UsageQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "usage"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "call"], condition=~models.Q(call=""), name="one_row_a_call")
        ]

    def __str__(self) -> str:
        return f"{self.capability} {self.model} ${self.cost_usd}"
