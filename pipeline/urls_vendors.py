"""Addresses of what has to do with vendors: what they tell us, a workspace's own keys, cloned voices."""

from __future__ import annotations

from django.urls import path

from pipeline.views import vendors

urlpatterns = [
    path("vendors/told/<str:token>/", vendors.vendor_webhook, name="vendor_webhook"),
]
