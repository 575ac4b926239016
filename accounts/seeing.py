"""Support sees what a user sees: begun with a reason, marked on every page, ended by one click or after an hour.

It can't be used to pay, delete, invite or change how somebody logs in: while it lasts only what MAY_SEND names can be
sent at all, and the pages of log-in and its secrets stay shut.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from channels.db import database_sync_to_async
from channels.middleware import BaseMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from accounts.models import User
from accounts.services import Refused, audit

SESSION_KEY = "seeing_as"
PERMISSION = "accounts.see_as"
LASTS = timedelta(hours=1)
SAFE = ("GET", "HEAD", "OPTIONS")
MAY_SEND = frozenset({"stop_seeing_as", "theme", "set_language", "switch_workspace", "cancel_run", "retry_run"})
SHUT = ("allauth.", "djstripe.")  # modules whose pages show or change how one logs in and pays


def begin(request: HttpRequest, user: User, *, reason: str) -> None:
    """From now on this session's pages are the user's. Refused for other staff, the disabled, and without the right."""
    staff: Any = request.user
    if not staff.has_perm(PERMISSION):
        raise Refused("Your rights do not allow to see the site as a user.")
    if user.is_staff or user.is_superuser or not user.is_active:
        raise Refused("Only an active user who is no member of staff can be seen as.")
    request.session[SESSION_KEY] = {
        "user": user.pk,
        "by": staff.pk,
        "since": timezone.now().isoformat(),
        "reason": reason,
    }
    audit(staff, "support.see_as", subject=user.email, reason=reason)


def end(request: HttpRequest) -> int | None:
    """Back to oneself; the id of the user whose pages were seen, None when none were."""
    seen = request.session.pop(SESSION_KEY, None)
    if seen is None:
        return None
    user = User.objects.filter(pk=seen["user"]).first()
    audit(User.objects.filter(pk=seen["by"]).first(), "support.see_as_ended", subject=user.email if user else "")
    return seen["user"]


def seen_user(seen: Mapping[str, Any] | None, staff: Any) -> User | None:
    """Whose pages they are; None when it is over: an hour gone, another login, the right or the account withdrawn."""
    if not seen or seen["by"] != staff.pk or not (staff.is_active and staff.has_perm(PERMISSION)):
        return None
    if datetime.fromisoformat(seen["since"]) + LASTS < timezone.now():
        return None
    return User.objects.filter(pk=seen["user"], is_active=True, is_staff=False, is_superuser=False).first()


class SeeingAs(MiddlewareMixin):
    """Puts the user in the request's place of the visitor; adds `request.seeing_as`, None for everybody else."""

    def process_request(self, request: Any) -> None:
        request.seeing_as = None
        seen = request.session.get(SESSION_KEY)
        if seen is None:
            return
        user = seen_user(seen, request.user)
        if user is None:
            end(request)
            return
        request.seeing_as = {"user": user, "staff": request.user, "reason": seen["reason"]}
        if not _at_the_desk(request):
            request.user = user
            request.auser = _always(user)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.seeing_as is None or _at_the_desk(request):
            return None
        if _refused(request):
            return render(request, "accounts/not_while_seeing.html", status=403)
        if request.method not in SAFE and request.resolver_match.view_name != "stop_seeing_as":
            who = request.seeing_as
            audit(
                who["staff"],
                "support.did_as",
                subject=who["user"].email,
                reason=who["reason"],
                page=request.resolver_match.view_name,
                address=request.path,
            )
        return None


def _at_the_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))


def _refused(request: Any) -> bool:
    if request.method in SAFE:
        return getattr(request.resolver_match.func, "__module__", "").startswith(SHUT)
    return request.resolver_match.view_name not in MAY_SEND


def _always(user: User) -> Any:
    async def auser() -> User:
        return user

    return auser


class SeeingAsSocket(BaseMiddleware):
    """The same for sockets: they push what the user would be pushed."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        user = await database_sync_to_async(_socket_user)(scope)
        return await super().__call__(scope | ({"user": user} if user else {}), receive, send)


def _socket_user(scope: Mapping[str, Any]) -> User | None:
    seen = scope["session"].get(SESSION_KEY)
    return seen_user(seen, scope["user"]) if seen else None
