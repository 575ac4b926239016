"""WebSocket addresses."""

from __future__ import annotations

from django.urls import path

from pipeline.consumers import DeskConsumer, RunConsumer

sockets: list = [
    path("ws/runs/<int:pk>/", RunConsumer.as_asgi()),
    path("ws/script/<int:pk>/", DeskConsumer.as_asgi()),
]
