"""A workspace's own keys of providers: brought, replaced, deleted by its owner; never shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import member
from accounts.models import Role
from billing.entitlements import limit
from billing.plans import CATALOGUE
from pipeline.models import OwnKey
from pipeline.providers.vendors import VENDORS
from pipeline.routing import keys, own_keys
from projects.errors import BadInput


@member(Role.OWNER)
def own_keys_page(request: HttpRequest, error: BadInput | None = None) -> HttpResponse:
    workspace = request.membership.workspace
    rows = OwnKey.objects.for_workspace(workspace).select_related("created_by")
    context = {
        "tab": "keys",
        "workspace": workspace,
        "rows": [{"key": row, "vendor": VENDORS[row.vendor]} for row in rows if row.vendor in VENDORS],
        "vendors": list(VENDORS.values()),
        "compatible": keys.COMPATIBLE,
        "allowed": limit(workspace, "own_keys"),
        "from_tier": next(tier.name for tier in CATALOGUE if tier.own_keys),
        "error": error,
        "picked": request.POST.get("vendor", ""),
        "base_url": request.POST.get("base_url", ""),
    }
    return render(request, "pipeline/own_keys.html", context, status=422 if error else 200)


@sensitive_post_parameters("secret")
@member(Role.OWNER)
@require_POST
def bring_key(request: HttpRequest) -> HttpResponse:
    """A new key, or another in place of the one before; tried first. What was typed is not sent back."""
    asked = {name: request.POST.get(name, "") for name in ("vendor", "secret", "base_url")}
    try:
        row = own_keys.bring(request.membership.workspace, by=request.user, **asked)
    except BadInput as error:
        return own_keys_page(request, error)
    messages.success(
        request, _("%(vendor)s takes the key. It is used from the next call on.") % {"vendor": VENDORS[row.vendor].name}
    )
    return redirect("own_keys")


@member(Role.OWNER)
@require_POST
def drop_key(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OwnKey.objects.for_workspace(request.membership.workspace), pk=pk)
    own_keys.drop(row, by=request.user)
    messages.success(request, _("The key is deleted. Films go on with ours."))
    return redirect("own_keys")
