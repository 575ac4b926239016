"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from litink import health
from litink.api import api

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/", api.urls),
]
