"""The pages of nobody's room: the entrance, looks, and what is said when something is wrong."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from billing.plans import CATALOGUE

THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def home(request: HttpRequest) -> HttpResponse:
    """The landing page; its film is shown when it has been made."""
    shown = {name: f"film/{name}" for name in ("demo.mp4", "demo.jpg", "demo.vtt") if finders.find(f"film/{name}")}
    return render(
        request, "home.html", {"tiers": CATALOGUE, "demo": {k.partition(".")[2]: v for k, v in shown.items()}}
    )


def credits(request: HttpRequest) -> HttpResponse:
    return render(request, "credits.html")


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")


@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, so that it may stand before every page."""
    path = finders.find("js/service-worker.js") or settings.STATIC_ROOT / "js" / "service-worker.js"
    return HttpResponse(Path(str(path)).read_text(), content_type="text/javascript")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the system says."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
    else:
        response.delete_cookie("theme")
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: an old page, or one from elsewhere. What was typed is still behind the back button."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form larger than is taken, or a request nobody's browser makes."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, "413.html" if status == 413 else "404.html", status=status)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """Without database or session: they may be what is broken."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("500.html"), status=500)
