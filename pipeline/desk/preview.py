"""A scene's voice or picture made at once, to be heard or seen before the film is updated. The update finds it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from pipeline import context
from pipeline.desk import stale
from pipeline.errors import BadInput, Later, Temporary
from pipeline.models import Run, Step
from pipeline.providers.base import ProviderFault, ProviderRefusal
from pipeline.routing.router import Router
from pipeline.stages.base import Subject
from pipeline.workflows import stage as stage_of
from projects.models import Asset, Scene


def standing(run: Run, scene: Scene, name: str) -> Asset | None:
    """The asset of the scene's recipe as it is now, if it was made."""
    recipe = scene.digests.get(name) or _made(run, scene, name)
    return Asset.objects.filter(workspace=run.workspace_id, recipe=recipe).first() if recipe else None


def _made(run: Run, scene: Scene, name: str) -> str:
    step = Step.objects.filter(run=run, stage=name, subject=scene.pk, asset__isnull=False).first()
    return step.recipe if step else ""


def make(run: Run, scene: Scene, name: str) -> Asset:
    """The asset of the scene's recipe, made now when it does not stand. BadInput when that has to wait."""
    found = standing(run, scene, name)
    if found is not None and found.exists:
        return found
    stage = stage_of(run.workflow, name)
    step = Step.objects.filter(run=run, stage=name, subject=scene.pk).first()
    step = step or Step(run=run, stage=name, subject=scene.pk, position=scene.number)
    step.run = run
    ctx = stale.probe(run, [scene])
    ctx.step = step
    ctx.digest = stale.digest(ctx, scene, name)
    ctx.save = lambda *a, **k: context.save(ctx, *a, **k)
    ctx.later = _wait
    ctx.progress = ctx.checkpoint = ctx.note = _quiet  # type: ignore[assignment]
    ctx.work = Path(tempfile.mkdtemp(dir=_home()))
    try:
        ctx.providers = Router(step=step, digest=ctx.digest, stopping=lambda: False)
        made = stage.run(Subject(scene.pk, step.position), ctx)
        ctx.providers.forget()
    except (Later, Temporary, ProviderFault, ProviderRefusal) as wait:
        raise BadInput("preview.later", str(wait) or "This is made with the next update of the film.") from wait
    finally:
        shutil.rmtree(ctx.work, ignore_errors=True)
    return made


def _home() -> Path:
    home = Path(settings.WORK_ROOT) / "preview"
    home.mkdir(parents=True, exist_ok=True)
    return home


def _wait(seconds: float) -> None:
    raise Later(seconds)


def _quiet(*_: Any, **__: Any) -> None:
    """A preview tells nobody how far it is."""
