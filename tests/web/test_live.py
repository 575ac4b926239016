"""The socket: who may listen, what it says, how often."""

from __future__ import annotations

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.db import connections
from django.utils import timezone

from pipeline import listen, progress
from pipeline.models import Step
from pipeline.sockets import sockets
from tests.web import world as worlds


def in_a_loop(test):
    @pytest.mark.django_db(transaction=True)
    @functools.wraps(test)
    def wrapped():
        # In a thread of its own: the browser's tests leave a running loop in the main one.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(alone).result()

    def alone():
        try:
            async_to_sync(test)()
        finally:
            connections.close_all()

    return wrapped


class Listens:
    def __init__(self, user, run):
        self.socket = WebsocketCommunicator(URLRouter(sockets), f"/ws/runs/{run.pk}/")
        self.socket.scope |= {"user": user, "cookies": {}}

    async def __aenter__(self):
        self.accepted, self.code = await self.socket.connect(timeout=20)
        return self

    async def __aexit__(self, *error):
        await self.socket.disconnect(timeout=20)


def draw(run):
    Step.objects.filter(run=run, stage="image_generation", position=2).update(status="running", started=timezone.now())
    progress.announce(run.pk)


@in_a_loop
async def test_a_member_is_told_what_changes():
    world = await sync_to_async(worlds.build)()
    async with Listens(world.people["viewer"], world.going.run) as viewer:
        whole = await viewer.socket.receive_from(timeout=20)
        assert 'id="run-progress"' in whole
        assert whole.count('id="scene-') == 2 * 3  # in the strip, and alone for a page that keeps its strip
        await asyncio.sleep(0.5)
        await sync_to_async(draw)(world.going.run)
        news = await viewer.socket.receive_from(timeout=20)
        assert "Drawing scene 2 of 3" in news
        assert 'id="run-actions"' not in news


@in_a_loop
async def test_a_stranger_is_turned_away():
    world = await sync_to_async(worlds.build)()
    async with Listens(world.stranger, world.going.run) as stranger:
        assert not stranger.accepted


@in_a_loop
async def test_who_is_no_longer_a_member_hears_no_more():
    world = await sync_to_async(worlds.build)()
    async with Listens(world.people["viewer"], world.going.run) as viewer:
        await viewer.socket.receive_from(timeout=20)
        await sync_to_async(world.workspace.memberships.filter(role="viewer").delete)()
        await sync_to_async(draw)(world.going.run)
        told = await viewer.socket.receive_output(timeout=20)
        assert told["type"] == "websocket.close"


@in_a_loop
async def test_a_lost_connection_is_made_again_and_everybody_looks():
    world = await sync_to_async(worlds.build)()
    async with Listens(world.people["viewer"], world.going.run) as viewer:
        await viewer.socket.receive_from(timeout=20)
        while not listen.listener().link:
            await asyncio.sleep(0.05)
        await listen.listener().link.close()
        await sync_to_async(draw)(world.going.run)
        assert "Drawing scene 2 of 3" in await viewer.socket.receive_from(timeout=20)
