"""Addresses of what has to do with vendors: what they tell us, a workspace's own keys, cloned voices."""

from __future__ import annotations

from django.urls import path

from pipeline.views import cloned_voices, film_limit, own_keys, vendors

urlpatterns = [
    path("vendors/told/<str:token>/", vendors.vendor_webhook, name="vendor_webhook"),
    path("films/<int:pk>/limit/", film_limit.film_limit, name="film_limit"),
    path("settings/keys/", own_keys.own_keys_page, name="own_keys"),
    path("settings/keys/bring/", own_keys.bring_key, name="bring_key"),
    path("settings/keys/<int:pk>/delete/", own_keys.drop_key, name="drop_key"),
    path("cloned-voices/", cloned_voices.cloned_voices, name="cloned_voices"),
    path("cloned-voices/add/", cloned_voices.clone_voice, name="clone_voice"),
    path("cloned-voices/<int:pk>/delete/", cloned_voices.drop_voice, name="drop_voice"),
]
