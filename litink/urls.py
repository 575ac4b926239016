"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from litink import health, views
from litink.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("theme/", views.theme, name="theme"),
    path("credits/", views.credits, name="credits"),
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("", include("accounts.urls")),
    path("", include("billing.urls")),
    path("", include("projects.urls")),
    path("", include("pipeline.urls")),
    path("", include("pipeline.urls_vendors")),
]
handler400 = "litink.views.bad"
handler403 = "litink.views.not_allowed"
handler404 = "litink.views.not_found"
handler500 = "litink.views.broken"
