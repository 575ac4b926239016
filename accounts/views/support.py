"""The way back from a user's pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts import seeing


@login_required
@require_POST
def stop_seeing_as(request: HttpRequest) -> HttpResponse:
    """One click, from every page; leads to the user's page in the admin."""
    user = seeing.end(request)
    if user is None:
        raise Http404
    return redirect("admin:accounts_user_change", user)
