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
        """`own`: calls on the workspace's own keys, which cost us nothing."""
        own = models.Count("pk", filter=models.Q(own_key=True))
        return self.aggregate(calls=models.Count("pk"), cost_usd=models.Sum("cost_usd", default=0), own=own)


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
    call = models.CharField(max_length=64, blank=True, help_text="Hash of recipe, request and try: one try, one row.")
    of = models.CharField(max_length=64, blank=True, help_text="Hash of recipe and request: the call this try is of.")
    attempt = models.PositiveSmallIntegerField(default=0, help_text="Which try of the call, from 0.")
    estimate_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    seconds = models.FloatField(default=0, help_text="Of sound or film, made or heard.")
    fault = models.CharField(max_length=200, blank=True, help_text="Why it failed, in our words; no vendor text.")
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
        indexes = [
            models.Index(fields=["workspace", "at"], name="usage_of_a_month"),
            models.Index(fields=["of"], condition=~models.Q(of=""), name="usage_of_a_call"),
        ]

    def __str__(self) -> str:
        return f"{self.capability} {self.model} ${self.cost_usd}"


class CostAlert(models.Model):
    """A workspace's provider cost of a month went past a mark. One row a mark: everybody is told once."""

    class Kind(models.TextChoices):
        THRESHOLD = "threshold", "past the tier's alert threshold"
        CHEAPER = "cheaper", "past 1.2 times of it: cheaper models"

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="cost_alerts")
    month = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    tier = models.CharField(max_length=20)
    spent_usd = models.DecimalField(max_digits=12, decimal_places=6)
    limit_usd = models.DecimalField(max_digits=12, decimal_places=2)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["workspace", "month", "kind"], name="one_alert_a_mark")]

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.month:%Y-%m} {self.kind}: ${self.spent_usd}"


class ModelDay(models.Model):
    """How a model did on one day, computed from the ledger. Latencies in milliseconds, of calls that succeeded."""

    day = models.DateField()
    capability = models.CharField(max_length=20)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    requests = models.PositiveIntegerField(default=0)
    succeeded = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    ambiguous = models.PositiveIntegerField(default=0)
    p50_ms = models.PositiveIntegerField(default=0)
    p95_ms = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=14, decimal_places=6, default=0)

    class Meta:
        ordering = ["-day", "capability", "provider", "model"]
        constraints = [
            models.UniqueConstraint(fields=["day", "capability", "provider", "model"], name="one_row_a_model_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.provider}:{self.model} {self.capability}"


class CostDay(models.Model):
    """What a workspace's calls of one capability cost on one day; `own_calls` were on its own keys and cost us nothing.

    `steps` of any kind finished that day stand under capability "", and of them `hits` reused what was there.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="cost_days")
    day = models.DateField()
    capability = models.CharField(max_length=20, blank=True)
    calls = models.PositiveIntegerField(default=0)
    own_calls = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=14, decimal_places=6, default=0)
    steps = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "workspace", "capability"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "day", "capability"], name="one_row_a_workspace_day")
        ]

    def __str__(self) -> str:
        return f"{self.workspace_id} {self.day} {self.capability}: ${self.cost_usd}"
