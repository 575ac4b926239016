"""Side outputs with a recipe of their own: made once in a workspace, by whoever needs one first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from pipeline.errors import Later
from pipeline.stages.base import Context
from projects.models import Asset

WAIT = 2.0  # seconds until a step looks again for what another one makes


def once(ctx: Context, recipe: str, make: Callable[[], Asset | None]) -> Asset | None:
    """What stands under the recipe, else what `make` saves there. Later while another step makes it."""
    standing = of(ctx, recipe)
    if standing is not None:
        return standing
    with _alone(recipe) as mine:
        if not mine:
            raise Later(WAIT)
        return of(ctx, recipe) or make()


def of(ctx: Context, recipe: str) -> Asset | None:
    asset = Asset.objects.filter(workspace=ctx.run.workspace, recipe=recipe).first()
    return asset if asset is not None and asset.exists else None


@contextmanager
def _alone(recipe: str) -> Iterator[bool]:
    """Whether nobody else makes it now. Held by the connection: who dies lets go."""
    key = int(recipe[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
