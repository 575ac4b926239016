"""The support desk, work: runs with their steps, films, workers and the queue. Truth is computed, so it is read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Audit
from accounts.support import Panel, ReadOnly, ReasonForm, Workspaced, link, listed, register_panel, staff, tables
from billing.models import Usage
from pipeline import admin_queue, admin_routes, support
from pipeline.errors import BadInput
from pipeline.models import OPEN, Event, Remark, Render, Run, Share, Status, Step, Worker
from pipeline.workflows import stages

__all__ = ["admin_routes"]  # registers its own
MOST = 100  # runs one action takes at once
TITLES = {
    "retry": "Go on with",
    "cancel": "Cancel",
    "reprocess": "Do again from a stage",
    "requeue": "Call the waiting steps again",
}


def _panel_rows(workspaces: Sequence[int]) -> list[tuple[Any, ...]]:
    """The newest runs, failed ones first: what somebody who writes to support writes about."""
    runs = Run.objects.filter(workspace__in=workspaces).select_related("project")
    failed = list(runs.filter(status=Status.FAILED).order_by("-created", "-pk")[:5])
    others = list(runs.exclude(status=Status.FAILED).order_by("-created", "-pk")[:10])
    rows = [(link(r, f"run {r.pk}"), r.status, link(r.project), r.tier, r.created) for r in failed + others]
    if workspaces:
        rows.append((listed(Run, "All runs", workspace__in=",".join(map(str, workspaces))), "", "", "", ""))
    return rows


register_panel(Panel("Runs", ("run", "status", "film", "tier", "created"), _panel_rows))


class DoForm(ReasonForm):
    """Why; and for doing again, from where."""

    stage = forms.ChoiceField(help_text="This stage, and what follows from it.")
    scene = forms.IntegerField(required=False, min_value=1, help_text="Only this scene, by its number.")
    fresh = forms.BooleanField(required=False, help_text="Another take, even where nothing changed.")

    def __init__(self, *args: Any, verb: str, workflow: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb != "reprocess":
            for name in ("stage", "scene", "fresh"):
                del self.fields[name]
            return
        self.fields["stage"].choices = [(s.name, s.name) for s in stages(workflow)]  # type: ignore[attr-defined]

    def how(self) -> dict[str, Any]:
        named = {name: self.cleaned_data[name] for name in ("stage", "scene", "fresh") if name in self.cleaned_data}
        return {name: value for name, value in named.items() if value}


def _action(verb: str) -> Any:
    """An action of the list that leads to the page where the reason is asked."""

    @admin.action(description=f"{TITLES[verb]} …", permissions=["operate"])
    def ask(modeladmin: Any, request: HttpRequest, rows: QuerySet[Run]) -> HttpResponse:
        ids = ",".join(str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)[:MOST])
        return HttpResponseRedirect(f"{reverse('admin:pipeline_run_do', args=[verb])}?ids={ids}")

    ask.__name__ = verb
    return ask


@admin.register(Run)
class RunAdmin(Workspaced):
    list_display = ("__str__", "status", "film", "of", "tier", "done", "created", "finished")
    list_filter = ("status", "tier", "workflow", "created")
    list_select_related = ("project", "workspace")
    search_fields = ("=id", "project__title", "workspace__name", "workspace__memberships__user__email")
    ordering = ("-created", "-pk")
    lookups = (*Workspaced.lookups, "project")
    actions = tuple(_action(verb) for verb in support.VERBS)
    change_form_template = "admin/pipeline/run/change_form.html"
    change_list_template = "admin/pipeline/run/change_list.html"
    fields = readonly_fields = (
        "film", "of", "status", "error", "tier", "priority", "workflow", "created", "started", "finished", "created_by",
        "options", "work", "records",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        """With its steps counted for the rows that are shown, not for the table."""
        own = Step.objects.filter(run=OuterRef("pk")).order_by().values("run").annotate(n=Count("pk"))
        over = own.exclude(status__in=OPEN)
        rows: QuerySet[Run] = super().get_queryset(request)
        return rows.annotate(n=Subquery(own.values("n")), over=Subquery(over.values("n")))

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Support changes a run by its verbs alone."""
        return request.user.has_perm("pipeline.change_run")  # type: ignore[union-attr]

    @admin.display(ordering="project__title")
    def film(self, run: Run) -> SafeString | str:
        return link(run.project)

    @admin.display(description="steps")
    def done(self, run: Any) -> str:
        return f"{run.over or 0}/{run.n or 0}"

    @admin.display(description="")
    def work(self, run: Run) -> SafeString:
        return tables([_stages(run), _broken(run), _log(run)]) + _ledger(run)

    @admin.display(description="")
    def records(self, run: Run) -> SafeString:
        rows = Audit.objects.filter(subject=f"run {run.pk}").order_by("-at", "-pk")[:20]
        told = [
            (row.at, row.actor_email or row.facts.get("shell", ""), link(row, row.action), row.reason) for row in rows
        ]
        return tables([("Records", ("when", "who", "what", "why"), told)])

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view
        return [
            path("queue/", view(self.queue), name="pipeline_queue"),
            path("do/<str:verb>/", view(self.do), name="pipeline_run_do"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        run = Run.objects.filter(pk=object_id).first() if object_id.isdigit() else None
        verbs = _fitting(run) if run and self.has_operate_permission(request) else []
        shown = {"verbs": [(verb, TITLES[verb]) for verb in verbs]}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | shown)

    def queue(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "title": "The queue", "opts": self.opts}
        return TemplateResponse(
            request, "admin/pipeline/run/queue.html", context | {"shown": tables(admin_queue.page())}
        )

    def do(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Ask for the reason, then do it to each run and say what came of it."""
        if verb not in support.VERBS or not self.has_operate_permission(request):
            raise PermissionDenied
        ids = [int(pk) for pk in request.GET.get("ids", "").split(",") if pk.isdigit()][:MOST]
        runs = list(Run.objects.filter(pk__in=ids).select_related("project", "workspace").order_by("pk"))
        if not runs:
            messages.warning(request, "There is no such run any more.")
            return HttpResponseRedirect(reverse("admin:pipeline_run_changelist"))
        form = DoForm(request.POST or None, verb=verb, workflow=runs[0].workflow)
        if request.method == "POST" and form.is_valid():
            for run in runs:
                _done(request, verb, run, form)
            return HttpResponseRedirect(_back(runs))
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "send": TITLES[verb]}
        context |= {"title": f"{TITLES[verb]}: {len(runs)} run{'s' if len(runs) > 1 else ''}"}
        context |= {"targets": [format_html("{} ({})", link(run), run.project.title) for run in runs]}
        context |= {"original": runs[0] if len(runs) == 1 else None}
        return TemplateResponse(request, "admin/ask_reason.html", context)


def _fitting(run: Run) -> list[str]:
    """What can be done to a run as it stands."""
    if run.is_open:
        return ["cancel", "requeue"]
    return (["retry"] if run.status in (Status.FAILED, Status.CANCELLED) else []) + ["reprocess"]


def _back(runs: list[Run]) -> str:
    if len(runs) == 1:
        return reverse("admin:pipeline_run_change", args=[runs[0].pk])
    return reverse("admin:pipeline_run_changelist")


def _done(request: HttpRequest, verb: str, run: Run, form: DoForm) -> None:
    try:
        said = support.do(verb, run, by=staff(request), reason=form.cleaned_data["reason"], **form.how())
        messages.success(request, said)
    except BadInput as bad:
        messages.error(request, bad.message)


def _stages(run: Run) -> tuple[str, Sequence[str], list[Any]]:
    counts = dict[str, dict[str, int]]()
    for stage, status, n in (
        Step.objects.filter(run=run).order_by().values_list("stage", "status").annotate(n=Count("pk"))
    ):
        counts.setdefault(stage, {})[status] = n
    rows = [
        (
            listed(Step, stage.name, run=run.pk, stage=stage.name),
            *(counts.get(stage.name, {}).get(s, "") for s in Status.values),
        )
        for stage in stages(run.workflow)
    ]
    return "Stages", ("stage", *Status.values), rows


def _broken(run: Run) -> tuple[str, Sequence[str], list[Any]]:
    steps = Step.objects.filter(run=run).exclude(error="").exclude(status=Status.SKIPPED).order_by("pk")[:20]
    rows = [(link(s, s.stage), s.position or "", s.status, s.attempt, s.failures, s.error) for s in steps]
    return "What went wrong", ("stage", "scene", "status", "attempt", "failures", "error"), rows


def _log(run: Run) -> tuple[str, Sequence[str], list[Any]]:
    rows = Event.objects.filter(run=run).order_by("-pk")[:20]
    return "Log", ("when", "what", "stage", "scene"), [(e.at, e.kind, e.stage, e.position or "") for e in rows]


def _ledger(run: Run) -> SafeString:
    used = Usage.objects.filter(run=run.pk).totals()
    said = f"{used['calls']} provider calls, ${used['cost_usd']:.4f}"
    return format_html("<p>{} · {}</p>", listed(Usage, said, run=run.pk), listed(Step, "All steps", run=run.pk))


@admin.register(Step)
class StepAdmin(ReadOnly):
    list_display = ("id", "of", "stage", "position", "status", "attempt", "failures", "lane", "started", "took", "made")
    list_filter = ("status", "stage", "lane")
    list_select_related = ("run", "asset")
    search_fields = ("=id", "=run__id", "=recipe")
    ordering = ("-pk",)
    lookups = ("run",)
    fields = readonly_fields = (
        "of", "stage", "lane", "subject", "position", "status", "ready", "attempt", "failures", "error", "recipe", "made",
        "reused", "checkpoint", "lease_until", "not_before", "rung_at", "done", "total", "started", "finished",
    )  # fmt: skip

    @admin.display(description="run", ordering="run")
    def of(self, step: Step) -> SafeString | str:
        return link(step.run, f"run {step.run_id}")

    @admin.display(description="seconds")
    def took(self, step: Step) -> str:
        return f"{step.seconds:.1f}" if step.started else ""

    @admin.display(description="asset")
    def made(self, step: Step) -> SafeString | str:
        return link(step.asset)


@admin.register(Render)
class RenderAdmin(ReadOnly):
    list_display = ("id", "film_of", "of", "seconds", "in_order", "created")
    list_select_related = ("project", "run")
    search_fields = ("=id", "=run__id", "project__title", "workspace__memberships__user__email")
    ordering = ("-created", "-pk")
    fields = readonly_fields = ("film_of", "of", "film", "seconds", "in_order", "files", "created")

    @admin.display(description="project")
    def film_of(self, render: Render) -> SafeString | str:
        return link(render.project)

    @admin.display(description="run")
    def of(self, render: Render) -> SafeString | str:
        return link(render.run, f"run {render.run_id}")

    @admin.display(boolean=True)
    def in_order(self, render: Render) -> bool | None:
        return render.certificate.get("ok")


@admin.register(Share)
class ShareAdmin(ReadOnly):
    list_display = ("id", "project", "workspace", "download", "created", "expires", "revoked", "created_by")
    list_select_related = ("project", "workspace", "created_by")
    search_fields = ("project__title", "workspace__name", "created_by__email")
    ordering = ("-created",)
    exclude = ("token",)


@admin.register(Remark)
class RemarkAdmin(Workspaced):
    """What was said is a customer's own: a list doesn't show it."""

    list_display = ("id", "film_of", "of", "seconds", "by", "created", "settled")
    list_select_related = ("project", "workspace", "by")
    search_fields = ("=id", "project__title", "workspace__name", "by__email")
    ordering = ("-created", "-pk")
    lookups = (*Workspaced.lookups, "project")
    fields = readonly_fields = (
        "film_of", "of", "render", "scene", "seconds", "text", "by", "created", "settled", "settled_by",
    )  # fmt: skip

    @admin.display(description="project")
    def film_of(self, remark: Remark) -> SafeString | str:
        return link(remark.project)


@admin.register(Worker)
class WorkerAdmin(ReadOnly):
    list_display = ("name", "lanes", "started", "seen")
    ordering = ("-seen",)
