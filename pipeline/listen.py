"""One LISTEN connection a web process: what workers announce reaches the sockets of this process."""

from __future__ import annotations

import asyncio
import logging
import weakref

import psycopg
from channels.layers import get_channel_layer
from django.db import connection

from pipeline.progress import CHANNEL

log = logging.getLogger(__name__)
PAUSES = (0.1, 0.3, 1, 3, 5)  # seconds before trying again
_listeners: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Listener] = weakref.WeakKeyDictionary()


def group(topic: int | str) -> str:
    """`topic`: a run's key, or a name as `progress.desk` gives it."""
    return f"run.{topic}"


class Listener:
    """Listens while anybody watches; connects again by itself, and then tells every watcher to look again."""

    def __init__(self) -> None:
        self.watched: dict[str, int] = {}
        self.task: asyncio.Task | None = None
        self.link: psycopg.AsyncConnection | None = None

    def watch(self, topic: int | str) -> None:
        self.watched[str(topic)] = self.watched.get(str(topic), 0) + 1
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._forever())

    def forget(self, topic: int | str) -> None:
        self.watched[str(topic)] = self.watched.get(str(topic), 1) - 1
        if not self.watched[str(topic)]:
            del self.watched[str(topic)]
        if not self.watched and self.task is not None:
            self.task.cancel()
            self.task = None

    async def _forever(self) -> None:
        failures = 0
        while True:
            try:
                async with await _connect() as self.link:
                    await self.link.execute(f"LISTEN {CHANNEL}")
                    failures = 0
                    await self._tell(list(self.watched))  # what was missed while away
                    async for notice in self.link.notifies():
                        if notice.payload in self.watched:
                            await self._tell([notice.payload])
            except (psycopg.Error, OSError) as error:
                log.warning("the listener lost its connection (%s)", type(error).__name__)
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _tell(self, topics: list[str]) -> None:
        layer = get_channel_layer()
        for topic in topics:
            await layer.group_send(group(topic), {"type": "run.changed"})


async def _connect() -> psycopg.AsyncConnection:
    wanted = connection.get_connection_params()
    plain = {
        k: v for k, v in wanted.items() if k in ("host", "port", "dbname", "user", "password", "sslmode", "options")
    }
    return await psycopg.AsyncConnection.connect(autocommit=True, **plain)


def listener() -> Listener:
    """The one of this process's event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _listeners:
        _listeners[loop] = Listener()
    return _listeners[loop]
