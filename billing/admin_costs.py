"""The support desk, costs: the ledger's days in charts and tables, alerts, and how often nothing had to be made."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Workspace
from accounts.support import ReadOnly, Workspaced, link, listed, tables
from billing import charts
from billing.entitlements import tier as tier_of
from billing.models import CostAlert, CostDay, ModelDay

PERIODS = (7, 30, 90)
MOST = 25  # workspaces and models in a table


@admin.register(ModelDay)
class ModelDayAdmin(ReadOnly):
    list_display = (
        "day", "capability", "provider", "model", "requests", "succeeded", "failed", "ambiguous", "p50_ms", "p95_ms",
        "cost_usd",
    )  # fmt: skip
    list_filter = ("capability", "provider", "day")
    search_fields = ("model", "provider")
    ordering = ("-day", "capability", "provider", "model")


@admin.register(CostDay)
class CostDayAdmin(ReadOnly):
    list_display = ("day", "workspace", "capability", "calls", "own_calls", "cost_usd", "steps", "hits")
    list_select_related = ("workspace",)
    list_filter = ("capability", "day")
    search_fields = ("workspace__name",)
    ordering = ("-day", "workspace", "capability")
    lookups = ("workspace",)
    change_list_template = "admin/billing/costday/change_list.html"

    def get_urls(self) -> Any:
        return [path("charts/", self.admin_site.admin_view(self.charts), name="billing_costs"), *super().get_urls()]

    def charts(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("days", "")
        number = int(asked) if asked.isdigit() and int(asked) in PERIODS else 30
        context = {**self.admin_site.each_context(request), "title": f"Costs of {number} days", "opts": self.opts}
        context |= {"parts": _parts(number), "periods": PERIODS, "picked": number}
        return TemplateResponse(request, "admin/billing/costday/charts.html", context)


@admin.register(CostAlert)
class CostAlertAdmin(Workspaced):
    list_display = ("at", "of", "month", "kind", "tier", "spent_usd", "limit_usd")
    list_filter = ("kind", "tier", "month")
    search_fields = ("workspace__name",)
    ordering = ("-at",)


def _parts(number: int) -> list[SafeString]:
    """Each chart with its table under it."""
    today = timezone.now().date()
    days = [today - timedelta(days=n) for n in reversed(range(number))]
    return [*_cost(days), *_requests(days), *_models(days), *_latency(days), *_cache(days), _workspaces(today)]


def _figures(shown: list[Any]) -> SafeString:
    """The table under a chart, folded away."""
    return format_html('<details class="module"><summary>The figures</summary>{}</details>', tables(shown))


def _named(days: list[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _cost(days: list[date]) -> list[SafeString]:
    rows = CostDay.objects.filter(day__in=days).values("day").annotate(
        cost=Sum("cost_usd"), calls=Sum("calls"), own=Sum("own_calls")
    )  # fmt: skip
    told = {row["day"]: row for row in rows.order_by("day")}
    spent = [float(told[day]["cost"]) if day in told else 0.0 for day in days]
    table = [(day, f"${row['cost']:.4f}", row["calls"], row["own"]) for day, row in sorted(told.items(), reverse=True)]
    head = ("day", "cost", "calls", "of them on workspaces’ own keys")
    return [
        charts.bars("Provider cost a day, USD", _named(days), [("cost", spent)], " $"),
        _figures([("", head, table)]),
    ]


def _requests(days: list[date]) -> list[SafeString]:
    rows = ModelDay.objects.filter(day__in=days).values("day").annotate(
        good=Sum("succeeded"), bad=Sum("failed"), lost=Sum("ambiguous")
    )  # fmt: skip
    told = {row["day"]: row for row in rows.order_by("day")}
    good = [float(told[day]["good"]) if day in told else 0.0 for day in days]
    bad = [float(told[day]["bad"] + told[day]["lost"]) if day in told else 0.0 for day in days]
    table = [(day, row["good"], row["bad"], row["lost"]) for day, row in sorted(told.items(), reverse=True)]
    series = [("succeeded", good), ("failed or unknown", bad)]
    head = ("day", "succeeded", "failed", "unknown whether billed")
    return [charts.bars("Requests a day", _named(days), series), _figures([("", head, table)])]


def _models(days: list[date]) -> list[SafeString]:
    rows = ModelDay.objects.filter(day__in=days).values("capability", "provider", "model").annotate(
        n=Sum("requests"), good=Sum("succeeded"), cost=Sum("cost_usd"), slow=Max("p95_ms")
    )  # fmt: skip
    table = [
        (
            row["capability"], f"{row['provider']}:{row['model']}",
            row["n"], f"{100 * row['good'] / row['n']:.1f} %", row["slow"], f"${row['cost']:.4f}",
        )
        for row in rows.order_by("-cost", "-n")[:MOST]
    ]  # fmt: skip
    return [
        tables([("Models", ("capability", "model", "requests", "succeeded", "slowest day’s p95, ms", "cost"), table)])
    ]


def _latency(days: list[date]) -> list[SafeString]:
    """By day, over all models, weighed by their calls that succeeded."""
    sums: dict[date, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in ModelDay.objects.filter(day__in=days, succeeded__gt=0).exclude(provider="local"):
        for place, value in enumerate((row.p50_ms * row.succeeded, row.p95_ms * row.succeeded, row.succeeded)):
            sums[row.day][place] += value
    seen = sorted(sums)
    half, most = ([sums[day][i] / sums[day][2] / 1000 for day in seen] for i in (0, 1))
    table = [(day, f"{a:.2f}", f"{b:.2f}") for day, a, b in zip(seen, half, most, strict=True)][::-1]
    drawn = charts.lines("Latency of calls, seconds", _named(seen), [("p50", half), ("p95", most)], " s")
    return [drawn, _figures([("", ("day", "p50 s", "p95 s"), table)])]


def _cache(days: list[date]) -> list[SafeString]:
    rows = CostDay.objects.filter(day__in=days, capability="").values("day").annotate(n=Sum("steps"), hits=Sum("hits"))
    told = {row["day"]: row for row in rows.order_by("day")}
    share = [100 * told[d]["hits"] / told[d]["n"] if d in told and told[d]["n"] else 0.0 for d in days]
    steps, hits = (sum(row[name] for row in told.values()) for name in ("n", "hits"))
    whole = f"{100 * hits / steps:.1f} % of {steps} steps" if steps else "no steps"
    table = [(day, row["n"], row["hits"]) for day, row in sorted(told.items(), reverse=True)]
    title = f"Cache: steps for which nothing had to be made ({whole})"
    return [
        charts.bars(title, _named(days), [("hit rate", share)], " %"),
        _figures([("", ("day", "steps", "hits"), table)]),
    ]


def _workspaces(today: date) -> SafeString:
    """The dearest of this month, against their tier's threshold."""
    rows = CostDay.objects.filter(day__gte=today.replace(day=1)).values("workspace").annotate(
        cost=Sum("cost_usd"), calls=Sum("calls"), own=Sum("own_calls")
    )  # fmt: skip
    dear = list(rows.order_by("-cost", "workspace")[:MOST])
    known = Workspace.objects.in_bulk([row["workspace"] for row in dear])
    table = []
    for row in dear:
        workspace = known[row["workspace"]]
        tier = tier_of(workspace)
        table.append(
            (
                link(workspace), tier.name, f"${row['cost']:.4f}", _share(row["cost"], tier.alert_usd), row["calls"], row["own"],
                listed(CostDay, "days", workspace=workspace.pk),
            )
        )  # fmt: skip
    head = ("workspace", "tier", "cost", "of the threshold", "calls", "on own keys", "")
    return tables([(f"Workspaces in {today:%B %Y}", head, table)])


def _share(cost: Decimal, limit: Decimal | None) -> str:
    return f"{100 * cost / limit:.0f} % of ${limit}" if limit else "no threshold"
