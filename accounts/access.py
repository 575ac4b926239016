"""Who may: every page reaches its rows through these. A stranger gets 404; a member of too low a role 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import Membership, Role, Workspace
from accounts.services import open_workspace

ROLES_REFUSED = "too low a role"


def member(role: Any = Role.VIEWER) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For pages of the workspace worked in: a login, and at least `role` there. A user without any gets their own."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.membership:
                open_workspace(request.user)
                request.membership = Membership.objects.select_related("workspace").get(user=request.user)
            if not request.membership.at_least(role):
                raise PermissionDenied(ROLES_REFUSED)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def owned(rows: Any, request: HttpRequest, role: Any = Role.VIEWER, **lookup: Any) -> Any:
    """One row of any workspace of the visitor, which becomes the request's. 404 for strangers, 403 below `role`."""
    row = rows.for_user(request.user).filter(**lookup).first()
    if row is None:
        raise Http404
    require(request, _workspace(row), role)
    return row


def require(request: HttpRequest, workspace: Workspace | int, role: str) -> Membership:
    """The visitor's membership in `workspace`, of at least `role`."""
    pk = workspace if isinstance(workspace, int) else workspace.pk
    mine = request.membership
    if not mine or mine.workspace_id != pk:
        mine = Membership.objects.select_related("workspace").filter(user=request.user, workspace_id=pk).first()
        if mine is None:
            raise Http404
        request.membership = mine
    if not mine.at_least(role):
        raise PermissionDenied(ROLES_REFUSED)
    return mine


def _workspace(row: Any) -> int:
    """The id of the workspace a row belongs to, directly or by way of its owner."""
    for way in ("workspace_id", "project", "source", "script", "run"):
        found = getattr(row, way, None)
        if isinstance(found, int):
            return found
        if found is not None:
            return _workspace(found)
    raise TypeError(f"{row!r} belongs to no workspace")
