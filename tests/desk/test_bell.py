"""The desk's bell: it rings for members when somebody changed something, and for nobody else."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse

from pipeline import progress
from tests.web import world as worlds
from tests.web.test_live import Listens, in_a_loop


class AtTheDesk(Listens):
    def __init__(self, user, project):
        super().__init__(user, project)
        self.socket.scope["path"] = f"/ws/script/{project.pk}/"


def write(world):
    client = Client()
    client.force_login(world.people["editor"])
    scene = world.done.scenes[1]
    client.post(reverse("desk_scene", args=[scene.pk]), {"text-0": "Other words.", "revision": 1})


@in_a_loop
async def test_the_bell_rings_when_a_scene_was_written():
    world = await sync_to_async(worlds.build)()
    async with AtTheDesk(world.people["viewer"], world.done.project) as viewer:
        assert await viewer.socket.receive_from(timeout=20) == "changed"  # what was missed while away
        await sync_to_async(write)(world)
        assert await viewer.socket.receive_from(timeout=20) == "changed"


@in_a_loop
async def test_a_run_of_the_same_number_rings_no_desk():
    world = await sync_to_async(worlds.build)()
    async with AtTheDesk(world.people["viewer"], world.done.project) as viewer:
        while not await viewer.socket.receive_nothing(timeout=1.5):  # until what was missed has been told
            await viewer.socket.receive_from(timeout=20)
        await sync_to_async(progress.announce)(world.done.project.pk)
        assert await viewer.socket.receive_nothing(timeout=1)


@in_a_loop
async def test_a_stranger_hears_no_bell():
    world = await sync_to_async(worlds.build)()
    async with AtTheDesk(world.stranger, world.done.project) as stranger:
        assert not stranger.accepted
