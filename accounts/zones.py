"""Times in the visitor's zone: their profile's, else what their browser told by cookie."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware

COOKIE = "zone"


def _activate(request: HttpRequest) -> None:
    user = getattr(request, "user", None)
    name = (user.time_zone if user is not None and user.is_authenticated else "") or request.COOKIES.get(COOKIE, "")
    try:
        timezone.activate(zoneinfo.ZoneInfo(name))
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):  # "" too
        timezone.deactivate()


@sync_and_async_middleware
def local_time(get_response: Callable) -> Callable:
    """Activates the visitor's time zone for the request."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponse:
            await sync_to_async(_activate)(request)
            return await get_response(request)

        markcoroutinefunction(middleware)
        return middleware

    def sync_middleware(request: HttpRequest) -> HttpResponse:
        _activate(request)
        return get_response(request)

    return sync_middleware
