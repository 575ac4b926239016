"""The workspace a request works in."""

from __future__ import annotations

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware
from django.utils.functional import SimpleLazyObject

from accounts.models import Membership, Workspace

SESSION_KEY = "workspace"


def _membership(request: HttpRequest) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    mine = Membership.objects.filter(user=request.user).select_related("workspace").order_by("created", "pk")
    chosen = request.session.get(SESSION_KEY)
    rows = list(mine)
    return next((m for m in rows if m.workspace_id == chosen), rows[0] if rows else None)


@sync_and_async_middleware
def current_workspace(get_response: Callable) -> Callable:
    """Adds `request.membership`: the visitor's membership in the workspace chosen last, or their first; lazily."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponse:
            request.membership = SimpleLazyObject(lambda: _membership(request))
            return await get_response(request)

        markcoroutinefunction(middleware)
        return middleware

    def sync_middleware(request: HttpRequest) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _membership(request))
        return get_response(request)

    return sync_middleware


def subscriber(request: HttpRequest) -> Workspace | None:
    """Who pays, for dj-stripe."""
    membership = _membership(request)
    return membership.workspace if membership else None
