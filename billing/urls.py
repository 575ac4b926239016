"""Addresses of the plan."""

from __future__ import annotations

from django.urls import path

from billing import views

urlpatterns = [path("plan/", views.plan, name="plan")]
