"""The socket behind a run's page: pushes what changed, at most four times a second."""

from __future__ import annotations

import asyncio
import zoneinfo
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone, translation

from pipeline import live, parts, progress
from pipeline.listen import group, listener
from pipeline.models import Run
from projects.models import Project

EVERY = 0.25  # seconds between two pushes to one viewer
NOT_FOUND = 4404


class RunConsumer(AsyncWebsocketConsumer):
    """Membership is asked at the door and at every push; rows are read again each time."""

    async def connect(self) -> None:
        self.key = int(self.scope["url_route"]["kwargs"]["pk"])
        self.topic = self._topic()
        self.user = self.scope["user"]
        self.page = parts.page(parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("page", [""])[0])
        self.known: dict[str, str] = {}
        self.news = asyncio.Event()
        self.pump: asyncio.Task | None = None
        if not await database_sync_to_async(self._may_see)():
            await self.close(NOT_FOUND)
            return
        await self.accept()
        await self.channel_layer.group_add(group(self.topic), self.channel_name)
        listener().watch(self.topic)
        self.news.set()  # right after a reconnect, too
        self.pump = asyncio.create_task(self._pump())

    async def disconnect(self, code: int) -> None:
        if self.pump is None:
            return
        self.pump.cancel()
        listener().forget(self.topic)
        await self.channel_layer.group_discard(group(self.topic), self.channel_name)

    async def run_changed(self, message: dict[str, Any]) -> None:
        self.news.set()

    async def _pump(self) -> None:
        while True:
            await self.news.wait()
            self.news.clear()
            html = await database_sync_to_async(self._render)()
            if html is None:
                await self.close(NOT_FOUND)
                return
            if html:
                await self.send(text_data=html)
            await asyncio.sleep(EVERY)

    def _topic(self) -> str:
        return str(self.key)

    def _may_see(self) -> bool:
        return Run.objects.for_user(self.user).filter(pk=self.key).exists()

    def _render(self) -> str | None:
        """What changed since the last push; None when the run is no longer theirs."""
        run = Run.objects.for_user(self.user).select_related("project", "workspace").filter(pk=self.key).first()
        if run is None:
            return None
        with translation.override(self._language()), timezone.override(self._zone()):
            seen = live.view(run, self.page)
            html = "".join(parts.changed(seen, self.known))
        self.known = parts.versions(seen)
        return html

    def _language(self) -> str:
        headers = {name.decode(): value.decode("latin-1") for name, value in self.scope["headers"]}
        asked = SimpleNamespace(
            COOKIES=self.scope.get("cookies", {}),
            META={"HTTP_ACCEPT_LANGUAGE": headers.get("accept-language", "")},
            headers=headers,
        )
        return translation.get_language_from_request(asked)  # type: ignore[arg-type]

    def _zone(self) -> zoneinfo.ZoneInfo | None:
        name = getattr(self.user, "time_zone", "") or self.scope.get("cookies", {}).get("zone", "")
        try:
            return zoneinfo.ZoneInfo(name)
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            return None


class DeskConsumer(RunConsumer):
    """The bell of a script desk: says that something changed, and the page asks what."""

    def _topic(self) -> str:
        return progress.desk(self.key)

    def _may_see(self) -> bool:
        return Project.objects.for_user(self.user).filter(pk=self.key).exists()

    def _render(self) -> str | None:
        return "changed" if self._may_see() else None
