"""Voices cloned with consent: made, seen, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import member
from accounts.models import Role
from billing.entitlements import limit
from billing.plans import CATALOGUE
from pipeline.errors import BadInput
from pipeline.models import ClonedVoice
from pipeline.routing import cloning

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "ja", "zh-hans", "hi", "ar", "ru")


@member(Role.EDITOR)
def cloned_voices(request: HttpRequest, error: BadInput | None = None) -> HttpResponse:
    workspace = request.membership.workspace
    context = {
        "room": "voices",
        "rows": ClonedVoice.objects.for_workspace(workspace).filter(deleted=None).select_related("consent_by"),
        "allowed": limit(workspace, "voice_cloning"),
        "from_tier": next(tier.name for tier in CATALOGUE if tier.voice_cloning),
        "ready": cloning.vendor_of(workspace) is not None,
        "consent": cloning.consent_words(),
        "languages": [(code.partition("-")[0], get_language_info(code)["name_local"]) for code in LANGUAGES],
        "most_mb": cloning.LARGEST // 2**20,
        "error": error,
        "typed": request.POST,
    }
    return render(request, "pipeline/cloned_voices.html", context, status=422 if error else 200)


@member(Role.EDITOR)
@require_POST
def clone_voice(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("sample")
    asked = {name: request.POST.get(name, "") for name in ("name", "speaker", "language")}
    try:
        sample = upload.read(cloning.LARGEST + 1) if upload else b""
        agreed = request.POST.get("agreed") == "on"
        row = cloning.clone(request.membership.workspace, sample=sample, agreed=agreed, by=request.user, **asked)
    except BadInput as error:
        return cloned_voices(request, error)
    messages.success(request, _("%(name)s can read your films now: choose it as the narrator.") % {"name": row.name})
    return redirect("cloned_voices")


@member(Role.EDITOR)
@require_POST
def drop_voice(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ClonedVoice.objects.for_workspace(request.membership.workspace).filter(deleted=None)
    row = get_object_or_404(rows, pk=pk)
    try:
        cloning.drop(row, by=request.user)
        messages.success(request, _("The voice is deleted, at the provider too."))
    except BadInput as error:
        messages.error(request, error.message)
    return redirect("cloned_voices")
